"""Every score of every measure is the one that exact fractions give, rounded once."""

from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests import strategies
from tests.scoring import oracle

Form = tuple[ta.Measure, dict[str, float | None]]


@given(strategies.forms(), strategies.callers())
def test_scores_are_those_of_the_oracle(form: Form, caller: ta.Prorate | None) -> None:
    measure, answers = form
    sheet = ta.score(measure, answers, missing=caller)
    assert [each.id for each in sheet] == [rule.id for rule in measure.scores]
    for each in sheet:
        expected = oracle.score(measure, each.id, answers, caller)
        value = None if expected.value is None else float(expected.value)
        found = oracle.Expected(None, each.answered, each.of, each.status)
        assert found == expected._replace(value=None)
        assert each.value == value, "exact fractions, one division, one rounding"


@given(strategies.forms(one_range=True), st.integers(1, 20).map(lambda n: ta.Prorate(n / 20)))
def test_scores_with_shared_items_are_filled_as_by_the_oracle(
    form: Form, caller: ta.Prorate
) -> None:
    """One range, so that the caller's rule is nearly always at work; an item may count twice."""
    measure, answers = form
    for each in ta.score(measure, answers, missing=caller):
        expected = oracle.score(measure, each.id, answers, caller)
        assert each.value == (None if expected.value is None else float(expected.value))


@given(strategies.forms(complete=True))
def test_lowest_and_highest_are_reached_and_never_passed(form: Form) -> None:
    measure, answers = form
    ends: dict[str, dict[str, float | None]] = {"low": {}, "high": {}}
    for item in measure.items:
        scale = measure.scale_of(item)
        low, high = scale.low, scale.high
        flip = item in measure.reverse
        ends["low"][item], ends["high"][item] = (high, low) if flip else (low, high)
    for each in ta.score(measure, answers):
        assert each.value is not None
        assert each.low <= each.value <= each.high
        assert ta.score(measure, ends["low"])[each.id].value == each.low
        assert ta.score(measure, ends["high"])[each.id].value == each.high


@given(strategies.forms(), st.floats(0.05, 1).map(lambda share: round(share, 2)))
def test_prorated_scores_stay_within_the_range(form: Form, share: float) -> None:
    measure, answers = form
    for each in ta.score(measure, answers, missing=ta.Prorate(share)):
        if each.value is not None:
            slack = 1e-12 * max(1, abs(each.low), abs(each.high))
            assert each.low - slack <= each.value <= each.high + slack


@given(strategies.forms(complete=True), strategies.callers())
def test_a_missing_rule_changes_nothing_when_all_is_answered(
    form: Form, caller: ta.Prorate | None
) -> None:
    measure, answers = form
    with_rule, without = ta.score(measure, answers, missing=caller), ta.score(measure, answers)
    assert with_rule.scores == without.scores
    assert {each.status for each in without} == {"scored"}
