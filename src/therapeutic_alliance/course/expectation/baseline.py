"""A person's level and spread, learned from all scores: what ``eb-z`` and its charts rest on."""

from math import sqrt

from attrs import frozen

from therapeutic_alliance.course.cohort import CohortConstants
from therapeutic_alliance.course.expectation.expected import Expected

CLIP = 2
"""A score moves the baseline as if it were at most so many expected deviations away."""


@frozen
class Baseline:
    """What is expected of a person: a normal distribution whose mean and variance are learned.

    The cohort is the prior, a normal-inverse-gamma one. All as fractions of the possible range.
    """

    weight: float
    """How many scores the knowledge of the mean is worth."""
    shape: float
    rate: float
    """Of the inverse-gamma distribution of the variance."""
    mean: float

    @classmethod
    def of(cls, cohort: CohortConstants, prior_df: float) -> "Baseline":
        """Before the first score of a person."""
        weight = cohort.within_variance / cohort.between_variance
        return cls(weight, prior_df / 2, prior_df / 2 * cohort.within_variance, cohort.mean)

    @property
    def scale(self) -> float:
        """The deviation that is expected of the next score."""
        return sqrt(self.rate / self.shape * (1 + 1 / self.weight))

    def expected(self, _session: int) -> Expected:
        """The same for every session."""
        return Expected(self.mean, self.scale)

    def after(self, _session: int, score: float) -> "Baseline":
        """After a score; one that lies far off counts as less far: it may not drag the baseline."""
        reach = CLIP * self.scale
        rest = min(reach, max(-reach, score - self.mean))
        weight = self.weight + 1
        return Baseline(
            weight,
            self.shape + 0.5,
            self.rate + self.weight * (rest * rest) / (2 * weight),
            self.mean + rest / weight,
        )
