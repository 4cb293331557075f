"""Makes the JSON Schema of a course from its classes; see ``make schema``."""

import ast
import re
import sys
from collections.abc import Iterator
from inspect import getdoc, getsource
from itertools import pairwise
from typing import Any

from attrs import has

from therapeutic_alliance.codec.documents import SCHEMA
from therapeutic_alliance.codec.json_text import write_json
from therapeutic_alliance.model.alliance.fields import Field, fields_of
from therapeutic_alliance.model.alliance.kinds import NAMED
from therapeutic_alliance.model.alliance.rating import Rating
from therapeutic_alliance.model.course import SECTIONS, Course

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SENSITIVE = "Sensitive: left out of what is exported unless it is asked for."
Plain = dict[str, Any]


def course_schema() -> Plain:
    """The JSON Schema (2020-12) of a course."""
    described = _described(Course)
    number = {
        "description": "Schema number of the document. Absent: 1.",
        "type": "integer",
        "minimum": 1,
        "maximum": SCHEMA,
    }
    described["properties"] = {"schema": number, **described["properties"]}
    classes: list[type] = [Rating, *SECTIONS.values()]
    return {
        "$schema": DIALECT,
        "$id": f"urn:therapeutic-alliance:course:{SCHEMA}",
        **described,
        "$defs": {
            **{each.name: {"title": each.name, **each.schema} for each in NAMED},
            **{each.__name__: _described(each) for each in classes},
        },
    }


def ordered(class_: type) -> list[Field]:
    """The fields of a class as a document writes them: extensions come last."""
    return sorted(fields_of(class_), key=lambda each: each.name == "extensions")


def words(class_: type) -> dict[str, str]:
    """The docstrings of the fields of a class and its bases; of a section, that of its records."""
    found: dict[str, str] = {}
    for each in reversed(class_.__mro__):
        if has(each):
            found |= _own_words(each)
    sections = {each: as_words(getdoc(SECTIONS[each]) or "") for each in SECTIONS}
    return {**sections, **found} if class_ is Course else found


def _own_words(class_: type) -> Iterator[tuple[str, str]]:
    [node] = ast.parse(getsource(class_)).body
    assert isinstance(node, ast.ClassDef)
    for declared, said in pairwise(node.body):
        match declared, said:
            case ast.AnnAssign(target=ast.Name(name)), ast.Expr(ast.Constant(str(text))):
                yield name, as_words(text)


def as_words(docstring: str) -> str:
    """The first paragraph of a docstring in words of JSON, without marks of reStructuredText."""
    paragraph = " ".join(docstring.partition("\n\n")[0].split())
    return re.sub(r"(?::\w+:)?`{1,2}(.+?)`{1,2}", r"\1", paragraph.replace("``None``", "null"))


def _described(class_: type) -> Plain:
    known = ordered(class_)
    said = words(class_)
    required = [each.name for each in known if each.required]
    return {
        "title": class_.__name__,
        "description": as_words(getdoc(class_) or ""),
        "type": "object",
        "properties": {each.name: _value(each, said[each.name]) for each in known},
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _value(field: Field, said: str) -> Plain:
    described: Plain = {"description": said, **_shape(field)}
    if named := [each for each in field.refers if each in SECTIONS]:
        described["description"] += f" An id among {', '.join(named)}."
    if type(field.default) is bool:
        described["default"] = field.default
    if field.sensitive:
        described["$comment"] = SENSITIVE
    return described


def _shape(field: Field) -> Plain:
    one = dict(field.kind.reference)
    if field.many:
        return {"type": "array", "items": one, **({"uniqueItems": True} if field.unique else {})}
    return {"anyOf": [one, {"type": "null"}]} if field.optional else one


if __name__ == "__main__":
    sys.stdout.write(write_json(course_schema(), indent=2) + "\n")
