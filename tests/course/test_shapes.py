"""The shape of a course by AICc (ruptures, section 2), beside NumPy's polynomials."""

from math import log, sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.course.illustrations import A, B, C, D, S, on_mean, stated
from therapeutic_alliance.testing.rules.metrics import APART, METRICS, TIED, in_every_metric
from therapeutic_alliance.testing.rules.odd import ODD
from therapeutic_alliance.testing.silence import unwarned

classify = ta.shapes.classify
API = Path(__file__).parents[2] / "docs" / "reference" / "api.md"

SHORT_U = on_mean([4.4, 3.9, 3.5, 3.4, 3.9, 4.5])
U = on_mean([4.4, 4.2, 4.0, 3.7, 3.5, 3.4, 3.6, 3.9, 4.2, 4.5])
LINEAR = on_mean([3.2, 3.5, 3.7, 4.0, 4.2, 4.5])
FLAT = on_mean([4.0, 4.1, 4.0, 4.05, 4.0, 4.1])


@pytest.mark.parametrize(
    ("series", "kind", "aicc"),
    [
        (SHORT_U, "stable", [-2.67, 7.32, 15.17]),
        (U, "U", [-14.50, -10.22, -31.94]),
        (LINEAR, "linear", [-1.99, -26.80, 3.20]),
        (FLAT, "stable", [-29.25, -19.71, 10.03]),
        (A, "stable", [-31.55, -28.48, -25.08]),
    ],
)
def test_aicc_of_the_worked_courses(series: ta.Series, kind: str, aicc: list[float]) -> None:
    """Section 2, shape classes: five courses with the AICc of degree 0, 1 and 2."""
    found = classify(series)
    assert found.kind == kind
    assert [each.aicc for each in found.curves] == pytest.approx(aicc, abs=0.01)


def test_the_worked_u() -> None:
    """Section 2, shape classes, n = 10: RSS, b2, slope, vertex, fitted range."""
    found = classify(U)
    assert [round(each.rss, 4) for each in found.curves] == [1.3240, 1.3240, 0.0828]
    curve = found.curve
    assert curve is not None
    assert curve.vertex is not None
    assert (round(curve.curvature, 4), abs(round(curve.slope, 4))) == (0.0485, 0)
    assert round(curve.vertex, 2) == 5.50
    assert round(curve.fitted_range, 3) == 0.970
    assert found.threshold == pytest.approx(0.6)


def test_the_worked_line() -> None:
    """Section 2, shape classes, linear example: slope .2543, fitted range 1.271."""
    curve = classify(LINEAR).curve
    assert curve is not None
    assert (round(curve.slope, 4), round(curve.fitted_range, 3)) == (0.2543, 1.271)
    assert (curve.curvature, curve.vertex) == (0, None)


def test_an_inverted_u_is_the_mirror_of_a_u() -> None:
    """Section 2, shape classes: b2 < 0."""
    mirrored = on_mean([8 - each.value for each in U if each.value is not None])
    assert classify(mirrored).kind == "inverted-U"


def _parabola(n: int, factor: float = 0.1) -> ta.Series:
    return on_mean([1 + factor * (each - (n + 1) / 2) ** 2 for each in range(1, n + 1)])


def test_how_many_sessions_are_needed() -> None:
    """Section 2, shape classes: linear from n = 5, quadratic from n = 8, else insufficient."""
    assert [classify(_parabola(n)).kind for n in (7, 8)] == ["stable", "U"]
    kinds = [classify(on_mean([2.0 + each / 2 for each in range(n)])).kind for n in (0, 4, 5)]
    assert kinds == ["insufficient", "insufficient", "linear"]
    short = classify(D)
    assert (short.curve, short.why) == (None, "4 observed, 5 needed")


def test_a_vertex_outside_leaves_the_choice_to_the_rest() -> None:
    """Section 2, shape classes: the right half of a U fits it exactly and is told as a line."""
    found = classify(on_mean([1 + 0.05 * each**2 for each in range(1, 9)]))
    vertex = found.curves[2].vertex
    assert vertex is not None
    assert (found.curves[2].exact, vertex < 1) == (True, True)
    assert found.kind == "linear"


@pytest.mark.parametrize(
    ("fall", "kind"),
    [(0.59, "stable"), (0.6, "linear"), (0.61, "linear")],
)
def test_a_line_has_to_span_a_reliable_change(fall: float, kind: str) -> None:
    """Section 2, shape classes: linear too; a range of exactly RC counts (section 0, 5)."""
    series = on_mean([4.7 - fall * each / 7 for each in range(8)])
    found = classify(series)
    if fall == 0.6:
        assert found.curves[1].fitted_range < 0.6, "a tie that rounding would break"
    assert found.kind == kind
    assert found.curve is not None
    if kind == "stable":
        assert (found.curve.degree, found.curve.slope) == (0, 0)
        assert "less than 0.6" in found.why


def test_a_parabola_has_to_span_a_reliable_change() -> None:
    """Section 2, shape classes: the fitted range, .3, is below .60."""
    shallow = _parabola(8, 0.3 / 12)
    assert classify(shallow).kind == "stable"
    told = ta.ReliableChange(**{**stated(), "sd": 0.2})
    assert classify(shallow, change=told).kind == "U"


def test_the_threshold_says_where_it_comes_from() -> None:
    """Section 0 (7): computed, or the library's convention."""
    assert "no source" in classify(U).conventions[0]
    own = classify(U, change=ta.ReliableChange(**stated()))
    assert own.threshold == pytest.approx(0.6136, abs=1e-4)
    assert "from an illustration" in own.conventions[0]


def test_an_exact_fit_needs_no_aicc() -> None:
    """Section 2, shape classes: RSS < 1e-12 * n."""
    level, rising = classify(on_mean([4.2] * 9)), classify(on_mean([2.1, 2.4, 2.7, 3.0, 3.3]))
    assert (level.kind, rising.kind) == ("stable", "linear")
    for found, degree in ((level, 0), (rising, 1)):
        assert found.curve is not None
        assert (found.curve.degree, found.curve.exact, found.curve.aicc) == (degree, True, None)
        assert f"degree {degree} fits exactly" in found.why


@pytest.mark.parametrize("series", [A, B, C, D, S, U, LINEAR, FLAT])
def test_curves_are_those_of_numpy(series: ta.Series) -> None:
    """Level, slope, curvature, RSS, residual SD and AICc, recomputed from ``polyfit``."""
    sessions = np.array([each.session for each in series.observed], dtype=float)
    scores = np.array([each.value for each in series.observed], dtype=float)
    centred, n = sessions - sessions.mean(), len(scores)
    for curve in classify(series).curves:
        wanted = np.polyfit(centred, scores, curve.degree)[::-1]
        found = (curve.level, curve.slope, curve.curvature)[: curve.degree + 1]
        assert list(found) == pytest.approx(list(wanted), abs=1e-9)
        residuals = scores - np.polyval(wanted[::-1], centred)
        rss = float(residuals @ residuals)
        assert curve.rss == pytest.approx(rss, abs=1e-9)
        if n > curve.degree + 1:
            assert curve.residual_sd == pytest.approx(sqrt(rss / (n - curve.degree - 1)), abs=1e-9)
        p = curve.degree + 2
        if n > p + 1 and rss > 1e-9:
            aicc = n * log(rss / n) + 2 * p + 2 * p * (p + 1) / (n - p - 1)
            assert curve.aicc == pytest.approx(aicc, abs=1e-6)
        else:
            assert curve.aicc is None


def _by_numpy(sessions: list[int], scores: list[float], threshold: float) -> str:
    """The rules of section 2 once more, from ``polyfit`` alone."""
    n, x, y = len(scores), np.array(sessions, dtype=float), np.array(scores)
    x = x - x.mean()
    if n < 5:
        return "insufficient"
    best, kind = np.inf, ""
    for degree in (0, 1, 2) if n >= 8 else (0, 1):
        fit = np.polyfit(x, y, degree)
        curve = np.polyval(fit, x)
        rss, p = float(((y - curve) ** 2).sum()), degree + 2
        if degree < 2 and rss < 1e-12 * n:
            return "linear" if np.ptp(curve) >= threshold - 1e-9 else "stable"
        if degree == 2 and not x[0] <= -fit[1] / (2 * fit[0]) <= x[-1]:
            continue
        aicc = n * log(rss / n) + 2 * p + 2 * p * (p + 1) / (n - p - 1)
        if aicc < best:
            enough = np.ptp(curve) >= threshold - 1e-9
            named = ("stable", "linear", "U" if fit[0] > 0 else "inverted-U")[degree]
            best, kind = aicc, named if enough else "stable"
    return kind


@st.composite
def bent(draw: st.DrawFn) -> tuple[list[int], list[float]]:
    """Sessions, and scores along some parabola with noise; simulated."""
    sessions = sorted(draw(st.sets(st.integers(1, 30), min_size=4, max_size=20)))
    middle, half = (sessions[0] + sessions[-1]) / 2, (sessions[-1] - sessions[0]) / 2
    slope, bend = draw(st.floats(-0.8, 0.8)), draw(st.floats(-0.8, 0.8))
    noise = [draw(st.floats(-0.25, 0.25)) for _ in sessions]
    places = [(session - middle) / half for session in sessions]
    scores = [
        min(5.0, max(1.0, round(3 + slope * place + bend * place**2 + each, 2)))
        for place, each in zip(places, noise, strict=True)
    ]
    return sessions, scores


@given(bent())
def test_classes_are_those_of_the_rules_restated(of: tuple[list[int], list[float]]) -> None:
    sessions, scores = of
    found = classify(ta.Series.of(scores, low=1, high=5, sessions=sessions))
    assume(not found.curves[-1].exact)
    assume(found.curves[-1].vertex is None or abs(found.curves[-1].curvature) > 1e-6)
    assert found.kind == _by_numpy(sessions, scores, 0.6)


@given(bent(), st.integers(0, 1_000))
def test_other_session_numbers_move_the_curve(of: tuple[list[int], list[float]], by: int) -> None:
    """Later by a number of sessions: the same curve, its centre and vertex as much later."""
    sessions, scores = of
    moved = [session + by for session in sessions]
    here, there = (
        classify(ta.Series.of(scores, low=1, high=5, sessions=s)) for s in (sessions, moved)
    )
    assert here.kind == there.kind
    for one, two in zip(here.curves, there.curves, strict=True):
        assert two.centre == pytest.approx(one.centre + by)
        assert _numbers(one) == pytest.approx(_numbers(two), abs=1e-7)


@given(bent())
def test_backwards_the_slope_turns(of: tuple[list[int], list[float]]) -> None:
    """The last session first: the same class; a slope with the other sign, curvature as it was."""
    sessions, scores = of
    mirrored = [sessions[0] + sessions[-1] - session for session in reversed(sessions)]
    here = classify(ta.Series.of(scores, low=1, high=5, sessions=sessions))
    there = classify(ta.Series.of(scores[::-1], low=1, high=5, sessions=mirrored))
    assert here.kind == there.kind
    for one, two in zip(here.curves, there.curves, strict=True):
        assert (two.level, -two.slope, two.curvature, two.rss) == pytest.approx(
            _numbers(one), abs=1e-9
        )


def _numbers(curve: Any) -> tuple[float, ...]:
    return curve.level, curve.slope, curve.curvature, curve.rss


@pytest.mark.parametrize("measure", [APART, TIED])
def test_the_metric_does_not_matter(measure: ta.Measure) -> None:
    """Sum, mean and percent: the same class; level as the scores, slope in proportion."""
    kinds = set()
    for course in in_every_metric(measure):
        found = {metric: classify(course[metric]) for metric in METRICS}
        kinds.add(found["sum"].kind)
        assert len({each.kind for each in found.values()}) == 1
        curves = [found[metric].curve for metric in METRICS]
        ranges = [course[metric].spec.high - course[metric].spec.low for metric in METRICS]
        for each, size in zip(curves, ranges, strict=True):
            if each and curves[0]:
                assert each.slope / size == pytest.approx(curves[0].slope / ranges[0], abs=1e-12)
                assert each.fitted_range / size == pytest.approx(
                    curves[0].fitted_range / ranges[0], abs=1e-9
                )
    assert {"stable", "insufficient", "linear"} <= kinds


@pytest.mark.parametrize("name", ODD)
def test_odd_courses_are_answered(name: str) -> None:
    """Bad input: short, level, unobserved, at the ceiling, with gaps."""
    found = unwarned(lambda: classify(ODD[name]))
    assert found.why.isprintable()
    assert str(found).startswith(f"{found.kind}: ")


@pytest.mark.parametrize("score", [1.0, 3.3, 5.0])
def test_equal_scores_are_stable(score: float) -> None:
    """Bad input: SD 0, at the floor, in the middle and at the ceiling."""
    assert classify(on_mean([score] * 12)).kind == "stable"


def test_the_ceiling_is_told() -> None:
    """Section 0 (10): half or more of the scores at the maximum."""
    assert classify(C).low_information
    assert not classify(A).low_information


def test_large_session_numbers_cost_no_precision() -> None:
    """Numbers near 10**9: the curve of the worked U, moved."""
    far = [10**9 + each for each in range(1, 11)]
    found = classify(ta.Series.of([p.value for p in U], low=1, high=5, sessions=far))
    assert found.kind == "U"
    assert found.curve is not None
    assert found.curve.curvature == pytest.approx(0.0485, abs=1e-4)
    assert found.curve.vertex == pytest.approx(10**9 + 5.5, abs=1e-3)


def test_a_hundred_thousand_sessions() -> None:
    """Bad input: a whole U, seen after 10**5 sessions."""
    n = 10**5
    found = classify(on_mean([3 + 2 * (2 * each / (n - 1) - 1) ** 2 for each in range(n)]))
    assert found.kind == "U"
    assert found.curve is not None
    assert found.curve.vertex == pytest.approx((n + 1) / 2, abs=1e-3)


def test_rounding_is_no_slope() -> None:
    """Float noise: what is the same but for rounding is stable, and without a minus before 0."""
    found = classify(on_mean([0.1 + 0.2 + 3, 3.3, 3.3, 3.3 + 1e-15, 3.3, 3.3]))
    assert found.kind == "stable"
    assert "-0.0000" not in found.why


def test_words_hold_the_numbers_used() -> None:
    assert str(classify(U)) == (
        "U: level 3.54 at session 5.5, slope 0.0000, curvature 0.0485, vertex at session 5.50, "
        "residual SD 0.1088, AICc by degree -14.50, -10.22, -31.94; fitted range 0.9697, at "
        "least 0.6"
    )
    assert "no published rule" in classify(U).citation


@pytest.mark.parametrize("name", ta.shapes.__all__)
def test_every_public_name_is_in_the_reference(name: str) -> None:
    value = getattr(ta.shapes, name)
    assert (value.__doc__ or "").strip()
    assert f":: {value.__module__}.{value.__qualname__}\n" in API.read_text(encoding="utf-8")


def test_the_namespace_is_sorted() -> None:
    assert sorted(ta.shapes.__all__) == ta.shapes.__all__
