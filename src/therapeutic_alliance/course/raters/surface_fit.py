"""A response surface fitted to cases, and the test of a congruence effect."""

from collections.abc import Sequence
from math import fsum, sqrt

from attrs import frozen

from therapeutic_alliance.course.raters.surface import Surface
from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.psychometrics.least_squares import LeastSquares, least_squares
from therapeutic_alliance.psychometrics.ratings import table
from therapeutic_alliance.psychometrics.spread import mean
from therapeutic_alliance.psychometrics.student import two_sided_p

_COEFFICIENTS = 6
_EXACT = 1e-18
"""Residuals up to this share of the sum of squares are rounding."""
_WEIGHTS = (
    (0, 1, 1, 0, 0, 0),
    (0, 0, 0, 1, 1, 1),
    (0, 1, -1, 0, 0, 0),
    (0, 0, 0, 1, -1, 1),
    (0, 0, 0, 1, 0, -1),
)
"""What a1 to a5 are made of: b0 to b5."""


@frozen
class Estimate:
    """One of a1 to a5, with what a sample says of it."""

    value: float
    se: float
    p: float
    """Two-sided, from t with ``n - 6`` degrees of freedom."""


Estimates = tuple[Estimate, Estimate, Estimate, Estimate, Estimate]


@frozen(kw_only=True)
class SurfaceFit:
    """A response surface of a sample."""

    n: int
    """Cases."""
    centre: float | None = None
    """What was subtracted from both views."""
    surface: Surface | None = None
    r_squared: float | None = None
    """``None`` if the outcome does not vary."""
    estimates: Estimates | None = None
    """a1 to a5 with standard errors by the delta method; exact here, as they are linear in b."""
    why: str = ""
    """Why something is missing; empty if nothing is."""


@frozen(kw_only=True)
class Congruence:
    """Whether a sample agrees with a congruence effect: the outcome is best where views agree."""

    broad: bool | None
    """The outcome is lower off the line of agreement, and its ridge lies on that line."""
    strict: bool | None
    """And the level at which the views agree does not matter."""
    why: str


def fit_surface(
    x: Sequence[float], y: Sequence[float], z: Sequence[float], *, centre: float | None = None
) -> SurfaceFit:
    """Least squares of an outcome ``z`` on the views ``x`` and ``y``, one of each a case.

    ``x`` and ``y`` are on one scale; ``centre`` (default: the mean of all of both) is subtracted
    from each. Cases are independent: sessions of one case are not. No surface with fewer than 6
    cases or views that do not differ enough; no standard errors with 6, or if nothing is left
    over. Raises :class:`AllianceError` for unequal lengths or what is no finite number.

    >>> client, therapist = [1, 1, 1, 2, 2, 2, 3, 3, 3], [1, 2, 3, 1, 2, 3, 1, 2, 3]
    >>> outcome = [4.0, 3.1, 0.1, 2.9, 4.1, 3.0, 0.2, 3.0, 4.0]
    >>> fit = fit_surface(client, therapist, outcome)
    >>> round(fit.estimates[3].value, 2), round(fit.estimates[3].se, 2), congruence(fit).broad
    (-3.89, 0.11, True)
    """
    if not len(x) == len(y) == len(z):
        raise AllianceError("x, y and z: as many numbers of each")
    rows = table(zip(x, y, z, strict=True), "refuse").rows
    n = len(rows)
    if n < _COEFFICIENTS:
        return SurfaceFit(n=n, why=f"{n} cases, {_COEFFICIENTS} are needed")
    if centre is None:
        centre = mean([each for a, b, _ in rows for each in (a, b)])
    points = [(a - centre, b - centre) for a, b, _ in rows]
    terms = [(1.0, a, b, a * a, a * b, b * b) for a, b in points]
    outcome = [c for _, _, c in rows]
    fit = least_squares(list(zip(*terms, strict=True)), outcome)
    if fit is None:
        return SurfaceFit(n=n, centre=centre, why="the views do not differ enough for a surface")
    b0, b1, b2, b3, b4, b5 = fit.coefficients
    surface = Surface(b0=b0, b1=b1, b2=b2, b3=b3, b4=b4, b5=b5)
    level = mean(outcome)
    total = fsum((each - level) ** 2 for each in outcome)
    rounding = _EXACT * fsum(each**2 for each in outcome)
    r_squared = 1 - fit.rss / total if total > rounding else None
    df = n - _COEFFICIENTS
    if not df or fit.rss <= rounding:
        why = "no standard errors: the surface goes through every case"
        return SurfaceFit(n=n, centre=centre, surface=surface, r_squared=r_squared, why=why)
    estimates = _estimates(surface, fit, df)
    return SurfaceFit(n=n, centre=centre, surface=surface, r_squared=r_squared, estimates=estimates)


def congruence(fit: SurfaceFit, *, level: float = 0.05) -> Congruence:
    """The test of Humberg, Nestler & Back 2019 (general knowledge, confident), three-valued.

    Broad: a4 is below 0 and significant, a3 is not significant, and the ridge lies on the line of
    congruence: a5 is not significant, which stands for p11 = 1 if b4 is above 0 (below 0, p11 is
    -1 and the ridge lies across), and with a3 for p10 = 0. So it can be tested also where the
    principal axis is degenerate, as in ``Z = -(X - Y)^2``. Strict: also a1 and a2 are not
    significant. ``None`` where nothing can be tested. What is not significant is not shown to be
    0: a small sample agrees with much.

    >>> congruence(SurfaceFit(n=3, why="3 cases, 6 are needed")).broad is None
    True
    """
    if not 0 < level < 1:
        raise AllianceError("level: a number between 0 and 1 is needed")
    if fit.surface is None or fit.estimates is None:
        return Congruence(broad=None, strict=None, why=fit.why)
    a1, a2, a3, a4, a5 = fit.estimates
    broad = {
        "a4 is below 0 and significant": a4.value < 0 and a4.p < level,
        "a3 is not significant": a3.p >= level,
        "a5 is not significant": a5.p >= level,
        "b4 is above 0": fit.surface.b4 > 0,
    }
    strict = {
        "a1 is not significant": a1.p >= level,
        "a2 is not significant": a2.p >= level,
    }
    said = (f"{name}: {'yes' if holds else 'no'}" for name, holds in {**broad, **strict}.items())
    return Congruence(
        broad=all(broad.values()),
        strict=all({**broad, **strict}.values()),
        why="; ".join(said),
    )


def _estimates(surface: Surface, fit: LeastSquares, df: int) -> Estimates:
    ses = [sqrt(fit.rss / df * fit.variance_of(weights)) for weights in _WEIGHTS]
    a1, a2, a3, a4, a5 = (
        Estimate(value, se, two_sided_p(value / se, df))
        for value, se in zip(surface.a, ses, strict=True)
    )
    return a1, a2, a3, a4, a5
