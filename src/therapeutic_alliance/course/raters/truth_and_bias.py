"""The truth-and-bias model of one dyad: how far a judgement is off, and whether it follows."""

from math import sqrt

from attrs import frozen

from therapeutic_alliance.course.raters.pairs import pairs
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.model.scored import Metric
from therapeutic_alliance.psychometrics.line import line
from therapeutic_alliance.psychometrics.spread import ZERO, mean, variance


@frozen(kw_only=True)
class TruthAndBias:
    """``judgement = bias + tracking * truth``, both centred on the mean of the truth."""

    n: int
    """Common sessions."""
    unit: Metric
    """Of the bias."""
    bias: float | None = None
    """b0, directional bias: how far the judgement lies above the truth on average."""
    tracking: float | None = None
    """b1, temporal congruence: the change of the judgement for a change of the truth by 1."""
    residual_sd: float | None = None
    """SD of what is left, with ``n - 2`` degrees of freedom."""
    why: str = ""
    """Why something is ``None``; empty if nothing is."""


def truth_and_bias(truth: Series, judgement: Series, *, percent: bool = False) -> TruthAndBias:
    """The model of West & Kenny 2011 for a single dyad, in closed form.

    ``T = truth - mean(truth)`` and ``J = judgement - mean(truth)`` over the common sessions, of
    which at least 5 are needed; then ``J = b0 + b1 * T`` by least squares. By convention of the
    model the client's score is the truth; that is a role in a formula and no verdict.
    ``tracking`` is ``None`` if the truth does not vary. ``percent=True`` compares percent of the
    possible range, for forms with other ranges.

    >>> client = Series.of([4.0, 4.2, 3.6, 4.4, 4.3], low=1, high=5)
    >>> therapist = Series.of([3.6, 3.7, 3.4, 3.9, 3.8], low=1, high=5)
    >>> found = truth_and_bias(client, therapist)
    >>> round(found.bias, 2), round(found.tracking, 2)
    (-0.42, 0.6)
    """
    both = pairs(truth, judgement, percent=percent)
    n = len(both.sessions)
    if both.too_few:
        return TruthAndBias(n=n, unit=both.unit, why=both.too_few)
    bias = mean(both.differences)
    if variance(both.first) <= ZERO:
        return TruthAndBias(n=n, unit=both.unit, bias=bias, why="the truth does not vary")
    fit = line(both.first, both.second)
    return TruthAndBias(
        n=n, unit=both.unit, bias=bias, tracking=fit.slope, residual_sd=sqrt(fit.rss / (n - 2))
    )
