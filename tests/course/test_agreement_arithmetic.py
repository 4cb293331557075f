"""AUC, kappa and matching against hand-worked numbers and plain definitions."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapeutic_alliance.psychometrics.agreement import kappa, matched
from therapeutic_alliance.psychometrics.auc import auc

INFINITE = float("inf")
NUMBERS = st.lists(st.sampled_from([-INFINITE, -1.0, 0.0, 0.5, 2.0]) | st.floats(-3, 3), max_size=9)


@given(NUMBERS, NUMBERS)
def test_auc_is_the_share_of_pairs_in_the_right_order(
    positives: list[float], negatives: list[float]
) -> None:
    pairs = list(product(positives, negatives))
    wins = sum((above > below) + (above == below) / 2 for above, below in pairs)
    found = auc(positives, negatives)
    assert found == (pytest.approx(wins / len(pairs), abs=1e-12) if pairs else None)


def test_auc_by_hand() -> None:
    assert auc([2.0], [1.0]) == 1
    assert auc([1.0], [2.0]) == 0
    assert auc([1.0], [1.0]) == 0.5
    assert auc([-INFINITE, 3.0], [-INFINITE, 1.0]) == (0.5 + 0 + 1 + 1) / 4
    assert auc([], [1.0]) is None


def test_kappa_by_hand() -> None:
    """20 both, 5 and 10 only one, 15 neither, of 50: p_o .70, p_e .50."""
    cells = [(True, True, 20), (True, False, 5), (False, True, 10), (False, False, 15)]
    pairs = [(one, other) for one, other, n in cells for _ in range(n)]
    assert kappa(pairs) == pytest.approx(0.4)
    assert kappa([(True, False), (False, True)]) == -1
    assert kappa([]) is None
    assert kappa([(False, False)] * 3) is None
    assert kappa([(False, False), (False, True)]) == 0


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1))
def test_kappa_is_its_definition(pairs: list[tuple[bool, bool]]) -> None:
    n = len(pairs)
    agreed = sum(a == b for a, b in pairs) / n
    yes = [sum(pair[judge] for pair in pairs) / n for judge in (0, 1)]
    expected = yes[0] * yes[1] + (1 - yes[0]) * (1 - yes[1])
    found = kappa(pairs)
    if found is None:
        assert expected == pytest.approx(1)
    else:
        assert found == pytest.approx((agreed - expected) / (1 - expected), abs=1e-9)


SESSIONS = st.lists(st.integers(1, 12), max_size=5, unique=True).map(sorted)


@given(SESSIONS, SESSIONS, st.integers(0, 3))
def test_no_matching_is_larger(first: list[int], second: list[int], tolerance: int) -> None:
    def best(at: int, left: frozenset[int]) -> int:
        if at == len(first):
            return 0
        near = [each for each in left if abs(each - first[at]) <= tolerance]
        return max([best(at + 1, left), *(1 + best(at + 1, left - {each}) for each in near)])

    assert matched(first, second, tolerance) == best(0, frozenset(second))
