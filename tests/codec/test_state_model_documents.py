"""A state model as JSON: what is written is read back, and nothing else is read."""

import json
from datetime import date
from typing import Any

import pytest
from attrs import fields

import therapeutic_alliance as ta
from tests.codec.examples import told

MODEL: dict[str, Any] = {
    "schema": 1,
    "mean": 0.8,
    "between_sd": 0.15,
    "within_sd": 0.06,
    "within_spread": 0.3,
    "depth": 0.2,
    "depth_spread": 0.5,
    "entry": 0.04,
    "exit": 0.4,
    "grid": [7, 3, 2],
    "growth": [-0.02, 0.0, 0.01],
    "source": "invented for this test",
    "n": 300,
    "scores": 3690,
    "date": "2026-03-01",
    "measure": "wai-sr",
    "score": "total",
    "rater": "client",
    "occasion": "post",
    "definition_sha256": "0" * 64,
}


def test_every_field_is_written_and_read_back() -> None:
    model = ta.loads("state-model", json.dumps(MODEL))
    assert (model.grid, model.growth) == ((7, 3, 2), (-0.02, 0.0, 0.01))
    assert model.date == date(2026, 3, 1)
    assert json.loads(ta.dumps(model)) == MODEL
    assert ta.loads("state-model", ta.dumps(model, 2)) == model
    assert {each.name for each in fields(ta.StateModel)} == {*MODEL} - {"schema"}


def test_defaults_are_left_out_and_come_back() -> None:
    model = ta.StateModel.around(ta.CohortConstants.illustrative())
    written = json.loads(ta.dumps(model))
    assert {*written} == {"schema", "mean", "between_sd", "within_sd", "depth", "source"}
    assert ta.loads("state-model", json.dumps(written)) == model


@pytest.mark.parametrize(
    ("changes", "path", "rule"),
    [
        ({"grid": "773"}, "$.grid", "not a list"),
        ({"growth": {"1": 0}}, "$.growth", "not a list"),
        ({"growth": [0, "1"]}, "$.growth", "not made of finite numbers"),
        ({"grid": [7, 3]}, "$.grid", "has three numbers of points"),
        ({"entry": 1}, "$.entry", "is a number between 0 and 1"),
        ({"exit": "0.4"}, "$.exit", "is a number between 0 and 1"),
        ({"mean": None}, "$.mean", "is a finite number"),
        ({"within_sd": 0}, "$", "state model: within_sd is a finite number above 0"),
        ({"grid": [7, 3, 2.0]}, "$", "state model: each number of the grid is a whole number, 1 "),
        ({"source": "two\nlines"}, "$.source", "not a printable line"),
        ({"date": "1 March"}, "$.date", "not a date such as 2026-03-01"),
        ({"rater": "a b"}, "$.rater", "not an id"),
        ({"schema": 2}, "$.schema", "a later schema of a state-model"),
        ({"quokka": 1}, "$", "field 20 is not one of schema, mean, between_sd"),
    ],
)
def test_one_fault_one_problem(changes: dict[str, Any], path: str, rule: str) -> None:
    text = json.dumps({**MODEL, **changes})
    [(where, what)] = told(lambda: ta.loads("state-model", text))
    assert (where, what[: len(rule)]) == (path, rule)


@pytest.mark.parametrize("field", ["mean", "depth", "source"])
def test_what_is_needed(field: str) -> None:
    text = json.dumps({name: value for name, value in MODEL.items() if name != field})
    assert told(lambda: ta.loads("state-model", text)) == [(f"$.{field}", "missing")]


def test_a_cohort_is_no_state_model() -> None:
    with pytest.raises(ta.DocumentError):
        ta.loads("state-model", ta.dumps(ta.CohortConstants.illustrative()))
    with pytest.raises(ta.DocumentError, match="administration, cohort, course, measure, state-m"):
        ta.loads("model", "{}")  # type: ignore[call-overload]
