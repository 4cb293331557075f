"""What a field may hold: written once, for the classes and the JSON Schema alike."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Annotated, Any

from attrs import frozen

from therapeutic_alliance.model.alliance.plain import (
    CONTROLS,
    MAX_LEVELS,
    MAX_NUMBER,
    MAX_TEXT,
    are_answers,
    is_json,
    is_number,
    is_text,
    wrong_answers,
)
from therapeutic_alliance.model.record import MAX_SESSION
from therapeutic_alliance.model.validity import ID, KEBAB, LONGEST, ROLES, is_name

MAX_COUNT = 1_000_000
_WHOLE = f"^[^{CONTROLS}]*$"
_ONE_LINE = {"not": {"pattern": r"\n"}}  # where $ matches before a last line break, too


def nothing(_value: object) -> tuple[tuple[str, str], ...]:
    """No part of a value is looked at by itself."""
    return ()


@frozen(eq=False)
class Kind:
    """A kind of value: what is said of any other, how it is told, and the same as JSON Schema."""

    rule: str
    holds: Callable[[Any], bool]
    schema: Mapping[str, Any]
    name: str = ""
    """Under which the JSON Schema describes it once; empty: wherever it is used."""
    parts: Callable[[Any], Iterable[tuple[str, str]]] = nothing
    """What is wrong with parts of a value: where, and the rule."""

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


def _counts(low: int, high: int) -> Kind:
    return Kind(
        f"not a whole number from {low} to {high}",
        lambda value: type(value) is int and low <= value <= high,
        {"type": "integer", "minimum": low, "maximum": high},
    )


def one_of(words: tuple[str, ...], name: str = "") -> Kind:
    """One of a few words."""
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
_ROLE = one_of(ROLES, "Role")

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
PLAIN: Mapping[type, Kind] = {
    bool: Kind("neither true nor false", lambda v: type(v) is bool, {"type": "boolean"}),
    date: _DAY,
}


_STRING = {"type": "string", "pattern": _WHOLE}
_JSON = Kind(
    "not a JSON value",
    is_json,
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
    lambda value: isinstance(value, Mapping) and is_json(value),
    {"type": "object", "propertyNames": _STRING, "additionalProperties": _JSON.reference},
    "Extensions",
)
_ANSWERS = Kind(
    "not an object with a number or null for each item id",
    are_answers,
    {
        "type": "object",
        "propertyNames": _ID.reference,
        "additionalProperties": {"anyOf": [_NUMBER.reference, {"type": "null"}]},
    },
    "Answers",
    wrong_answers,
)
Extensions = Annotated[Mapping[str, Any], _EXTENSIONS, Sensitive()]
Answers = Annotated[Mapping[str, float | None], _ANSWERS]

NAMED = (_ID, _TERM, _TEXT, _NUMBER, _DAY, _ROLE, _ANSWERS, _EXTENSIONS, _JSON)
"""The kinds that the JSON Schema describes once."""
