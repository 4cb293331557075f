"""What DuckDB's types become on the way through Arrow."""

from collections.abc import Iterator
from typing import Any

from therapeutic_alliance.errors import Problem, TableError
from therapeutic_alliance.frames.detect.task import Task
from therapeutic_alliance.frames.plain_names import quoted

_WIDE = {"hugeint", "uhugeint"}
_CHANGED = {"bignum", "bit", "time with time zone", "uhugeint"}
_NESTED = {"array", "list", "map", "struct", "union"}


def readable(task: Task, relation: Any) -> Any:
    """Sessions and scores of 128 bits as numbers that are no decimals in Arrow.

    A session that has no room becomes null, which is refused. Raises :class:`TableError` for
    columns that Arrow gives back as something else.
    """
    numbers = {task.order: "BIGINT", task.score: "DOUBLE"}
    columns = {
        name: f"TRY_CAST({quoted(name)} AS {numbers[name]})"
        if name in numbers and kind.id in _WIDE
        else quoted(name)
        for name, kind in zip(relation.columns, relation.types, strict=True)
    }
    told = (f"{column} AS {quoted(name)}" for name, column in columns.items())
    found = relation.project(", ".join(told))
    _refuse_changed(found)
    return found


def _refuse_changed(relation: Any) -> None:
    rule = "does not come back from Python as it was: leave it out, or cast it to text"
    problems = [
        Problem(column=name, rule=f"{kind} {rule}")
        for name, kind in zip(relation.columns, relation.types, strict=True)
        if not _CHANGED.isdisjoint(_parts(kind))
    ]
    if problems:
        raise TableError(problems)


def _parts(kind: Any) -> Iterator[str]:
    """A type, and those within it."""
    yield kind.id
    for name, part in kind.children if kind.id in _NESTED else ():
        if name != "size":  # of an array
            yield from _parts(part)
