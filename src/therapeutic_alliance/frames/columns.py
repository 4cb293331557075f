"""Which column holds the answers to which item."""

from collections.abc import Mapping, Sequence
from typing import Any

from therapeutic_alliance.errors import Problem, TableError
from therapeutic_alliance.frames.dtypes import refuse_other_than_numbers
from therapeutic_alliance.frames.headings import headings, refuse_taken
from therapeutic_alliance.frames.plan import Plan
from therapeutic_alliance.scoring.key import items_in_words


def of_items(plan: Plan, frame: Any, columns: Mapping[str, Any]) -> tuple[Any, ...]:
    """The column of each item, in printed order, of a frame of Narwhals.

    Each has a dtype that can hold answers, and no column is called as a new one will be.
    """
    there = headings(frame)
    names = _names(plan, there, columns)
    refuse_taken(frame, there, plan.names)
    items = [item.id for item in plan.items]
    refuse_other_than_numbers(frame, zip(items, names, strict=True), items=True)
    return names


def _names(plan: Plan, there: Sequence[Any], columns: Mapping[str, Any]) -> tuple[Any, ...]:
    if not isinstance(columns, Mapping):
        raise TableError("columns: a mapping of item ids to column names is needed")
    items = [item.id for item in plan.items]
    strangers = [item for item in columns if item not in items]
    if strangers:
        hint = "" if all(isinstance(item, str) for item in strangers) else " (item ids are text)"
        told, known = ", ".join(map(str, strangers)), items_in_words(items)
        raise TableError(f"columns: no item of {plan.measure}: {told}{hint}; it has {known}")
    names = [columns.get(item, item) for item in items]
    by_item = list(zip(items, names, strict=True))
    absent = [(item, name) for item, name in by_item if name not in there]
    if absent:
        raise TableError(_absent(absent, there))
    shared = [item for item, name in by_item if names.count(name) > 1]
    if shared:
        raise TableError(f"columns: one column for the items {', '.join(shared)}")
    return tuple(names)


def _absent(columns: Sequence[tuple[str, Any]], there: Sequence[Any]) -> list[Problem]:
    unnamed = [item for item, name in columns if item == name]
    hint = f"the frame has no column for item {', '.join(unnamed)}; name it in columns"
    labels = {str(name): name for name in there}
    looks_alike = [item for item in unnamed if item in labels]
    if looks_alike:
        first = looks_alike[0]
        hint += f' (its label is no text: columns={{"{first}": {labels[first]!r}, ...}})'
    named = [
        Problem(rule=f'item {item}: the frame has no column "{name}"')
        for item, name in columns
        if item != name
    ]
    return [*named, *([Problem(rule=hint)] if unnamed else [])]
