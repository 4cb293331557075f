"""What constants are of, and what they do not judge."""

from typing import Any

import pytest
from attrs import evolve

import therapeutic_alliance as ta
from tests.course.cohorts import DAY, Fit, cohort


def test_misfit() -> None:
    of_bond = evolve(ta.CohortConstants.illustrative(), measure="wai-sr", score="bond")
    assert of_bond.misfit(measure="wai-sr", score="bond") == ""
    assert of_bond.misfit(measure="srs") == "the cohort constants are of another measure, wai-sr"
    assert of_bond.misfit(score="total") == "the cohort constants are of another score, bond"
    assert of_bond.misfit(rater="therapist") == of_bond.misfit() == ""
    of_clients = evolve(of_bond, rater="client")
    assert of_clients.misfit(rater="client") == of_clients.misfit() == ""
    told = of_clients.misfit(rater="therapist")
    assert told == "the cohort constants are of another rater, client"


def test_constants_are_a_value() -> None:
    one = ta.CohortConstants.illustrative()
    assert hash(one) == hash(ta.CohortConstants.illustrative())
    assert str(one) == one.source
    listed: Any = [0.1, 0.2]
    assert evolve(one, growth=listed).growth == (0.1, 0.2)


def of_forms(high: int = 5) -> list[ta.Series]:
    """Simulated persons, by a definition that can be stated otherwise; every score is percent."""
    measure = ta.Registry().measure("wai-sr")
    if high != 5:
        measure = measure.stated(low=1, high=high)
    return [
        ta.Series.of(
            [50 + n, 56 + n, 53 + n, 40 + n], measure=measure, metric="percent", rater="client"
        )
        for n in range(30)
    ]


def test_the_occasion_is_recorded() -> None:
    post = [evolve(each, occasion="post") for each in cohort()]
    found = Fit(post, date=DAY)
    assert found.occasion == "post"
    assert str(found) == (
        "a cohort of 40 cases (score total, rater client, occasion post), computed on 2026-03-01"
    )
    assert found.misfit(occasion="post") == found.misfit() == ""
    assert found.misfit(occasion="pre") == "the cohort constants are of another occasion, post"
    assert Fit(cohort(), date=DAY).misfit(occasion="pre") == ""


def test_constants_of_one_occasion_do_not_judge_another() -> None:
    post = Fit([evolve(each, occasion="post") for each in cohort()], date=DAY)
    pre = evolve(ta.Series.of([4.2, 4.1, 4.2, 2.0], low=1, high=5, rater="client"), occasion="pre")
    rule = ta.Registry().detector("eb-z", cohort=post)
    assert {flag.flag for flag in rule.flags(pre)} == {None}
    assert {flag.why for flag in rule.flags(pre)} == {
        "the cohort constants are of another occasion, post"
    }
    assert rule.flags(evolve(pre, occasion="post")).sessions == (4,)


def test_constants_of_one_edition_do_not_judge_another() -> None:
    """In percent the possible range of five points and of seven is the same."""
    found = Fit(of_forms(), date=DAY)
    assert found.definition_sha256 == ta.Registry().measure("wai-sr").fingerprint
    rule = ta.Registry().detector("eb-z", cohort=found)
    assert rule.flags(of_forms()[5]).evaluable == 2
    seven = rule.flags(of_forms(high=7)[5])
    assert seven.evaluable == 0
    assert {flag.why for flag in seven} == {"the cohort constants are of another edition of wai-sr"}
    assert seven.conventions == rule.flags(of_forms()[5]).conventions


def test_a_cohort_of_two_editions() -> None:
    with pytest.raises(ta.SeriesError, match="a cohort has one edition; here are 2"):
        Fit([*of_forms()[:20], *of_forms(high=7)[20:]])


def test_forms_know_their_definition() -> None:
    registry = ta.Registry()
    forms = [ta.score(registry.measure(form.measure), form) for form in ta.example("caseload")]
    for series in ta.caseload(forms):
        assert series.measure
        assert series.definition_sha256 == registry.measure(series.measure).fingerprint
    assert ta.Series.of([4], low=1, high=5).definition_sha256 is None
