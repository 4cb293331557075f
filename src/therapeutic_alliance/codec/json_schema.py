"""The JSON Schema of a course, made from its classes."""

from typing import Any

from therapeutic_alliance.codec.documents import SCHEMA
from therapeutic_alliance.errors import DocumentError
from therapeutic_alliance.model.alliance.kinds import Field, Rating, fields_of
from therapeutic_alliance.model.course import SECTIONS, Course

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Plain = dict[str, Any]


def json_schema(kind: str) -> Plain:
    """The JSON Schema (2020-12) of a kind of document: ``"course"``.

    What it cannot say, only :func:`loads` checks: that ids are unique and known, that ratings
    lie on their scales, that dates do not run backwards.

    >>> schema = json_schema("course")
    >>> schema["required"], "goals" in schema["properties"]
    (['case'], True)
    """
    if kind != "course":
        raise DocumentError("no such kind of document with a JSON Schema: course")
    described = _described(Course)
    described["properties"] = {
        "schema": {"type": "integer", "minimum": 1, "maximum": SCHEMA},
        **described["properties"],
    }
    classes: list[type] = [Rating, *SECTIONS.values()]
    return {
        "$schema": DIALECT,
        "$id": f"urn:therapeutic-alliance:course:{SCHEMA}",
        "title": "Course",
        **described,
        "$defs": {each.__name__: _described(each) for each in sorted(classes, key=str)},
    }


def _described(class_: type) -> Plain:
    known = sorted(fields_of(class_), key=lambda each: each.name == "extensions")
    required = [each.name for each in known if each.required]
    return {
        "description": (class_.__doc__ or "").partition("\n")[0],
        "type": "object",
        "properties": {each.name: _value(each) for each in known},
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _value(field: Field) -> Plain:
    one = dict(field.kind.schema)
    if field.many:
        return {"type": "array", "items": one, **({"uniqueItems": True} if field.unique else {})}
    if field.optional:
        return {"anyOf": [one, {"type": "null"}]}
    return one
