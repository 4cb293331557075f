"""Constants of a cohort as JSON: what is written is read back, and nothing else is read."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import fields
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.codec.examples import told
from therapeutic_alliance.codec.files import read_cohort

CONSTANTS: dict[str, Any] = {
    "schema": 1,
    "mean": 0.7475,
    "between_variance": 0.02025,
    "within_variance": 0.0095,
    "person_sd": 0.0975,
    "means_sd": 0.145,
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

ids = st.from_regex(r"[A-Za-z0-9._-]{1,64}", fullmatch=True)
lines = st.text(st.characters(codec="utf-8"), min_size=1, max_size=300).filter(
    lambda text: text.isprintable() and text.strip()
)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), strategy)


constants = st.builds(
    ta.CohortConstants,
    mean=st.floats(0, 1),
    between_variance=st.floats(1e-6, 1),
    within_variance=st.floats(1e-6, 1),
    person_sd=st.floats(1e-6, 1),
    means_sd=st.floats(0, 1),
    growth=st.lists(st.floats(-1, 1), max_size=20),
    source=lines,
    n=maybe(st.integers(1)),
    scores=maybe(st.integers(1)),
    date=maybe(st.dates()),
    measure=maybe(ids),
    score=maybe(ids),
    rater=maybe(ids),
    occasion=maybe(ids),
    definition_sha256=maybe(st.from_regex(r"[0-9a-f]{64}", fullmatch=True)),
)


@given(constants, st.sampled_from([None, 0, 2]))
def test_round_trip(known: ta.CohortConstants, indent: int | None) -> None:
    text = ta.dumps(known, indent)
    again = ta.loads("cohort", text)
    assert again == known
    assert ta.dumps(again, indent) == text
    assert ta.loads("cohort", text.encode()) == known


def test_every_field_is_written() -> None:
    known = ta.loads("cohort", json.dumps(CONSTANTS))
    assert known.n == 300
    assert known.date == date(2026, 3, 1)
    assert known.growth == (-0.02, 0.0, 0.01)
    assert json.loads(ta.dumps(known)) == CONSTANTS
    assert {each.name for each in fields(ta.CohortConstants)} == {*CONSTANTS} - {"schema"}


def test_what_is_not_known_is_left_out() -> None:
    data = json.loads(ta.dumps(ta.CohortConstants.illustrative()))
    assert {*data} == {
        "schema", "mean", "between_variance", "within_variance", "person_sd", "means_sd", "source",
    }  # fmt: skip


def test_a_fitted_cohort_round_trips() -> None:
    cases = [
        ta.Series.of([3 + n / 40, 3.5, 3.2 + n / 50], low=1, high=5, rater="client")
        for n in range(30)
    ]
    fitted = ta.CohortConstants.fit(cases, growth=True)
    assert ta.loads("cohort", ta.dumps(fitted)) == fitted


@pytest.mark.parametrize(
    ("changes", "path", "rule"),
    [
        ({"mean": "0.7"}, "$.mean", "not a number from 0 to 1"),
        ({"mean": True}, "$.mean", "not a number from 0 to 1"),
        ({"mean": None}, "$.mean", "not a number from 0 to 1"),
        ({"mean": 10**400}, "$.mean", "not a number from 0 to 1"),
        ({"mean": 75}, "$.mean", "not a number from 0 to 1"),
        ({"within_variance": 0}, "$.within_variance", "not a number from 1e-06 to 1"),
        ({"between_variance": -1}, "$.between_variance", "not a number from 1e-06 to 1"),
        ({"person_sd": []}, "$.person_sd", "not a number from 1e-06 to 1"),
        ({"means_sd": {}}, "$.means_sd", "not a number from 0 to 1"),
        ({"growth": "0.1"}, "$.growth", "not a list"),
        ({"growth": {"1": 0.1}}, "$.growth", "not a list"),
        ({"growth": None}, "$.growth", "not a list"),
        ({"growth": [0, "0.1"]}, "$.growth[1]", "not a number from -1 to 1"),
        ({"growth": [0, False]}, "$.growth[1]", "not a number from -1 to 1"),
        ({"growth": [0] * 1_001}, "$.growth", "of more than 1000 sessions"),
        ({"n": 30.0}, "$.n", "not a whole number of 1 or more"),
        ({"scores": "90"}, "$.scores", "not a whole number of 1 or more"),
        ({"date": "1 March 2026"}, "$.date", "not a date such as 2026-03-01"),
        ({"date": 20260301}, "$.date", "not a date such as 2026-03-01"),
        ({"measure": 5}, "$.measure", "not an id: [A-Za-z0-9._-], up to 64"),
        ({"rater": "a b"}, "$.rater", "not an id: [A-Za-z0-9._-], up to 64"),
        ({"occasion": ""}, "$.occasion", "not an id: [A-Za-z0-9._-], up to 64"),
        ({"definition_sha256": "0"}, "$.definition_sha256", "not 64 hexadecimal digits"),
        ({"schema": 2}, "$.schema", "a later schema of a cohort; this version reads up to 1"),
        ({"schema": "1"}, "$.schema", "not a whole number of 1 or more"),
    ],
)
def test_one_fault_one_problem(changes: dict[str, Any], path: str, rule: str) -> None:
    text = json.dumps({**CONSTANTS, **changes})
    assert told(lambda: ta.loads("cohort", text)) == [(path, rule)]


@pytest.mark.parametrize("source", ["", " ", "two\nlines", "\x1b[31m", "x" * 301, 5, None, ["a"]])
def test_the_source_is_a_line(source: Any) -> None:
    text = json.dumps({**CONSTANTS, "source": source})
    [(path, rule)] = told(lambda: ta.loads("cohort", text))
    assert path == "$.source"
    assert "printable line" in rule


@pytest.mark.parametrize("field", ["mean", "within_variance", "source"])
def test_what_is_needed(field: str) -> None:
    text = json.dumps({name: value for name, value in CONSTANTS.items() if name != field})
    assert told(lambda: ta.loads("cohort", text)) == [(f"$.{field}", "missing")]


def test_a_field_too_many_is_told_by_its_place() -> None:
    """Its name may be somebody's."""
    text = json.dumps({**CONSTANTS, "quokka": 1})
    [(path, rule)] = told(lambda: ta.loads("cohort", text))
    assert path == "$"
    assert rule.startswith("field 16 is not one of schema, mean, ")
    assert "quokka" not in rule


def test_a_quoted_value_is_told_of_nobody() -> None:
    text = json.dumps({**CONSTANTS, "source": "quokka\n", "measure": "quokka!", "date": "quokka"})
    with pytest.raises(ta.DocumentError) as caught:
        ta.loads("cohort", text)
    assert "quokka" not in str(caught.value)
    assert caught.value.__context__ is None
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize(
    "text", ["", "[]", "null", "3", '"x"', '{"mean": NaN}', '{"mean": 1, "mean": 1}', "{", "[" * 99]
)
def test_what_is_no_document(text: str) -> None:
    with pytest.raises(ta.DocumentError):
        ta.loads("cohort", text)


def test_a_number_beyond_floats() -> None:
    text = json.dumps(CONSTANTS).replace("0.7475", "1e999")
    assert told(lambda: ta.loads("cohort", text)) == [("$.mean", "not a number from 0 to 1")]


def test_a_file_names_itself(tmp_path: Path) -> None:
    file = tmp_path / "constants.json"
    file.write_text(json.dumps(CONSTANTS), encoding="utf-8")
    assert read_cohort(file) == ta.loads("cohort", json.dumps(CONSTANTS))
    file.write_text('{"mean": 2}', encoding="utf-8")
    with pytest.raises(ta.DocumentError, match=r"constants\.json, \$\.source: missing"):
        read_cohort(file)
