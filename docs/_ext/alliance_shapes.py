"""The shapes of a course, drawn from what the library finds in four invented ones."""

from collections.abc import Iterator
from inspect import getfile
from typing import Any

from docutils import nodes  # type: ignore[import-untyped]
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import therapeutic_alliance as ta
from therapeutic_alliance.course.shapes import curves

U = (4.4, 4.2, 4.0, 3.7, 3.5, 3.4, 3.6, 3.9, 4.2, 4.5)
COURSES = (
    (4.0, 4.1, 4.0, 4.05, 4.0, 4.1),
    (3.2, 3.5, 3.7, 4.0, 4.2, 4.5),
    U,
    tuple(8 - score for score in U),
)
WIDTH, HEIGHT, EDGE = 170, 130, 20
LOW, HIGH = 3.0, 5.0
"""Scores at the lower and upper edge of a panel."""


class Shapes(SphinxDirective):
    """``alliance-shapes``: a panel each, scores as dots and the curve that was chosen."""

    def run(self) -> list[nodes.Node]:
        """One picture in the colours of the page; nothing where the page is no HTML."""
        self.env.note_dependency(getfile(curves))
        panels = "".join(_panel(n, scores) for n, scores in enumerate(COURSES))
        size = f'viewBox="0 0 {len(COURSES) * WIDTH} {HEIGHT + EDGE}"'
        words = "Scores of four invented courses, each with the curve that was chosen"
        head = f'<svg {size} role="img" width="100%" style="min-width:560px" aria-label="{words}"'
        style = ' fill="currentColor" font-family="sans-serif" font-size="11" text-anchor="middle">'
        picture = f"{head}{style}{panels}</svg>"
        return [nodes.raw("", f'<div style="overflow-x:auto">{picture}</div>', format="html")]


def _panel(position: int, scores: tuple[float, ...]) -> str:
    found = ta.shapes.classify(ta.Series.of(scores, low=1, high=5))
    if found.curve is None:
        raise ValueError(found.why)
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in _along(found.curve, len(scores)))
    dots = "".join(
        f'<circle cx="{_x(session, len(scores)):.1f}" cy="{_y(score):.1f}" r="2.6"/>'
        for session, score in enumerate(scores, 1)
    )
    axis = f'<path d="M{EDGE} {EDGE} V{HEIGHT} H{WIDTH - EDGE / 2}" fill="none" opacity="0.4"'
    ends = "".join(
        f'<text x="{EDGE - 8}" y="{_y(score) + 4:.1f}">{score:g}</text>' for score in (LOW, HIGH)
    )
    feet = f'<text x="{WIDTH / 2}" y="{HEIGHT + 15}">session 1 to {len(scores)}</text>'
    name = f'<text x="{WIDTH / 2}" y="{EDGE - 6}" font-weight="bold">{found.kind}</text>'
    curve = f'<polyline points="{line}" fill="none" stroke="#c2410c" stroke-width="2"/>'
    parts = f'{axis} stroke="currentColor"/>{curve}{dots}{ends}{name}{feet}'
    return f'<g transform="translate({position * WIDTH} 0)">{parts}</g>'


def _along(curve: Any, count: int) -> Iterator[tuple[float, float]]:
    """Points of a curve, ten to a session."""
    for tenth in range(10, 10 * count + 1):
        c = tenth / 10 - curve.centre
        yield (
            _x(tenth / 10, count),
            _y(curve.level + curve.slope * c + curve.curvature * c**2),
        )


def _x(session: float, count: int) -> float:
    return EDGE + 10 + (session - 1) / (count - 1) * (WIDTH - 2 * EDGE - 10)


def _y(score: float) -> float:
    return HEIGHT - (score - LOW) / (HIGH - LOW) * (HEIGHT - EDGE)


def setup(app: Sphinx) -> None:
    """Connect what is made at build time."""
    app.add_directive("alliance-shapes", Shapes)
