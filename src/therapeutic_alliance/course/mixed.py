"""Mixed models of a cohort: what holds on average, and how much cases differ in it.

``ta.mixed.growth(cases)`` and ``ta.mixed.truth_and_bias(dyads)``. Both need the extra ``stats``:
statsmodels fits them, by restricted maximum likelihood, with every coefficient random over cases.
Whether that came to an end is often doubtful, so the result says so: read ``converged`` and
``remarks`` before the numbers.
"""

import warnings
from collections.abc import Iterable, Sequence
from math import isfinite
from typing import Any

from attrs import frozen

from therapeutic_alliance.course.parameters import whole
from therapeutic_alliance.course.raters.pairs import Pairs, alike, pairs
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.errors import AllianceError, MissingExtraError, SeriesError
from therapeutic_alliance.model.immutable import as_tuples
from therapeutic_alliance.model.scored import Metric
from therapeutic_alliance.psychometrics.spread import mean

LEAST_CASES = 10
"""Cases that a model needs: this library's convention. More are better: see ``remarks``."""
LEAST_SCORES = 2
"""Scores that a case needs to count."""
SMALL = 1e-12
"""Of the squared scores: what is left over within cases must be more, to be divided by."""

Rows = Sequence[tuple[Sequence[float], float]]
"""Of one case: predictors and score of each session."""


@frozen(kw_only=True)
class Effect:
    """One coefficient of the model."""

    value: float
    """On average over cases."""
    se: float | None
    """Its standard error; ``None`` if it cannot be computed."""
    variance: float
    """Between cases."""


@frozen(kw_only=True, field_transformer=as_tuples)
class MixedModel:
    """What the models have in common."""

    unit: Metric
    """Of the scores."""
    residual_variance: float
    """Within cases."""
    cases: int
    scores: int
    """Sessions that were used."""
    left_out: int
    """Cases with too few of them."""
    converged: bool
    """``False``: do not use the numbers."""
    remarks: tuple[str, ...]
    """What statsmodels had to say of the fit, each once; empty if nothing."""


@frozen(kw_only=True)
class GrowthModel(MixedModel):
    """How the scores of a cohort grow: two lines that meet at the knot."""

    knot: int
    level: Effect
    """At the knot."""
    slope_before: Effect
    """A session, up to the knot."""
    slope_after: Effect
    """A session, after it."""


@frozen(kw_only=True)
class TruthAndBiasModel(MixedModel):
    """How judgements of many dyads follow the truth."""

    bias: Effect
    """b0, directional bias: how far the judgement lies above the truth."""
    tracking: Effect
    """b1, temporal congruence: its change for a change of the truth by 1."""


@frozen(kw_only=True)
class _Fit:
    effects: Sequence[Effect]
    common: dict[str, Any]


def growth(cases: Iterable[Series], *, knot: int = 5) -> GrowthModel:
    """Piecewise linear growth with level and both slopes random over cases.

    ``score = level + slope_before * (min(t, knot) - knot) + slope_after * max(t - knot, 0)``, in
    the metric of the series, ``t`` the session number; ``cases`` are series of one score, one a
    case, with at least 2 scores each, or they are left out. The knot at session 5 is the
    convention of :class:`TwoPhase`; the model is general knowledge.

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
    _one_source(cases)
    unit = _one_scale(cases)
    rows = [
        [
            ((1.0, min(each.session, knot) - knot, max(each.session - knot, 0)), each.value)
            for each in series
            if each.value is not None
        ]
        for series in cases
    ]
    enough = [each for each in rows if len(each) >= LEAST_SCORES]
    found = _fit(enough, unit, left_out=len(rows) - len(enough))
    level, before, after = found.effects
    return GrowthModel(
        knot=knot, level=level, slope_before=before, slope_after=after, **found.common
    )


def truth_and_bias(
    dyads: Iterable[Sequence[Series]], *, percent: bool = False
) -> TruthAndBiasModel:
    """The truth-and-bias model of West & Kenny 2011, bias and tracking random over dyads.

    ``J_it = b0_i + b1_i * T_it + e_it``, where both the truth ``T`` and the judgement ``J`` are
    centred on the dyad's mean of the truth, over its common sessions. ``dyads`` are pairs of
    series, truth first: by convention that of the client. Dyads with fewer than 5 common sessions
    are left out. ``percent``: see ``ta.raters``. Errors as for :func:`growth`.

    >>> from random import Random
    >>> draw = Random(1)
    >>> truths = [[draw.gauss(70, 5) for _ in range(8)] for _ in range(12)]
    >>> judged = [[30 + 0.5 * score + draw.gauss(0, 2) for score in each] for each in truths]
    >>> series = [[Series.of(one, low=0, high=100) for one in each] for each in (truths, judged)]
    >>> found = truth_and_bias(zip(*series))
    >>> round(found.bias.value), round(found.tracking.value, 1)
    (-5, 0.5)
    """
    both = [(truth, judgement) for truth, judgement in dyads]
    _one_source([truth for truth, _ in both])
    _one_source([judgement for _, judgement in both])
    unit = "percent" if percent else _one_scale([each for dyad in both for each in dyad])
    paired = [pairs(truth, judgement, percent=percent) for truth, judgement in both]
    enough = [_centred(each) for each in paired if not each.too_few]
    found = _fit(enough, unit, left_out=len(paired) - len(enough))
    bias, tracking = found.effects
    return TruthAndBiasModel(bias=bias, tracking=tracking, **found.common)


def _centred(both: Pairs) -> Rows:
    centre = mean(both.first)
    return [
        ((1.0, truth - centre), judgement - centre)
        for truth, judgement in zip(both.first, both.second, strict=True)
    ]


def _one_source(cases: Sequence[Series]) -> None:
    """Each measure, rater and occasion has a level of its own."""
    if len({(each.measure, each.rater, each.occasion) for each in cases}) > 1:
        raise SeriesError("a mixed model is of one measure, rater and occasion")


def _one_scale(cases: Sequence[Series]) -> Metric:
    """The metric of all of them; they are of one score with one possible range."""
    for one, other in ((cases[0].spec, each.spec) for each in cases):
        if (one.id, one.metric) != (other.id, other.metric) or not alike(
            one.low, other.low, one.high, other.high
        ):
            raise SeriesError("a mixed model is of one score in one metric and possible range")
    return cases[0].spec.metric if cases else "mean"


def _fit(cases: Sequence[Rows], unit: Metric, *, left_out: int) -> _Fit:
    """The model with all predictors random over cases."""
    if len(cases) < LEAST_CASES:
        raise AllianceError(
            f"a mixed model needs at least {LEAST_CASES} cases; here are {len(cases)}"
        )
    np, mixed_model = _packages()
    predictors = np.array([row for case in cases for row, _ in case], dtype=float)
    scores = np.array([score for case in cases for _, score in case], dtype=float)
    _refuse_unclear(np, predictors, scores, cases)
    # predictors of one size let the search find variances of one size
    sizes = np.sqrt((predictors**2).mean(axis=0))
    predictors = predictors / sizes
    who = [n for n, case in enumerate(cases) for _ in case]
    result, remarks = _heard(mixed_model(scores, predictors, groups=who, exog_re=predictors))
    columns = (
        result.fe_params / sizes,
        result.bse_fe / sizes,
        result.cov_re.diagonal() / sizes**2,
    )
    common = {
        "unit": unit,
        "residual_variance": float(result.scale),
        "cases": len(cases),
        "scores": len(scores),
        "left_out": left_out,
        "converged": bool(result.converged),
        "remarks": remarks,
    }
    effects = [
        Effect(value=value, se=se if isfinite(se) else None, variance=variance)
        for value, se, variance in zip(*(each.tolist() for each in columns), strict=True)
    ]
    return _Fit(effects=effects, common=common)


def _packages() -> tuple[Any, Any]:
    """NumPy and the class of statsmodels, which takes seconds to import."""
    try:
        import numpy as np
        from statsmodels.regression.mixed_linear_model import (  # type: ignore[import-untyped]
            MixedLM,
        )
    except ImportError:
        raise MissingExtraError(
            "mixed models need the extra: pip install 'therapeutic-alliance[stats]'"
        ) from None
    return np, MixedLM


def _refuse_unclear(np: Any, predictors: Any, scores: Any, cases: Sequence[Rows]) -> None:
    """A model without an answer, or without anything left to ask."""
    if np.linalg.matrix_rank(predictors) < predictors.shape[1]:
        raise AllianceError("the sessions of these cases cannot tell the coefficients apart")
    left = 0.0
    for case in cases:
        rows, values = (np.array(each, dtype=float) for each in zip(*case, strict=True))
        own = np.linalg.lstsq(rows, values, rcond=None)[0]
        left += ((values - rows @ own) ** 2).sum()
    if left <= SMALL * (scores @ scores):
        raise AllianceError("a line of its own fits every score of each case: nothing is left over")


def _heard(model: Any) -> tuple[Any, list[str]]:
    """The result of a fit, and what was warned of on the way, in words."""
    result = None
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            fit = model.fit(reml=True)
            fit.bse_fe  # noqa: B018 - computed now, while its warnings are heard
            if all(map(isfinite, (fit.scale, *fit.fe_params, *fit.cov_re.flat))):
                result = fit
        except ValueError:  # a singular matrix too
            result = None
    if result is None:
        raise AllianceError("a mixed model of these scores cannot be computed")
    return result, list(dict.fromkeys(" ".join(str(each.message).split()) for each in caught))
