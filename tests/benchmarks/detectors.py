"""Detection in plain Python: time a session by how many there are, and of one step live.

Beside it stand a bare loop over the points, as the limit, and what a user would write by hand.
"""

import pickle
from collections.abc import Callable, Mapping, Sequence
from itertools import islice, pairwise
from random import Random
from typing import Any

from attrs import evolve, fields_dict

import therapeutic_alliance as ta
from therapeutic_alliance.course.observes import observes

SESSIONS = (1_000, 10_000, 100_000, 1_000_000)
DEAR, WITHOUT = frozenset({"state-probability", "state-probability-smoothed"}), 1_000_000
"""With NumPy, and some minutes at so many sessions: left out there."""
OF_A_CASE = 16
AT = (10, 1_000, 100_000)
"""Sessions at which one step is timed, and the state weighed."""
BARE = "a bare loop over the points"
BY_HAND = "drop-from-best by hand: a loop, no reasons"
IN_WORDS = "the same loop, with a sentence a session"
CHECKED = "ta.Series of the values, all checks"
Rule = Any


def scores(count: int) -> list[int | None]:
    """Simulated totals from 0 to 40: one in ten is not observed, one in fifty is a fall."""
    draw = Random(16)  # noqa: S311, a simulation
    return [
        None if draw.random() < 0.1 else draw.randint(32, 38) - 16 * (draw.random() < 0.02)
        for _ in range(count)
    ]


def series(values: Sequence[float | None]) -> ta.Series:
    """One course of simulated totals."""
    return ta.Series.of(values, low=0, high=40, metric="sum")


def courses(sessions: int, of_a_case: int | None = None) -> Sequence[ta.Series]:
    """So many sessions as one long course, or as cases of so many each."""
    values, each = scores(sessions), of_a_case or sessions
    return [series(values[at : at + each]) for at in range(0, sessions, each)]


def rules() -> Mapping[str, Rule]:
    """Every detector of scores, those that need constants with the illustrative ones."""
    known, found = ta.CohortConstants.illustrative(), dict[str, Rule](ta.Registry().detectors)
    return {
        id_: evolve(rule, cohort=known) if "cohort" in fields_dict(type(rule)) else rule
        for id_, rule in found.items()
        if observes(rule) == "scores"
    }


def bare(cases: Sequence[ta.Series]) -> float:
    """What nothing that looks at every point can be faster than."""
    total = 0.0
    for case in cases:
        for point in case:
            if point.value is not None:
                total += point.value
    return total


def by_hand(cases: Sequence[ta.Series]) -> list[list[bool]]:
    """``drop-from-best`` as a user would write it: no tolerance, no None, the range known."""
    found = []
    for case in cases:
        best, flags = None, []
        for point in case:
            value = point.value
            flags.append(best is not None and value is not None and best - value >= 6)
            if value is not None and (best is None or value > best):
                best = value
        found.append(flags)
    return found


def in_words(cases: Sequence[ta.Series]) -> list[list[tuple[int, bool, str]]]:
    """The same with a sentence, as a clinician would need it."""
    found = []
    for case in cases:
        best, flags = None, []
        for point in case:
            value = point.value
            drop = 0.0 if best is None or value is None else best - value
            why = f"{drop:.4g} below the best score before, {best}; threshold 6"
            flags.append((point.session, drop >= 6, why))
            if value is not None and (best is None or value > best):
                best = value
        found.append(flags)
    return found


def jobs(cases: Sequence[ta.Series]) -> Mapping[str, Callable[[], object]]:
    """What is timed on the same sessions; the results of one case are dropped before the next."""
    values = [[point.value for point in case] for case in cases]
    dear = DEAR if sum(map(len, cases)) >= WITHOUT else frozenset()
    return {
        BARE: lambda: bare(cases),
        BY_HAND: lambda: by_hand(cases),
        IN_WORDS: lambda: in_words(cases),
        CHECKED: lambda: [len(series(each)) for each in values],
        **{id_: _over(rule, cases) for id_, rule in rules().items() if id_ not in dear},
    }


def _over(rule: Rule, cases: Sequence[ta.Series]) -> Callable[[], int]:
    return lambda: sum(len(rule.flags(case).sessions) for case in cases)


def live() -> Mapping[str, Mapping[int, tuple[Callable[[], object], int]]]:
    """For each online rule the step at each of some sessions, and the bytes of its state there."""
    course = series([value or 35 for value in scores(AT[-1])])
    return {
        id_: dict(_steps(rule, course))
        for id_, rule in rules().items()
        if isinstance(rule, ta.OnlineDetector)
    }


def _steps(rule: Rule, course: ta.Series) -> Any:
    state, points = rule.start(course.spec), iter(course)
    for before, at in pairwise((0, *AT)):
        for point in islice(points, at - before - 1):
            state, _ = rule.step(state, point)
        point = next(points)
        yield at, (_step(rule, state, point), len(pickle.dumps(state)))
        state, _ = rule.step(state, point)


def _step(rule: Rule, state: Any, point: ta.Point) -> Callable[[], object]:
    return lambda: rule.step(state, point)
