"""Within and between persons: ruptures.md section 4."""

from typing import Any

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.course.illustrations import A, B
from tests.course.raters.material import of
from therapeutic_alliance.course.cohort import CohortConstants

COHORT = CohortConstants.stated(
    mean=4, between=0.6, within=0.25, low=1, high=5, source="invented for this test"
)
PEOPLE = [
    of([4.0, 4.2, 4.4, 4.3, 4.6], case="a"),
    of([3.0, None, 3.2], case="b"),
    of([2.0, None, None, None, 2.2, 2.1], case="c"),
    of([4.9], case="d"),
]
"""Invented scores."""


def test_centring() -> None:
    """Section 4: x_it = xbar_i + (x_it - xbar_i); both are reported."""
    found = ta.raters.within_between(PEOPLE)
    assert len(found.rows) == 11
    for row in found.rows:
        assert row.person_mean + row.within == pytest.approx(row.value)
    levels = {level.case: level for level in found.levels}
    assert levels["a"].mean == pytest.approx(4.3)
    assert [row.within for row in found.rows if row.case == "b"] == pytest.approx([-0.1, 0.1])
    assert [row.within for row in found.rows if row.case == "d"] == [0]


def test_shrinkage_by_hand() -> None:
    """Section 4: lambda_i = tau2 / (tau2 + s2/n_i); mu + lambda_i (xbar_i - mu)."""
    found = ta.raters.within_between(PEOPLE, cohort=COHORT)
    for level, n, mean in zip(found.levels, (5, 2, 3, 1), (4.3, 3.1, 2.1, 4.9), strict=True):
        weight = 0.36 / (0.36 + 0.0625 / n)
        assert level.n == n
        assert level.weight == pytest.approx(weight)
        assert level.shrunken_mean == pytest.approx(4 + weight * (mean - 4))
    assert found.source == "invented for this test"
    assert found.icc1 == pytest.approx(0.36 / (0.36 + 0.0625))


def test_components_of_the_series_themselves() -> None:
    """Section 4, ICC(1) = tau2/(tau2+s2), estimated as in H14; n = 1 adds nothing to s2."""
    found = ta.raters.within_between(PEOPLE)
    scores = [np.array([p.value for p in each.observed], dtype=float) for each in PEOPLE]
    within = sum(((x - x.mean()) ** 2).sum() for x in scores) / sum(len(x) - 1 for x in scores)
    means = np.array([x.mean() for x in scores])
    between = means.var(ddof=1) - within * np.mean([1 / len(x) for x in scores])
    assert found.components is not None
    assert found.components.within == pytest.approx(within)
    assert found.components.between == pytest.approx(between)
    assert found.icc1 == pytest.approx(between / (between + within))
    assert found.source == "these 4 persons, fewer than 30: uncertain"
    many = ta.raters.within_between([evolve(A, case=f"c{n}") for n in range(30)])
    assert many.source == "these 30 persons"


def test_detrending() -> None:
    """Section 4: residuals from the person's own line; with n <= 4 do not detrend."""
    found = ta.raters.within_between(PEOPLE, intercept_at=3)
    slope, start = np.polyfit([1, 2, 3, 4, 5], [4.0, 4.2, 4.4, 4.3, 4.6], 1)
    first = found.levels[0]
    assert (first.slope, first.intercept) == pytest.approx((slope, start + 3 * slope))
    residuals = [row.detrended for row in found.rows if row.case == "a"]
    expected = [y - start - slope * x for x, y in enumerate([4.0, 4.2, 4.4, 4.3, 4.6], 1)]
    assert residuals == pytest.approx(expected)
    assert {row.detrended for row in found.rows if row.case != "a"} == {None}
    assert {(level.intercept, level.slope) for level in found.levels[1:]} == {(None, None)}


@pytest.mark.parametrize(("n", "trend"), [(4, False), (5, True)])
def test_four_are_too_few_to_detrend(n: int, trend: bool) -> None:
    [level] = ta.raters.within_between([of([None, *(1 + n / 10 for n in range(n))])]).levels
    assert (level.slope is not None) == trend


def test_lags() -> None:
    """Section 0 (3): the last observed score, unless more than max_gap are missing between."""
    found = ta.raters.within_between(PEOPLE)
    lags = {(row.case, row.session): (row.lag_session, row.lag_value) for row in found.rows}
    assert lags["a", 1] == (None, None)
    assert lags["a", 2] == (1, 4.0)
    assert lags["b", 3] == (1, 3.0)
    assert lags["c", 5] == (None, None)
    assert lags["c", 6] == (5, 2.2)
    wide = ta.raters.within_between(PEOPLE, max_gap=3)
    assert [row.lag_session for row in wide.rows if row.case == "c"] == [None, 1, 5]
    strict = ta.raters.within_between(PEOPLE, max_gap=0)
    assert [row.lag_session for row in strict.rows if row.case == "b"] == [None, None]
    for row in wide.rows:
        if row.lag_value is not None:
            assert row.lag_within == pytest.approx(row.lag_value - row.person_mean)


def test_the_table() -> None:
    found = ta.raters.within_between([B])
    rows = found.table()
    assert len(rows) == 8
    assert rows[2]["session"] == 4
    assert set(rows[0]) == {
        "case", "person", "session", "value", "person_mean", "within", "detrended",
        "lag_session", "lag_value", "lag_within",
    }  # fmt: skip


@pytest.mark.parametrize(
    "cases", [[], [of([])], [of([None]), of([None, None])], [of([3.0])], [of([3.0]), of([4.0])]]
)
def test_too_little(cases: Any) -> None:
    found = ta.raters.within_between(cases)
    assert (found.components, found.icc1) == (None, None)
    assert "needs two persons" in found.source
    assert len(found.levels) == len(cases)
    for level in found.levels:
        assert (level.weight, level.shrunken_mean) == (None, None)


@pytest.mark.parametrize("score", [5.0, 2.7, 1.1, 0.1 + 0.2 + 1])
def test_nobody_varies(score: float) -> None:
    """The noise of floats in a mean of equal numbers is no variance."""
    for several in ([score] * 3, [score]):
        found = ta.raters.within_between([of(several), of([score] * 2), of([score] * 7)])
        assert found.icc1 is None
        assert {level.weight for level in found.levels} == {None}
        assert [row.within for row in found.rows] == pytest.approx([0] * (9 + len(several)))


def test_a_cohort_of_another_rater() -> None:
    people = [evolve(each, rater="client") for each in PEOPLE]
    found = ta.raters.within_between(people, cohort=evolve(COHORT, rater="therapist"))
    assert found.components is None
    assert "another rater" in found.source


def test_a_cohort_of_another_score() -> None:
    found = ta.raters.within_between(PEOPLE, cohort=evolve(COHORT, score="bond"))
    assert (found.components, found.levels[0].weight) == (None, None)
    assert "another score" in found.source


def test_persons_must_be_alike() -> None:
    for other, rule in (
        (of([3], low=1, high=7), "metric and possible range"),
        (ta.Series.of([3], low=1, high=5, score="bond"), "one score"),
        (of([3], measure="own", case="z"), "one measure"),
        (evolve(of([3], case="z"), rater="therapist"), "one rater"),
        (evolve(of([3], case="z"), occasion="pre"), "one occasion"),
        (of([3], case="a"), "one series a person"),
    ):
        with pytest.raises(ta.SeriesError, match=rule):
            ta.raters.within_between([*PEOPLE, other])


@pytest.mark.parametrize(
    "given", [{"intercept_at": 0}, {"intercept_at": 1.5}, {"max_gap": -1}, {"max_gap": True}]
)
def test_parameters_out_of_range(given: Any) -> None:
    [name] = given
    with pytest.raises(ta.AllianceError, match=f"within-between: {name}"):
        ta.raters.within_between(PEOPLE, **given)


def test_no_score_and_no_case_in_the_repr() -> None:
    secret = of([4.3217, 4.1, 4.0, 4.0, 4.1], case="case-17", person="p-18")
    found = ta.raters.within_between([secret])
    for shown in (repr(found), repr(found.levels), repr(found.rows)):
        assert not any(word in shown for word in ("4.3217", "case-17", "p-18"))


SCORES = st.lists(
    st.lists(st.none() | st.integers(10, 50), min_size=1, max_size=9), min_size=2, max_size=8
)


@given(SCORES, st.randoms(use_true_random=False))
def test_the_order_of_cases_does_not_matter(scores: Any, random: Any) -> None:
    cases = [of([v and v / 10 for v in each], case=f"c{n}") for n, each in enumerate(scores)]
    before = ta.raters.within_between(cases)
    random.shuffle(cases)
    after = ta.raters.within_between(cases)
    assert set(before.rows) == set(after.rows)
    if before.icc1 is None:
        assert after.icc1 is None
    else:
        assert after.icc1 == pytest.approx(before.icc1, abs=1e-9)


@given(SCORES, st.sampled_from([(0.1, 0.0), (12, 0.0), (25, -25)]))
def test_metrics_agree_up_to_scale(scores: Any, metric: Any) -> None:
    factor, shift = metric
    plain = [of([v and v / 10 for v in each]) for each in scores]
    moved = [
        of(
            [None if v is None else factor * v / 10 + shift for v in each],
            low=factor + shift,
            high=5 * factor + shift,
        )
        for each in scores
    ]
    for cohort in (None, COHORT):
        before = ta.raters.within_between(plain, cohort=cohort)
        after = ta.raters.within_between(moved, cohort=cohort)
        for one, other in zip(before.rows, after.rows, strict=True):
            assert other.within == pytest.approx(factor * one.within, abs=1e-9)
            if one.detrended is None:
                assert other.detrended is None
            else:
                assert other.detrended == pytest.approx(factor * one.detrended, abs=1e-9)
        for level, same in zip(before.levels, after.levels, strict=True):
            if level.shrunken_mean is None:
                assert same.shrunken_mean is None
            else:
                assert same.weight == pytest.approx(level.weight, abs=1e-9)
                expected = factor * level.shrunken_mean + shift
                assert same.shrunken_mean == pytest.approx(expected, abs=1e-9)


def test_long_courses() -> None:
    long = of([1 + (n % 37) / 10 for n in range(100_000)])
    assert len(ta.raters.within_between([long]).rows) == 100_000
