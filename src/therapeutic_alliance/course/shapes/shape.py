"""The shape of a course: stable, linear, U or inverted U, by the curve of lowest AICc."""

from collections.abc import Sequence
from typing import Literal

from attrs import field, frozen

from therapeutic_alliance.course.change import ReliableChange
from therapeutic_alliance.course.series import EPSILON, Series
from therapeutic_alliance.course.shapes.curves import Curve, curve
from therapeutic_alliance.model.immutable import as_tuples

Kind = Literal["stable", "linear", "U", "inverted-U", "insufficient"]

LEAST = {1: 5, 2: 8}
"""Observed sessions that a line and a parabola need; with fewer than for a line, none is chosen."""
CITATION = (
    "this library's classifier (a reconstruction; no published rule). Classes after Kivlighan & "
    "Shaughnessy 2000 (verified; De Roten et al. 2004 found only stable and linear, verified); "
    "level, slope, curvature and variability after Stiles et al. 2004 (general knowledge, weak)"
)


@frozen(kw_only=True, field_transformer=as_tuples)
class Shape:
    """The class of a course, and the curve that it rests on."""

    kind: Kind
    curve: Curve | None
    """Level, slope, curvature and residual SD: of degree 0 if ``stable``, ``None`` if
    ``insufficient``."""
    curves: tuple[Curve, ...] = field(repr=False)
    """Of degree 0, 1 and 2, as far as there are sessions to determine them: to compare persons
    by the same four numbers, take the same degree of all."""
    threshold: float
    """Least fitted range of a course that is not stable, in the metric of the series."""
    observed: int
    why: str
    conventions: tuple[str, ...]
    low_information: bool
    """Half or more of the scores are at the possible maximum."""

    @property
    def citation(self) -> str:
        """Where classes and rule come from, and how sure that is."""
        return CITATION

    def __str__(self) -> str:
        return f"{self.kind}: {self.why}"


def classify(series: Series, *, change: ReliableChange | None = None) -> Shape:
    """The shape of the observed scores of a course, seen in hindsight.

    Curves of degree 0, 1 and 2 are fitted by least squares; the one of lowest AICc counts. A
    parabola needs 8 observed sessions, and its vertex among them; a line 5, and fewer are
    ``insufficient``. An exact fit needs no AICc. A curve whose values at the observed sessions
    range by less than the reliable change (``change``, otherwise 0.15 of the possible range by
    this library's convention) is ``stable``. ``U`` opens upward, ``inverted-U`` downward.

    A reconstruction of this library: the studies that the classes come from used clustering.
    ``stable`` is no sign of a good alliance, and AICc sees no parabola in a few sessions.

    >>> scores = [4.4, 4.2, 4.0, 3.7, 3.5, 3.4, 3.6, 3.9, 4.2, 4.5]
    >>> found = classify(Series.of(scores, low=1, high=5))
    >>> found.kind, round(found.curve.curvature, 4), round(found.curve.vertex, 2)
    ('U', 0.0485, 5.5)
    """
    change = change or ReliableChange()
    observed = series.session_scores
    sessions, scores = [each for each, _ in observed], [score for _, score in observed]
    fits = [curve(sessions, scores, degree) for degree in range(3)]
    curves = [each for each in fits if each is not None]
    threshold = change.size(series.spec.low, series.spec.high)
    if len(observed) < LEAST[1]:
        kind, best, why = _insufficient(len(observed))
    else:
        kind, best, why = _chosen(curves, sessions, threshold)
    return Shape(
        kind=kind,
        curve=best,
        curves=tuple(curves),
        threshold=threshold,
        observed=len(observed),
        why=why,
        conventions=(f"least range of a curve that is not stable: {change}",),
        low_information=series.at_ceiling,
    )


def _insufficient(observed: int) -> tuple[Kind, None, str]:
    return "insufficient", None, f"{observed} observed, {LEAST[1]} needed"


def _chosen(
    curves: Sequence[Curve], sessions: Sequence[int], threshold: float
) -> tuple[Kind, Curve, str]:
    """Class, curve and the numbers behind them."""
    allowed = [each for each in curves if each.degree < 2 or _turns_within(each, sessions)]
    best = _lowest(allowed)
    numbers = _numbers(best, allowed)
    if not best.degree:
        return "stable", best, numbers
    spans = f"fitted range {best.fitted_range:.4g}"
    if best.fitted_range < threshold - EPSILON:
        level = curves[0]
        said = f"the curve of degree {best.degree} fits best, but its {spans}"
        return "stable", level, f"{said} is less than {threshold:.4g}; {_numbers(level, allowed)}"
    kind: Kind = "linear"
    if best.degree == 2:
        kind = "U" if best.curvature > 0 else "inverted-U"
    return kind, best, f"{numbers}; {spans}, at least {threshold:.4g}"


def _turns_within(parabola: Curve, sessions: Sequence[int]) -> bool:
    """Whether a parabola may be chosen: enough sessions, and a vertex among them."""
    vertex = parabola.vertex
    return (
        len(sessions) >= LEAST[2]
        and vertex is not None
        and sessions[0] - EPSILON <= vertex <= sessions[-1] + EPSILON
    )


def _lowest(curves: Sequence[Curve]) -> Curve:
    """The first that fits exactly; if none does, that of lowest AICc, of equals the first."""
    exact = [each for each in curves if each.exact]
    if exact:
        return exact[0]
    criteria = [(each.aicc, each) for each in curves if each.aicc is not None]
    lowest = min(aicc for aicc, _ in criteria)
    return next(each for aicc, each in criteria if aicc <= lowest + EPSILON)


def _numbers(best: Curve, curves: Sequence[Curve]) -> str:
    parts = [f"level {best.level:.4g} at session {best.centre:g}"]
    if best.degree:
        parts.append(f"slope {round(best.slope, 4) + 0.0:.4f}")
    if best.vertex is not None:
        parts.append(f"curvature {best.curvature:.4f}, vertex at session {best.vertex:.2f}")
    if best.residual_sd is not None and not best.exact:
        parts.append(f"residual SD {best.residual_sd:.4g}")
    compared = [f"{each.aicc:.2f}" for each in curves if each.aicc is not None]
    exact = [f"degree {each.degree} fits exactly" for each in curves if each.exact][:1]
    parts += exact or [f"AICc by degree {', '.join(compared)}"]
    return ", ".join(parts)
