"""The SD of one person's scores, with the floor that keeps a dip at the ceiling finite."""

from collections.abc import Sequence

from therapeutic_alliance.course.sd_floor import SD_FLOOR, sd_floor
from therapeutic_alliance.course.series import SessionScore
from therapeutic_alliance.model.scored import ScoreSpec
from therapeutic_alliance.psychometrics.spread import sd

LEAST_SCORES = 3
"""Of two scores, the SD is their difference in other words: this library's convention."""
FLOORED = (
    f"SD within a person: at least {SD_FLOOR:g} of the possible range, the library's convention"
)


def own_sd(observed: Sequence[SessionScore], spec: ScoreSpec) -> float:
    """The sample SD of all observed scores, in their metric; at least ``0.0375 * (high - low)``.

    >>> own_sd([(1, 5.0), (2, 5.0), (3, 5.0)], ScoreSpec("total", "mean", 1, 5, 0))
    0.15
    """
    return max(sd([score for _, score in observed]), sd_floor(spec.low, spec.high))
