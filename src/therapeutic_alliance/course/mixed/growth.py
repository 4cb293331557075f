"""Piecewise growth of a cohort, with level and slopes random over cases."""

from collections.abc import Iterable

from attrs import frozen

from therapeutic_alliance.course.alike import refuse_mixed, refuse_mixed_scales
from therapeutic_alliance.course.mixed.fit import SUBJECT, Effect, MixedModel, fit
from therapeutic_alliance.course.parameters import whole
from therapeutic_alliance.course.piecewise import terms
from therapeutic_alliance.course.series import Series

LEAST_SCORES = 2
"""Scores that a case needs to count."""


@frozen(kw_only=True)
class GrowthModel(MixedModel):
    """How the scores of a cohort grow: two lines that meet at the knot."""

    knot: int
    level: Effect
    """At the knot."""
    slope_before: Effect
    """Per session, up to the knot."""
    slope_after: Effect
    """Per session, after it."""


def growth(cases: Iterable[Series], *, knot: int = 5) -> GrowthModel:
    """Piecewise linear growth with level and both slopes random over cases.

    ``score = level + slope_before * (min(t, knot) - knot) + slope_after * max(t - knot, 0)``, in
    the metric of the series, ``t`` the session number; ``cases`` are series of one score, one a
    case, with at least 2 scores each, or they are left out. The knot at session 5 is the
    convention of the phase model ``two-phase``; the model is general knowledge.

    Raises :class:`SeriesError` if cases are of several measures, scores, raters or ranges,
    :class:`AllianceError` if they are too few (10), do not tell the slopes or leave nothing over,
    :class:`MissingExtraError` without the extra ``stats``.

    >>> import therapeutic_alliance as ta
    >>> series = ta.simulate.simulate(ta.simulate.SCENARIOS["growth"], 60, seed=1)
    >>> found = growth(each.series for each in series)
    >>> found.cases, found.unit, found.slope_after.value > 0
    (60, 'mean', True)
    """
    whole("growth", "knot", knot, 1)
    cases = list(cases)
    refuse_mixed(SUBJECT, cases, "score", "measure", "rater", "occasion")
    refuse_mixed_scales(SUBJECT, cases)
    unit = cases[0].spec.metric if cases else "mean"
    rows = [
        [(terms(session, knot), score) for session, score in series.session_scores]
        for series in cases
    ]
    enough = [each for each in rows if len(each) >= LEAST_SCORES]
    found = fit(enough, unit, left_out=len(rows) - len(enough))
    level, before, after = found.effects
    return GrowthModel(
        knot=knot, level=level, slope_before=before, slope_after=after, **found.common
    )
