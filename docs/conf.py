"""Builds the documentation: ``sphinx-build -nW -b html docs docs/_build``, without a network."""

import io
from pathlib import Path

from rich.console import Console
from sphinx.application import Sphinx

import therapeutic_alliance as ta
from therapeutic_alliance.cli.findings import findings, show_findings
from therapeutic_alliance.exporters.card import card, scale_words

HERE = Path(__file__).parent
MEASURES = HERE / "reference" / "measures"

project = "therapeutic-alliance"
author = "the therapeutic-alliance contributors"
copyright = "the therapeutic-alliance contributors; Apache-2.0"
version = release = ta.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["_build"]
root_doc = "index"

myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3

autodoc_typehints = "signature"
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
add_module_names = False
python_use_unqualified_type_names = True
nitpick_ignore_regex = [
    ("py:.*", r".*"),  # docstrings name classes by their short name; links are a courtesy
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
    measures = [registry.measure(each) for each in registry.measures]
    MEASURES.mkdir(parents=True, exist_ok=True)
    for stale in MEASURES.glob("*.md"):
        if stale.stem not in registry.measures:
            stale.unlink()
    for measure in measures:
        _write(MEASURES / f"{measure.id}.md", card(measure))
    rows = [
        f"| [{measure.id}]({measure.id}.md) | {measure.name} | {len(measure.items)} "
        f"| {scale_words(measure)} | {', '.join(measure.raters)} | {measure.status} |"
        for measure in measures
    ]
    ids = "\n".join(measure.id for measure in measures)
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


def demo_picture(app: Sphinx, fault: Exception | None) -> None:
    """The courses of the demo as an SVG that names no address of a font."""
    if fault or app.builder.format != "html":
        return
    registry = ta.Registry()
    sheets = [ta.score(registry.measure(form.measure), form) for form in ta.example("caseload")]
    detector = registry.detector("drop-from-best")
    console = Console(record=True, width=118, file=io.StringIO(), highlight=False)
    show_findings(console, [findings(series, detector) for series in ta.caseload(sheets)])
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
    app.connect("builder-inited", measure_pages)
    app.connect("build-finished", demo_picture)
