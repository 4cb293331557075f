"""``ewma`` and ``cusum`` on whole columns."""

import numpy as np

from therapeutic_alliance.course.detectors.sequential import Cusum, Ewma
from therapeutic_alliance.course.expectation.baseline import Baseline
from therapeutic_alliance.frames.rules.baselines import Baselines
from therapeutic_alliance.frames.rules.beliefs import Follow, from_cohort
from therapeutic_alliance.frames.rules.blocks import by_blocks
from therapeutic_alliance.frames.rules.courses import NONE, Courses, Floats, Found
from therapeutic_alliance.model.scored import ScoreSpec

CASES = 8192
"""At a time: their arrays fit in a processor's cache."""


def ewma(rule: Ewma, spec: ScoreSpec, courses: Courses) -> Found:
    """The moving average."""
    return _judged(rule, spec, courses, rule.follow)


def cusum(rule: Cusum, spec: ScoreSpec, courses: Courses) -> Found:
    """The sum beyond the allowance, which is never below 0."""

    def follow(before: Floats, z: Floats, _suspicion: float) -> Floats:
        added = before + z - rule.allowance
        return np.where(added > 0, added, 0.0)

    return _judged(rule, spec, courses, follow)


def _judged(rule: Ewma | Cusum, spec: ScoreSpec, courses: Courses, follow: Follow) -> Found:
    prior = rule.start(spec).belief
    if not isinstance(prior, Baseline):
        return NONE
    steps = from_cohort(rule, spec, Baselines.of(prior, CASES), CASES, follow)
    return by_blocks(courses, CASES, rule.threshold, steps)
