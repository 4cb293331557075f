"""A definition is read as it stands: nothing is converted, guessed or left aside."""

import json
from typing import Any

import pytest

import therapeutic_alliance as ta
from tests.codec.examples import PULSE, measure_problems


def test_the_example_itself_is_read() -> None:
    measure = ta.loads("measure", json.dumps(PULSE))
    assert measure.items == tuple("12345678")
    assert measure.scale == ta.Scale(low=1, high=5)


EIGHT = list("12345678")


@pytest.mark.parametrize(
    ("changes", "path", "rule"),
    [
        ({"items": [*EIGHT[:6], 7, "8"]}, "$.items[6]", "expected a text, got a whole number"),
        ({"items": "12345678"}, "$.items", "expected a list, got a text"),
        ({"items": True}, "$.items", "expected a list, got true or false"),
        ({"items": 8.0}, "$.items", "expected a list, got a number"),
        ({"id": 3}, "$.id", "expected a text, got a whole number"),
        ({"name": None}, "$.name", "expected a text, got nothing"),
        ({"version": 1}, "$.version", "expected a text, got a whole number"),
        ({"raters": "client"}, "$.raters", "expected a list, got a text"),
        ({"raters": {"client": 1}}, "$.raters", "expected a list, got a table"),
        ({"never_sum": "false"}, "$.never_sum", "expected true or false, got a text"),
        ({"never_sum": 0}, "$.never_sum", "expected true or false, got a whole number"),
        ({"scale": {"low": "1", "high": 5}}, "$.scale.low", "expected a number, got a text"),
        (
            {"scale": {"low": True, "high": 5}},
            "$.scale.low",
            "expected a number, got true or false",
        ),
        (
            {"missing": {"at_most": 3.7}},
            "$.missing.at_most",
            "expected a whole number, got a number",
        ),
        (
            {"missing": {"at_most": 2.0}},
            "$.missing.at_most",
            "expected a whole number, got a number",
        ),
        ({"missing": {"at_most": "2"}}, "$.missing.at_most", "expected a whole number, got a text"),
        (
            {"missing": {"at_most": True}},
            "$.missing.at_most",
            "expected a whole number, got true or false",
        ),
        ({"missing": {"fill": "zero", "at_most": 2}}, "$.missing.fill", "zero"),
        ({"status": "fine"}, "$.status", "fine"),
        ({"evidence": {"items": {"grade": "sure"}}}, "$.evidence.items.grade", "sure"),
        ({"sources": {"form": {"citation": 1}}}, "$.sources.form.citation", "expected a text"),
        ({"sources": {"form": {}}}, "$.sources.form.citation", "missing"),
        ({"item_scales": {"2": {"low": 0}}}, "$.item_scales.2.high", "missing"),
        ({"wording": {"2": 7}}, "$.wording.2", "expected a text, got a whole number"),
    ],
    ids=str,
)
def test_wrong_kinds(changes: dict[str, Any], path: str, rule: str) -> None:
    [(found, words)] = measure_problems(**changes)
    assert found == path
    assert rule in words


@pytest.mark.parametrize(
    ("scores", "path", "rule"),
    [
        ([{"id": "total", "items": EIGHT, "aggregate": "max"}], "$.scores[0].aggregate", "max"),
        ([{"id": "total", "items": [1], "aggregate": "sum"}], "$.scores[0].items[0]", "a text"),
        ([{"items": EIGHT, "aggregate": "sum"}], "$.scores[0].id", "missing"),
        ([{**PULSE["scores"][0], "range": [1]}], "$.scores[0].range", "expected 2 values, got 1"),
        ([{**PULSE["scores"][0], "range": [1, "8"]}], "$.scores[0].range[1]", "got a text"),
        ([{**PULSE["scores"][0], "weight": 2}], "$.scores[0].weight", "unknown field"),
        ({"total": {}}, "$.scores", "expected a list, got a table"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_wrong_kinds_within_a_score(scores: Any, path: str, rule: str) -> None:
    [(found, words)] = measure_problems(scores=scores)
    assert found == path
    assert rule in words


@pytest.mark.parametrize("name", ["id", "version", "name", "raters", "items"])
def test_a_field_that_is_needed(name: str) -> None:
    data = {key: value for key, value in PULSE.items() if key != name}
    with pytest.raises(ta.DefinitionError) as caught:
        ta.loads("measure", json.dumps(data))
    assert [(p.path, p.rule) for p in caught.value.problems] == [(f"$.{name}", "missing")]


def test_unknown_fields() -> None:
    problems = measure_problems(reversed=["2"], Items=3, licence={"owner": "nobody"})
    assert sorted(problems) == [
        ("$.Items", "unknown field"),
        ("$.licence.owner", "unknown field"),
        ("$.reversed", "unknown field"),
    ]


def test_every_problem_is_told_at_once() -> None:
    problems = measure_problems(
        items=[1, "2"], scale={"low": "1", "high": None}, never_sum="no", color="red"
    )
    assert {path for path, _ in problems} == {
        "$.items[0]", "$.scale.low", "$.scale.high", "$.never_sum", "$.color",
    }  # fmt: skip


def test_shape_before_meaning_and_meaning_with_paths() -> None:
    problems = measure_problems(
        reverse=["2", "9", "2"], raters=["nurse"], version="2", aliases=["P!"]
    )
    assert [path for path, _ in problems] == [
        "$.aliases[0]", "$.raters[0]", "$.reverse[1]", "$.reverse[2]",
    ]  # fmt: skip


def test_the_provider_cannot_be_claimed() -> None:
    """Who contributed a definition is said by the registry, not by the file."""
    assert [path for path, _ in measure_problems(provider="therapeutic-alliance")] == ["$.provider"]
    assert "provider" not in json.loads(ta.dumps(ta.Registry().measure("care")))
