"""What a contributed value may hold: only what nobody can change for others."""

from collections.abc import Iterator
from datetime import date, time, timedelta, tzinfo
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from pathlib import PurePath
from re import Pattern
from types import BuiltinFunctionType, FunctionType, MappingProxyType
from typing import Any

from attrs import fields, has
from attrs.exceptions import FrozenInstanceError

OURS = "therapeutic_alliance."
PLAIN = (
    *(type(None), int, float, complex, str, bytes, range, Decimal, Fraction),
    *(date, time, timedelta, PurePath, Pattern),
)
"""Kinds of which a class of its own may not have attributes that can be assigned."""
NAMED = (type, Enum, tzinfo, FunctionType, BuiltinFunctionType)
"""Kinds that stand for what code of a name does; what their code keeps is not looked at."""


def loose(value: Any) -> str:
    """Why an attrs value itself can be changed; empty if it is frozen, with slots."""
    if not _frozen(value):
        return "which is a frozen attrs value"
    if hasattr(value, "__dict__"):
        return "whose classes all use slots, attrs' default: this one has a __dict__"
    return ""


def changeable_fields(value: Any) -> Iterator[tuple[str, str]]:
    """Fields of an attrs value that hold what might be changed in place, and the type of that."""
    for each in fields(type(value)):
        for inner in _within(getattr(value, each.name)):
            if not _known(inner):
                yield each.name, type(inner).__name__


def _frozen(value: Any) -> bool:
    """Whether attrs refuses every assignment; what takes this one is refused by the registry."""
    try:
        value.assigned_by_the_registry = None
    except FrozenInstanceError:
        return True
    except AttributeError:
        pass
    return False


def _known(value: Any) -> bool:
    if _ours(value) or isinstance(value, (*NAMED, MappingProxyType)):
        return True
    if isinstance(value, (*PLAIN, tuple, frozenset)):
        return not hasattr(value, "__dict__")
    return has(type(value)) and not loose(value)


def _ours(value: Any) -> bool:
    return type(value).__module__.startswith(OURS)


def _within(value: Any) -> Iterator[Any]:
    """A value and all that it holds, as far as that is of tuples, sets, mappings and attrs."""
    yield value
    if isinstance(value, tuple | frozenset):
        held = list(value)
    elif isinstance(value, MappingProxyType):
        held = [*value.keys(), *value.values()]
    elif has(type(value)) and not _ours(value):
        held = [getattr(value, each.name) for each in fields(type(value))]
    else:
        held = []
    for each in held:
        yield from _within(each)
