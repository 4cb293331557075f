"""A score held against the person's own scores before it, on whole columns.

``own-mean-sd-online`` and ``individuals-chart-past``.
"""

from collections.abc import Iterator

import numpy as np

from therapeutic_alliance.course.detectors import individuals_chart_past, own_mean
from therapeutic_alliance.course.detectors.chart_limits import SPAN
from therapeutic_alliance.course.detectors.individuals_chart_past import IndividualsChartPast
from therapeutic_alliance.course.detectors.own_mean import OwnMeanSdOnline
from therapeutic_alliance.course.sd_floor import sd_floor
from therapeutic_alliance.course.series import EPSILON
from therapeutic_alliance.frames.rules.blocks import Verdict, Wave, by_blocks
from therapeutic_alliance.frames.rules.courses import Courses, Floats, Found
from therapeutic_alliance.model.scored import ScoreSpec

CASES = 8192
"""At a time: their arrays fit in a processor's cache."""


def own_mean_sd_online(rule: OwnMeanSdOnline, spec: ScoreSpec, courses: Courses) -> Found:
    """Welford's running mean and sum of squares."""
    floor = sd_floor(spec.low, spec.high)

    def steps(waves: Iterator[Wave]) -> Iterator[Verdict | None]:
        mean = squares = np.zeros(CASES)
        for seen, _, value in waves:
            mean, squares = mean[: len(value)], squares[: len(value)]
            if seen < own_mean.LEAST_BEFORE:
                yield None
            else:
                sd = np.maximum(np.sqrt(squares / (seen - 1)), floor)
                yield _below(value, mean, sd, rule.k)
            rest = value - mean
            mean = mean + rest / (seen + 1)
            squares = squares + rest * (value - mean)

    return by_blocks(courses, CASES, rule.k, steps)


def individuals_chart(rule: IndividualsChartPast, spec: ScoreSpec, courses: Courses) -> Found:
    """Running mean, and the sum of the moving ranges."""
    floor = sd_floor(spec.low, spec.high)

    def steps(waves: Iterator[Wave]) -> Iterator[Verdict | None]:
        first = next(waves)
        yield None
        mean, before = 0.0 + first.value, first
        ranges, total = np.zeros(len(mean), np.int64), np.zeros(len(mean))
        for now in waves:
            seen, session, value = now
            width = len(value)
            mean, ranges, total = mean[:width], ranges[:width], total[:width]
            if seen < individuals_chart_past.LEAST_BEFORE:
                yield None
            else:
                sigma = np.maximum(total / np.maximum(ranges, 1) / SPAN, floor)
                yield _below(value, mean, sigma, rule.L)._replace(unclear=ranges == 0)
            near = session - before.session[:width] - 1 <= rule.max_gap
            ranges = ranges + near
            total = total + np.where(near, np.abs(value - before.value[:width]), 0.0)
            mean, before = mean + (value - mean) / (seen + 1), now

    return by_blocks(courses, CASES, rule.L, steps)


def _below(value: Floats, centre: Floats, sigma: Floats, sigmas: float) -> Verdict:
    flag = value < centre - sigmas * sigma - EPSILON
    return Verdict((centre - value) / sigma, flag)
