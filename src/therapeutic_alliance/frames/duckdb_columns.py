"""The columns of relations of DuckDB: their names in SQL, their types, others in their place."""

from collections.abc import Iterator, Mapping
from typing import Any

CHANGED = frozenset(("bignum", "bit", "time with time zone", "uhugeint", "variant"))
"""Types of which Arrow has other values, or bytes that only DuckDB reads."""
HUGE = frozenset(("hugeint", "uhugeint"))
"""Whole numbers of 128 bits: decimals in Arrow."""
_NESTED = ("array", "list", "map", "struct", "union")


def quoted(name: str) -> str:
    """A name in SQL.

    >>> print(quoted('a"b'))
    "a""b"
    """
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def replaced(relation: Any, by: Mapping[str, str]) -> Any:
    """The relation with what SQL says in place of some columns, under their names."""
    columns = (f"{by.get(name, quoted(name))} AS {quoted(name)}" for name in relation.columns)
    return relation.project(", ".join(columns))


def types_of(relation: Any) -> Mapping[str, Any]:
    """The type of each column."""
    return dict(zip(relation.columns, relation.types, strict=True))


def kinds(type_: Any) -> Iterator[str]:
    """What DuckDB calls a type, and all that is nested in it."""
    yield type_.id
    for _, child in type_.children if type_.id in _NESTED else ():
        if isinstance(child, type(type_)):  # an array has its size beside
            yield from kinds(child)


def changed(relation: Any) -> Iterator[tuple[str, str]]:
    """Columns that Arrow holds as something else, and the type for which it does."""
    for name, type_ in types_of(relation).items():
        lost = next((kind for kind in kinds(type_) if kind in CHANGED), None)
        if lost:
            yield name, lost.upper()
