"""Constants of a cohort: the estimator of H14, and cohorts that are refused."""

from datetime import UTC, datetime
from random import Random
from statistics import fmean, stdev, variance
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.course.cohorts import DAY, Fit, cohort, shares
from therapeutic_alliance.course.cohort import LEAST_VARIANCE


def test_the_estimator_of_h14() -> None:
    """H14, "Estimator", computed a second time with the statistics module."""
    persons = [shares(each) for each in cohort()]
    s2 = sum((len(p) - 1) * stdev(p) ** 2 for p in persons) / sum(len(p) - 1 for p in persons)
    means = [fmean(p) for p in persons]
    tau2 = variance(means) - s2 * fmean(1 / len(p) for p in persons)
    found = Fit(cohort(), date=DAY)
    assert found.mean == pytest.approx(fmean(means), rel=1e-12)
    assert found.within_variance == pytest.approx(s2, rel=1e-12)
    assert found.between_variance == pytest.approx(tau2, rel=1e-10)
    assert found.person_sd == pytest.approx(fmean(stdev(p) for p in persons), rel=1e-12)
    assert found.means_sd == pytest.approx(stdev(means), rel=1e-12)
    assert (found.n, found.scores) == (40, sum(map(len, persons)))


def test_h14_cohort_like_constants() -> None:
    """H14: tau2 = .58^2 - .152/12.3 = .3240, and ICC .67 (section 7) is that of .58 and .39."""
    tau2 = 0.58**2 - 0.152 / 12.3
    assert tau2 == pytest.approx(0.3240, abs=5e-5)
    found = ta.CohortConstants.stated(
        mean=3.99, between=tau2**0.5, within=0.152**0.5, low=1, high=5, source="H14"
    )
    assert found.reliability == pytest.approx(0.3240 / (0.3240 + 0.152), abs=5e-5)
    assert found.mean == pytest.approx(2.99 / 4)


def test_what_was_simulated_is_found() -> None:
    found = Fit(cohort(2_000), date=DAY)
    assert found.mean == pytest.approx((3.5 - 1) / 4, abs=0.01)
    assert found.within_variance**0.5 == pytest.approx(0.3 / 4, abs=0.003)
    assert found.between_variance**0.5 == pytest.approx(0.4 / 4, abs=0.005)
    assert found.reliability == pytest.approx(0.16 / 0.25, abs=0.03)


def test_reliability_is_icc_1() -> None:
    """Section 4: tau2 / (tau2 + s2); .0225 / (.0225 + .00390625) for the illustrative prior."""
    assert ta.CohortConstants.illustrative().reliability == pytest.approx(0.85207, abs=5e-6)


def test_the_variance_between_has_a_floor() -> None:
    """H14: max(1e-6*range^2, ...): persons who do not differ."""
    same = [ta.Series.of([3, 3.4, 3.8, 3.4], low=1, high=5) for _ in range(30)]
    assert Fit(same, date=DAY).between_variance == LEAST_VARIANCE


def test_persons_with_fewer_than_three_scores_do_not_count() -> None:
    short = [ta.Series.of([1, None, 1], low=1, high=5, rater="client")] * 20
    whole = Fit(cohort(), date=DAY)
    assert Fit([*cohort(), *short], date=DAY) == whole


@given(st.randoms(use_true_random=False), st.booleans())
def test_the_order_of_cases_does_not_matter(draw: Random, growth: bool) -> None:
    cases = cohort()
    draw.shuffle(cases)
    assert Fit(cases, growth=growth, date=DAY) == Fit(cohort(), growth=growth, date=DAY)


@given(st.booleans())
def test_the_metric_does_not_matter(growth: bool) -> None:
    as_percent = [
        evolve(
            ta.Series.of(
                [None if p.value is None else 25 * (p.value - 1) for p in each],
                low=0, high=100, metric="percent", rater="client",
            ),
            case=each.case,
        )
        for each in cohort()
    ]  # fmt: skip
    one, other = Fit(cohort(), growth=growth, date=DAY), Fit(as_percent, growth=growth, date=DAY)
    assert other.growth == pytest.approx(one.growth, abs=1e-10)
    for name in ("mean", "between_variance", "within_variance", "person_sd", "means_sd"):
        assert getattr(other, name) == pytest.approx(getattr(one, name), rel=1e-9)


def test_no_constant_holds_who_it_was() -> None:
    named = [evolve(each, case=f"quokka-{n}") for n, each in enumerate(cohort())]
    assert Fit(named, date=DAY) == Fit(cohort(), date=DAY)
    assert "quokka" not in repr(Fit(named, date=DAY))


def test_measure_score_and_rater_are_recorded() -> None:
    measure = ta.Registry().measure("arm-5")
    cases = [
        ta.Series.of([5, 6, 5.2, 4 + n / 20], measure=measure, metric="mean", rater="client")
        for n in range(30)
    ]
    found = Fit(cases, date=DAY)
    assert (found.measure, found.score, found.rater) == ("arm-5", "total", "client")
    assert str(found) == (
        "a cohort of 30 cases (measure arm-5, score total, rater client), computed on 2026-03-01"
    )


def test_the_date_is_that_of_today() -> None:
    before = datetime.now(UTC).date()
    found = Fit(cohort()).date
    assert found is not None
    assert before <= found <= datetime.now(UTC).date()


# What is no cohort


@pytest.mark.parametrize("n", [0, 1, 29])
def test_a_cohort_that_is_too_small(n: int) -> None:
    with pytest.raises(ta.SeriesError, match=f"at least 30 cases with 3 scores or more; .* {n}$"):
        Fit(cohort(n))
    assert Fit(cohort(30)).n == 30


def test_many_cases_with_few_scores_are_too_small() -> None:
    short = [ta.Series.of([3, 4], low=1, high=5)] * 500
    with pytest.raises(ta.SeriesError, match="here are 0"):
        Fit(short)


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"measure": "srs"}, "one measure; here are 2"),
        ({"rater": "therapist"}, "one rater; here are 2"),
        ({"rater": None}, "one rater; here are 2"),
        ({"occasion": "pre"}, "one occasion; here are 2"),
        ({"spec": ta.ScoreSpec("bond", "mean", 1, 5, 0)}, "one score; here are 2"),
        ({"spec": ta.ScoreSpec("total", "mean", 1, 7, 0)}, "possible range"),
    ],
)
def test_a_mixed_cohort(changes: Any, what: str) -> None:
    cases = cohort()
    cases[7] = evolve(cases[7], **changes)
    with pytest.raises(ta.SeriesError, match=what):
        Fit(cases)


def test_a_named_measure_has_one_range_in_a_metric() -> None:
    cases = [evolve(each, measure="srs") for each in cohort()]
    cases[7] = evolve(cases[7], spec=ta.ScoreSpec("total", "mean", 1, 7, 0))
    with pytest.raises(ta.SeriesError, match="one possible range in a metric; here are 2"):
        Fit(cases)


@pytest.mark.parametrize(
    "spec", [("mean", 1, 7), ("mean", 0, 4), ("sum", 12, 60), ("percent", 0, 100)]
)
def test_a_cohort_of_no_named_measure_has_one_scale(spec: Any) -> None:
    """Nothing else tells that its scores are of one kind."""
    metric, low, high = spec
    cases = [evolve(each, measure=None) for each in cohort()]
    assert Fit(cases).measure is None
    middle = (low + high) / 2
    cases[7] = ta.Series.of([low, middle, high], low=low, high=high, metric=metric)
    cases[7] = evolve(cases[7], rater=cases[0].rater)
    with pytest.raises(ta.SeriesError, match="one metric and possible range; here are several"):
        Fit(cases)


@pytest.mark.parametrize("given", [cohort()[0], [1, 2.5], 5, None, "abc", [cohort()[0], 4]])
@pytest.mark.parametrize("fit", [Fit, ta.StateModel.fit])
def test_what_is_no_list_of_series(fit: Any, given: Any) -> None:
    with pytest.raises(ta.SeriesError) as caught:
        fit(given)
    assert str(caught.value) == "a cohort is a list of series, one for each person"


def test_a_person_who_stands_there_twice() -> None:
    cases = cohort()
    with pytest.raises(ta.SeriesError, match="one series a person") as caught:
        Fit([*cases, cases[3]])
    assert "c3" not in str(caught.value)
    of_two = [evolve(each, person=f"p{n}") for n in (1, 2) for each in cohort()]
    assert Fit(of_two).n == 80, "two members of one family are two persons"


@pytest.mark.parametrize("noise", [0.0, 1e-9])
def test_scores_that_do_not_vary(noise: float) -> None:
    """A variance of 0, and one of rounding only."""
    level = [
        ta.Series.of([3 + n / 40, 3 + n / 40 + noise, 3 + n / 40], low=1, high=5) for n in range(40)
    ]
    with pytest.raises(ta.SeriesError, match="hardly vary within the cases"):
        Fit(level)


# Growth
