"""Every registered detector as it is tried, and courses of whatever it observes; all invented.

A detector that is registered later is tried, too.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import accumulate
from random import Random
from typing import Any

from attrs import evolve, fields_dict
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.course.illustrations import COHORT
from therapeutic_alliance.course.observations import Observation, Observations, PrePost
from therapeutic_alliance.course.observes import observes
from therapeutic_alliance.model.alliance import Rating, Report, SegmentCodes
from therapeutic_alliance.model.scored import Metric, ScoreSpec
from therapeutic_alliance.model.vocabulary.coding import MARKERS

Rule = Any
"""A detector; they do not all observe the same."""
Course = list[tuple[int, Any]]
"""Session numbers, and what was observed: a score is a whole number from 0 to 40."""
REGISTRY = ta.Registry()
PLAIN: Mapping[str, Rule] = dict(REGISTRY.detectors)
WITH_COHORT: Mapping[str, Rule] = {
    id_: evolve(rule, cohort=COHORT)
    for id_, rule in PLAIN.items()
    if "cohort" in fields_dict(type(rule))
}
ALONE = "crisis-run"
"""May have a cohort, and says something without one, too."""
RULES: Mapping[str, Rule] = {
    **PLAIN,
    **WITH_COHORT,
    f"{ALONE}, without a cohort": PLAIN[ALONE],
}
"""Each as it says the most."""
OF_SCORES = [name for name, rule in RULES.items() if observes(rule) == "scores"]
ONLINE = [name for name, rule in RULES.items() if rule.mode == "online"]
TOTALS_ONLY = "srs-rules"
"""Refuses scores in another metric or range than totals from 0 to 40."""
IN_ANY_METRIC = [
    name
    for name, rule in RULES.items()
    if observes(rule) in ("scores", "pre-post") and rule.id != TOTALS_ONLY
]

SPECS: Mapping[str, ScoreSpec] = {
    "total": ScoreSpec("total", "sum", 0, 40, 0),
    "sum": ScoreSpec("total", "sum", 10, 50, 0),
    "mean": ScoreSpec("total", "mean", 1, 5, 0),
    "percent": ScoreSpec("total", "percent", 0, 100, 0),
}
"""Differences of 6 are a reliable change by convention: 0.6 and 15 in the others, often just so."""
METRICS: tuple[Metric, ...] = ("sum", "mean", "percent")

_SCORES = st.one_of(st.none(), st.integers(0, 40), st.integers(26, 40), st.sampled_from([30, 36]))
_INTENSITY = st.integers(1, 5).map(lambda value: Rating(value, 1, 5))
_REPORTS = st.one_of(
    st.none(),
    st.builds(partial(Report, id="r", by="c", rupture=True), intensity=st.none() | _INTENSITY),
    st.just(Report(id="r", by="c", rupture=False)),
)
_CODES = st.lists(
    st.builds(
        partial(SegmentCodes, id="k", system="3rs"),
        codes=st.lists(st.sampled_from(sorted(MARKERS)), max_size=3, unique=True),
        segment=st.integers(1, 4),
        by=st.sampled_from(["one", "other"]),
    ),
    max_size=4,
).map(tuple)
OBSERVED: Mapping[str, st.SearchStrategy[Any]] = {
    "scores": _SCORES,
    "pre-post": st.tuples(_SCORES, _SCORES),
    "reports": _REPORTS,
    "codes": st.none() | _CODES,
}
"""What is observed of one session, by the kinds that there are."""


@st.composite
def courses(draw: st.DrawFn, rule: Rule) -> Course:
    """Sessions with gaps, some of which were not observed, of what a rule observes."""
    kind = observes(rule)
    if kind == "scores" and draw(st.booleans()):
        return shaped(draw(st.sampled_from(SHAPES)), draw(st.integers(0, 9_999)))
    steps = draw(st.lists(st.sampled_from([1, 1, 1, 1, 2, 4]), max_size=20))
    return [(number, draw(OBSERVED[kind])) for number in accumulate(steps)]


SHAPES = ("dip", "shift", "slide")
"""What each rule is made for; scores that are drawn one by one hardly ever look so."""


def shaped(shape: str, seed: int) -> Course:
    """A steady course with one fall: of one session, to the end, or slowly all the way."""
    draw = Random(seed)  # noqa: S311 - a simulation
    length, level = draw.randint(9, 20), draw.choice([34, 36, 38])
    at, deep = draw.randrange(4, length), draw.randint(6, 24)
    course: Course = []
    for n in range(length):
        fall = {"dip": deep * (n == at), "shift": deep * (n >= at), "slide": deep * n // length}
        course.append((n + 1, max(0, level - fall[shape] - draw.randint(0, 1))))
    if seed % 2:
        missing = draw.randrange(length)
        course[missing] = (missing + 1, None)
    return course


def made(rule: Rule, course: Course, scale: str = "total", **whose: str) -> Any:
    """A course as the rule takes it; scores and pairs of scores on one of the scales."""
    kind = observes(rule)
    if kind == "scores":
        points = tuple(ta.Point(n, _on(scale, value)) for n, value in course)
        return ta.Series(points=points, spec=SPECS[scale], **whose)
    if kind == "pre-post":
        pairs = [(n, PrePost(_on(scale, pre), _on(scale, post))) for n, (pre, post) in course]
        course = [(n, None if pair == PrePost(None, None) else pair) for n, pair in pairs]
    return Observations(
        kind=kind,  # type: ignore[arg-type]
        points=tuple(Observation(n, value) for n, value in course),
        spec=SPECS[scale] if kind == "pre-post" else None,
        **whose,
    )


def _on(scale: str, score: float | None) -> float | None:
    if score is None or scale == "total":
        return score
    return {"sum": score + 10, "mean": (score + 10) / 10, "percent": score * 2.5}[scale]


def of_scores(
    rule: Rule, values: Sequence[float | None], sessions: Sequence[int] | None = None
) -> Any:
    """The same scores for any rule that observes some; of each pair both are the same."""
    numbers = sessions or list(range(1, len(values) + 1))
    pairs = observes(rule) == "pre-post"
    return made(rule, [(n, (x, x) if pairs else x) for n, x in zip(numbers, values, strict=True)])


def told(flags: ta.Flags) -> list[tuple[int, bool | None]]:
    return [(flag.session, flag.flag) for flag in flags]
