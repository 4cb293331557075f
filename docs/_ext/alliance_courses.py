"""Tables of the course document and of the indicators, from the classes and definitions."""

import json
from collections.abc import Iterator
from inspect import getdoc, getfile
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import therapeutic_alliance as ta
from therapeutic_alliance.codec.course_schema import as_words, ordered, words
from therapeutic_alliance.course import indicators
from therapeutic_alliance.model.alliance.fields import Field, fields_of
from therapeutic_alliance.model.alliance.record import ANY
from therapeutic_alliance.model.course import SECTIONS

RECORDS = {each.__name__: each for each in (ta.Course, ta.alliance.Record, ta.alliance.Rating)} | {
    each.__name__: each for each in SECTIONS.values()
}
"""The classes that the parts of a course are read into, by name."""


SECTION_OF = {class_.__name__: section for section, class_ in SECTIONS.items()}


class RecordFields(SphinxDirective):
    """``alliance-record``: the fields of a course, or of one kind of record in it."""

    required_arguments = 1

    def run(self) -> list[Any]:
        """What it is, and a table."""
        class_ = RECORDS[self.arguments[0]]
        self.env.note_dependency(getfile(class_))
        said = as_words(getdoc(class_) or "")
        rows = ["| field | holds | |", "| --- | --- | --- |", *record_rows(class_)]
        nodes: list[Any] = self.parse_text_to_nodes("\n".join([said, "", *rows]))
        return nodes


def record_rows(class_: type[Any]) -> Iterator[str]:
    """A row for each field; what every record has is told once."""
    said = words(class_)
    common = {each.name for each in fields_of(ta.alliance.Record)}
    for each in ordered(class_):
        own = each.name in class_.__annotations__ or each.name not in common
        if own or class_ is ta.alliance.Record:
            needed = "**required**; " if each.required else ""
            yield f"| `{each.name}` | {needed}{_holds(each)} | {said[each.name]} |"


def _holds(field: Field) -> str:
    """What a field holds, in the words of its page."""
    schema = field.kind.schema
    if field.kind.name in SECTION_OF:
        return f"list of [records](#{SECTION_OF[field.kind.name]})"
    if "enum" in schema and not field.kind.name:
        one = " or ".join(f"`{json.dumps(word)}`" for word in schema["enum"])
    elif schema.get("type") == "integer":
        one = f"whole number, {schema['minimum']:,} to {schema['maximum']:,}"
    elif schema.get("type") == "boolean":
        one = "`true` or `false`" + (", if absent `false`" if field.default is False else "")
    else:
        named = {"Day": "date", "Answers": "object", "Extensions": "object"}
        one = named.get(field.kind.name, field.kind.name.lower())
    if field.refers:
        one += " of a record" if field.refers == ANY else f" of {_sections(field.refers)}"
    one = f"free {one}" if field.sensitive and one == "text" else one
    return f"list: {one}" if field.many else one


def _sections(names: tuple[str, ...]) -> str:
    return " or ".join(
        f"[{name}](#{name})" if name in SECTIONS else "a record of the same section"
        for name in names
    )


class IndicatorTable(SphinxDirective):
    """``alliance-indicators``: the indicators of a ``course`` or of a ``series``."""

    required_arguments = 1

    def run(self) -> list[Any]:
        """A table, as Markdown, from the definitions and nothing else."""
        for module in Path(getfile(indicators)).parent.glob("*.py"):
            self.env.note_dependency(str(module))
        rows = [
            f"| `{each.id}` | {each.words} | {each.unit} | {', '.join(each.concepts)} "
            f"| {', '.join(f'`{id_}`' for id_ in each.claims)} |"
            for each in indicators.DEFINITIONS
            if each.of == self.arguments[0]
        ]
        lines = ["| id | definition | unit | concepts | claims |", "| --- " * 5 + "|", *rows]
        nodes: list[Any] = self.parse_text_to_nodes("\n".join(lines))
        return nodes


def record_signature(_app: Sphinx, _what: str, name: str, *_: Any) -> tuple[str, str] | None:
    """Of a record, the names of its fields; their types are on the page of the document."""
    class_ = RECORDS.get(name.rpartition(".")[2])
    if class_ is None or name != f"{class_.__module__}.{class_.__qualname__}":
        return None
    names = [each.name + ("" if each.required else "=...") for each in ordered(class_)]
    keywords = "" if class_ is ta.alliance.Rating else "*, "
    return f"({keywords}{', '.join(names)})", ""


def setup(app: Sphinx) -> None:
    """Connect what is made at build time."""
    app.add_directive("alliance-record", RecordFields)
    app.add_directive("alliance-indicators", IndicatorTable)
    app.connect("autodoc-process-signature", record_signature)
