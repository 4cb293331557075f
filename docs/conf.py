"""Builds the documentation: ``sphinx-build -nW -b html docs docs/_build``, without a network."""

import io
import json
from collections.abc import Iterator
from inspect import getfile
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
from therapeutic_alliance.exporters.card import scale_words
from therapeutic_alliance.model import evidence, measure, rule, scale

HERE = Path(__file__).parent
MEASURES = HERE / "reference" / "measures"

project = "therapeutic-alliance"
author = "the therapeutic-alliance contributors"
copyright = "the therapeutic-alliance contributors; Apache-2.0"
version = release = ta.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "therapeutic_alliance.sphinxext"]
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


def public_name(app: Sphinx, env: BuildEnvironment, node: Any, content: Any) -> Any:
    """Docstrings use the public names; each links to where it is documented."""
    name = node["reftarget"].rpartition(".")[2]
    if node.get("refdomain") != "py" or name not in ta.__all__:
        return None
    value = getattr(ta, name)
    home = f"{value.__module__}.{value.__qualname__}"
    python = env.domains.python_domain
    where, what = node["refdoc"], node["reftype"]
    return python.resolve_xref(env, where, app.builder, what, home, node, content)


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
    console.print()  # room below the last line, which the frame cuts into
    picture = console.export_svg(title="alliance demo", code_format=_SVG, unique_id="demo")
    static = Path(app.outdir) / "_static"
    static.mkdir(exist_ok=True)
    (static / "demo.svg").write_text(picture, encoding="utf-8")


_SVG = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" role="img"
  xmlns="http://www.w3.org/2000/svg">
  <title>The courses of the simulated caseload, as alliance demo shows them</title>
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
    app.connect("builder-inited", measure_pages)
    app.connect("missing-reference", public_name)
    app.connect("build-finished", demo_picture)
