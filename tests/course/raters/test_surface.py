"""Response surfaces and the congruence test: ruptures.md section 3."""

from collections.abc import Sequence
from math import inf, nan
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import therapeutic_alliance as ta

EXAMPLE = ta.raters.Surface(b1=0.30, b2=0.25, b3=-0.10, b4=0.18, b5=-0.12)
COEFFICIENT = st.integers(-40, 40).map(lambda n: n / 8)


def test_worked_surface() -> None:
    """Section 3, example b = (.30, .25, -.10, .18, -.12)."""
    assert EXAMPLE.a == pytest.approx((0.55, -0.04, 0.05, -0.40, 0.02))
    assert EXAMPLE.axis is not None
    assert EXAMPLE.axis.p11 == pytest.approx(0.8950, abs=5e-5)
    assert (EXAMPLE.axis.x0, EXAMPLE.axis.y0) == pytest.approx((7.50, 6.667), abs=5e-4)
    assert EXAMPLE.axis.p10 == pytest.approx(-0.0462, abs=5e-5)


@pytest.mark.parametrize(
    ("b3", "b4", "b5"),
    [(-1, 2, -1), (-0.1, 0.2, -0.1), (-1, 0, -2), (0, 0, 0), (1, 1e-12, 2), (0, 0, -1)],
)
def test_degenerate(b3: float, b4: float, b5: float) -> None:
    """Section 3: None when 4 b3 b5 = b4^2 or b4 = 0, the noise of floats included."""
    assert ta.raters.Surface(b1=1, b2=1, b3=b3, b4=b4, b5=b5).axis is None


@given(COEFFICIENT, COEFFICIENT, COEFFICIENT, COEFFICIENT, COEFFICIENT)
def test_the_axis_is_the_ridge(b1: float, b2: float, b3: float, b4: float, b5: float) -> None:
    """An eigenvector of the quadratic part, of the larger eigenvalue; no slope where it passes."""
    axis = ta.raters.Surface(b1=b1, b2=b2, b3=b3, b4=b4, b5=b5).axis
    if axis is None:
        assert b4 == 0 or 4 * b3 * b5 == b4**2
        return
    values, vectors = np.linalg.eigh([[b3, b4 / 2], [b4 / 2, b5]])
    across, up = vectors[:, int(np.argmax(values))]
    assert axis.p11 * across == pytest.approx(up, abs=1e-9)
    scale = max(1, abs(axis.x0), abs(axis.y0))
    assert b1 + 2 * b3 * axis.x0 + b4 * axis.y0 == pytest.approx(0, abs=1e-9 * scale)
    assert b2 + 2 * b5 * axis.y0 + b4 * axis.x0 == pytest.approx(0, abs=1e-9 * scale)
    assert axis.p10 + axis.p11 * axis.x0 == pytest.approx(axis.y0, abs=1e-9 * scale)


@pytest.mark.parametrize(("b3", "b5", "p11"), [(1, -1, 2.5e-7), (-1, 1, 4e6)])
def test_a_steep_axis_is_no_cancellation(b3: float, b5: float, p11: float) -> None:
    axis = ta.raters.Surface(b1=0, b2=0, b3=b3, b4=1e-6, b5=b5).axis
    assert axis is not None
    assert axis.p11 == pytest.approx(p11, rel=1e-9)


def _sample(*b: float, n: int = 80, noise: float = 0.3, seed: int = 3) -> Any:
    """Simulated views from 1 to 5, and an outcome around 3 whose least-squares surface is ``b``.

    What the noise has in common with the terms is taken out, so that nothing is left to chance.
    """
    random = np.random.default_rng(seed)
    x, y = random.integers(2, 11, size=(2, n)) / 2
    u, v = x - 3, y - 3
    terms = np.column_stack([np.ones(n), u, v, u * u, u * v, v * v])
    rest = noise * random.normal(size=n)
    rest -= terms @ np.linalg.lstsq(terms, rest, rcond=None)[0]
    return x.tolist(), y.tolist(), (terms @ np.array([0, *b]) + rest).tolist()


def _values(fit: ta.raters.SurfaceFit) -> list[float]:
    assert fit.estimates is not None
    return [each.value for each in fit.estimates]


def _ps(fit: ta.raters.SurfaceFit) -> list[float]:
    assert fit.estimates is not None
    return [each.p for each in fit.estimates]


@pytest.mark.parametrize("seed", range(5))
def test_numpy_says_the_same(seed: int) -> None:
    """Coefficients by least squares; SEs of a1 to a5 from the covariance of b."""
    x, y, z = _sample(0.3, 0.25, -0.1, 0.18, -0.12, seed=seed)
    fit = ta.raters.fit_surface(x, y, z)
    centre = np.mean([x, y])
    u, v = np.array(x) - centre, np.array(y) - centre
    design = np.column_stack([np.ones(len(u)), u, v, u * u, u * v, v * v])
    b, rss, *_ = np.linalg.lstsq(design, np.array(z), rcond=None)
    covariance = rss[0] / (len(z) - 6) * np.linalg.inv(design.T @ design)
    weights = np.array(
        [
            [0, 1, 1, 0, 0, 0],
            [0, 0, 0, 1, 1, 1],
            [0, 1, -1, 0, 0, 0],
            [0, 0, 0, 1, -1, 1],
            [0, 0, 0, 1, 0, -1],
        ]
    )
    assert fit.centre == pytest.approx(centre)
    assert _values(fit) == pytest.approx((weights @ b).tolist(), abs=1e-9)
    assert fit.estimates is not None
    ses = np.sqrt(np.diag(weights @ covariance @ weights.T))
    assert [each.se for each in fit.estimates] == pytest.approx(ses.tolist(), abs=1e-9)
    assert fit.r_squared == pytest.approx(1 - rss[0] / ((z - np.mean(z)) ** 2).sum())


def test_a_surface_is_found_again() -> None:
    x, y, z = _sample(0.3, 0.25, -0.1, 0.18, -0.12, noise=0)
    fit = ta.raters.fit_surface(x, y, z, centre=3)
    assert fit.surface is not None
    assert fit.surface.a == pytest.approx(EXAMPLE.a)
    assert fit.estimates is None
    assert fit.r_squared == pytest.approx(1)
    assert fit.why == "no standard errors: the surface goes through every case"
    assert ta.raters.congruence(fit).broad is None


@given(
    st.integers(0, 99), st.floats(0.2, 25), st.floats(0.2, 25), st.floats(-50, 50),
)  # fmt: skip
def test_metrics_agree_up_to_scale(seed: int, f: float, g: float, shift: float) -> None:
    """Views times f and outcome times g: slopes times g/f, curvatures times g/f^2, same p."""
    x, y, z = _sample(0.3, 0.1, -0.2, 0.3, -0.2, n=25, seed=seed)
    before = ta.raters.fit_surface(x, y, z)
    after = ta.raters.fit_surface(
        [f * each + shift for each in x], [f * each + shift for each in y], [g * each for each in z]
    )
    scale = np.array([g / f, g / f**2, g / f, g / f**2, g / f**2])
    assert _values(after) == pytest.approx((scale * _values(before)).tolist(), rel=1e-5, abs=1e-6)
    assert _ps(after) == pytest.approx(_ps(before), abs=1e-5)


@given(st.integers(0, 99), st.randoms(use_true_random=False))
def test_swapping_raters_and_the_order_of_cases(seed: int, random: Any) -> None:
    """a3 and a5 change sign, a1, a2 and a4 stay; the order of cases does not matter."""
    x, y, z = _sample(0.3, 0.1, -0.2, 0.3, -0.2, n=25, seed=seed)
    cases = list(zip(y, x, z, strict=True))
    random.shuffle(cases)
    swapped = ta.raters.fit_surface(*map(list, zip(*cases, strict=True)))
    a1, a2, a3, a4, a5 = _values(ta.raters.fit_surface(x, y, z))
    assert _values(swapped) == pytest.approx([a1, a2, -a3, a4, -a5], abs=1e-9)


CONGRUENT = (0, 0, -1, 2, -1)
"""Z = -(X - Y)^2: an effect of agreement and nothing else; its principal axis is degenerate."""
HIGHER = (0.5, 0.5, -1, 2, -1)
ONE_SIDED = (1, -1, -1, 2, -1)
TILTED = (0, 0, -1, 2, -3)
FLAT = (0.5, 0.5, 0, 0, 0)
CUP = (0, 0, 1, 1, 1)
ACROSS = (0, 0, -2, -2, -2)
"""The ridge lies across: agreement is worse than disagreement."""


@pytest.mark.parametrize(
    ("b", "broad", "strict"),
    [
        (CONGRUENT, True, True),
        (HIGHER, True, False),
        (ONE_SIDED, False, False),
        (TILTED, False, False),
        (FLAT, False, False),
        ([-each for each in CONGRUENT], False, False),
        (ACROSS, False, False),
        (CUP, False, False),
    ],
)
def test_congruence(b: Sequence[float], broad: bool, strict: bool) -> None:
    """Section 3: a4 < 0 significantly, a3 and a5 n.s.; strict: also a1 = a2 = 0."""
    found = ta.raters.congruence(ta.raters.fit_surface(*_sample(*b, noise=0.1, seed=1), centre=3))
    assert (found.broad, found.strict) == (broad, strict)
    assert found.why.count(": yes") + found.why.count(": no") == 6


def test_a_ridge_across_is_no_congruence_though_a5_is_not_significant() -> None:
    """With b3 = b5 and b4 < 0 the axis has p11 = -1: a5 = 0 alone does not mean p11 = 1."""
    fit = ta.raters.fit_surface(*_sample(*ACROSS, noise=0.1, seed=1), centre=3)
    assert fit.estimates is not None
    assert fit.estimates[3].value < 0
    assert fit.estimates[3].p < 0.05
    assert fit.estimates[4].p > 0.05
    assert ta.raters.congruence(fit).why.endswith(
        "b4 is above 0: no; a1 is not significant: yes; a2 is not significant: no"
    )


def test_the_level_is_the_callers() -> None:
    fit = ta.raters.fit_surface(*_sample(0, 0, -0.05, 0.1, -0.05, noise=0.5), centre=3)
    p = _ps(fit)[3]
    assert 1e-6 < p < 0.9
    assert ta.raters.congruence(fit, level=0.99 * p).broad is False
    assert ta.raters.congruence(fit, level=1.01 * p).broad is True


@pytest.mark.parametrize("level", [0, 1, nan, -1])
def test_level_out_of_range(level: float) -> None:
    with pytest.raises(ta.AllianceError, match="level"):
        ta.raters.congruence(ta.raters.SurfaceFit(n=0), level=level)


@pytest.mark.parametrize(
    ("x", "y", "why"),
    [
        ([], [], "0 cases, 6 are needed"),
        ([1, 2, 3, 1, 2], [3, 2, 1, 1, 2], "5 cases"),
        ([1, 2, 3, 4, 5, 1, 2], [1, 2, 3, 4, 5, 1, 2], "do not differ enough"),
        ([3] * 9, [1, 2, 3, 4, 5, 1, 2, 3, 4], "do not differ enough"),
        ([1, 1, 2, 2, 3, 3, 3, 4], [1, 2] * 4, "do not differ enough"),
    ],
)
def test_too_little(x: Any, y: Any, why: str) -> None:
    fit = ta.raters.fit_surface(x, y, list(range(len(x))))
    assert fit.surface is None
    assert why in fit.why
    found = ta.raters.congruence(fit)
    assert (found.broad, found.strict, found.why) == (None, None, fit.why)


def test_six_cases_have_no_standard_error() -> None:
    fit = ta.raters.fit_surface([1, 2, 3, 4, 5, 1], [1, 3, 2, 5, 1, 5], [1, 2, 1, 2, 3, 5])
    assert fit.surface is not None
    assert fit.estimates is None


@pytest.mark.parametrize("value", [0, 2, 0.1, 1 / 3, -1e6])
def test_an_outcome_that_does_not_vary(value: float) -> None:
    x, y, z = _sample(*CONGRUENT)
    fit = ta.raters.fit_surface(x, y, [value] * len(z))
    assert (fit.r_squared, fit.estimates) == (None, None)


@pytest.mark.parametrize("wrong", [nan, inf, None, "4", True])
def test_no_number(wrong: Any) -> None:
    x, y, z = _sample(*CONGRUENT)
    z[4] = wrong
    with pytest.raises(ta.AllianceError, match=r"^row 5: "):
        ta.raters.fit_surface(x, y, z)


def test_unequal_lengths() -> None:
    with pytest.raises(ta.AllianceError, match="as many"):
        ta.raters.fit_surface([1, 2], [1, 2, 3], [1, 2])
    with pytest.raises(ta.AllianceError, match="as many"):
        ta.raters.fit_surface([1, 2], [1, 2], [1, 2, 3])


@given(st.floats(-1, 1), st.integers(0, 20))
def test_no_warning_and_no_crash_near_degeneracy(tilt: float, seed: int) -> None:
    assume(abs(tilt) > 1e-3)
    fit = ta.raters.fit_surface(*_sample(0, 0, -1, 2, -1 + tilt / 100, noise=1e-6, seed=seed))
    assert ta.raters.congruence(fit).broad in (True, False, None)


@pytest.mark.parametrize("apart", [1e-1, 1e-2, 1e-4])
def test_views_that_hardly_differ(apart: float) -> None:
    """Raters who nearly always agree: standard errors along X = Y stay small, across grow."""
    random = np.random.default_rng(4)
    x = random.uniform(1, 5, size=60)
    y = x + apart * random.normal(size=60)
    fit = ta.raters.fit_surface(x.tolist(), y.tolist(), (x + random.normal(size=60)).tolist())
    assert fit.estimates is not None
    a1, a2, a3, _, _ = fit.estimates
    assert 0 < a1.se < 1
    assert 0 < a2.se < 10
    assert a3.se > 0.01 / apart
