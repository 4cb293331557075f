"""``state-probability`` on whole columns."""

from collections.abc import Iterator

import numpy as np

from therapeutic_alliance.course.detectors.from_cohort import EARLIER
from therapeutic_alliance.course.detectors.state_probability import StateProbability
from therapeutic_alliance.course.series import EPSILON
from therapeutic_alliance.course.two_state.arrays import ROWS
from therapeutic_alliance.course.two_state.grid import grid_of
from therapeutic_alliance.course.two_state.recursions import Belief, advance, unknown
from therapeutic_alliance.frames.rules.beliefs import growth_at, shares
from therapeutic_alliance.frames.rules.blocks import Verdict, Wave, by_blocks
from therapeutic_alliance.frames.rules.courses import NONE, Courses, Found, Ints
from therapeutic_alliance.model.scored import ScoreSpec


def state_probability(rule: StateProbability, spec: ScoreSpec, courses: Courses) -> Found:
    """The forward recursion, of a few cases at a time: each has a weight for each grid point."""
    model = rule.used
    if model is None or rule.lacking(spec):
        return NONE
    grid = grid_of(model)

    def steps(waves: Iterator[Wave]) -> Iterator[Verdict]:
        belief = unknown(grid, ROWS)
        last: Ints = np.zeros(ROWS, np.int64)
        for seen, session, value in waves:
            width = len(value)
            belief = Belief(belief.log_weight[:width], belief.inside[:width])
            score = shares(spec, value) - growth_at(model.growth, session)
            since = (session - last[:width]).astype(np.float64)
            belief, last = advance(grid, belief, score, since), session
            statistic = belief.statistic()
            flag = statistic >= rule.threshold - EPSILON if seen >= EARLIER else None
            yield Verdict(statistic, flag)

    return by_blocks(courses, ROWS, rule.threshold, steps)
