"""Rows of ratings, checked: complete, of one length, finite numbers."""

from collections.abc import Iterable, Sequence
from typing import Literal

from attrs import frozen

from therapeutic_alliance.errors import AllianceError, Problem
from therapeutic_alliance.psychometrics.numbers import is_number

Rows = Sequence[Sequence[float | None]]
Missing = Literal["refuse", "listwise"]
"""What to do with a row that lacks a number: refuse the table, or leave out the whole row."""


@frozen
class Table:
    """Complete rows."""

    rows: tuple[tuple[float, ...], ...]
    left_out: int
    """How many incomplete rows were left out."""


def table(rows: Iterable[Sequence[float | None]], missing: Missing) -> Table:
    """The complete rows; errors name rows from 1 and no number.

    >>> table([[4, 5], [3, None]], "listwise")
    Table(rows=((4.0, 5.0),), left_out=1)
    """
    if missing not in ("refuse", "listwise"):
        raise AllianceError("missing: refuse or listwise")
    given = [tuple(row) for row in rows]
    columns = {len(row) for row in given}
    if len(columns) > 1:
        raise AllianceError("every row has as many numbers as the others, None where one is absent")
    rules = [(position, _refuses(row)) for position, row in enumerate(given, 1)]
    wrong = [Problem(path=f"row {at}", rule=rule) for at, rule in rules if rule]
    if wrong:
        raise AllianceError(wrong)
    lacking = [position for position, row in enumerate(given, 1) if None in row]
    if lacking and missing == "refuse":
        rule = "incomplete; complete it, or leave out such rows with missing='listwise'"
        raise AllianceError([Problem(path=f"row {at}", rule=rule) for at in lacking])
    complete = (row for row in given if None not in row)
    kept = tuple(tuple(float(each) for each in row if each is not None) for row in complete)
    return Table(kept, len(lacking))


def _refuses(row: Sequence[object]) -> str:
    if all(each is None or is_number(each) for each in row):
        return ""
    return "holds what is no finite number; one that is absent is None"
