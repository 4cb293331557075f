"""What is counted of one column of a table, without keeping what stands in it."""

from attrs import define, field

from therapeutic_alliance.scoring.cells import AnswerReader, UnreadableError, number_in

LIKELY_MISSING = frozenset({-9.0, -8.0, -7.0, 9.0, 77.0, 88.0, 98.0, 99.0, -99.0, 999.0, -999.0})
"""Codes that are often used for not answered; only ever suggested."""
MOST_DISTINCT = 200
MOST_ODD_ROWS = 4


@define
class Tally:
    """What is counted of a column while the rows pass."""

    filled: int = 0
    texts: set[str] = field(factory=set)
    low: float | None = None
    high: float | None = None
    numbers: int = 0
    suspects: set[float] = field(factory=set)
    odd_rows: list[int] = field(factory=list)
    other_mark: int = 0
    """Cells that are numbers with the other decimal mark."""

    def add(self, row: int, cell: str, read: AnswerReader) -> None:
        """Count a cell."""
        text = cell.strip()
        if not text:
            return
        self.filled += 1
        if len(self.texts) <= MOST_DISTINCT:
            self.texts.add(text)
        try:
            number = read(text)
        except UnreadableError:
            if len(self.odd_rows) < MOST_ODD_ROWS:
                self.odd_rows.append(row)
            self.other_mark += number_in(text, "." if read.decimal == "," else ",") is not None
            return
        if number is None:
            return
        self.numbers += 1
        if float(number) in LIKELY_MISSING:
            self.suspects.add(float(number))
            return
        self._widen(number)

    def _widen(self, number: float) -> None:
        self.low = number if self.low is None else min(self.low, number)
        self.high = number if self.high is None else max(self.high, number)

    def settle(self, codes: set[float]) -> None:
        """Of the suspects, only these are likely missing codes; the others are numbers."""
        for number in self.suspects - codes:
            self._widen(number)
        self.suspects &= codes

    @property
    def distinct(self) -> int | str:
        """How many different cells; ``200+`` for more than are counted."""
        return len(self.texts) if len(self.texts) <= MOST_DISTINCT else f"{MOST_DISTINCT}+"
