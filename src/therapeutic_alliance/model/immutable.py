"""Lists given by callers, kept as tuples."""

from typing import Any, get_origin

from attrs import Attribute, Converter

_AS_TUPLE: "Converter[Any, Any]" = Converter(tuple)  # one for all: each is inspected anew


def as_tuples(_class: type, fields: "list[Attribute[Any]]") -> "list[Attribute[Any]]":
    """A ``field_transformer``: what is declared a tuple is made one of any iterable."""
    return [
        each.evolve(converter=_AS_TUPLE) if get_origin(each.type) is tuple else each
        for each in fields
    ]
