"""What the command prints, as pictures that name no address of a font."""

import io
from pathlib import Path
from typing import Any

from rich.console import Console
from sphinx.application import Sphinx

import therapeutic_alliance as ta
from therapeutic_alliance.cli.findings import findings, show_findings
from therapeutic_alliance.cli.show.courses import show_courses
from therapeutic_alliance.cli.show.head import show_head
from therapeutic_alliance.cli.show.scores import Scores
from therapeutic_alliance.cli.show.sections import Page
from therapeutic_alliance.cli.show.timeline import show_open_points, show_timeline
from therapeutic_alliance.course.summary.summary import summarise

DOCS = Path(__file__).parents[1]


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
    course = ta.read_course(DOCS.parent / "examples/courses/drop-and-recovery.json")
    scores = Scores.of(course.current(), registry)
    scores.follow("total", None, [registry.detector("drop-from-best")])
    summary = summarise(course.without_free_text(), scores.series, scores.found)
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
    app.connect("build-finished", demo_picture)
    app.connect("build-finished", show_picture)
