"""Lists given by callers, kept as tuples."""

from collections.abc import Iterable
from typing import Any, get_origin

from attrs import Attribute, Converter


def _tuple(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(values)


# One converter for all fields, and of a function: attrs inspects the signature of each converter,
# which takes long for a built-in type.
_AS_TUPLE: "Converter[Any, Any]" = Converter(_tuple)


def as_tuples(_class: type, fields: "list[Attribute[Any]]") -> "list[Attribute[Any]]":
    """A ``field_transformer``: what is declared a tuple is made one of any iterable."""
    return [
        each.evolve(converter=_AS_TUPLE) if get_origin(each.type) is tuple else each
        for each in fields
    ]
