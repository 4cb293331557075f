"""What a field may hold: written once, for the classes, the JSON Schema and merging alike."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from math import isfinite
from types import MappingProxyType, NoneType
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from attrs import NOTHING, Attribute, fields, frozen, has

from therapeutic_alliance.errors import DocumentError, Problem
from therapeutic_alliance.model.record import MAX_SESSION
from therapeutic_alliance.model.validity import ID, KEBAB, LONGEST, ROLES, is_name

MAX_TEXT = 20_000
MAX_COUNT = 1_000_000
_CONTROLS = r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f"


@frozen(eq=False)
class Kind:
    """A kind of value: what is said of any other, how it is told, and the same as JSON Schema."""

    rule: str
    holds: Callable[[Any], bool]
    schema: Mapping[str, Any]


@frozen
class RefersTo:
    """The field holds ids of records of these sections of a course."""

    sections: tuple[str, ...]


@frozen
class Sensitive:
    """The field holds free text, or what else stays out of exports unless asked for."""


def is_number(value: object) -> bool:
    """Whether a value is a finite number, and no truth value."""
    return type(value) in (int, float) and isfinite(value)  # type: ignore[arg-type]


def is_text(value: object) -> bool:
    """Whether a value can be kept as free text: no control character but line breaks and tabs."""
    return isinstance(value, str) and 0 < len(value) <= MAX_TEXT and _is_whole(value)


def _is_whole(text: str) -> bool:
    return text.isprintable() or re.search(f"[{_CONTROLS}\ud800-\udfff]", text) is None


def _counts(low: int, high: int) -> Kind:
    return Kind(
        f"not a whole number from {low} to {high}",
        lambda value: type(value) is int and low <= value <= high,
        {"type": "integer", "minimum": low, "maximum": high},
    )


def _one_of(words: tuple[str, ...]) -> Kind:
    return Kind("not one of " + ", ".join(words), words.__contains__, {"enum": list(words)})


_TEXT = Kind(
    f"not a text of 1 to {MAX_TEXT} characters, none of them a control character",
    is_text,
    {
        "type": "string",
        "minLength": 1,
        "maxLength": MAX_TEXT,
        "pattern": f"^[^{_CONTROLS}]*$",
    },
)
_ID = Kind(
    "not an id: letters, digits, '.', '_', '-', up to 64",
    lambda value: isinstance(value, str) and ID.fullmatch(value) is not None,
    {"type": "string", "pattern": f"^{ID.pattern}$"},
)
_TERM = Kind(
    "not a term: lower-case words joined by '-', up to 64 characters",
    lambda value: isinstance(value, str) and is_name(value),
    {"type": "string", "pattern": f"^{KEBAB.pattern}$", "maxLength": LONGEST},
)

Id = Annotated[str, _ID]
Term = Annotated[str, _TERM]
"""A word of an open vocabulary; see :mod:`therapeutic_alliance.model.alliance.terms`."""
Number = Annotated[float, Kind("not a finite number", is_number, {"type": "number"})]
Text = Annotated[str, _TEXT]
FreeText = Annotated[str, _TEXT, Sensitive()]
Role = Annotated[str, _one_of(ROLES)]
SessionNumber = Annotated[int, _counts(1, MAX_SESSION)]
Count = Annotated[int, _counts(0, MAX_COUNT)]
Positive = Annotated[int, _counts(1, MAX_COUNT)]
Person = Annotated[str, _ID, RefersTo(("participants",))]

_DAY = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_PLAIN: Mapping[type, Kind] = {
    bool: Kind("neither true nor false", lambda v: type(v) is bool, {"type": "boolean"}),
    date: Kind(
        "not a date such as 2026-03-01",
        lambda value: type(value) is date,
        {"type": "string", "format": "date", "pattern": _DAY},
    ),
}


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

    def problems(self, value: Any) -> Iterator[Problem]:
        """What is wrong with a value, with its path in the record."""
        path = f"$.{self.name}"
        if value is None and self.optional:
            return
        if not self.many:
            if not self.kind.holds(value):
                yield Problem(path=path, rule=self.kind.rule)
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


@frozen
class Rating:
    """A number on a scale that is named with it, so that two scales are never mixed.

    ``value`` lies within ``low`` to ``high``, both included; all three are finite.

    >>> Rating(4, 1, 5).share
    0.75
    """

    value: Number
    low: Number
    high: Number

    def __attrs_post_init__(self) -> None:
        problems = [
            problem
            for each in fields_of(Rating)
            for problem in each.problems(getattr(self, each.name))
        ]
        if not problems and not self.low < self.high:
            problems.append(Problem(path="$.low", rule="not below high"))
        elif not problems and not self.low <= self.value <= self.high:
            rule = f"not on its scale, {self.low:g} to {self.high:g}"
            problems.append(Problem(path="$.value", rule=rule))
        if problems:
            raise DocumentError(problems)

    def __repr__(self) -> str:
        return "Rating()"

    @property
    def scale(self) -> tuple[float, float]:
        """Lowest and highest value."""
        return self.low, self.high

    @property
    def share(self) -> float:
        """Where the value lies between low and high, 0 to 1."""
        return (self.value - self.low) / (self.high - self.low)


_FIELDS: dict[type, tuple[Field, ...]] = {}


def fields_of(record: type) -> tuple[Field, ...]:
    """The fields of a class of records, in their order."""
    if record not in _FIELDS:
        types = get_type_hints(record, include_extras=True)
        found = fields(record)
        _FIELDS[record] = tuple(_field(each, types[each.name]) for each in found)
    return _FIELDS[record]


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
        return _one_of(get_args(type_))
    if isinstance(type_, type) and has(type_):
        return Kind(
            f"not a {type_.__name__}",
            lambda value: isinstance(value, type_),
            {"$ref": f"#/$defs/{type_.__name__}"},
        )
    return next((mark for mark in marks if isinstance(mark, Kind)), None) or _PLAIN[type_]


def frozen_json(value: Any) -> Any:
    """Plain data of JSON made read-only; what is not such data is left for the rules to refuse."""
    if isinstance(value, Mapping):
        return MappingProxyType({name: frozen_json(each) for name, each in value.items()})
    if isinstance(value, list | tuple):
        return tuple(frozen_json(each) for each in value)
    return value


def thawed(value: Any) -> Any:
    """The plain data again that :func:`frozen_json` made read-only."""
    if isinstance(value, Mapping):
        return {name: thawed(each) for name, each in value.items()}
    if isinstance(value, tuple):
        return [thawed(each) for each in value]
    return value


def _is_json(value: object) -> bool:
    if isinstance(value, Mapping):
        return all(type(name) is str and _is_whole(name) for name in value) and all(
            map(_is_json, value.values())
        )
    if isinstance(value, tuple):
        return all(map(_is_json, value))
    if type(value) is str:
        return _is_whole(value)
    return value is None or type(value) is bool or is_number(value)


def _are_answers(value: object) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(item, str) and ID.fullmatch(item) and (answer is None or is_number(answer))
        for item, answer in value.items()
    )


Extensions = Annotated[
    Mapping[str, Any],
    Kind(
        "not an object of JSON values",
        lambda value: isinstance(value, Mapping) and _is_json(value),
        {"type": "object"},
    ),
    Sensitive(),
]
Answers = Annotated[
    Mapping[str, float | None],
    Kind(
        "not an object with a number or null for each item id",
        _are_answers,
        {
            "type": "object",
            "propertyNames": {"pattern": f"^{ID.pattern}$"},
            "additionalProperties": {"type": ["number", "null"]},
        },
    ),
]
