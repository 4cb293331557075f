"""Laws that a score obeys whatever the measure."""

import random
from typing import Any

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests import strategies
from tests.scoring import oracle
from therapeutic_alliance.scoring.key import compile_key
from therapeutic_alliance.scoring.metric import convert, restate

Form = tuple[ta.Measure, dict[str, float | None]]


def _values(sheet: ta.ScoreSheet) -> dict[str, float | None]:
    return {score.id: score.value for score in sheet}


@given(strategies.forms(), st.randoms(use_true_random=False))
def test_the_order_of_the_items_does_not_matter(form: Form, shuffled: random.Random) -> None:
    measure, answers = form
    items = list(measure.items)
    shuffled.shuffle(items)
    rules = tuple(
        evolve(rule, items=tuple(shuffled.sample(rule.items, len(rule.items))))
        for rule in measure.scores
    )
    other = evolve(measure, items=tuple(items), scores=rules)
    assert _values(ta.score(other, answers)) == _values(ta.score(measure, answers))


@given(strategies.forms(complete=True), st.data())
def test_one_step_up_raises_or_if_reversed_lowers(form: Form, data: st.DataObject) -> None:
    """Monotone in each positively keyed item, antitone in each reverse-keyed one."""
    measure, answers = form
    item = data.draw(st.sampled_from(measure.items))
    scale = measure.scale_of(item)
    before = answers[item]
    assert before is not None
    assume(before < scale.high)
    higher = round(before + scale.step, 6)
    lower_sheet, higher_sheet = (
        ta.score(measure, answers),
        ta.score(measure, {**answers, item: higher}),
    )
    sign = -1 if item in measure.reverse else 1
    for score in measure.scores:
        one, two = lower_sheet[score.id].value, higher_sheet[score.id].value
        assert one is not None
        assert two is not None
        if item in oracle.members(measure, score.id):
            assert sign * (two - one) > 0
        else:
            assert two == one


@given(strategies.forms())
def test_mapping_sequence_and_form_give_the_same(form: Form) -> None:
    measure, answers = form
    by_name = ta.score(measure, answers)
    in_order = ta.score(measure, [answers[item] for item in measure.items])
    present = {item: answer for item, answer in answers.items() if answer is not None}
    administration = ta.Administration("invented", "c1", 1, "client", present)
    as_form = ta.score(measure, administration)
    assert by_name.scores == in_order.scores == as_form.scores
    assert by_name.answers == in_order.answers == as_form.answers
    assert as_form.form is administration
    assert ta.score(measure, dict(reversed(answers.items()))) == by_name


@given(strategies.forms(complete=True))
def test_sum_mean_and_percent_say_the_same(form: Form) -> None:
    measure, answers = form
    sheet = ta.score(measure, answers)
    for key in compile_key(measure).scores:
        spec, value = key.spec, sheet[key.spec.id].value
        assert value is not None
        percent = restate(spec, "percent")
        assert (percent.low, percent.high) == (0, 100)
        share = (value - spec.low) / (spec.high - spec.low)
        assert abs(convert(spec, value, "percent") - 100 * share) < 1e-9
        if spec.per_mean:
            metrics: tuple[Any, ...] = ("sum", "mean")
            for metric in set(metrics) - {spec.metric} if spec.metric != "rating" else ():
                other = restate(spec, metric)
                there = convert(spec, value, metric)
                assert other.low - 1e-9 <= there <= other.high + 1e-9
                assert abs(convert(other, there, spec.metric) - value) < 1e-9
                assert abs(convert(other, there, "percent") - 100 * share) < 1e-9


@given(strategies.forms(complete=True, one_range=True), st.data())
def test_prorating_takes_the_mean_of_what_is_there(form: Form, data: st.DataObject) -> None:
    """Answering a missing item with exactly the person's mean changes no prorated score."""
    measure, answers = form
    whole = next(rule for rule in measure.scores if rule.id == "whole")
    level = answers[measure.items[0]]
    scale = measure.scale_of(measure.items[0])
    assert level is not None
    turned = round(scale.low + scale.high - level, 6)
    flip = measure.items[0] in measure.reverse
    flat = {item: level if (item in measure.reverse) == flip else turned for item in measure.items}
    absent = data.draw(st.sets(st.sampled_from(whole.items), max_size=len(whole.items) - 1))
    some = {item: None if item in absent else answer for item, answer in flat.items()}
    full = ta.score(measure, flat)["whole"].value
    filled = ta.score(measure, some, missing=ta.Prorate(0.001))["whole"]
    assert filled.status == ("prorated" if absent else "scored")
    assert filled.value == full
