"""An explanation says which items, which were reversed or filled, by which rule, on whose word."""

import json

import pytest
from hypothesis import given

import therapeutic_alliance as ta
from tests import strategies
from tests.measures import worked
from tests.scoring import oracle

Form = tuple[ta.Measure, dict[str, float | None]]
REGISTRY = ta.Registry()


@given(strategies.forms(), strategies.callers())
def test_items_reversed_filled_and_unanswered(form: Form, caller: ta.Prorate | None) -> None:
    measure, answers = form
    sheet = ta.score(measure, answers, missing=caller)
    for score in sheet:
        told = ta.explain(sheet, score.id)
        members = oracle.members(measure, score.id)
        empty = {item for item in members if answers[item] is None}
        assert told.items == tuple(item for item in measure.items if item in members)
        assert set(told.reversed) == set(members) & set(measure.reverse)
        assert set(told.unanswered) == empty
        assert set(told.filled) == (empty if score.status == "prorated" else set())
        assert told.score == score


@given(strategies.forms(), strategies.callers())
def test_it_is_data_for_json(form: Form, caller: ta.Prorate | None) -> None:
    measure, answers = form
    sheet = ta.score(measure, answers, missing=caller)
    for score in sheet:
        data = ta.explain(sheet, score.id).to_dict()
        assert json.loads(json.dumps(data, allow_nan=False)) == data
        assert data["definition_sha256"] == measure.fingerprint
        assert (data["value"], data["metric"]) == (score.value, score.metric)


@pytest.mark.parametrize("measure_id", worked.IDS)
def test_words_name_terms_sources_and_status(measure_id: str) -> None:
    file = worked.read(measure_id)
    measure = worked.edition(file)
    sheet = ta.score(measure, file["cases"][0]["answers"])
    for score in sheet:
        told = ta.explain(sheet, score.id)
        assert measure.licence.terms
        assert f"licence: {measure.licence.terms}" in str(told)
        assert told.to_dict()["terms"] == measure.licence.terms
        assert f"{measure.id} version {measure.version}, {measure.status}" in str(told)
        for fact in told.evidence:
            assert f"{fact.fact}: {fact.grade}" in str(told)
            cited = [source for source in measure.sources if source.id in fact.sources]
            assert len(cited) == len(fact.sources)
            assert all(source.citation in str(told) for source in cited)


@pytest.mark.parametrize(
    ("measure_id", "score_id", "formula"),
    [
        ("wai-sr", "bond", "sum of the 4 items"),
        ("wai-sr", "total", "sum of the scores task, bond, goal"),
        ("arm-5", "total", "mean of the 5 items; reverse-keyed items count 8 - answer"),
        ("softa-o", "safety", "the rating as given"),
        ("haq-ii", "total", "sum of the 19 items; reverse-keyed items count 7 - answer"),
    ],
)
def test_formula(measure_id: str, score_id: str, formula: str) -> None:
    measure = REGISTRY.measure(measure_id)
    low = [measure.scale_of(item).low for item in measure.items]
    assert ta.explain(ta.score(measure, low), score_id).formula == formula


def test_missing_rule_in_force() -> None:
    care, wai = REGISTRY.measure("care"), REGISTRY.measure("wai-sr")
    some = [4] * 9 + [None]
    assert "the authors' rule" in ta.explain(ta.score(care, some), "total").missing_rule
    caller = ta.explain(ta.score(care, some, missing=ta.Prorate(0.8)), "total")
    assert "the caller's request: at least 80%" in caller.missing_rule
    none = ta.explain(ta.score(wai, [4] * 12), "total")
    assert none.missing_rule == "none: every item must be answered"


def test_a_score_that_is_not_scorable() -> None:
    told = ta.explain(ta.score(REGISTRY.measure("wai-sr"), [None] * 12), "bond")
    assert "bond: not scorable" in str(told)
    assert "items used: none" in str(told)
    assert told.to_dict()["value"] is None


def test_what_the_caller_stated_rests_on_the_caller() -> None:
    seven = REGISTRY.measure("wai-sr").stated(low=1, high=7)
    told = str(ta.explain(ta.score(seven, [7] * 12), "bond"))
    assert "version 1+stated, stated (stated by the caller: scale)" in told
    assert "scale: stated, by the caller" in told


def test_unknown_score() -> None:
    sheet = ta.score(REGISTRY.measure("arm-5"), [4] * 5)
    with pytest.raises(ta.UnknownIdError, match="it has: total"):
        ta.explain(sheet, "bond")
