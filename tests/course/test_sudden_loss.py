"""H10, on the series A to S of ruptures.md, on suddengains' row, and on simulated ones."""

from itertools import pairwise
from math import sqrt
from statistics import fmean, variance
from typing import Any

import pytest
from hypothesis import given

import therapeutic_alliance as ta
from tests.course.illustrations import ALL, A, B, D, on_mean, stated, told
from therapeutic_alliance.course.detectors.sudden_loss import (
    CRITICAL,
    SuddenLoss,
    reversal_threshold,
    stability,
)
from therapeutic_alliance.testing import DetectorContract, WorkedCourse
from therapeutic_alliance.testing.strategies import series

ROW = [35, 37, 34, 23, 24, 21, 29, 17, 11, 11, 10, 7]
"""Symptoms in the first row of suddengains' tests: a sudden gain is a sudden fall of these."""
CUT_7: Any = {
    "sd": 7 / sqrt(2),
    "reliability": 0,
    "kind": "retest",
    "source": "suddengains",
    "z": 1,
}


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("given_", [{}, stated()], ids=["RC .60", "RC .6136"])
def test_h10_flags_none_of_the_series(name: str, given_: Any) -> None:
    """H10, example; section 0, "A with the library conventions"."""
    assert SuddenLoss(**given_).flags(ALL[name]).sessions == ()


@pytest.mark.parametrize(
    ("series_", "session", "said"),
    [
        (A, 6, ("0.8 below session 5", "; at least 0.32", "0.3, not more than 0.9347")),
        (A, 12, ("0.5 below session 11: less than", "; at least 0.34", "0.7, more than 0.4241")),
        (B, 7, ("below session 5: at least", "; at least 0.35", "0.3167, not more than 1.235")),
        (D, 3, ("below session 2: at least", "; at least 0.31", "0.55, not more than 2.59")),
    ],
)
def test_h10_criteria_are_told(series_: ta.Series, session: int, said: tuple[str, ...]) -> None:
    """H10, example: A 5->6 and 11->12, B 5->7, D 2->3, with the numbers of each criterion."""
    flag = SuddenLoss().flags(series_)[session - 1]
    assert flag.flag is False
    assert [each for each in said if each not in flag.why] == []


@pytest.mark.parametrize(
    ("pre", "post", "fell", "needed"),
    [
        ((4.2, 4.3, 4.2), (3.4, 4.1, 4.3), 0.3000, 0.9347),
        ((4.4, 4.3, 4.4), (3.9, 3.6, 3.5), 0.7000, 0.4241),
        ((4.6, 4.5), (3.7, 4.4, 4.6), 0.3167, 1.2348),
        ((4.2, 4.1), (3.0, 4.2), 0.55, 2.5905),
    ],
)
def test_h10_third_criterion(
    pre: tuple[float, ...], post: tuple[float, ...], fell: float, needed: float
) -> None:
    """H10, example: the means and ``t * s_pooled`` of A, A, B and D."""
    assert stability(pre, post) == pytest.approx((fell, needed), abs=5e-5)


def test_h10_critical_values() -> None:
    """H10: t for 2, 3 and 4 degrees of freedom."""
    assert [round(each, 7) for each in CRITICAL] == [4.3026527, 3.1824463, 2.7764451]


def test_h10_cross_check() -> None:
    """H10, cross-check: gains after sessions 3 and 7, cut 7, 25 %, possible minimum 0."""
    rule = SuddenLoss(**CUT_7, p=0.25)
    assert rule.flags(ta.Series.of(ROW, low=0, high=63, metric="sum")).sessions == (4, 8)


def test_h10_reversal() -> None:
    """H10: threshold ``x_n - 0.5 * (x_n - x_n+1)``; told with the flag."""
    assert reversal_threshold(34, 23) == 28.5
    rule = SuddenLoss(**CUT_7, p=0.25)
    flags = rule.flags(ta.Series.of(ROW, low=0, high=63, metric="sum"))
    assert "half of it is regained at 28.5" in flags[3].why
    assert flags[3].reference == (3, 34.0)
    assert "possible rupture" in flags[3].why


def test_h10_the_peers_defect_is_avoided() -> None:
    """H10: criterion 2 constrains a loss; in suddengains it holds for every one."""
    fall = [9.0, 9.0, 9.0, 7.0, 7.0, 7.0]
    course = ta.Series.of(fall, low=0, high=10)
    assert SuddenLoss(p=0.25).flags(course).sessions == (), "2 is less than 0.25 * 9"
    assert SuddenLoss(p=0.2).flags(course).sessions == (4,)
    assert SuddenLoss(p=None).flags(course).sessions == (4,)


def test_h10_fraction_of_what_a_score_can_fall() -> None:
    """H10: ``p * (x_n - possible minimum)``: the same in every metric."""
    means = [5.0, 5.0, 5.0, 4.0, 4.0, 4.0]
    for low, high, factor in ((1, 5, 1), (12, 60, 12)):
        course = ta.Series.of([each * factor for each in means], low=low, high=high)
        assert SuddenLoss(p=0.25).flags(course).sessions == (4,), "1 is 0.25 * (5 - 1)"
        assert SuddenLoss(p=0.26).flags(course).sessions == ()


def test_h10_a_dip_is_no_sudden_loss() -> None:
    """H10: criterion 3 rejects V shapes by design."""
    assert SuddenLoss().flags(on_mean([4.3, 4.4, 4.3, 3.3, 4.3, 4.4])).sessions == ()
    assert SuddenLoss().flags(on_mean([4.3, 4.4, 4.3, 3.3, 3.4, 3.3])).sessions == (4,)


@pytest.mark.parametrize(
    ("values", "session", "why"),
    [
        ([4.0, 3.0, 3.0, 3.0], 2, "fewer than 2 scores in the sessions 1 to 1"),
        ([4.0, 4.0, 3.0], 3, "fewer than 2 scores in the sessions 3 to 5"),
        ([4.0, 4.0, None, None, None, 3.0, 3.0], 6, "3 sessions were not observed since"),
        ([4.0, None, None, 4.0, 3.0, 3.0], 5, "fewer than 2 scores in the sessions 2 to 4"),
        ([4.0, 4.0, 3.0, None, None, 3.0], 3, "fewer than 2 scores in the sessions 3 to 5"),
    ],
)
def test_h10_not_evaluable(values: Any, session: int, why: str) -> None:
    """H10: at least 2 observed on either side, by session numbers, and max_gap."""
    flag = SuddenLoss().flags(on_mean(values))[session - 1]
    assert flag.flag is None
    assert why in flag.why


def test_the_statistic_is_the_smallest_margin() -> None:
    """Higher is more like a rupture; 0 is the threshold."""
    flag = SuddenLoss().flags(A)[5]
    assert flag.statistic == pytest.approx(0.3 - 0.9347, abs=5e-5)
    assert flag.threshold == 0
    tie = SuddenLoss().flags(on_mean([4.3, 4.3, 4.3, 3.7, 3.7, 3.7]))[3]
    assert tie.flag is True, "4.3 - 3.7 is 0.6"
    assert tie.statistic == pytest.approx(0)


@pytest.mark.parametrize("changes", [{"p": 0}, {"p": 1.1}, {"p": True}, {"max_gap": -1}, {"z": 0}])
def test_parameters_out_of_range(changes: Any) -> None:
    with pytest.raises(ta.AllianceError, match=r"sudden-loss|z:"):
        ta.Registry().detector("sudden-loss", **changes)


def test_a_long_course() -> None:
    """Linear: 10^5 sessions."""
    course = on_mean([4.3 if n % 100 < 50 else 3.3 for n in range(100_000)])
    assert len(SuddenLoss().flags(course).sessions) == 1000


@given(series())
def test_flags_are_those_stated_simply(course: ta.Series) -> None:
    """Of all observed scores those in the sessions, however far away."""
    seen = [(each.session, each.value) for each in course if each.value is not None]
    low, size = course.spec.low, 0.15 * (course.spec.high - course.spec.low)
    flags = {each.session: each.flag for each in SuddenLoss().flags(course)}
    for (n, x), (m, y) in pairwise(seen):
        pre = [score for session, score in seen if n - 2 <= session <= n]
        post = [score for session, score in seen if m <= session <= m + 2]
        if min(len(pre), len(post)) < 2 or m - n > 3:
            assert flags[m] is None
            continue
        free = len(pre) + len(post) - 2
        pooled = ((len(pre) - 1) * variance(pre) + (len(post) - 1) * variance(post)) / free
        t = {2: 4.3026527, 3: 3.1824463, 4: 2.7764451}[free]
        margins = [x - y - size, x - y - 0.1 * (x - low)]
        third = fmean(pre) - fmean(post) - t * sqrt(pooled)
        if all(abs(each) > 1e-4 for each in (*margins, third)):
            assert flags[m] is (min(*margins, third) > 0)


class TestSuddenLoss(DetectorContract):
    detector = SuddenLoss()
    worked = (
        WorkedCourse(
            values=[4.3, 4.4, 4.3, 3.4, 3.5, 3.4],
            low=1, high=5, flagged=[4], not_evaluable=[1, 2, 6],
            note="a fall of 0.9; means 4.333 and 3.433, pooled SD 0.0577",
        ),
    )  # fmt: skip


def test_three_values() -> None:
    assert told(SuddenLoss().flags(D)) == [None, None, False, None]
