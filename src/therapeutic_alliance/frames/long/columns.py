"""The columns of a long table: which there must be, and what they can hold."""

from collections import Counter
from typing import Any

import narwhals as nw
from attrs import frozen

from therapeutic_alliance.errors import Problem, TableError
from therapeutic_alliance.frames.dtypes import refuse_other_than_numbers
from therapeutic_alliance.frames.eager.keys import unfit
from therapeutic_alliance.frames.headings import folding, headings, refuse_taken, unused
from therapeutic_alliance.frames.long.table import LongTable
from therapeutic_alliance.frames.plan import Plan

_NO_KEY = {"List", "Array", "Struct", "Map", "Object"}
"""What engines cannot group by."""
_TEXT = {"String", "Categorical", "Enum"}


@frozen(kw_only=True)
class Names:
    """Names of the columns of the wide table, and of those that stand there for a while."""

    by: tuple[Any, ...]
    items: tuple[str, ...]
    """Item ids."""
    stray: str
    """Counts answers that belong to no form or to no item; stays."""
    mark: str
    """No name of the others begins like this."""

    @classmethod
    def of(cls, plan: Plan, long: LongTable) -> "Names":
        """Of a measure and a table."""
        items = tuple(item.id for item in plan.items)
        stray = f"{plan.stem}_stray"
        return cls(by=long.by, items=items, stray=stray, mark=unused((*items, *plan.names)))

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns of ``by``."""
        return tuple(f"{self.mark}by{position}" for position in range(len(self.by)))

    @property
    def row(self) -> str:
        """Number of the row, from 0."""
        return f"{self.mark}row"

    @property
    def item(self) -> str:
        """Item id, as text or as a whole number."""
        return f"{self.mark}item"

    @property
    def answer(self) -> str:
        """Answer, null if there is none."""
        return f"{self.mark}answer"

    @property
    def complete(self) -> str:
        """Whether the row says of which form and item it is."""
        return f"{self.mark}complete"

    @property
    def twice(self) -> str:
        """How many items the form answers more than once."""
        return f"{self.mark}twice"

    def times(self, position: int) -> str:
        """How many answers the form gives to an item."""
        return f"{self.mark}{position}"


def refuse_columns(plan: Plan, frame: Any, long: LongTable) -> None:
    """Raise :class:`TableError` if the table cannot be made wide and scored."""
    there = headings(frame)
    absent = [name for name in long.columns if name not in there]
    if absent:
        raise TableError(Problem(rule=f'the frame has no column "{name}"') for name in absent)
    names = Names.of(plan, long)
    refuse_taken(frame, long.by, plan.names)
    fold = folding(frame)
    taken = {*map(fold, long.by)}
    for name in (*names.items, names.stray):
        if fold(name) in taken:
            raise TableError(f'by: a new column will be called "{name}"')
    new = Counter(map(fold, (*names.items, *plan.names, names.stray)))
    if again := [name for name, count in new.items() if count > 1]:
        raise TableError(f"two new columns will be called {', '.join(again)}")
    refuse_other_than_numbers(frame, [("", long.answer)])
    _refuse_dtypes(frame, long)


def _is_key(frame: Any, name: Any, dtype: Any) -> bool:
    """Whether rows with equal values can be brought together."""
    if isinstance(frame, nw.DataFrame):
        return not unfit(frame.get_column(name))
    return type(dtype).__name__ not in _NO_KEY


def _refuse_dtypes(frame: Any, long: LongTable) -> None:
    schema = frame.collect_schema()
    problems = [
        Problem(rule=f'column "{name}": it cannot tell forms apart by its dtype')
        for name in long.by
        if not _is_key(frame, name, schema[name])
    ]
    item = schema[long.item]
    if not (item.is_integer() or type(item).__name__ in _TEXT):
        problems.append(
            Problem(rule=f'column "{long.item}": item ids are text or whole numbers by their dtype')
        )
    if problems:
        raise TableError(problems)
