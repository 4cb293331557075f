"""Growth in two pieces (ruptures, section 2), beside NumPy's least squares."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.course.illustrations import A, B, C, D, on_mean
from therapeutic_alliance.testing.rules.metrics import APART, METRICS, in_every_metric
from therapeutic_alliance.testing.rules.odd import ODD
from therapeutic_alliance.testing.silence import unwarned

piecewise = ta.shapes.piecewise_growth


def _numbers(found: Any) -> tuple[Any, ...]:
    return found.level, found.slope_before, found.slope_after, found.rss


def test_the_worked_course() -> None:
    """Section 2, piecewise growth: A, knot 5."""
    assert [round(each, 4) for each in _numbers(piecewise(A))] == [4.1261, 0.0454, -0.0085, 1.6035]
    assert piecewise(A).observed == (5, 11)
    assert str(piecewise(A)) == (
        "level 4.126 at session 5, slope 0.0454 up to it and -0.0085 after it, RSS 1.6035"
    )


@pytest.mark.parametrize(
    ("series", "said"),
    [
        (D, "4 observed up to session 5 and 0 after it"),
        (on_mean([4.0, None, None, None, 4.0, 3.0, 3.0, 3.0]), "2 observed up to session 5 and 3"),
        (on_mean([4.0, 4.0, 4.0, None, None, 3.0, 3.0]), "3 observed up to session 5 and 2"),
        (on_mean([]), "0 observed up to session 5 and 0 after it"),
    ],
)
def test_each_slope_needs_three_sessions(series: ta.Series, said: str) -> None:
    """Section 2, piecewise growth: None, and a reason."""
    found = piecewise(series)
    assert _numbers(found) == (None,) * 4
    assert found.why.startswith(f"not enough data: {said}")


def test_the_knot_is_a_parameter() -> None:
    found = piecewise(on_mean([2.0, 2.5, 3.0, 2.9, 2.8, 2.7]), knot=3)
    assert _numbers(found) == pytest.approx((3.0, 0.5, -0.1, 0.0), abs=1e-12)


@pytest.mark.parametrize("knot", [0, -1, 5.0, True, "5", None])
def test_a_knot_is_a_session_number(knot: Any) -> None:
    with pytest.raises(ta.AllianceError, match="piecewise: knot is a whole number, 1 or more"):
        piecewise(A, knot=knot)


@st.composite
def courses(draw: st.DrawFn) -> tuple[list[int], list[float], int]:
    """Session numbers, scores and a knot with three sessions on each side."""
    sessions = sorted(draw(st.sets(st.integers(1, 60), min_size=6, max_size=20)))
    knot = sessions[draw(st.integers(2, len(sessions) - 4))]
    return sessions, [draw(st.integers(10, 50)) / 10 for _ in sessions], knot


@given(courses())
def test_fits_are_those_of_numpy(of: tuple[list[int], list[float], int]) -> None:
    sessions, scores, knot = of
    t = np.array(sessions, dtype=float)
    columns = np.stack([np.ones_like(t), np.minimum(t, knot) - knot, np.maximum(t - knot, 0)], 1)
    wanted, *_ = np.linalg.lstsq(columns, np.array(scores))
    rss = float(((np.array(scores) - columns @ wanted) ** 2).sum())
    found = piecewise(ta.Series.of(scores, low=1, high=5, sessions=sessions), knot=knot)
    assert _numbers(found) == pytest.approx((*wanted, rss), abs=1e-9)


@given(courses(), st.integers(0, 100))
def test_later_sessions_and_a_later_knot_give_the_same(
    of: tuple[list[int], list[float], int], by: int
) -> None:
    sessions, scores, knot = of
    moved = ta.Series.of(scores, low=1, high=5, sessions=[each + by for each in sessions])
    here = piecewise(ta.Series.of(scores, low=1, high=5, sessions=sessions), knot=knot)
    assert _numbers(piecewise(moved, knot=knot + by)) == pytest.approx(_numbers(here), abs=1e-12)


def test_the_metric_does_not_matter() -> None:
    """Sum, mean and percent: slopes in proportion to the range, RSS to its square."""
    fitted = 0
    for course in in_every_metric(APART):
        found = [piecewise(course[metric]) for metric in METRICS]
        sizes = [course[metric].spec.high - course[metric].spec.low for metric in METRICS]
        assert len({each.level is None for each in found}) == 1
        if found[0].level is None:
            continue
        fitted += 1
        for each, size in zip(found, sizes, strict=True):
            _, before, after, rss = _numbers(each)
            _, *first = _numbers(found[0])
            scaled = (before / size, after / size, rss / size**2)
            wanted = (first[0] / sizes[0], first[1] / sizes[0], first[2] / sizes[0] ** 2)
            assert scaled == pytest.approx(wanted, abs=1e-12)
    assert fitted > 20


@pytest.mark.parametrize("name", ODD)
def test_odd_courses_are_answered(name: str) -> None:
    """Bad input: one printable line each, and no minus before 0."""
    found = unwarned(lambda: piecewise(ODD[name]))
    assert found.why.isprintable()
    assert "-0.0000" not in found.why


def test_sessions_far_apart_are_answered() -> None:
    """A knot so far off that the columns cannot be told apart."""
    far = [1, 2, 3, 10**15, 10**15 + 1, 10**15 + 2]
    found = piecewise(ta.Series.of([4.0] * 6, low=1, high=5, sessions=far), knot=10**14)
    assert found.level is None
    assert found.why == "the sessions lie too far apart to tell both slopes"


def test_the_ceiling_is_told() -> None:
    """Section 0 (10); B has gaps, and three sessions on each side."""
    assert piecewise(C).low_information
    assert not piecewise(B).low_information
    assert piecewise(B).level is not None


def test_a_hundred_thousand_sessions() -> None:
    """Bad input: 10**5 sessions that rise to the middle and fall after it."""
    n = 10**5
    rise = [1 + 4 * min(each, n - each) / n for each in range(1, n + 1)]
    found = piecewise(on_mean(rise), knot=n // 2)
    assert _numbers(found) == pytest.approx((3.0, 4 / n, -4 / n, 0), abs=1e-9)
