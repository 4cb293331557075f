"""One invented course, and below it what several detectors say of each session."""

from collections.abc import Iterator
from inspect import getfile
from typing import Any

from docutils import nodes  # type: ignore[import-untyped]
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import therapeutic_alliance as ta

SCORES = (3.8, 4.0, 4.2, 4.3, 4.2, 3.4, 4.1, 4.3, 4.4, 4.3, 4.4, 3.9, 3.6, 3.5, 4.2, 4.4)
RULES = {
    "online": ("drop-from-best", "rci-drop", "own-mean-sd-online"),
    "online, with a cohort": ("eb-z", "set-aside-z", "cusum"),
    "retrospective": ("own-mean-sd", "individuals-chart", "trend-residual", "crisis-run"),
}
LEFT, STEP, ROW, GAP = 170, 32, 20, 34
TOP, HEIGHT, FOOT = 12, 120, 24
"""Of the panel with the scores, and how far below it the numbers of sessions stand."""
LOW, HIGH = 3.0, 5.0
FLAGGED = "#c2410c"


class FlagsOfRules(SphinxDirective):
    """``alliance-flags``: scores as a line, and a row of marks for each rule."""

    def run(self) -> list[nodes.Node]:
        """One picture in the colours of the page; nothing where the page is no HTML."""
        registry = ta.Registry()
        series = ta.Series.of(SCORES, low=1, high=5)
        drawn = [_scores(series), _text(LEFT - 14, TOP + HEIGHT + FOOT, "session")]
        told = [f"scores by session: {', '.join(f'{score:g}' for score in SCORES)}"]
        y = TOP + HEIGHT + FOOT + 32
        for mode, ids in RULES.items():
            drawn.append(_text(LEFT - 14, y, mode, 'font-weight="bold"'))
            for id_ in ids:
                rule = _rule(registry, id_)
                self.env.note_dependency(getfile(type(rule)))
                y += ROW
                flags = rule.flags(series)
                drawn.extend(_row(id_, flags, y))
                told.append(f"{id_} flags {', '.join(map(str, flags.sessions)) or 'none'}")
            y += GAP
        size = f'viewBox="0 0 {LEFT + len(SCORES) * STEP} {y - ROW}"'
        words = f"An invented course, and which sessions each rule flags; {'; '.join(told)}"
        head = f'<svg {size} role="img" width="100%" style="min-width:620px" aria-label="{words}"'
        style = ' fill="currentColor" font-family="sans-serif" font-size="12">'
        picture = f"{head}{style}{''.join(drawn)}</svg>"
        return [nodes.raw("", f'<div style="overflow-x:auto">{picture}</div>', format="html")]


def _rule(registry: ta.Registry, id_: str) -> Any:
    if id_ in RULES["online, with a cohort"]:
        return registry.detector(id_, cohort=ta.CohortConstants.illustrative())
    return registry.detector(id_)


def _scores(series: ta.Series) -> str:
    at = [(_x(point.session), _y(point.value or LOW)) for point in series]
    line = " ".join(f"{x},{y:.1f}" for x, y in at)
    dots = "".join(f'<circle cx="{x}" cy="{y:.1f}" r="3.4"/>' for x, y in at)
    ends = "".join(_text(LEFT - 14, _y(score) + 4, f"{score:g}") for score in (LOW, 4.0, HIGH))
    feet = "".join(
        _text(_x(point.session), TOP + HEIGHT + FOOT, str(point.session), middle=True)
        for point in series
    )
    shades = "".join(
        f'<rect x="{_x(first) - STEP / 2}" y="{TOP}" width="{(last - first + 1) * STEP}" '
        f'height="{HEIGHT}" opacity="0.07"/>'
        for first, last in ((6, 6), (12, 14))
    )
    path = f'<polyline points="{line}" fill="none" stroke="currentColor" opacity="0.5"/>'
    return f"{shades}{path}{dots}{ends}{feet}"


def _row(name: str, flags: ta.Flags, y: float) -> Iterator[str]:
    yield _text(LEFT - 14, y + 4, name)
    for flag in flags:
        x = _x(flag.session)
        if flag.flag is None:
            yield _text(x, y + 4, "?", 'opacity="0.6"', middle=True)
        elif flag.flag:
            yield f'<circle cx="{x}" cy="{y}" r="6.5" fill="{FLAGGED}"/>'
        else:
            ring = 'fill="none" stroke="currentColor" opacity="0.35"'
            yield f'<circle cx="{x}" cy="{y}" r="4" {ring}/>'


def _text(x: float, y: float, words: str, style: str = "", *, middle: bool = False) -> str:
    anchor = "middle" if middle else "end"
    return f'<text x="{x}" y="{y:.1f}" text-anchor="{anchor}" {style}>{words}</text>'


def _x(session: int) -> float:
    return LEFT + (session - 0.5) * STEP


def _y(score: float) -> float:
    return TOP + HEIGHT - (score - LOW) / (HIGH - LOW) * HEIGHT


def setup(app: Sphinx) -> None:
    """Connect what is made at build time."""
    app.add_directive("alliance-flags", FlagsOfRules)
