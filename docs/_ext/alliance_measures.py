"""Pages and tables of measures and their files, from the definitions and classes."""

import json
from collections.abc import Iterator
from inspect import getfile
from pathlib import Path
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from attrs import NOTHING, Attribute, Factory, fields, has
from sphinx.application import Sphinx
from sphinx.pycode import ModuleAnalyzer
from sphinx.util.docutils import SphinxDirective

import therapeutic_alliance as ta
from therapeutic_alliance.exporters.card import scale_words
from therapeutic_alliance.model import evidence, measure, rule, scale

DOCS = Path(__file__).parents[1]
MEASURES = DOCS / "reference" / "measures"


def measure_pages(_app: Sphinx) -> None:
    """One page a measure, and their index, from the definitions and nothing else."""
    registry = ta.Registry()
    known = [registry.measure(each) for each in registry.measures]
    MEASURES.mkdir(parents=True, exist_ok=True)
    for stale in MEASURES.glob("*.md"):
        if stale.stem not in registry.measures:
            stale.unlink()
    for each in known:
        _write(MEASURES / f"{each.id}.md", f"```{{alliance-measure}} {each.id}\n```\n")
    rows = [
        f"| [{each.id}]({each.id}.md) | {each.name} | {len(each.items)} "
        f"| {scale_words(each)} | {', '.join(each.raters)} | {each.status} |"
        for each in known
    ]
    ids = "\n".join(each.id for each in known)
    _write(MEASURES / "index.md", _INDEX.format(rows="\n".join(rows), ids=ids))


_INDEX = """# Measures

Each page is made from the definition that the library scores by. The grades are explained in
[Measure files](../measure-file.md#status-and-grades); what to do with an open measure in
[Scoring](../../guide/scoring.md#open-measures). No page holds item wording.

| id | name | items | answers | raters | status |
| --- | --- | ---: | --- | --- | --- |
{rows}

```{{toctree}}
:hidden:

{ids}
```
"""


def _write(page: Path, text: str) -> None:
    """Write a page, unless it says so already: an unchanged page is not built anew."""
    if not page.exists() or page.read_text(encoding="utf-8") != text:
        page.write_text(text, encoding="utf-8")


GRAMMAR = {
    class_.__name__: class_
    for module in (measure, scale, rule, evidence)
    for class_ in vars(module).values()
    if has(class_) and class_.__module__ == module.__name__
}
"""The classes that a measure file is read into, by name."""


WRITTEN = {
    ("Measure", "items"): 'whole number, or list of texts; `12` means `"1"` to `"12"`',
    ("Measure", "item_scales"): "table: item = scale",
    ("Measure", "wording"): "table: item = text",
    ("Measure", "orders"): "table of tables, by id",
    ("Measure", "sources"): "table of tables, by id",
    ("Measure", "evidence"): "table of tables, by fact",
    ("Scale", "anchors"): "table: answer = label",
    ("OrderCoding", "id"): "the name of the table",
    ("Source", "id"): "the name of the table",
    ("Evidence", "fact"): "the name of the table",
}
"""Where a file writes shortly what the classes spell out."""


class MeasureFields(SphinxDirective):
    """``alliance-fields``: the keys of a part of a measure file, from the class it is read into."""

    required_arguments = 1

    def run(self) -> list[Any]:
        """A table, as Markdown, because the words of fields are written like it."""
        class_ = GRAMMAR[self.arguments[0]]
        self.env.note_dependency(getfile(class_))
        lines = ["| key | type | default | |", "| --- | --- | --- | --- |", *keys(class_)]
        nodes: list[Any] = self.parse_text_to_nodes("\n".join(lines))
        return nodes


def keys(class_: type[Any]) -> Iterator[str]:
    """A row for each key: its type and default in the words of TOML, and what stands below it."""
    words = ModuleAnalyzer.for_module(class_.__module__).find_attr_docs()
    types = get_type_hints(class_)
    for each in fields(class_):
        if each.name != "provider":  # decided by where the file is found
            type_ = WRITTEN.get((class_.__name__, each.name)) or toml_type(types[each.name])
            said = " ".join(words[class_.__name__, each.name]).strip().replace("``", "`")
            yield f"| `{each.name}` | {type_} | {_default(each)} | {said} |"


def toml_type(type_: Any) -> str:
    """A type in the words of TOML."""
    inner = [each for each in get_args(type_) if each is not NoneType]
    if get_origin(type_) is Literal:
        return ", ".join(f'`"{word}"`' for word in inner)
    if get_origin(type_) is tuple:
        return f"list of {toml_type(inner[0])}s" if ... in inner else "two numbers"
    if inner:
        return toml_type(inner[0])
    simple = {str: "text", float: "number", int: "whole number", bool: "true or false"}
    return "table" if has(type_) else simple[type_]


def _default(each: "Attribute[Any]") -> str:
    if each.default is NOTHING:
        return "**required**"
    plain = each.default not in (None, (), "") and not isinstance(each.default, Factory)  # type: ignore[arg-type]
    return f"`{json.dumps(each.default)}`" if plain else ""


def setup(app: Sphinx) -> None:
    """Connect what is made at build time."""
    app.add_directive("alliance-fields", MeasureFields)
    app.connect("builder-inited", measure_pages)
