"""How much of the variance lies between persons and how much within, by moments."""

from collections.abc import Sequence
from math import fsum

from attrs import frozen

from therapeutic_alliance.psychometrics.spread import ZERO, mean, variance


@frozen(kw_only=True)
class Components:
    """Level and variance of scores that are grouped by person."""

    mean: float
    """Of the person means."""
    between: float
    """Variance between persons, without what is due to the few scores of each; at least 0."""
    within: float
    """Variance within persons, pooled."""

    @property
    def icc1(self) -> float | None:
        """ICC(1), the share of the variance of single scores between persons, 0 to 1.

        ``None`` if nothing varies.
        """
        whole = self.between + self.within
        return self.between / whole if whole > ZERO else None


def components(groups: Sequence[Sequence[float]]) -> Components | None:
    """The components of groups, a group for the scores of each person, none of them empty.

    ``within = sum((n_i - 1) * SD_i^2) / sum(n_i - 1)``, ``between = var(means) - within *
    mean(1 / n_i)``, as in this library's rule ``eb-z``. A person with one score adds nothing to
    ``within``. ``None`` with fewer than two persons, or if nobody has two scores.

    >>> found = components([[4.0, 4.2], [3.0, 3.2, 3.4], [4.4]])
    >>> round(found.mean, 4), round(found.between, 4), round(found.within, 4)
    (3.9, 0.3696, 0.0333)
    """
    free = sum(len(group) - 1 for group in groups)
    if len(groups) < 2 or not free:
        return None
    within = fsum((len(group) - 1) * variance(group) for group in groups) / free
    means = [mean(group) for group in groups]
    between = variance(means) - within * mean([1 / len(group) for group in groups])
    return Components(mean=mean(means), between=max(0.0, between), within=within)
