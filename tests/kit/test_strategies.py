"""What the strategies draw: valid, and as varied as the tests of a plugin need."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

import therapeutic_alliance as ta
from therapeutic_alliance.testing import answers, courses, measures, series

ARM = ta.Registry().measure("arm-5")
SEARCH = settings(
    max_examples=1_000, derandomize=True, database=None, deadline=None, phases=[Phase.generate]
)


@given(measures(), st.data())
def test_answers_are_accepted(measure: ta.Measure, data: st.DataObject) -> None:
    form = data.draw(answers(measure))
    assert list(form) == list(measure.items)
    assert ta.score(measure, form).measure is measure


@given(measures(), st.data())
def test_without_missing_every_item_is_answered(measure: ta.Measure, data: st.DataObject) -> None:
    assert None not in data.draw(answers(measure, missing=False)).values()


def test_answers_of_an_open_scale_are_not_known() -> None:
    with pytest.raises(ta.DefinitionError, match="state them"):
        answers(ta.Registry().measure("sai"))


@given(measures(one_range=True))
def test_one_range(measure: ta.Measure) -> None:
    assert measure.item_scales == ()


@given(courses(ARM, least=2, most=5))
def test_a_course_is_of_one_case_and_in_order(forms: list[ta.Administration]) -> None:
    sessions = [form.session for form in forms]
    assert 2 <= len(forms) <= 5
    assert sessions == sorted(set(sessions))
    assert {form.case for form in forms} == {"c1"}
    assert len({form.rater for form in forms}) == 1
    assert all(len(ta.score(ARM, form)) == 1 for form in forms)


@given(series(low=2, high=3.3, metric="percent", least=1, most=4))
def test_a_series_as_it_was_asked_for(course: ta.Series) -> None:
    assert 1 <= len(course) <= 4
    assert (course.spec.low, course.spec.high, course.spec.metric) == (2, 3.3, "percent")


VALUES: dict[str, tuple[st.SearchStrategy[Any], Callable[[Any], bool]]] = {
    "an empty series": (series(), lambda s: len(s) == 0),
    "a long one": (series(), lambda s: len(s) > 30),
    "a gap in the numbers": (series(), lambda s: len(s) > 1 and s[1].session > s[0].session + 1),
    "a first session later than 1": (series(), lambda s: len(s) > 0 and s[0].session > 1),
    "no score": (series(), lambda s: len(s) > 0 and not s.observed),
    "a ceiling": (series(least=5), lambda s: s.proportion_at_maximum == 1),
    "a tie": (
        series(),
        lambda s: len(s.observed) > 1 and s.observed[0].value == s.observed[1].value < s.spec.high,
    ),
    "percent": (series(), lambda s: s.spec.metric == "percent"),
    "a sum": (series(), lambda s: s.spec.metric == "sum"),
    "a range below 0": (series(), lambda s: s.spec.low < 0),
    "a form with nothing answered": (answers(ARM), lambda form: set(form.values()) == {None}),
    "a measure of one item": (measures(), lambda m: len(m.items) == 1),
    "a measure of sixty": (measures(), lambda m: len(m.items) == 60),
    "scales of their own": (measures(), lambda m: len(m.item_scales) > 1),
    "a missing rule": (measures(), lambda m: m.missing is not None),
    "a course with a gap": (courses(ARM), lambda c: len(c) > 1 and c[-1].session > len(c)),
    "a course with missing answers": (
        courses(ARM),
        lambda c: len(c) > 1 and None in c[-1].answers.values(),
    ),
}


@pytest.mark.parametrize("what", VALUES)
def test_it_draws(what: str) -> None:
    strategy, wanted = VALUES[what]
    search: Callable[..., Any] = find
    assert wanted(search(strategy, wanted, settings=SEARCH))
