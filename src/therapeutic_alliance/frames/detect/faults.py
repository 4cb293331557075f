"""Rows that cannot be judged: named by row, column and rule, never quoted."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from therapeutic_alliance.errors import SHOWN, Problem, TableError
from therapeutic_alliance.frames.rules.courses import Ints

NO_CASE = "names no case"
TWICE = "its case has that session before"


class Fault(NamedTuple):
    """Rows of a column that break a rule."""

    column: Any
    rule: str
    rows: Ints


def refuse(faults: Iterable[Fault]) -> None:
    """Raise :class:`TableError` if any rows are at fault; it lists the first of them."""
    faults = list(faults)
    count = sum(len(fault.rows) for fault in faults)
    if not count:
        return
    raise TableError(islice(_in_order(faults), SHOWN), count=count)


def _in_order(faults: Iterable[Fault]) -> Iterator[Problem]:
    first = ((int(row), fault) for fault in faults for row in fault.rows[:SHOWN])
    for row, fault in sorted(first, key=lambda each: each[0]):
        yield Problem(row=row, column=str(fault.column), rule=fault.rule)
