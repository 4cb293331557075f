"""The columns of a long table: which there must be, and what they can hold."""

from typing import Any

import narwhals as nw
from attrs import frozen

from therapeutic_alliance.errors import Problem, TableError
from therapeutic_alliance.frames.columns import refuse_taken
from therapeutic_alliance.frames.dtypes import refuse_other_than_numbers
from therapeutic_alliance.frames.headings import folded, headings, unused
from therapeutic_alliance.frames.long_table import LongTable
from therapeutic_alliance.frames.plan import Plan

_NO_KEY = {"List", "Array", "Struct", "Object"}
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
        return cls(
            by=long.by, items=items, stray=stray, mark=unused((*long.by, *items, *plan.names))
        )

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


def is_null(name: Any, dtype: Any) -> Any:
    """The expression whether nothing stands in a column."""
    column = nw.col(name)
    return column.is_null() | column.is_nan() if dtype.is_float() else column.is_null()


def refuse_columns(plan: Plan, frame: Any, long: LongTable) -> None:
    """Raise :class:`TableError` if the table cannot be made wide and scored."""
    there = headings(frame)
    absent = [name for name in long.columns if name not in there]
    if absent:
        raise TableError(Problem(rule=f'the frame has no column "{name}"') for name in absent)
    names = Names.of(plan, long)
    refuse_taken(plan, frame, long.by)
    taken = {folded(frame, name) for name in long.by}
    for name in (*names.items, names.stray):
        if folded(frame, name) in taken or (name == names.stray and name in plan.names):
            raise TableError(f'by: a new column will be called "{name}"')
        taken.add(folded(frame, name))
    refuse_other_than_numbers(frame, [("", long.answer)])
    _refuse_dtypes(frame, long)


def _refuse_dtypes(frame: Any, long: LongTable) -> None:
    schema = frame.collect_schema()
    problems = [
        Problem(rule=f'column "{name}": it cannot tell forms apart by its dtype')
        for name in long.by
        if type(schema[name]).__name__ in _NO_KEY
    ]
    item = schema[long.item]
    if not (item.is_integer() or type(item).__name__ in _TEXT):
        problems.append(
            Problem(rule=f'column "{long.item}": item ids are text or whole numbers by their dtype')
        )
    if problems:
        raise TableError(problems)
