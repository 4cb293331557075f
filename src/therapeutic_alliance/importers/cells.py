"""One cell of a table: what it says, or why it says nothing that can be used."""

import re
from collections.abc import Mapping

from attrs import frozen

from therapeutic_alliance.model.scale import Scale

_GUARDED = re.compile(r"'+[=+\-@\t\r\0]")
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,15}(?:\.[0-9]{1,15})?|\.[0-9]{1,15})")


class UnreadableError(ValueError):
    """A cell that is no answer; the message is the rule and never quotes the cell."""


def unguarded(cell: str) -> str:
    """The cell without the quote that keeps a spreadsheet from running it as a formula.

    >>> unguarded("'=1+1"), unguarded("''-x"), unguarded("'quoted'"), unguarded("-3")
    ('=1+1', "'-x", "'quoted'", '-3')
    """
    return cell[1:] if _GUARDED.match(cell) else cell


@frozen
class AnswerReader:
    """Turns the text of a cell into an answer."""

    decimal: str = "."
    missing: frozenset[str] = frozenset()
    """Codes for not answered, as they stand in the file."""
    labels: Mapping[str, float] = {}
    """Text of an answer -> its number."""

    def __call__(self, cell: str) -> float | None:
        """The answer, or ``None`` for not answered; raises :class:`UnreadableError`.

        >>> AnswerReader(decimal=",", missing=frozenset({"99"}))(" 4,5 ")
        4.5
        """
        text = unguarded(cell.strip())
        if not text or text in self.missing:
            return None
        if text in self.labels:
            return self.labels[text]
        dotted = text.replace(",", ".") if self.decimal == "," and "." not in text else text
        if self.decimal == "," and "." in text:
            raise UnreadableError("not a number with a decimal comma")
        if not _NUMBER.fullmatch(dotted):
            if self.decimal == "." and _NUMBER.fullmatch(text.replace(",", ".")):
                raise UnreadableError("not a number: a decimal comma is read with --decimal ,")
            raise UnreadableError("not a number, and neither a missing code nor a label of the map")
        number = float(dotted)
        whole = int(number)
        if str(whole) in self.missing and number == whole:
            return None
        return whole if number == whole else number


def in_unit(answer: float, scale: Scale, unit: str | None) -> float:
    """A mark read in ``unit``, in the unit of the scale.

    >>> in_unit(73, Scale(low=0, high=10, step=0.1, kind="visual-analogue", unit="cm"), "mm")
    7.3
    """
    if unit is None or scale.unit in (None, unit):
        return answer
    return answer / 10 if unit == "mm" else answer * 10


def unflipped(answer: float, scale: Scale) -> float:
    """An answer of an item that is printed the other way round; out of range it stays as it is."""
    if scale.low <= answer <= scale.high:
        return round(scale.low + scale.high - answer, 9)  # 10 - 9.9 is not 0.1 in a float
    return answer
