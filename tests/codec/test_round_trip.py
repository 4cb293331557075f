"""What is written is read back as it was; the quick writer agrees with the plain one."""

import json
from datetime import date
from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests import strategies
from therapeutic_alliance.codec.forms import administration_data, sheet_data, sheet_text
from therapeutic_alliance.model.validity import ROLES

Form = tuple[ta.Measure, dict[str, float | None]]
ids = st.from_regex(r"[A-Za-z0-9._-]{1,64}", fullmatch=True)
item_answers = st.one_of(st.none(), st.integers(), st.floats(allow_nan=False, allow_infinity=False))


@st.composite
def administrations(draw: st.DrawFn) -> ta.Administration:
    maybe = st.none
    occasion: Any = draw(st.sampled_from([None, "pre", "post"]))
    return ta.Administration(
        measure=draw(ids),
        case=draw(ids),
        session=draw(st.integers(1, 10**6)),
        rater=draw(st.sampled_from(ROLES)),
        answers=draw(st.dictionaries(st.text(max_size=8), item_answers, max_size=8)),
        date=draw(st.one_of(maybe(), st.dates())),
        measure_version=draw(st.one_of(maybe(), st.text(max_size=8))),
        person=draw(st.one_of(maybe(), ids)),
        occasion=occasion,
    )


@given(administrations(), st.sampled_from([None, 0, 2]))
def test_administrations(form: ta.Administration, indent: int | None) -> None:
    text = ta.dumps(form, indent=indent)
    again = ta.loads("administration", text)
    assert again == form
    assert again.key == form.key
    assert ta.dumps(again, indent=indent) == text
    assert ta.loads("administration", text.encode()) == form


@given(administrations())
def test_what_is_not_known_is_left_out(form: ta.Administration) -> None:
    assert None not in [v for k, v in administration_data(form).items() if k != "answers"]


@given(strategies.measures())
def test_measures(measure: ta.Measure) -> None:
    again = ta.loads("measure", ta.dumps(measure))
    assert again == measure
    assert again.fingerprint == measure.fingerprint


@given(strategies.forms(), strategies.callers(), st.booleans(), administrations())
def test_the_quick_writer_of_sheets_agrees_with_the_plain_one(
    form: Form, caller: ta.Prorate | None, with_form: bool, who: ta.Administration
) -> None:
    measure, answers = form
    filled = evolve(who, measure=measure.id, rater="client", measure_version=None, answers=answers)
    sheet = ta.score(measure, filled if with_form else answers, missing=caller)
    assert json.loads(sheet_text(sheet)) == sheet_data(sheet)
    assert ta.dumps(sheet) == json.dumps(sheet_data(sheet), ensure_ascii=False)
    assert json.loads(ta.dumps(sheet, indent=2)) == sheet_data(sheet)


def test_a_sheet_says_who_which_and_how() -> None:
    measure = ta.Registry().measure("care")
    form = ta.Administration(
        "care", "c1", 3, "client", dict.fromkeys(measure.items, 4) | {"2": None},
        date=date(2026, 3, 1), person="p1", occasion="post",
    )  # fmt: skip
    data = json.loads(ta.dumps(ta.score(measure, form)))
    [score] = data.pop("scores")
    assert score == {
        "score": "total", "metric": "sum", "low": 10.0, "high": 50.0, "of": 10,
        "missing_rule": "author: at most 2 missing, person-mean",
        "value": 40.0, "answered": 9, "status": "prorated",
    }  # fmt: skip
    assert data == {
        "schema": 1, "case": "c1", "session": 3, "date": "2026-03-01", "rater": "client",
        "person": "p1", "occasion": "post", "measure": "care", "measure_version": "1",
        "definition_sha256": measure.fingerprint, "provider": "therapeutic-alliance",
        "library_version": ta.__version__,
    }  # fmt: skip
