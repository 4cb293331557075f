"""How two raters of the same sessions compare: level, distance and common ups and downs."""

from math import fsum, sqrt

from attrs import frozen

from therapeutic_alliance.course.raters.pairs import Pairs, pairs
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.model.scored import Metric
from therapeutic_alliance.psychometrics.line import line
from therapeutic_alliance.psychometrics.spread import ZERO, mean, variance


@frozen(kw_only=True)
class Dyad:
    """Two raters over the sessions that both rated. Differences are second less first."""

    n: int
    """Common sessions."""
    unit: Metric
    """Of the differences."""
    mean_difference: float | None = None
    """Below 0: the second rater is lower."""
    mean_distance: float | None = None
    """Mean of the absolute differences."""
    rms: float | None = None
    """Root of the mean squared difference."""
    correlation: float | None = None
    """Over sessions, -1 to 1: whether they rise and fall together. ``None`` if one never varies."""
    why: str = ""
    """Why something is ``None``; empty if nothing is."""


@frozen(kw_only=True)
class Convergence:
    """Whether the views of two raters draw nearer to one another."""

    n: int
    """Common sessions."""
    unit: Metric
    """Of the distance."""
    slope: float | None = None
    """Change of the absolute difference from one session number to the next; below 0: nearer."""
    why: str = ""
    """Why there is no slope; empty if there is one."""


def dyad(first: Series, second: Series, *, percent: bool = False) -> Dyad:
    """Compare two raters, such as client and therapist, over at least 5 common sessions.

    With fewer, everything is ``None``. ``percent=True`` compares percent of the possible range,
    for forms with other ranges. A difference is no error of one of them: in one data set of 700
    treatments it was unrelated to outcome (Sinclair; verified). Raises :class:`SeriesError` for
    series that cannot be compared.

    >>> client = Series.of([4.0, 4.2, 3.6, 4.4, 4.3], low=1, high=5)
    >>> therapist = Series.of([3.6, 3.7, 3.4, 3.9, 3.8], low=1, high=5)
    >>> found = dyad(client, therapist)
    >>> round(found.mean_difference, 2), round(found.correlation, 4), round(found.rms, 4)
    (-0.42, 0.9864, 0.4359)
    """
    both = pairs(first, second, percent=percent)
    n = len(both.sessions)
    if both.too_few:
        return Dyad(n=n, unit=both.unit, why=both.too_few)
    differences = both.differences
    correlation = _correlation(both)
    return Dyad(
        n=n,
        unit=both.unit,
        mean_difference=mean(differences),
        mean_distance=mean([abs(each) for each in differences]),
        rms=sqrt(mean([each**2 for each in differences])),
        correlation=correlation,
        why="" if correlation is not None else "no correlation: a rater's scores do not vary",
    )


def convergence(first: Series, second: Series, *, percent: bool = False) -> Convergence:
    """The slope of the absolute difference over session numbers, by least squares.

    Laws et al. 2017 found that convergence predicted change in one outcome measure and not in
    another (verified). At least 5 common sessions are needed; ``percent`` as in ``dyad``.
    Views that both reach the ceiling converge, too.

    >>> client = Series.of([4.0, 4.0, 4.0, 4.0, 4.0], low=1, high=5)
    >>> therapist = Series.of([3.0, 3.2, 3.4, 3.6, 3.8], low=1, high=5)
    >>> round(convergence(client, therapist).slope, 4)
    -0.2
    """
    both = pairs(first, second, percent=percent)
    n = len(both.sessions)
    if both.too_few:
        return Convergence(n=n, unit=both.unit, why=both.too_few)
    slope = line(both.sessions, [abs(each) for each in both.differences]).slope
    return Convergence(n=n, unit=both.unit, slope=slope)


def _correlation(both: Pairs) -> float | None:
    of_first, of_second = variance(both.first), variance(both.second)
    if min(of_first, of_second) <= ZERO:
        return None
    a, b = mean(both.first), mean(both.second)
    products = fsum((x - a) * (y - b) for x, y in zip(both.first, both.second, strict=True))
    found = products / (len(both.sessions) - 1) / sqrt(of_first * of_second)
    return min(1.0, max(-1.0, found))
