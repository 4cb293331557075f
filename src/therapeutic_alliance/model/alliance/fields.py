"""The fields of a class of records, as their types declare them."""

from collections.abc import Iterator
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from attrs import NOTHING, Attribute, fields, frozen, has

from therapeutic_alliance.errors import Problem
from therapeutic_alliance.model.alliance.kinds import (
    PLAIN,
    Kind,
    RefersTo,
    Sensitive,
    one_of,
)


@frozen(eq=False)
class Field:
    """A field of a record, as its type declares it."""

    name: str
    type: Any
    """Class of the value, or of each one."""
    kind: Kind
    many: bool
    optional: bool
    required: bool
    default: Any
    refers: tuple[str, ...]
    """Sections that its ids may be of; empty if it refers to nothing."""
    sensitive: bool
    unique: bool
    """Nothing stands in it twice."""

    def holds(self, value: Any) -> bool:
        """Whether a value is seen at a glance to be well made; if not, :meth:`problems` tells."""
        if self.many:
            return type(value) is tuple and not value
        return self.kind.holds(value) if value is not None else self.optional

    def problems(self, value: Any) -> Iterator[Problem]:
        """What is wrong with a value, with its path in the record."""
        path = f"$.{self.name}"
        if value is None and self.optional:
            return
        if not self.many:
            parts = [
                Problem(path=f"{path}, {where}", rule=rule)
                for where, rule in self.kind.parts(value)
            ]
            if parts or not self.kind.holds(value):
                yield from parts or [Problem(path=path, rule=self.kind.rule)]
            return
        if type(value) is not tuple:
            yield Problem(path=path, rule="not a list")
            return
        seen = set()
        for index, each in enumerate(value):
            if not self.kind.holds(each):
                yield Problem(path=f"{path}[{index}]", rule=self.kind.rule)
            elif self.unique and each in seen:
                yield Problem(path=f"{path}[{index}]", rule="stands there twice")
            elif self.unique:
                seen.add(each)


_FIELDS: dict[type, tuple[Field, ...]] = {}


def fields_of(record: type) -> tuple[Field, ...]:
    """The fields of a class of records, in their order."""
    if record not in _FIELDS:
        types = get_type_hints(record, include_extras=True)
        found = fields(record)
        _FIELDS[record] = tuple(_field(each, types[each.name]) for each in found)
    return _FIELDS[record]


def problems_of(value: object) -> list[Problem]:
    """What is wrong with the fields of a record, a rating or a course, each looked at alone."""
    return [
        problem
        for each in fields_of(type(value))
        if (held := getattr(value, each.name)) is not each.default and not each.holds(held)
        for problem in each.problems(held)
    ]


def _field(attribute: "Attribute[Any]", type_: Any) -> Field:
    inner = [each for each in get_args(type_) if each is not NoneType]
    optional = get_origin(type_) is not Annotated and NoneType in get_args(type_)
    if optional:
        [type_] = inner
    many = get_origin(type_) is tuple
    if many:
        type_ = get_args(type_)[0]
    marks = get_args(type_)[1:] if get_origin(type_) is Annotated else ()
    return Field(
        name=attribute.name,
        required=attribute.default is NOTHING,
        default=attribute.default,
        type=get_args(type_)[0] if marks else type_,
        kind=_kind(type_, marks),
        many=many,
        optional=optional,
        refers=next((mark.sections for mark in marks if isinstance(mark, RefersTo)), ()),
        sensitive=(sensitive := any(isinstance(mark, Sensitive) for mark in marks)),
        unique=many and not sensitive and not has(type_),
    )


def _kind(type_: Any, marks: tuple[Any, ...]) -> Kind:
    if get_origin(type_) is Literal:
        return one_of(get_args(type_))
    if isinstance(type_, type) and has(type_):
        return Kind(
            f"not a {type_.__name__}",
            lambda value: isinstance(value, type_),
            {},
            type_.__name__,
        )
    return next((mark for mark in marks if isinstance(mark, Kind)), None) or PLAIN[type_]
