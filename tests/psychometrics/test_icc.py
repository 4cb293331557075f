"""Intraclass correlations: Shrout & Fleiss's table, and NumPy as judge."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from therapeutic_alliance.psychometrics import Icc, icc

SHROUT_FLEISS = [
    [9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7],
]  # fmt: skip
"""Shrout & Fleiss 1979, table 2 (general knowledge, confident)."""
ALL = ("one_way", "one_way_k", "agreement", "agreement_k", "consistency", "consistency_k")


@st.composite
def tables(draw: st.DrawFn) -> list[list[int]]:
    raters = draw(st.integers(2, 5))
    row = st.lists(st.integers(1, 5), min_size=raters, max_size=raters)
    return draw(st.lists(row, min_size=2, max_size=12))


def _six(found: Icc) -> list[float | None]:
    return [getattr(found, name) for name in ALL]


def _variances(rows: Any) -> tuple[float, float, float, float]:
    """Between rows, between raters, error, within rows: the expected mean squares, solved."""
    table = np.array(rows, dtype=float)
    n, k = table.shape
    effects_n = table.mean(axis=1, keepdims=True) - table.mean()
    effects_k = table.mean(axis=0, keepdims=True) - table.mean()
    error = ((table - table.mean() - effects_n - effects_k) ** 2).sum() / ((n - 1) * (k - 1))
    within = table.var(axis=1, ddof=1).mean()
    of_means = table.mean(axis=1).var(ddof=1)
    raters = table.mean(axis=0).var(ddof=1) - error / n
    return of_means, raters, error, within


def _expected(rows: Any) -> list[float | None]:
    """Shares of variance, written from variance components and not from mean squares."""
    k = len(rows[0])
    of_means, raters, error, within = _variances(rows)
    one_way, two_way = of_means - within / k, of_means - error / k
    of_k = two_way + (raters + error) / k
    return [
        one_way / (one_way + within),
        one_way / of_means,
        two_way / (two_way + raters + error),
        two_way / of_k if of_k > 1e-9 else None,
        two_way / (two_way + error),
        two_way / of_means,
    ]


def test_published_table() -> None:
    """ICC(1,1) .17, ICC(1,4) .44, ICC(2,1) .29, ICC(2,4) .62, ICC(3,1) .71, ICC(3,4) .91."""
    found = icc(SHROUT_FLEISS)
    assert _six(found) == pytest.approx([0.17, 0.44, 0.29, 0.62, 0.71, 0.91], abs=0.005)
    assert (found.cases, found.raters, found.why) == (6, 4, "")


@given(tables())
def test_variance_components_say_the_same(rows: list[list[int]]) -> None:
    found = icc(rows)
    if len({sum(row) for row in rows}) == 1:
        assert _six(found) == [None] * 6
        assert "do not vary" in found.why
        return
    for value, expected in zip(_six(found), _expected(rows), strict=True):
        assert value == (None if expected is None else pytest.approx(expected, rel=1e-9, abs=1e-9))
    assert found.one_way is not None
    assert found.consistency_k is not None
    assert bool(found.why) == (None in _six(found))


@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_raters_does_not_matter(rows: list[list[int]], random: Any) -> None:
    order = list(range(len(rows[0])))
    random.shuffle(order)
    shuffled = [[row[column] for column in order] for row in rows]
    random.shuffle(shuffled)
    assert _six(icc(shuffled)) == pytest.approx(_six(icc(rows)), abs=1e-9)


@given(tables(), st.floats(0.1, 50), st.floats(-50, 50))
def test_the_metric_does_not_matter(rows: list[list[int]], factor: float, shift: float) -> None:
    moved = [[factor * each + shift for each in row] for row in rows]
    assert _six(icc(moved)) == pytest.approx(_six(icc(rows)), abs=1e-6)


@given(tables(), st.integers(1, 9))
def test_a_strict_rater_lowers_agreement_and_not_consistency(
    rows: list[list[int]], strict: int
) -> None:
    one = [[row[0], row[0] - strict] for row in rows]
    found = icc(one)
    if len({row[0] for row in rows}) > 1:
        assert found.consistency == pytest.approx(1)
        assert found.agreement is not None
        assert found.agreement < 1 - 1e-6


def test_full_agreement() -> None:
    assert _six(icc([[1, 1], [3, 3], [4, 4]])) == pytest.approx([1] * 6)


def test_equal_rows_leave_nothing_to_agree_on() -> None:
    """Also where the sums are equal but for the noise of floats."""
    for rows in ([[2, 2], [2, 2]], [[1, 3], [3, 1]], [[0.1 + 0.2, 0.3], [0.3, 0.3]]):
        found = icc(rows)
        assert _six(found) == [None] * 6
        assert found.mean_squares is not None


def test_less_than_chance() -> None:
    """ICC(A,k) has no meaning where its denominator is not above 0; the others stay."""
    tables: list[list[list[float]]] = [
        [[1, 5, 3], [5, 1, 3], [3.1, 3, 3]],
        [[1, 2, 4], [1, 4, 2], [3, 1, 4]],
    ]
    for rows in tables:
        for factor in (1, 0.125, 0.1):
            found = icc([[factor * each for each in row] for row in rows])
            assert (found.agreement_k, found.why[:10]) == (None, "the raters")
            assert None not in (found.one_way, found.agreement, found.consistency_k)


@pytest.mark.parametrize("rows", [[], [[1, 2]], [[1], [2]]])
def test_too_little(rows: Any) -> None:
    found = icc(rows)
    assert _six(found) == [None] * 6
    assert "two complete rows" in found.why


def test_incomplete_rows() -> None:
    rows: Any = [*SHROUT_FLEISS, [4, None, 4, 4]]
    with pytest.raises(ta.AllianceError, match=r"^row 7: incomplete"):
        icc(rows)
    found = icc(rows, missing="listwise")
    assert (_six(found), found.left_out) == (_six(icc(SHROUT_FLEISS)), 1)
