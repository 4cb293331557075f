"""The forms of a course, scored and followed."""

from typing import Any

import pytest

import therapeutic_alliance as ta
from tests.codec.examples import told
from therapeutic_alliance import alliance

FIVE = dict.fromkeys("12345", 5)


def _form(id_: str, session: int, **said: Any) -> alliance.FilledForm:
    given = {"measure": "arm-5", "rater": "client", "answers": FIVE, **said}
    return alliance.FilledForm(id=id_, session=session, **given)


def _course(*forms: alliance.FilledForm) -> ta.Course:
    people = (
        alliance.Participant(id="m", role="client"),
        alliance.Participant(id="d", role="client"),
    )
    return ta.Course(case="x", participants=people, administrations=forms)


def _values(series: ta.Series) -> list[tuple[int, float | None]]:
    return [(point.session, point.value) for point in series]


def test_sessions_stand_in_order_whatever_the_forms() -> None:
    """ARM-5, one item reversed, 1 to 7: all fives make (4 x 5 + 3) / 5."""
    series = ta.series(_course(_form("a", 2), _form("b", 1)), rater="client")
    assert _values(series) == [(1, 4.6), (2, 4.6)]
    assert (series.case, series.measure, series.spec.metric) == ("x", "arm-5", "mean")


def test_a_correction_counts_and_what_it_corrects_does_not() -> None:
    better = _form("b", 1, amends="a", answers=dict.fromkeys("12345", 4))
    assert _values(ta.series(_course(_form("a", 1), better), rater="client")) == [(1, 4)]


def test_persons_of_one_role_are_never_merged() -> None:
    course = _course(_form("a", 1, person="m"), _form("b", 1, person="d", answers={"1": 9}))
    assert len(ta.series(course, rater="client", person="m")) == 1, "another's answers are bad"
    with pytest.raises(ta.SeriesError, match="another person or occasion; say which"):
        ta.series(course, rater="client")
    with pytest.raises(ta.SeriesError, match="no form of this rater"):
        ta.series(course, rater="therapist")


def test_a_measure_is_chosen_by_its_id_or_alias() -> None:
    measure = ta.Registry().measure("br-wai")
    [alias] = measure.aliases
    other = _form("b", 1, measure=alias, answers=dict.fromkeys(measure.items, 3))
    course = _course(_form("a", 1), other)
    for name in ("br-wai", alias):
        assert ta.series(course, rater="client", measure=name).measure == "br-wai"
    with pytest.raises(ta.SeriesError, match="several cases or measures"):
        ta.series(course, rater="client")


def test_every_form_that_cannot_be_scored_is_told_at_once() -> None:
    course = _course(
        _form("a", 1),
        _form("b", 2, answers={**FIVE, "3": 8}),
        _form("c", 3, measure="my-own"),
        _form("e", 4, rater="observer"),
    )
    problems = told(lambda: ta.score_course(course))
    assert [path for path, _ in problems] == [
        "$.administrations[1], session 2, arm-5, client",
        "$.administrations[2], session 3, my-own, client",
        "$.administrations[3], session 4, arm-5, observer, $.rater",
    ]


def test_the_callers_rule_for_missing_answers_holds() -> None:
    course = _course(_form("a", 1, answers={**FIVE, "1": None}))
    [strict] = ta.score_course(course)
    [filled] = ta.score_course(course, missing=ta.Prorate(0.8))
    assert (strict["total"].status, filled["total"].status) == ("not-scorable", "prorated")
