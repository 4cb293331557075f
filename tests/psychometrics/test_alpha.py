"""Cronbach's alpha: ruptures.md section 5, and NumPy as judge."""

from math import inf, nan
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from therapeutic_alliance.psychometrics import alpha

ROWS = [[1, 2, 2], [2, 2, 3], [3, 4, 3], [5, 4, 5]]
"""Invented answers."""


@st.composite
def tables(draw: st.DrawFn) -> list[list[int]]:
    items = draw(st.integers(2, 6))
    return draw(st.lists(st.lists(st.integers(1, 7), min_size=items, max_size=items), min_size=2))


def _numpy(rows: Any) -> float:
    """Section 5: alpha = k/(k-1)(1 - sum var_i/var_total)."""
    table = np.array(rows, dtype=float)
    k = table.shape[1]
    share = table.var(axis=0, ddof=1).sum() / table.sum(axis=1).var(ddof=1)
    return float(k / (k - 1) * (1 - share))


def test_by_hand() -> None:
    """Two items of variance 2 and covariance 1 have sums of variance 6: alpha = 2 (1 - 4/6)."""
    rows = [[3, 3], [1, 1], [1, 3], [3, 1], [0, 2], [4, 2], [2, 0], [2, 4], [0, 0], [4, 4]]
    covariance = np.cov(np.array(rows).T)
    expected = 2 * (1 - covariance.trace() / covariance.sum())
    assert alpha(rows).value == pytest.approx(expected)


def test_what_it_says_of_the_sample() -> None:
    found = alpha([*ROWS, [1, None, 2]], missing="listwise")
    assert (found.cases, found.items, found.left_out, found.why) == (4, 3, 1, "")
    assert found.value == alpha(ROWS).value


def test_items_that_are_alike_agree_fully() -> None:
    assert alpha([[1, 1, 1], [2, 2, 2], [4, 4, 4]]).value == pytest.approx(1)


@given(tables())
def test_numpy_says_the_same(rows: list[list[int]]) -> None:
    found = alpha(rows)
    if len({sum(row) for row in rows}) == 1:
        assert (found.value, found.why) == (None, "the sums do not vary")
    else:
        assert found.value == pytest.approx(_numpy(rows), abs=1e-9)


@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_persons_and_items_does_not_matter(rows: list[list[int]], random: Any) -> None:
    order = list(range(len(rows[0])))
    random.shuffle(order)
    shuffled = [[row[column] for column in order] for row in rows]
    random.shuffle(shuffled)
    assert alpha(shuffled).value == pytest.approx(alpha(rows).value, abs=1e-12)


@pytest.mark.parametrize("rows", [[], [[1, 2]], [[1], [2]], [[], []]])
def test_too_little(rows: Any) -> None:
    found = alpha(rows)
    assert found.value is None
    assert "two complete rows" in found.why


def test_float_noise_is_no_variance() -> None:
    assert alpha([[0.1, 0.2], [0.1 + 1e-12, 0.2], [0.2, 0.1]]).value is None


@pytest.mark.parametrize("wrong", [nan, inf, -inf, True, "3", 10**400, 1e300, np.nan, object()])
def test_what_is_no_number_is_refused(wrong: Any) -> None:
    with pytest.raises(ta.AllianceError, match=r"^row 2: holds what is no finite number"):
        alpha([[1, 2], [wrong, 2], [3, 4]], missing="listwise")


def test_an_incomplete_row_is_refused_unless_told_otherwise() -> None:
    with pytest.raises(ta.AllianceError) as caught:
        alpha([[77, 2], [None, 2], [3, 4], [1, None]])
    assert [problem.path for problem in caught.value.problems] == ["row 2", "row 4"]
    assert "77" not in str(caught.value)


def test_rows_of_unequal_length_are_refused() -> None:
    with pytest.raises(ta.AllianceError, match="as many numbers"):
        alpha([[1, 2], [1, 2, 3]])


def test_an_unknown_way_with_missing_answers_is_refused() -> None:
    with pytest.raises(ta.AllianceError, match="refuse or listwise"):
        alpha(ROWS, missing="mean")  # type: ignore[arg-type]


def test_numbers_of_numpy_are_numbers() -> None:
    for kind in (np.int64, np.float32, np.float64):
        rows: Any = np.array(ROWS, dtype=kind)
        assert alpha(rows).value == alpha(ROWS).value
