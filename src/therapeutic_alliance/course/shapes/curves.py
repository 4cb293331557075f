"""Curves of degree 0, 1 and 2 through the scores of a series."""

from collections.abc import Sequence
from math import inf, log, sqrt

from attrs import field, frozen

from therapeutic_alliance.psychometrics.least_squares import least_squares
from therapeutic_alliance.psychometrics.spread import mean

EXACT = 1e-12
"""A residual sum of squares below this for each score is rounding: the curve fits exactly."""


@frozen(kw_only=True)
class Curve:
    """The least-squares curve of one degree, in sessions counted from their mean.

    ``level + slope * c + curvature * c**2`` with ``c = session - centre``.
    """

    degree: int
    centre: float
    """The mean of the observed session numbers."""
    level: float = field(repr=False)
    """Of the curve at the centre, in the metric of the series."""
    slope: float
    """At the centre, per session; 0 at degree 0."""
    curvature: float
    """Factor of the square, per session squared; 0 below degree 2."""
    rss: float
    """Residual sum of squares."""
    residual_sd: float | None
    """``sqrt(rss / (n - degree - 1))``; ``None`` if no score is left over."""
    aicc: float | None
    """``n ln(rss / n) + 2p + 2p(p + 1) / (n - p - 1)`` with ``p = degree + 2``; differences
    count only. ``None`` if ``n <= p + 1``, or if the curve fits exactly."""
    fitted_range: float
    """Highest less lowest value of the curve at the observed sessions."""
    exact: bool
    """``rss < 1e-12 * n``."""

    @property
    def vertex(self) -> float | None:
        """The session at which the curve turns; ``None`` if it does not."""
        if not self.curvature:
            return None
        turn = self.centre - self.slope / (2 * self.curvature)
        return turn if abs(turn) < inf else None


def curve(sessions: Sequence[int], scores: Sequence[float], degree: int) -> Curve | None:
    """The curve of a degree up to 2; ``None`` if there are too few sessions to determine it.

    Powers are of sessions centred and scaled to -1 to 1, so that large session numbers cost no
    precision.
    """
    n, p = len(scores), degree + 2
    if n <= degree:
        return None
    centre = mean(sessions)
    half = max(abs(session - centre) for session in sessions) or 1.0
    places = [(session - centre) / half for session in sessions]
    fit = least_squares([[place**power for place in places] for power in range(degree + 1)], scores)
    if fit is None:
        return None
    level, slope, curvature = (*fit.coefficients, 0.0, 0.0)[:3]
    exact = fit.rss < EXACT * n
    aicc = None
    if n > p + 1 and not exact:
        aicc = n * log(fit.rss / n) + 2 * p + 2 * p * (p + 1) / (n - p - 1)
    return Curve(
        degree=degree,
        centre=centre,
        level=level,
        slope=slope / half,
        curvature=curvature / half**2,
        rss=fit.rss,
        residual_sd=sqrt(fit.rss / (n - degree - 1)) if n > degree + 1 else None,
        aicc=aicc,
        fitted_range=max(fit.fitted) - min(fit.fitted),
        exact=exact,
    )
