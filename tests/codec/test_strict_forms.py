"""A form is read as it stands, and every fault of its shape is told at once."""

import json
from typing import Any

import pytest

import therapeutic_alliance as ta
from tests.codec.examples import FORM, form_problems, told


@pytest.mark.parametrize("name", ["measure", "case", "session", "rater", "answers"])
def test_a_field_that_is_needed(name: str) -> None:
    data = {key: value for key, value in FORM.items() if key != name}
    problems = told(lambda: ta.loads("administration", json.dumps(data)))
    assert problems == [(f"$.{name}", "missing")]


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"session": "1"}, "$.session"),
        ({"session": 1.0}, "$.session"),
        ({"session": True}, "$.session"),
        ({"session": 0}, "$.session"),
        ({"case": 7}, "$.case"),
        ({"case": ""}, "$.case"),
        ({"case": "c" * 65}, "$.case"),
        ({"case": "c 1"}, "$.case"),
        ({"case": "c1\n"}, "$.case"),
        ({"rater": "nurse"}, "$.rater"),
        ({"rater": ["client"]}, "$.rater"),
        ({"person": "Jane Doe"}, "$.person"),
        ({"occasion": "mid"}, "$.occasion"),
        ({"date": "1.3.2026"}, "$.date"),
        ({"date": "2026-02-30"}, "$.date"),
        ({"date": 20260301}, "$.date"),
        ({"measure_version": 1}, "$.measure_version"),
        ({"answers": [5]}, "$.answers"),
        ({"answers": None}, "$.answers"),
        ({"answers": {"1": "5"}}, "$.answers, answer 1"),
        ({"answers": {"1": 5, "2": True}}, "$.answers, answer 2"),
        ({"answers": {"1": [5]}}, "$.answers, answer 1"),
    ],
    ids=str,
)
def test_wrong_kinds(changes: dict[str, Any], path: str) -> None:
    assert [found for found, _ in form_problems(**changes)] == [path]


def test_every_fault_at_once() -> None:
    problems = form_problems(colour="red", name="x", answers={"1": "5", "2": 3, "3": False})
    assert [path for path, _ in problems] == [
        "$", "$", "$.answers, answer 1", "$.answers, answer 3",
    ]  # fmt: skip
    problems = form_problems(session=0, rater="nurse", case="")
    assert sorted(path for path, _ in problems) == ["$.case", "$.rater", "$.session"]


@pytest.mark.parametrize("text", ["[]", "3", '"form"', "null", "true"])
def test_not_an_object(text: str) -> None:
    [(_, rule)] = told(lambda: ta.loads("administration", text))
    assert rule == "administration: not an object"


@pytest.mark.parametrize(
    "number", ["NaN", "Infinity", "-Infinity", "nan", "01", "+1", ".5", "1.", "0x10"]
)
def test_numbers_that_json_does_not_have(number: str) -> None:
    text = json.dumps(FORM).replace("null", number)
    [(_, rule)] = told(lambda: ta.loads("administration", text))
    assert "JSON" in rule


def test_a_number_of_too_many_digits() -> None:
    text = json.dumps(FORM).replace("null", "9" * 5_000)
    assert told(lambda: ta.loads("administration", text)) == [("", "a number is too long")]


def test_a_number_beyond_floats_is_read_and_then_refused_by_the_measure() -> None:
    for huge in ("9" * 400, "1e999"):
        form = ta.loads("administration", json.dumps(FORM).replace("null", huge))
        item = {"2": form.answers["2"]}
        with pytest.raises(ta.AnswerError, match=r"item 2: (above|not a finite)"):
            ta.score(ta.Registry().measure("wai-sr"), item)


@pytest.mark.parametrize(
    "text",
    [
        '{"measure": "a", "measure": "b"}',
        '{"answers": {"1": 1, "1": 2}}',
        json.dumps(FORM)[:-1] + ', "case": "c2"}',
    ],
)
def test_a_name_stands_twice(text: str) -> None:
    problems = told(lambda: ta.loads("administration", text))
    assert problems == [("", "a name stands twice in one object")]


def test_where_json_ends() -> None:
    [(_, rule)] = told(lambda: ta.loads("administration", '{"measure":\n  "a",,}'))
    assert rule == "not JSON, from line 2, column 7"
    [(_, rule)] = told(lambda: ta.loads("administration", json.dumps(FORM) + "x"))
    assert rule.startswith("not JSON")
