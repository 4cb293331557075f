"""The statistics of a rule on many series."""

from collections.abc import Sequence
from math import inf

from therapeutic_alliance.course.detectors.state_probability import (
    ByStateModel,
    StateProbabilitySmoothed,
)
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.course.vet import vet
from therapeutic_alliance.model.contracts import Detector


def statistics(detector: Detector[Series], cases: Sequence[Series]) -> list[list[float]]:
    """Of each session of each series the statistic; ``-inf`` where the rule cannot say.

    A rule without a statistic counts 1 where it flags and 0 where it does not. The state models
    go through all series at once, which is the same up to rounding, and faster.
    """
    if isinstance(detector, ByStateModel) and detector.used:
        from therapeutic_alliance.course.two_state.batch import statistics as at_once

        smooth = isinstance(detector, StateProbabilitySmoothed)
        found = at_once(detector.used, cases, smooth=smooth)
        return [[-inf if each is None else each for each in row] for row in found]
    judged = []
    for series in cases:
        flags = detector.flags(series)
        vet(detector, series, flags)
        judged.append(flags)
    if any(flag.statistic is not None for flags in judged for flag in flags):
        return [
            [-inf if flag.statistic is None else flag.statistic for flag in flags]
            for flags in judged
        ]
    return [[-inf if flag.flag is None else float(flag.flag) for flag in flags] for flags in judged]
