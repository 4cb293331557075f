"""The divisions that ``ruptures`` finds are the cheapest there are: every other one is tried."""

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise, product
from math import log
from statistics import variance

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from therapeutic_alliance_changepoint.breaks import breaks, can_break

COURSES = st.lists(st.integers(0, 12).map(lambda count: count / 12), min_size=2, max_size=9)


def divisions(n: int, min_size: int) -> Iterator[tuple[int, ...]]:
    for count in range(n):
        for division in combinations(range(1, n), count):
            ends = (0, *division, n)
            if all(last - first >= min_size for first, last in pairwise(ends)):
                yield division


def price(scores: Sequence[float], division: tuple[int, ...], c: float) -> float:
    n = len(scores)
    mean = sum(scores) / n
    var = sum((score - mean) ** 2 for score in scores) / (n - 1)
    total = c * var * log(n) * len(division)
    for first, last in pairwise((0, *division, n)):
        level = sum(scores[first:last]) / (last - first)
        total += sum((score - level) ** 2 for score in scores[first:last])
    return total


@settings(deadline=None)  # the first example loads ruptures
@given(COURSES, st.sampled_from([0.01, 0.5, 1.0, 2.0]), st.integers(1, 3))
def test_no_division_is_cheaper(scores: list[float], c: float, min_size: int) -> None:
    found = breaks(scores, c=c, min_size=min_size)
    every = [(), *divisions(len(scores), min_size)]
    least = min(price(scores, each, c) for each in every)
    assert price(scores, found, c) == pytest.approx(least, abs=1e-8)
    stretches = [last - first for first, last in pairwise((0, *found, len(scores)))]
    assert not found or min(stretches) >= min_size


@given(COURSES, st.sampled_from([0.01, 0.5, 1.0, 2.0, 3.0]), st.integers(1, 3))
def test_what_cannot_break_never_does(scores: list[float], c: float, min_size: int) -> None:
    """And would not if it were tried: no division is cheaper than none."""
    if not can_break(len(scores), c=c, min_size=min_size):
        undivided = price(scores, (), c)
        every = [price(scores, each, c) for each in divisions(len(scores), min_size)]
        assert min([undivided, *every]) == pytest.approx(undivided, abs=1e-9)


@pytest.mark.parametrize("c", [0.5, 1.0, 2.0, 3.0])
@pytest.mark.parametrize("min_size", [1, 2, 3])
def test_the_shortest_course_that_can_break_does(c: float, min_size: int) -> None:
    n = next(n for n in range(2, 50) if can_break(n, c=c, min_size=min_size))
    course = [1.0] * min_size + [0.0] * (n - min_size)
    assert breaks(course, c=c, min_size=min_size) == (min_size,)


def test_the_length_of_the_course_is_no_break() -> None:
    assert breaks([1.0, 1.0, 0.0, 0.0], c=1, min_size=1) == (2,)


def test_single_sessions_are_not_skipped() -> None:
    assert breaks([0.8, 0.8, 0.8, 0.1, 0.8, 0.8], c=1, min_size=1) == (3, 4)


def test_one_level_has_no_break() -> None:
    """The mean of 25 times 1/48 is not 1/48 in floating point."""
    for count, n in product(range(49), range(2, 40)):
        assert breaks([count / 48] * n, c=1, min_size=1) == ()


def test_a_penalty_near_nothing_divides_wherever_the_score_changes() -> None:
    assert breaks([0.1, 0.2, 0.2, 0.4], c=5e-324, min_size=1) == (1, 3)


A = [3.8, 4.0, 4.2, 4.3, 4.2, 3.4, 4.1, 4.3, 4.4, 4.3, 4.4, 3.9, 3.6, 3.5, 4.2, 4.4]


@pytest.mark.parametrize(("c", "penalty", "found"), [(1, 0.3027, (5, 6, 11, 14)), (2, 0.6053, ())])
def test_the_penalties_of_h11(c: float, penalty: float, found: tuple[int, ...]) -> None:
    """ruptures.md H11, example A: pen=var*ln(16)=.3027 (c=1), .6053 (c=2), in the metric of A."""
    assert c * variance(A) * log(16) == pytest.approx(penalty, abs=5e-5)
    breaks_cost = price(A, (5, 6, 11, 14), c) - price(A, (5, 6, 11, 14), 0)
    assert breaks_cost == pytest.approx(4 * penalty, abs=2e-4)
    assert breaks([(score - 1) / 4 for score in A], c=c, min_size=1) == found


@pytest.mark.parametrize(("weight", "found"), [(0.999, (4,)), (1.001, ())])
def test_a_break_pays_if_it_saves_its_penalty(weight: float, found: tuple[int, ...]) -> None:
    """One break saves the whole sum of squares, (n - 1) * var: worth it up to c = (n - 1)/ln(n)."""
    assert breaks([0.9] * 4 + [0.5] * 4, c=weight * 7 / log(8), min_size=1) == found
