"""One cell of a table, as text: which answer it is, or why it is none."""

import re
from collections.abc import Mapping

from attrs import field, frozen

_GUARDED = re.compile(r"'+[=+\-@\t\r\0]")
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,15}(?:\.[0-9]{1,15})?|\.[0-9]{1,15})")
_UNKNOWN = "not a number, and neither a missing code nor a label of the map"


class UnreadableError(ValueError):
    """A cell that is no answer; the message is the rule and never quotes the cell."""


def unguarded(cell: str) -> str:
    """The cell without the quote that keeps a spreadsheet from running it as a formula.

    >>> unguarded("'=1+1"), unguarded("''-x"), unguarded("'quoted'"), unguarded("-3")
    ('=1+1', "'-x", "'quoted'", '-3')
    """
    return cell[1:] if _GUARDED.match(cell) else cell


def number_in(text: str, decimal: str) -> float | None:
    """The number that a text is, whole ones as ``int``; ``None`` if it is none.

    >>> number_in("4,50", ","), number_in("4.50", ","), number_in("04", "."), number_in("x", ".")
    (4.5, None, 4, None)
    """
    if decimal != ".":
        if "." in text:
            return None
        text = text.replace(decimal, ".")
    if not _NUMBER.fullmatch(text):
        return None
    number = float(text)
    whole = int(number)
    return whole if number == whole else number


@frozen
class AnswerReader:
    """Turns the text of a cell into an answer."""

    decimal: str = "."
    missing: frozenset[str] = frozenset()
    """Codes for not answered. One that is a number, with the file's decimal mark or a point,
    stands for that number however a cell spells it."""
    labels: Mapping[str, float] = {}
    """Text of an answer -> its number."""
    missing_numbers: frozenset[float] = field(init=False, repr=False)
    """Those that are numbers."""

    @missing_numbers.default
    def _as_numbers(self) -> frozenset[float]:
        found = {number_in(code, mark) for code in self.missing for mark in (self.decimal, ".")}
        return frozenset(number for number in found if number is not None)

    def __call__(self, cell: str) -> float | None:
        """The answer, or ``None`` for not answered; raises :class:`UnreadableError`.

        >>> read = AnswerReader(decimal=",", missing=frozenset({"9.9"}))
        >>> read(" 4,5 "), read("9,90")
        (4.5, None)
        """
        text = unguarded(cell.strip())
        if not text or text in self.missing:
            return None
        if text in self.labels:
            return self.labels[text]
        number = number_in(text, self.decimal)
        if number is None:
            raise UnreadableError(why_no_number(text, self.decimal) or _UNKNOWN)
        return None if number in self.missing_numbers else number

    def holds_answer(self, cell: str) -> bool:
        """Whether there is anything but a missing code in a cell, readable or not."""
        try:
            return self(cell) is not None
        except UnreadableError:
            return True


def why_no_number(text: str, decimal: str) -> str:
    """What may be meant by a text that is no number, as far as it shows; else empty.

    >>> why_no_number("4,5", "."), why_no_number("often", ".")
    ('not a number: a decimal comma is read with --decimal ,', '')
    """
    if any(not each.isprintable() or (each.isnumeric() and not each.isascii()) for each in text):
        return "not a number: unusual digits or invisible characters"
    if decimal == "," and "." in text:
        return "not a number with a decimal comma"
    if decimal == "." and number_in(text, ",") is not None:
        return "not a number: a decimal comma is read with --decimal ,"
    return ""
