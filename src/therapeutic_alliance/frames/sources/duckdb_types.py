"""Columns of DuckDB of types that Arrow has no equal for."""

from collections.abc import Iterator, Sequence
from typing import Any

from therapeutic_alliance.errors import Problem, TableError
from therapeutic_alliance.frames.sources.catalogue import quoted

_LOST = ("time with time zone", "bit", "bignum", "uhugeint", "variant")
"""Arrow has other values in their place, or bytes that only DuckDB reads."""
_HUGE = ("hugeint", "uhugeint")


def columns(table: Any, items: Sequence[str], file: str) -> list[str]:
    """The columns of a relation in SQL; whole numbers of 128 bits in those of answers as doubles.

    Raises :class:`TableError` that names each column which would come out as something else.
    """
    types = dict(zip(table.columns, table.types, strict=True))
    answers = {name for name in items if name in types and types[name].id in _HUGE}
    problems = [
        Problem(file=file, column=name, rule=f"{lost.upper()}: cast it in a view, as to VARCHAR")
        for name, type_ in types.items()
        if name not in answers and (lost := next((k for k in kinds(type_) if k in _LOST), None))
    ]
    if problems:
        raise TableError(problems)
    return [
        f"cast({quoted(name)} as double) as {quoted(name)}" if name in answers else quoted(name)
        for name in types
    ]


def has_huge(type_: Any) -> bool:
    """Whether some whole number of a type may have more digits than a decimal of Arrow."""
    return "hugeint" in kinds(type_)


def kinds(type_: Any) -> Iterator[str]:
    """What DuckDB calls a type, and all that is nested in it."""
    yield type_.id
    if type_.id in ("list", "array", "struct", "map", "union"):
        for _, child in type_.children:
            if isinstance(child, type(type_)):
                yield from kinds(child)
