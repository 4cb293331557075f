"""Every online rule of scores as it is tried on frames; all courses and constants are invented."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

import numpy as np
import polars as pl
from attrs import evolve, frozen
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.course.every import SHAPES, shaped
from therapeutic_alliance.course.observes import observes
from therapeutic_alliance.course.two_state.model import StateModel
from therapeutic_alliance.model.scored import ScoreSpec

REGISTRY = ta.Registry()
ONLINE: Mapping[str, Any] = {
    name: rule
    for name, rule in REGISTRY.detectors.items()
    if rule.mode == "online" and observes(rule) == "scores"
}
TOTALS_ONLY = "srs-rules"
SPECS = (
    ScoreSpec("total", "mean", 1, 5, 0),
    ScoreSpec("total", "sum", 0, 40, 0),
    ScoreSpec("total", "percent", 0, 100, 0),
    ScoreSpec("total", "mean", -0.1, 0.7, 0),
)
ANY = ta.CohortConstants.illustrative()
GROWING = evolve(ANY, growth=(-0.05, -0.01, 0.0, 0.013, 0.02) + (0.025,) * 300, person_sd=0.07)
"""Over more sessions than a small whole number counts."""
WIDE = evolve(ANY, mean=0.6, within_variance=0.02, between_variance=0.003)
OTHER = evolve(ANY, score="bond")
"""Of another score than all frames here: nothing is evaluable."""
COHORTS: tuple[Mapping[str, Any], ...] = (
    {},
    {"cohort": ANY},
    {"cohort": GROWING},
    {"cohort": WIDE, "threshold": 0.7},
    {"cohort": OTHER},
)
MODEL = StateModel(
    mean=0.8, between_sd=0.2, within_sd=0.05, depth=0.2, grid=(3, 2, 2), source="invented",
    growth=(0.0, 0.01, 0.03),
)  # fmt: skip
CHANGE = {"sd": 0.7, "reliability": 0.9, "kind": "retest", "source": "invented"}
SETTINGS: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "drop-from-best": ({}, CHANGE),
    "rci-drop": (
        {},
        {"max_gap": 0},
        {"reference": "running-max"},
        {"reference": "session-3", **CHANGE},
    ),
    "drop-sd": ({}, {"sd": 0.3}, {"cohort": GROWING, "max_gap": 0, "k": 0.5}, {"cohort": OTHER}),
    "srs-rules": ({}, {"drop": 3, "max_gap": 0, "inclusive": True}),
    "own-mean-sd-online": ({}, {"k": 1}),
    "individuals-chart-past": ({"L": 3}, {"L": 1.5, "max_gap": 0}, {"L": 2.0, "max_gap": 5}),
    "eb-z": (*COHORTS, {"cohort": ANY, "prior_df": 2.0, "threshold": 1}),
    "ewma": (*COHORTS, {"cohort": ANY, "weight": 1.0, "reset": False}),
    "cusum": (*COHORTS, {"cohort": GROWING, "allowance": 0.2, "reset": False}),
    "set-aside-z": (
        *COHORTS,
        {"cohort": GROWING, "persisting": 0.0, "carried": 0.5},
        {"cohort": ANY, "depth": 12.0},
        {"cohort": ANY, "depth": 1.0, "entry": 0.3, "exit": 0.6, "persisting": 0.7},
    ),
    "state-probability": (
        {},
        {"cohort": ANY},
        {"cohort": OTHER},
        {"model": MODEL, "threshold": 0.1},
    ),
    "waning": ({}, {"window": 6, "slide": 1, "max_gap": 0}, {"window": 12, "slide": 6, **CHANGE}),
}
"""Parameters that every rule is tried with."""
TRIED = [(name, index) for name, all_ in SETTINGS.items() for index in range(len(all_))]


def rule_of(name: str, index: int) -> Any:
    return REGISTRY.detector(name, **SETTINGS[name][index])


@frozen
class Table:
    """Rows of sessions, in any order."""

    case: Sequence[int]
    session: Sequence[int]
    value: Sequence[float | None]

    @classmethod
    def of(cls, courses: Sequence[Sequence[tuple[int, float | None]]], seed: int) -> "Table":
        """The sessions of some cases, shuffled."""
        rows = [(n, *point) for n, course in enumerate(courses) for point in course]
        Random(seed).shuffle(rows)  # noqa: S311 - a simulation
        return cls(*zip(*rows, strict=True)) if rows else cls((), (), ())


def by_case(rule: Any, spec: ScoreSpec, table: Table) -> list[tuple[Any, ...]]:
    """Flag, statistic and threshold of each row, by the rule's own ``flags`` of each case."""
    rows: dict[int, list[int]] = {}
    for row in sorted(range(len(table.case)), key=lambda row: table.session[row]):
        rows.setdefault(table.case[row], []).append(row)
    found: list[tuple[Any, ...]] = [(None, None, None)] * len(table.case)
    for of_case in rows.values():
        points = tuple(ta.Point(table.session[row], table.value[row]) for row in of_case)
        flags = rule.flags(ta.Series(points=points, spec=spec))
        for row, flag in zip(of_case, flags, strict=True):
            found[row] = (flag.flag, flag.statistic, flag.threshold)
    return found


def on_frame(
    rule: Any, spec: ScoreSpec, table: Table, sessions: Any = pl.Int64
) -> list[tuple[Any, ...]]:
    """The same, by the rule on a whole frame, with a type of column for session numbers."""
    frame = pl.DataFrame(
        {"case": table.case, "session": table.session, "score": table.value},
        schema={"case": pl.Int64, "session": sessions, "score": pl.Float64},
    )
    told: pl.DataFrame = ta.detect_frame(
        frame, rule, by="case", order="session", score="score",
        metric=spec.metric, low=spec.low, high=spec.high,
    )  # fmt: skip
    names = [f"{rule.id.replace('-', '_')}_{name}" for name in ("flag", "statistic", "threshold")]
    return told.select(names).rows()


def bits(said: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """So that equal means equal bit for bit, 0.0 and -0.0 told apart."""
    return [
        (flag, *(None if each is None else float(each).hex() for each in numbers))
        for flag, *numbers in said
    ]


def _noisy(level: float) -> st.SearchStrategy[float]:
    return st.integers(-3, 3).map(lambda n: min(1.0, max(0.0, level + n * 1e-10)))


SHARES: Sequence[st.SearchStrategy[float]] = (
    st.floats(0, 1),
    st.integers(0, 40).map(lambda n: n / 40),
    st.integers(26, 40).map(lambda n: n / 40),
    st.just(1.0),
    st.just(0.0),
    st.sampled_from([0.0, 1.0]),
    _noisy(0.85),
    st.just(0.5),
)
"""Scores as a part of the range: any, on a grid, at the ceiling, at the floor, of float noise."""


@st.composite
def tables(draw: st.DrawFn, spec: ScoreSpec) -> Table:
    """A few cases, some with gaps or without scores."""
    courses = []
    for _ in range(draw(st.integers(0, 4))):
        if draw(st.booleans()):
            course = shaped(draw(st.sampled_from(SHAPES)), draw(st.integers(0, 9_999)))
            shares = [(n, None if x is None else x / 40) for n, x in course]
        else:
            share = st.none() | draw(st.sampled_from(SHARES))
            steps = draw(st.lists(st.sampled_from([1, 1, 1, 1, 2, 4]), max_size=16))
            shares = [(n, draw(share)) for n in np.cumsum(np.array(steps, np.int64)).tolist()]
        courses.append([(n, None if x is None else _in(spec, x)) for n, x in shares])
    return Table.of(courses, draw(st.integers(0, 99)))


def _in(spec: ScoreSpec, share: float) -> float:
    return min(spec.high, max(spec.low, spec.low + share * spec.span))


def simulated(spec: ScoreSpec, cases: int, seed: int) -> Table:
    """Many courses of all lengths, with drops, declines, gaps and sessions without a score."""
    draw = Random(seed)  # noqa: S311 - a simulation
    return Table.of([list(_course(draw, spec)) for _ in range(cases)], seed)


GRIDS = (0, 40, 320)
"""Parts of the range that scores are rounded to; 0: not at all. With 40 some drops are a threshold
but for a rounding, with 320 some recoveries are."""


def _course(draw: Random, spec: ScoreSpec) -> Iterator[tuple[int, float | None]]:
    session, level, decline = 0, draw.uniform(0.5, 1), draw.choice([0, 0, 0.02, 0.04])
    deviation, grid = draw.choice([0.01, 0.05, 0.1, 1.0]), draw.choice(GRIDS)
    length = draw.choice([1, 3, 10, 20, 30])
    begin, end = sorted(draw.sample(range(length + 1), 2))
    lower = draw.choice([0, 0.1, 0.2])
    for n in range(length):
        session += draw.choice([1] * 12 + [2, 3, 5])
        drop = draw.choice([0] * 9 + [0.3]) + lower * (begin <= n < end)
        share = level - decline * session - drop + draw.gauss(0, deviation)
        share = round(share * grid) / grid if grid else share
        yield session, None if draw.random() < 0.05 else _in(spec, share)
