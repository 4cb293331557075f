"""Student's t, variance components, variances of coefficients: with NumPy as judge."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapeutic_alliance.psychometrics import components
from therapeutic_alliance.psychometrics.least_squares import least_squares
from therapeutic_alliance.psychometrics.student import two_sided_p

GAUSS = np.polynomial.legendre.leggauss(400)
"""Where and how much a smooth function counts for its integral."""


@pytest.mark.parametrize(
    ("t", "df"), [(12.7062047, 1), (4.3026527, 2), (3.1824463, 3), (2.7764451, 4), (1.9839715, 100)]
)
def test_quantiles(t: float, df: int) -> None:
    """H10: the two-sided 5 % quantiles with 2, 3 and 4 degrees of freedom, and two more."""
    assert two_sided_p(t, df) == pytest.approx(0.05, abs=1e-8)
    assert two_sided_p(-t, df) == two_sided_p(t, df)


@given(st.floats(0, 40), st.integers(1, 300))
def test_the_integral_of_the_density(t: float, df: int) -> None:
    """With t = sqrt(df) tan(u) the density is cos(u)^(df - 1), up to a factor."""
    u, weights = GAUSS
    end = np.arctan(t / np.sqrt(df))
    part = float((np.cos((u + 1) * end / 2) ** (df - 1) * weights).sum() * end / 2)
    whole = float((np.cos((u + 1) * np.pi / 4) ** (df - 1) * weights).sum() * np.pi / 4)
    assert two_sided_p(t, df) == pytest.approx(1 - part / whole, abs=1e-10)


def test_components_by_hand() -> None:
    """H14: s2 = sum((n_i - 1) SD_i^2) / sum(n_i - 1); tau2 = var(means) - s2 mean(1/n_i)."""
    found = components([[4.0, 4.2], [3.0, 3.2, 3.4], [4.4]])
    assert found is not None
    assert found.within == pytest.approx((0.02 + 0.08) / 3)
    assert found.between == pytest.approx(0.39 - 0.1 / 3 * (1 / 2 + 1 / 3 + 1) / 3)
    assert found.icc1 == pytest.approx(found.between / (found.between + found.within))


def test_one_score_adds_nothing_to_the_variance_within() -> None:
    """Section 4: a person with n = 1 contributes nothing to s2."""
    two = components([[4.0, 4.2], [3.0, 3.2, 3.4]])
    three = components([[4.0, 4.2], [3.0, 3.2, 3.4], [1.0]])
    assert two is not None
    assert three is not None
    assert two.within == pytest.approx(three.within)


def test_components_that_cannot_be_told() -> None:
    assert components([]) is None
    assert components([[1.0, 2.0]]) is None
    assert components([[1.0], [2.0], [3.0]]) is None
    nothing = components([[2.0, 2.0], [2.0, 2.0]])
    assert nothing is not None
    assert nothing.icc1 is None


def test_a_variance_is_not_negative() -> None:
    found = components([[1.0, 5.0], [5.0, 1.0]])
    assert found is not None
    assert (found.between, found.icc1) == (0, 0)


@given(st.lists(st.integers(-3, 3), min_size=5, max_size=5))
def test_the_variance_of_coefficients(weights: list[int]) -> None:
    """w' (X'X)^-1 w."""
    random = np.random.default_rng(5)
    design = random.normal(size=(40, 5)) * [1, 10, 0.1, 3, 1]
    fit = least_squares(design.T.tolist(), random.normal(size=40).tolist())
    assert fit is not None
    expected = np.array(weights) @ np.linalg.inv(design.T @ design) @ np.array(weights)
    assert fit.variance_of(weights) == pytest.approx(expected, rel=1e-9)
