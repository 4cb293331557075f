"""The constants in a fitted rule, one after the other, so that two rules can be compared."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from enum import Enum
from inspect import isroutine
from math import isclose
from numbers import Number
from typing import Any

from attrs import fields, has

from therapeutic_alliance.testing.contract import fail


def constants(value: Any) -> Iterator[Any]:
    """What a value consists of: its fields, keys and members, those of sets in one order.

    A constant that cannot be compared, such as an array, fails the test.

    >>> from types import MappingProxyType
    >>> list(constants(MappingProxyType({"sd": 0.6, "cases": frozenset({2, 1})})))
    ['cases', 1, 2, 'sd', 0.6]
    """
    if isinstance(value, str | bytes | Number | date | Enum | type | None) or isroutine(value):
        yield value
        return
    for each in _members(value):
        yield from constants(each)


def alike(one: Any, two: Any) -> bool:
    """Whether two values have the same constants, numbers up to 1e-9."""
    first, second = list(constants(one)), list(constants(two))
    return len(first) == len(second) and all(map(_close, first, second))


def _members(value: Any) -> list[Any]:
    if has(type(value)):
        return [getattr(value, each.name) for each in fields(type(value))]
    if isinstance(value, Mapping):
        return [each for key in sorted(value, key=_order) for each in (key, value[key])]
    if isinstance(value, AbstractSet):
        return sorted(value, key=_order)
    if not isinstance(value, list | tuple):
        fail(
            f"the constants hold a {type(value).__name__}, which cannot be compared: keep numbers "
            "and texts, in tuples, frozensets, read-only mappings or frozen attrs classes"
        )
    return [*value]


def _order(value: Any) -> tuple[bool, Any, str]:
    """Numbers by their size, then all else by how it is written."""
    number = isinstance(value, int | float)
    return not number, value if number else 0, repr(value)


def _close(one: object, two: object) -> bool:
    if isinstance(one, float) and isinstance(two, float):
        return isclose(one, two, rel_tol=1e-9, abs_tol=1e-9)
    return one == two
