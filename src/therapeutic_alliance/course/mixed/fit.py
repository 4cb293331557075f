"""A model whose coefficients are all random over cases, fitted by statsmodels."""

import warnings
from collections.abc import Sequence
from math import isfinite
from typing import Any

from attrs import frozen

from therapeutic_alliance.errors import AllianceError, MissingExtraError
from therapeutic_alliance.model.immutable import as_tuples
from therapeutic_alliance.model.scored import Metric

SUBJECT = "a mixed model has"
"""Begins what is said of series that are not alike."""
LEAST_CASES = 10
"""Cases that a model needs: this library's convention. More are better: see ``remarks``."""
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
class Fit:
    """What a model is made of."""

    effects: Sequence[Effect]
    common: dict[str, Any]


def fit(cases: Sequence[Rows], unit: Metric, *, left_out: int) -> Fit:
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
    return Fit(effects=effects, common=common)


def _packages() -> tuple[Any, Any]:
    """NumPy and the class of statsmodels, which takes seconds to import."""
    try:
        import numpy as np
        from statsmodels.regression.mixed_linear_model import (  # type: ignore[import-untyped]
            MixedLM,
        )
    except ImportError:
        raise MissingExtraError.of("mixed models need", "stats") from None
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
