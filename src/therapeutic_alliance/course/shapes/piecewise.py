"""Growth in two pieces: one slope up to a session, another after it."""

from attrs import evolve, field, frozen

from therapeutic_alliance.course.parameters import whole
from therapeutic_alliance.course.piecewise import terms
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.psychometrics.least_squares import least_squares

LEAST = 3
"""Observed sessions that each slope needs. A convention of this library."""


@frozen(kw_only=True)
class PiecewiseGrowth:
    """Level at a session, the slopes before and after it, or why there are none."""

    knot: int
    """Session number at which the slope may change."""
    level: float | None = field(default=None, repr=False)
    """Of the fit at the knot, in the metric of the series."""
    slope_before: float | None = None
    """Per session, up to the knot."""
    slope_after: float | None = None
    """Per session, after the knot."""
    rss: float | None = None
    """Residual sum of squares."""
    observed: tuple[int, int]
    """Observed sessions up to the knot, and after it."""
    why: str
    low_information: bool
    """Half or more of the scores are at the possible maximum."""

    def __str__(self) -> str:
        return self.why


def piecewise_growth(series: Series, *, knot: int = 5) -> PiecewiseGrowth:
    """Two joined lines through the observed scores of a course, by least squares.

    The score at session ``t`` is fitted from the columns ``1``, ``min(t, knot) - knot`` and
    ``max(t - knot, 0)``. The knot of 5 is the convention of the phase model ``two-phase``. Each
    slope needs three observed sessions; the knot counts to the first.

    Raises :class:`AllianceError` if ``knot`` is no session number.

    >>> scores = [3.0, 3.25, 3.5, 3.75, 4.0, 3.9, 3.8, 3.7]
    >>> print(piecewise_growth(Series.of(scores, low=1, high=5)))
    level 4 at session 5, slope 0.2500 up to it and -0.1000 after it, RSS 0.0000
    """
    whole("piecewise", "knot", knot, 1)
    observed = series.session_scores
    sessions = [session for session, _ in observed]
    before = sum(session <= knot for session in sessions)
    without = PiecewiseGrowth(
        knot=knot,
        observed=(before, len(sessions) - before),
        why=_too_few(knot, before, len(sessions) - before),
        low_information=series.at_ceiling,
    )
    if without.why:
        return without
    columns = list(zip(*(terms(session, knot) for session in sessions), strict=True))
    fit = least_squares(columns, [score for _, score in observed])
    if fit is None:
        return evolve(without, why="the sessions lie too far apart to tell both slopes")
    level, slope_before, slope_after = fit.coefficients
    slopes = f"slope {_four(slope_before)} up to it and {_four(slope_after)} after it"
    return evolve(
        without,
        level=level,
        slope_before=slope_before,
        slope_after=slope_after,
        rss=fit.rss,
        why=f"level {level:.4g} at session {knot}, {slopes}, RSS {fit.rss:.4f}",
    )


def _too_few(knot: int, before: int, after: int) -> str:
    """Why there are no two slopes; empty if there are sessions enough."""
    if min(before, after) >= LEAST:
        return ""
    said = f"{before} observed up to session {knot} and {after} after it"
    return f"not enough data: {said}, {LEAST} of each needed"


def _four(slope: float) -> str:
    """With four digits, and no minus before 0."""
    return f"{round(slope, 4) + 0.0:.4f}"
