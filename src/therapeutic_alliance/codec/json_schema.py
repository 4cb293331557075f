"""The published JSON Schema of a kind of document."""

import json
from importlib.resources import files
from typing import Any

from therapeutic_alliance.errors import DocumentError


def json_schema(kind: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a kind of document: ``"course"``.

    It is the file ``schemas/course.schema.json`` of the package, made from the classes that a
    course is read into. What it cannot say, only :func:`loads` checks: that ids are unique and
    known, that ratings lie on their scales, that dates do not run backwards. Raises
    :class:`DocumentError` for another kind.

    >>> schema = json_schema("course")
    >>> schema["required"], "goals" in schema["properties"]
    (['case'], True)
    """
    if kind != "course":
        raise DocumentError("no JSON Schema of this kind of document; there is one of: course")
    file = files("therapeutic_alliance") / "schemas" / f"{kind}.schema.json"
    schema: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return schema
