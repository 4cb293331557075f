"""``drop-from-best`` and ``rci-drop`` on whole columns."""

from collections.abc import Iterator

import numpy as np

from therapeutic_alliance.course.detectors.reliable_drop import DropFromBest, RciDrop
from therapeutic_alliance.course.series import EPSILON
from therapeutic_alliance.frames.rules.courses import Courses, Floats, Found, flagged_from
from therapeutic_alliance.frames.rules.since_last import since_last
from therapeutic_alliance.frames.rules.statistics import put_statistics
from therapeutic_alliance.model.scored import ScoreSpec


def drop_from_best(rule: DropFromBest | RciDrop, spec: ScoreSpec, courses: Courses) -> Found:
    """From the running maximum, at its first occurrence."""
    drop = courses.value.copy()
    put_statistics(courses, drop, _below_best)
    return flagged_from(rule.change.size(spec.low, spec.high), courses, drop)


def rci_drop(rule: RciDrop, spec: ScoreSpec, courses: Courses) -> Found:
    """From the reference that was chosen."""
    threshold = rule.change.size(spec.low, spec.high)
    if rule.reference == "running-max":
        return drop_from_best(rule, spec, courses)
    if rule.reference == "previous":
        return since_last(courses, threshold, rule.max_gap)
    return flagged_from(threshold, courses, _below_third(courses))


def _below_best(waves: Iterator[Floats]) -> Iterator[Floats | float]:
    best = next(waves)
    yield np.nan
    for value in waves:
        best = best[: len(value)]
        yield best - value
        best = np.where(value > best + EPSILON, value, best)


def _below_third(courses: Courses) -> Floats:
    """From the score of session 3, for the sessions after it."""
    third = np.full(len(courses.start), np.nan)
    at = np.flatnonzero(courses.session == 3)
    third[np.searchsorted(courses.start, at, side="right") - 1] = courses.value[at]
    drop = np.repeat(third, courses.lengths) - courses.value
    drop[courses.session <= 3] = np.nan
    return drop
