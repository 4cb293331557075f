"""Rules that judge a score by a cohort and by the history of its person, on whole columns."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol, Self

import numpy as np

from therapeutic_alliance.course.detectors.from_cohort import EARLIER, FromCohort
from therapeutic_alliance.course.sd_floor import sd_floor
from therapeutic_alliance.course.series import EPSILON
from therapeutic_alliance.frames.rules.alarms import Alarms
from therapeutic_alliance.frames.rules.blocks import Steps, Verdict, Wave
from therapeutic_alliance.frames.rules.courses import Floats, Ints
from therapeutic_alliance.model.scored import ScoreSpec


class Beliefs(Protocol):
    """What is known of each person: a :class:`Belief` for each case."""

    def of_first(self, cases: int) -> Self:
        """Of the first cases only."""

    def expected(self, session: Ints) -> tuple[Floats, Floats, Floats | float]:
        """Mean, scale and suspicion of the next scores, as in :class:`Expected`."""

    def after(self, session: Ints, score: Floats) -> Self:
        """What is known after a score of each."""


Follow = Callable[[Any, Any, Any], Any]
"""Statistic from that of the session before, ``z`` and suspicion."""


def from_cohort(
    rule: FromCohort, spec: ScoreSpec, begin: Beliefs, cases: int, follow: Follow
) -> Steps:
    """The steps of a rule that has its cohort, from what is known of ``cases`` before a score."""
    curve = rule.cohort.growth if rule.cohort else ()
    tolerance = sd_floor(spec.low, spec.high) / 4

    def steps(waves: Iterator[Wave]) -> Iterator[Verdict]:
        belief, alarms, statistic = begin, Alarms.none(cases), np.zeros(cases)
        for seen, session, value in waves:
            width = len(value)
            belief, alarms = belief.of_first(width), alarms.of_first(width)
            mean, scale, suspicion = belief.expected(session)
            level = shares(spec, value) - growth_at(curve, session)
            statistic = follow(statistic[:width], (mean - level) / scale, suspicion)
            if rule.set_back:
                statistic = np.where(alarms.recovers(value), 0.0, statistic)
            flag = (statistic >= rule.threshold - EPSILON) & (seen >= EARLIER)
            yield Verdict(statistic, flag if seen >= EARLIER else None)
            belief = belief.after(session, level)
            if rule.set_back:
                alarms = alarms.after(value, tolerance, flag)

    return steps


def shares(spec: ScoreSpec, value: Floats) -> Floats:
    """Where values lie in the possible range, as :meth:`ScoreSpec.share`."""
    return (value - spec.low) / spec.span


def growth_at(curve: Sequence[float], session: Ints) -> Floats | float:
    """What a growth curve adds at session numbers.

    >>> import numpy as np
    >>> growth_at((-0.1, 0.1), np.array([1, 2, 9])).tolist()
    [-0.1, 0.1, 0.1]
    """
    return np.array(curve)[np.minimum(session, np.int64(len(curve))) - 1] if curve else 0.0
