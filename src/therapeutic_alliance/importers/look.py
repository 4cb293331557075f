"""What a table looks like: columns, candidate measures, odd cells."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import asdict, define, field, frozen

from therapeutic_alliance.errors import Problem, TableError
from therapeutic_alliance.importers.cells import AnswerReader, UnreadableError, unguarded
from therapeutic_alliance.importers.mapping import COLUMNS, TableMap
from therapeutic_alliance.importers.records import records
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.sdk.registry import Registry

LIKELY_MISSING = frozenset({-9.0, -8.0, -7.0, 9.0, 77.0, 88.0, 98.0, 99.0, -99.0, 999.0, -999.0})
"""Codes that are often used for not answered; only ever suggested."""
MOST_DISTINCT = 200
_NUMBERED = re.compile(r"(.*?)([0-9]+)")


@frozen
class ColumnLook:
    """One column."""

    position: int
    """From 1."""
    name: str
    use: str
    """What it is taken for: case, session, ..., item 3, or nothing."""
    filled: int
    distinct: int | str
    """How many different cells; ``200+`` for more than are counted."""
    span: str
    """Lowest and highest number, without suspected missing codes; of ids, none."""
    odd: str
    """What does not fit, and at which rows; never the cell."""


@frozen
class Candidate:
    """A measure with as many items as a run of numbered columns."""

    measure: str
    columns: str
    verdict: str


@frozen
class Look:
    """A table at a glance."""

    file: str
    rows: int
    layout: str
    columns: tuple[ColumnLook, ...]
    candidates: tuple[Candidate, ...]
    hints: tuple[str, ...]

    def to_dict(self) -> Mapping[str, Any]:
        """Plain data, ready for JSON."""
        return asdict(self)


@define
class _Tally:
    """What is counted of a column while the rows pass."""

    filled: int = 0
    texts: set[str] = field(factory=set)
    low: float | None = None
    high: float | None = None
    numbers: int = 0
    suspects: set[float] = field(factory=set)
    odd_rows: list[int] = field(factory=list)

    def add(self, row: int, cell: str, read: AnswerReader) -> None:
        text = cell.strip()
        if not text:
            return
        self.filled += 1
        if len(self.texts) <= MOST_DISTINCT:
            self.texts.add(text)
        try:
            number = read(text)
        except UnreadableError:
            self.odd_rows.append(row) if len(self.odd_rows) < 4 else None
            return
        if number is None:
            return
        self.numbers += 1
        if float(number) in LIKELY_MISSING:
            self.suspects.add(float(number))
            return
        self.low = number if self.low is None else min(self.low, number)
        self.high = number if self.high is None else max(self.high, number)


def look(path: Path, table: TableMap, registry: Registry) -> Look:
    """Read the whole table once, and remember counts, never cells of persons.

    Raises :class:`TableError` if it cannot be read as a table at all.
    """
    rows = iter(records(path, table))
    first = next(rows, None)
    if first is None:
        raise TableError(Problem(file=path.name, rule="the file is empty"))
    names = [unguarded(name.strip()) for name in first[1]]
    read = AnswerReader(table.decimal)
    tallies = [_Tally() for _ in names]
    count, ragged = 0, []
    for row, cells in rows:
        count += 1
        if len(cells) != len(names):
            ragged.append(row)
            continue
        for tally, cell in zip(tallies, cells, strict=True):
            tally.add(row, cell, read)
    runs = _runs(names, tallies)
    items = {position: number for run in runs for position, number in run.items()}
    return Look(
        file=path.name,
        rows=count,
        layout=_layout(names),
        columns=tuple(
            _column(position, name, tally, items)
            for position, (name, tally) in enumerate(zip(names, tallies, strict=True))
        ),
        candidates=tuple(
            each for run in runs for each in _candidates(run, names, tallies, registry)
        ),
        hints=tuple(_hints(names, tallies, items, ragged)),
    )


Run = dict[int, int]
"""Column position -> item number, for columns numbered 1, 2, 3, ... behind one name."""


def _runs(names: Sequence[str], tallies: Sequence[_Tally]) -> list[Run]:
    """Runs of columns that are numbered from 1 without a gap and hold mostly numbers."""
    numbered: dict[str, Run] = {}
    for position, (name, tally) in enumerate(zip(names, tallies, strict=True)):
        match = _NUMBERED.fullmatch(name)
        if match and 2 * tally.numbers >= tally.filled:
            numbered.setdefault(match[1], {})[position] = int(match[2])
    return [
        run
        for run in numbered.values()
        if len(run) > 1 and sorted(run.values()) == list(range(1, len(run) + 1))
    ]


def _layout(names: Sequence[str]) -> str:
    if "item" in names and "answer" in names:
        return "long: one row an answer"
    return "wide: one row a form"


def _suspects(tally: _Tally) -> list[float]:
    """Likely missing codes outside of what else stands in the column."""
    if tally.low is None or tally.high is None:
        return []
    return sorted(code for code in tally.suspects if not tally.low <= code <= tally.high)


def _column(position: int, name: str, tally: _Tally, items: Mapping[int, int]) -> ColumnLook:
    use = name if name in COLUMNS else f"item {items[position]}" if position in items else ""
    expects_numbers = position in items or use == "answer"
    odd = []
    if expects_numbers and tally.odd_rows:
        odd.append("not a number, e.g. rows " + ", ".join(map(str, tally.odd_rows)))
    if expects_numbers and _suspects(tally):
        codes = ", ".join(f"{code:g}" for code in _suspects(tally))
        odd.append(f"missing code? {codes}")
    mostly = tally.low is not None and 2 * tally.numbers >= tally.filled
    shown = mostly and use not in ("case", "person")
    return ColumnLook(
        position=position + 1,
        name=name,
        use=use,
        filled=tally.filled,
        distinct=len(tally.texts) if len(tally.texts) <= MOST_DISTINCT else f"{MOST_DISTINCT}+",
        span=f"{tally.low:g} to {tally.high:g}" if shown else "",
        odd="; ".join(odd),
    )


def _candidates(
    run: Run, names: Sequence[str], tallies: Sequence[_Tally], registry: Registry
) -> list[Candidate]:
    lows = [low for position in run if (low := tallies[position].low) is not None]
    highs = [high for position in run if (high := tallies[position].high) is not None]
    if not lows:
        return []
    first, *_, last = run
    where = f"{names[first]} to {names[last]}"
    same_size = [
        registry.measure(each)
        for each in registry.measures
        if len(registry.measure(each).items) == len(run)
    ]
    found = [
        Candidate(measure.id, where, _verdict(measure, min(lows), max(highs)))
        for measure in same_size
    ]
    return sorted(found, key=lambda each: not each.verdict.startswith("fits"))


def _verdict(measure: Measure, low: float, high: float) -> str:
    seen = f"{low:g} to {high:g} in the file"
    if "scale" in measure.open:
        return f"range stated by the caller; {seen}"
    scale = measure.scale_of(measure.items[0])
    own = f"{scale.low:g} to {scale.high:g}"
    if low < scale.low or high > scale.high:
        return f"does not fit {own}; {seen}: another form, or --range"
    return f"fits {own}; {seen}"


def _hints(
    names: Sequence[str], tallies: Sequence[_Tally], items: Mapping[int, int], ragged: list[int]
) -> Iterator[str]:
    for wanted in (("case",), ("session", "date"), ("rater",)):
        if not set(wanted) & set(names):
            yield (
                f"no column called {' or '.join(wanted)}: name it in a mapping file, "
                f'[columns] {wanted[0]} = "..."' + (", or say --rater" if "rater" in wanted else "")
            )
    codes = {code for position in items for code in _suspects(tallies[position])}
    if codes:
        said = " ".join(f"--missing={code:g}" for code in sorted(codes))
        yield f"if these codes mean not answered, say {said}"
    for position, number in items.items():
        if names[position] != str(number):
            yield (
                f"item columns are not called 1, 2, 3, ...: name them in a mapping file, "
                f'[items] "{number}" = "{names[position]}" and so on'
            )
            break
    if ragged:
        told = ", ".join(map(str, ragged[:5]))
        yield f"{len(ragged)} rows have more or fewer cells than the heading, e.g. rows {told}"
