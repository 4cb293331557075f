"""Level and spread of every person, learned from all scores: a :class:`Baseline` for each case."""

from functools import cached_property

import numpy as np
from attrs import frozen

from therapeutic_alliance.course.expectation.baseline import CLIP, Baseline
from therapeutic_alliance.frames.rules.courses import Floats, Ints


@frozen
class Baselines:
    """Of cases with equally many scores: they share what depends on that number alone."""

    weight: float
    shape: float
    rate: Floats
    mean: Floats

    @cached_property
    def scale(self) -> Floats:
        """The deviations that are expected of the next scores."""
        return np.sqrt(self.rate / self.shape * (1 + 1 / self.weight))

    @classmethod
    def of(cls, prior: Baseline, cases: int) -> "Baselines":
        """Before the first scores."""
        rate, mean = np.full(cases, prior.rate), np.full(cases, prior.mean)
        return cls(prior.weight, prior.shape, rate, mean)

    def of_first(self, cases: int) -> "Baselines":
        """Of the first cases only."""
        if cases == len(self.mean):
            return self
        return Baselines(self.weight, self.shape, self.rate[:cases], self.mean[:cases])

    def expected(self, _session: Ints) -> tuple[Floats, Floats, float]:
        """Mean, scale and suspicion of the next score."""
        return self.mean, self.scale, 0.0

    def after(self, _session: Ints | None, score: Floats) -> "Baselines":
        """After a score of each case."""
        reach = CLIP * self.scale
        rest = np.minimum(reach, np.maximum(-reach, score - self.mean))
        weight = self.weight + 1
        return Baselines(
            weight,
            self.shape + 0.5,
            self.rate + self.weight * (rest * rest) / (2 * weight),
            self.mean + rest / weight,
        )
