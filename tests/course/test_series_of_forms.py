"""A series from scored forms: one case, one rater, one edition, in order."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta

MEASURE = ta.Registry().measure("wai-sr")
SRT = ta.Registry().measure("arm-5")


def _sheet(session: int, answer: int | None = 4, **given: Any) -> ta.ScoreSheet:
    measure = given.pop("of", MEASURE)
    facts = {"case": "c1", "rater": "client", **given}
    answers = dict.fromkeys(measure.items, answer)
    return ta.score(
        measure, ta.Administration(measure.id, session=session, answers=answers, **facts)
    )


@given(st.permutations(range(1, 8)))
def test_the_order_of_the_forms_does_not_matter(order: list[int]) -> None:
    sheets = [_sheet(session, 1 + session % 5) for session in order]
    series = ta.series(sheets, rater="client")
    assert [(p.session, p.value) for p in series] == [(n, 12 * (1 + n % 5)) for n in range(1, 8)]
    assert (series.case, series.rater, series.measure) == ("c1", "client", "wai-sr")


def test_a_form_that_is_not_scorable_is_not_observed() -> None:
    series = ta.series([_sheet(1), _sheet(2, None), _sheet(3)], rater="client")
    assert [point.value for point in series] == [48, None, 48]


@pytest.mark.parametrize(("metric", "value"), [("sum", 48), ("mean", 4), ("percent", 75)])
def test_metric(metric: Any, value: float) -> None:
    series = ta.series([_sheet(1)], rater="client", metric=metric)
    assert [point.value for point in series] == [value]
    assert series.spec.metric == metric


def test_other_persons_occasions_and_measures_are_left_aside() -> None:
    sheets = [
        _sheet(1),
        _sheet(1, 5, occasion="pre"),
        _sheet(1, 5, person="p2"),
        _sheet(1, 5, of=SRT),
    ]
    series = ta.series(sheets, rater="client", measure="wai-sr")
    assert [point.value for point in series] == [48]
    pre = ta.series(sheets, rater="client", measure="wai-sr", occasion="pre")
    assert [point.value for point in pre] == [60]


@pytest.mark.parametrize(
    ("sheets", "rule"),
    [
        ([_sheet(1), _sheet(2, case="c2")], "one case"),
        ([_sheet(1), _sheet(2, of=SRT)], "several"),
        ([_sheet(1), _sheet(2, of=MEASURE.stated(low=1, high=7))], "two editions"),
        ([_sheet(1), _sheet(1, 3)], "two forms"),
        ([_sheet(1, person="p1")], "another person or occasion"),
        ([], "no form"),
    ],
    ids=["cases", "measures", "editions", "one session twice", "person", "nothing"],
)
def test_what_cannot_be_mixed(sheets: list[ta.ScoreSheet], rule: str) -> None:
    with pytest.raises(ta.SeriesError, match=rule):
        ta.series(sheets, rater="client")


def test_answers_without_a_form_make_no_series() -> None:
    sheet = ta.score(MEASURE, [4] * 12)
    with pytest.raises(ta.SeriesError, match="no form"):
        ta.series([sheet], rater="client")


def test_outcome_forms_are_refused() -> None:
    with pytest.raises(ta.SeriesError, match="ors measures outcome"):
        ta.series([_sheet(1, of=ta.Registry().measure("ors"))], rater="client")
