"""Builds the documentation: ``sphinx-build -nW -b html docs docs/_build``, without a network."""

import io
import json
import sys
from collections.abc import Iterator
from inspect import getdoc, getfile
from pathlib import Path
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from attrs import NOTHING, Attribute, Factory, fields, has
from rich.console import Console
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.pycode import ModuleAnalyzer
from sphinx.util.docutils import SphinxDirective

import therapeutic_alliance as ta
from therapeutic_alliance.cli.findings import findings, show_findings
from therapeutic_alliance.cli.show_courses import show_courses
from therapeutic_alliance.cli.show_head import show_head
from therapeutic_alliance.cli.show_scores import Scores
from therapeutic_alliance.cli.show_sections import Page
from therapeutic_alliance.cli.show_timeline import show_open_points, show_timeline
from therapeutic_alliance.codec.course_schema import as_words, ordered, words
from therapeutic_alliance.course import indicators
from therapeutic_alliance.course.summary.summary import summarise
from therapeutic_alliance.exporters.card import scale_words
from therapeutic_alliance.model import evidence, measure, rule, scale
from therapeutic_alliance.model.alliance.entry import ANY
from therapeutic_alliance.model.alliance.fields import Field, fields_of
from therapeutic_alliance.model.course import SECTIONS
from therapeutic_alliance.model.vocabulary.mapping import RELATED
from therapeutic_alliance.model.vocabulary.meaning import Meaning
from therapeutic_alliance.model.vocabulary.sources import NAMED_IN

HERE = Path(__file__).parent
MEASURES = HERE / "reference" / "measures"

project = "therapeutic-alliance"
author = "the therapeutic-alliance contributors"
copyright = "the therapeutic-alliance contributors; Apache-2.0"
version = release = ta.__version__

sys.path.append(str(HERE / "_ext"))
extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "therapeutic_alliance.sphinxext",
    "alliance_concepts",
]
exclude_patterns = ["_build"]
root_doc = "index"

myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3

autodoc_typehints = "signature"
autodoc_member_order = "bysource"
add_module_names = False
python_use_unqualified_type_names = True
smartquotes = False  # two hyphens stay two: options are there to be copied
nitpick_ignore_regex = [
    # Python's own and third parties' names would need their indexes from the network
    ("py:class", r"(collections\.abc|pathlib|datetime|hypothesis)\..*"),
    ("py:class", r"Path|IntoDataFrameT|.*\.(Observed_contra|State|T)"),
    # what a public value holds, and is not named by callers
    ("py:class", r"therapeutic_alliance\.(model\..*|sdk\.(contribution|folder)\..*)"),
]

html_theme = "furo"
html_title = f"therapeutic-alliance {release}"
html_static_path: list[str] = []
html_show_sphinx = False
html_theme_options = {"navigation_with_keys": True}
pygments_style = "friendly"
pygments_dark_style = "monokai"


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


RECORDS = {each.__name__: each for each in (ta.Course, ta.alliance.Record, ta.alliance.Rating)} | {
    each.__name__: each for each in SECTIONS.values()
}
"""The classes that the parts of a course are read into, by name."""


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


SECTION_OF = {class_.__name__: section for section, class_ in SECTIONS.items()}


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


class Terms(SphinxDirective):
    """``alliance-terms``: a vocabulary, or another table of what the words of a course mean."""

    required_arguments = 1

    def run(self) -> list[Any]:
        """A table."""
        for file in Path(ta.vocabulary.__file__).parent.glob("*.py"):
            self.env.note_dependency(str(file))
        head, *rows = term_rows(self.arguments[0])
        lines = [head, "| --- " * (head.count("|") - 1) + "|", *rows]
        nodes: list[Any] = self.parse_text_to_nodes("\n".join(lines))
        return nodes


def term_rows(table: str) -> Iterator[str]:
    """The head and a row for each entry."""
    if table in TABLES:
        yield from TABLES[table]()
        return
    yield "| word | meaning | concepts |"
    for term in ta.vocabulary.VOCABULARIES[table].values():
        yield f"| `{term.id}` | {_meaning(term)} | {_ids(term)} |"


def _taxonomies() -> Iterator[str]:
    yield "| element | meaning | what speaks to it | concepts |"
    for each in ta.vocabulary.TAXONOMIES.values():
        yield f"| **{each.id}** | {each.words} | | |"
        for it in each.elements.values():
            belonging = ", ".join(f"{where}: {word}" for where, word in it.belonging())
            yield f"| `{each.id}/{it.id}` | {_meaning(it)} | {belonging} | {_ids(it)} |"


def _counterparts() -> Iterator[str]:
    yield "| element | | element |"
    for left, relation, right in RELATED:
        yield f"| `{left}` | {relation} | `{right}` |"


def _prompts() -> Iterator[str]:
    yield "| prompt | question | skill | answered by | concepts |"
    for it in ta.vocabulary.PROMPTS.values():
        answer = ", ".join(f"`{each}`" for each in it.answered_by)
        yield f"| `{it.id}` | {it.words} | {it.skill} | {answer} | {_ids(it)} |"


def _exemplars() -> Iterator[str]:
    yield "| exemplar | code | what is said | against | concepts |"
    for it in ta.vocabulary.EXEMPLARS.values():
        against = f"`{it.against}`" if it.against else ""
        yield f"| `{it.id}` | `{it.code}` {it.polarity} | {it.text} | {against} | {_ids(it)} |"


def _claims() -> Iterator[str]:
    yield "| claim | what is claimed | sources | grade | concepts |"
    for it in ta.vocabulary.CLAIMS.values():
        yield f"| `{it.id}` | {it.text} | {', '.join(it.sources)} | {it.grade} | {_ids(it)} |"


def _sources() -> Iterator[str]:
    yield "| source | | named in |"
    for it in ta.vocabulary.SOURCES.values():
        yield f"| `{it.id}` | {it.citation} | {NAMED_IN.get(it.id, '')} |"


TABLES = {
    "taxonomies": _taxonomies,
    "counterparts": _counterparts,
    "prompts": _prompts,
    "exemplars": _exemplars,
    "claims": _claims,
    "sources": _sources,
}
"""The tables that are no plain list of words."""


def _meaning(term: Meaning) -> str:
    """Its words, its other definitions, and whether it is inferred or sensitive."""
    other = "".join(f"; or: {each.words} ({_ids(each)})" for each in term.variants)
    marks = [mark for mark in ("inferred", "sensitive") if getattr(term, mark)]
    return f"{term.words}{other}" + "".join(f" *({mark})*" for mark in marks)


def _ids(concepts: Any) -> str:
    return " ".join(concepts.concepts)


def public_name(app: Sphinx, env: BuildEnvironment, node: Any, content: Any) -> Any:
    """Docstrings use the public names; each links to where it is documented."""
    name = node["reftarget"].rpartition(".")[2]
    room = ta if name in ta.__all__ else ta.alliance
    if node.get("refdomain") != "py" or name not in room.__all__:
        return None
    value = getattr(room, name)
    home = f"{value.__module__}.{value.__qualname__}"
    python = env.domains.python_domain
    where, what = node["refdoc"], node["reftype"]
    return python.resolve_xref(env, where, app.builder, what, home, node, content)


def record_signature(_app: Sphinx, _what: str, name: str, *_: Any) -> tuple[str, str] | None:
    """Of a record, the names of its fields; their types are on the page of the document."""
    class_ = RECORDS.get(name.rpartition(".")[2])
    if class_ is None or name != f"{class_.__module__}.{class_.__qualname__}":
        return None
    names = [each.name + ("" if each.required else "=...") for each in ordered(class_)]
    keywords = "" if class_ is ta.alliance.Rating else "*, "
    return f"({keywords}{', '.join(names)})", ""


class Wrapping(Console):
    """A console that wraps long lines: in a picture, what runs over the edge is lost."""

    def print(self, *objects: Any, **options: Any) -> None:
        """Print, and wrap."""
        options.pop("soft_wrap", None)
        super().print(*objects, **options)


def demo_picture(app: Sphinx, fault: Exception | None) -> None:
    """The courses of the demo as an SVG that names no address of a font."""
    if fault or app.builder.format != "html":
        return
    registry = ta.Registry()
    sheets = [ta.score(registry.measure(form.measure), form) for form in ta.example("caseload")]
    detector = registry.detector("drop-from-best")
    console = Wrapping(record=True, width=96, file=io.StringIO(), highlight=False)
    show_findings(console, [findings(series, detector) for series in ta.caseload(sheets)])
    words = "The courses of the simulated caseload, as alliance demo shows them"
    _draw(app, console, "demo", words)


def show_picture(app: Sphinx, fault: Exception | None) -> None:
    """The first parts of a summary as an SVG: of a simulated course of therapy."""
    if fault or app.builder.format != "html":
        return
    registry = ta.Registry()
    course = ta.read_course(HERE.parent / "examples/courses/drop-and-recovery.json")
    scores = Scores.of(course.current(), registry)
    scores.follow("total", None, [registry.detector("drop-from-best")])
    summary = summarise(course.without_free_text(), scores.courses, scores.found)
    console = Wrapping(record=True, width=96, file=io.StringIO(), highlight=False)
    page = Page(console)
    show_head(page, summary.head)
    show_courses(page, scores)
    show_timeline(page, summary, scores)
    show_open_points(page, summary.open_points)
    _draw(app, console, "show", "The summary of a simulated course, as alliance show begins it")


def _draw(app: Sphinx, console: Console, name: str, words: str) -> None:
    console.print()  # room below the last line, which the frame cuts into
    frame = _SVG.replace("WORDS", words)
    picture = console.export_svg(title=f"alliance {name}", code_format=frame, unique_id=name)
    static = Path(app.outdir) / "_static"
    static.mkdir(exist_ok=True)
    (static / f"{name}.svg").write_text(picture, encoding="utf-8")


_SVG = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" role="img"
  xmlns="http://www.w3.org/2000/svg">
  <title>WORDS</title>
  <style>
    .{unique_id}-matrix {{ font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace;
      font-size: {char_height}px; line-height: {line_height}px; white-space: pre; }}
    .{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
    {styles}
  </style>
  <defs>
    <clipPath id="{unique_id}-clip-terminal">
      <rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
    </clipPath>
    {lines}
  </defs>
  {chrome}
  <g transform="translate({terminal_x}, {terminal_y})"
    clip-path="url(#{unique_id}-clip-terminal)">
    {backgrounds}
    <g class="{unique_id}-matrix">{matrix}</g>
  </g>
</svg>
"""


def setup(app: Sphinx) -> None:
    """Connect what is made at build time."""
    app.add_directive("alliance-fields", MeasureFields)
    app.add_directive("alliance-record", RecordFields)
    app.add_directive("alliance-terms", Terms)
    app.add_directive("alliance-indicators", IndicatorTable)
    app.connect("builder-inited", measure_pages)
    app.connect("missing-reference", public_name)
    app.connect("autodoc-process-signature", record_signature)
    app.connect("build-finished", demo_picture)
    app.connect("build-finished", show_picture)
