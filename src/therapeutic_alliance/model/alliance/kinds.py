"""What a field may hold: written once, for the classes, the JSON Schema and merging alike."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType, NoneType
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from attrs import NOTHING, Attribute, fields, frozen, has

from therapeutic_alliance.errors import DocumentError, Problem
from therapeutic_alliance.model.record import MAX_SESSION
from therapeutic_alliance.model.validity import ID, KEBAB, LONGEST, ROLES, is_name

MAX_TEXT = 20_000
MAX_COUNT = 1_000_000
MAX_NUMBER = sys.float_info.max
MAX_LEVELS = 16
"""Of lists and objects within one another in extensions."""
_CONTROLS = r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f"
_WHOLE = f"^[^{_CONTROLS}]*$"
_ONE_LINE = {"not": {"pattern": r"\n"}}  # where $ matches before a last line break, too


@frozen(eq=False)
class Kind:
    """A kind of value: what is said of any other, how it is told, and the same as JSON Schema."""

    rule: str
    holds: Callable[[Any], bool]
    schema: Mapping[str, Any]
    name: str = ""
    """Under which the JSON Schema describes it once; empty: wherever it is used."""

    @property
    def reference(self) -> Mapping[str, Any]:
        """The schema, or where it stands."""
        return {"$ref": f"#/$defs/{self.name}"} if self.name else self.schema


@frozen
class RefersTo:
    """The field holds ids of records of these sections of a course."""

    sections: tuple[str, ...]


@frozen
class Sensitive:
    """The field holds free text, or what else stays out of exports unless asked for."""


def is_number(value: object) -> bool:
    """Whether a value is a finite number, and no truth value."""
    # compared, because isfinite fails on a whole number that no float holds
    return type(value) in (int, float) and abs(value) <= MAX_NUMBER  # type: ignore[arg-type]


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


def _one_of(words: tuple[str, ...], name: str = "") -> Kind:
    rule = "not one of " + ", ".join(words)
    return Kind(rule, words.__contains__, {"enum": list(words)}, name)


_TEXT = Kind(
    f"not a text of 1 to {MAX_TEXT} characters, none of them a control character",
    is_text,
    {
        "type": "string",
        "minLength": 1,
        "maxLength": MAX_TEXT,
        "pattern": _WHOLE,
    },
    "Text",
)
_ID = Kind(
    "not an id: letters, digits, '.', '_', '-', up to 64",
    lambda value: isinstance(value, str) and ID.fullmatch(value) is not None,
    {"type": "string", "pattern": f"^{ID.pattern}$", **_ONE_LINE},
    "Id",
)
_TERM = Kind(
    "not a term: lower-case words joined by '-', up to 64 characters",
    lambda value: isinstance(value, str) and is_name(value),
    {"type": "string", "pattern": f"^{KEBAB.pattern}$", "maxLength": LONGEST, **_ONE_LINE},
    "Term",
)
_NUMBER = Kind(
    "not a finite number",
    is_number,
    {"type": "number", "minimum": -MAX_NUMBER, "maximum": MAX_NUMBER},
    "Number",
)
_ROLE = _one_of(ROLES, "Role")

Id = Annotated[str, _ID]
Term = Annotated[str, _TERM]
"""A word of an open vocabulary; see :mod:`therapeutic_alliance.model.vocabulary.terms`."""
Number = Annotated[float, _NUMBER]
Text = Annotated[str, _TEXT]
FreeText = Annotated[str, _TEXT, Sensitive()]
Role = Annotated[str, _ROLE]
SessionNumber = Annotated[int, _counts(1, MAX_SESSION)]
Count = Annotated[int, _counts(0, MAX_COUNT)]
Positive = Annotated[int, _counts(1, MAX_COUNT)]
Person = Annotated[str, _ID, RefersTo(("participants",))]

_DAY = Kind(
    "not a date such as 2026-03-01",
    lambda value: type(value) is date,
    {
        "type": "string",
        "format": "date",
        "pattern": r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
        **_ONE_LINE,
    },
    "Day",
)
_PLAIN: Mapping[type, Kind] = {
    bool: Kind("neither true nor false", lambda v: type(v) is bool, {"type": "boolean"}),
    date: _DAY,
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
    """From low to high."""
    low: Number
    """Lowest value of the scale."""
    high: Number
    """Highest value of the scale."""

    def __attrs_post_init__(self) -> None:
        problems = [
            problem
            for each in fields_of(Rating)
            for problem in each.problems(getattr(self, each.name))
        ]
        if not problems and not self.low < self.high:
            problems.append(Problem(path="$.low", rule="not below high"))
        elif not problems and self.high - self.low > MAX_NUMBER:
            problems.append(Problem(path="$.high", rule="too far above low"))
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
            {},
            type_.__name__,
        )
    return next((mark for mark in marks if isinstance(mark, Kind)), None) or _PLAIN[type_]


def frozen_json(value: Any, levels: int = MAX_LEVELS) -> Any:
    """Plain data of JSON made read-only; what is not such data is left for the rules to refuse."""
    if not levels:
        return value
    if isinstance(value, Mapping):
        return MappingProxyType(
            {name: frozen_json(each, levels - 1) for name, each in value.items()}
        )
    if isinstance(value, list | tuple):
        return tuple(frozen_json(each, levels - 1) for each in value)
    return value


def thawed(value: Any) -> Any:
    """The plain data again that :func:`frozen_json` made read-only."""
    if isinstance(value, Mapping):
        return {name: thawed(each) for name, each in value.items()}
    if isinstance(value, tuple):
        return [thawed(each) for each in value]
    return value


def _is_json(value: object, levels: int = MAX_LEVELS) -> bool:
    if isinstance(value, Mapping):
        names = all(type(name) is str and _is_whole(name) for name in value)
        return names and _are_json(value.values(), levels)
    if isinstance(value, tuple | list):  # a list as long as it is not made read-only
        return _are_json(value, levels)
    if type(value) is str:
        return _is_whole(value)
    return value is None or type(value) is bool or is_number(value)


def _are_json(values: Iterable[object], levels: int) -> bool:
    return levels > 0 and all(_is_json(each, levels - 1) for each in values)


def _are_answers(value: object) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(item, str) and ID.fullmatch(item) and (answer is None or is_number(answer))
        for item, answer in value.items()
    )


_STRING = {"type": "string", "pattern": _WHOLE}
_JSON = Kind(
    "not a JSON value",
    _is_json,
    {
        "anyOf": [
            _STRING,
            _NUMBER.reference,
            {"type": "boolean"},
            {"type": "null"},
            {"type": "array", "items": {"$ref": "#/$defs/Json"}},
            {"$ref": "#/$defs/Extensions"},
        ]
    },
    "Json",
)
_EXTENSIONS = Kind(
    f"not an object of JSON values, up to {MAX_LEVELS} levels deep",
    lambda value: isinstance(value, Mapping) and _is_json(value),
    {"type": "object", "propertyNames": _STRING, "additionalProperties": _JSON.reference},
    "Extensions",
)
_ANSWERS = Kind(
    "not an object with a number or null for each item id",
    _are_answers,
    {
        "type": "object",
        "propertyNames": _ID.reference,
        "additionalProperties": {"anyOf": [_NUMBER.reference, {"type": "null"}]},
    },
    "Answers",
)
Extensions = Annotated[Mapping[str, Any], _EXTENSIONS, Sensitive()]
Answers = Annotated[Mapping[str, float | None], _ANSWERS]

NAMED = (_ID, _TERM, _TEXT, _NUMBER, _DAY, _ROLE, _ANSWERS, _EXTENSIONS, _JSON)
"""The kinds that the JSON Schema describes once."""
