"""Schema numbers: what is newer is refused, what is older is brought up to date."""

import json
from types import MappingProxyType
from typing import Any

import pytest

import therapeutic_alliance as ta
from tests.codec.examples import FORM, PULSE, told
from therapeutic_alliance.codec import documents

KINDS: dict[Any, dict[str, Any]] = {"measure": PULSE, "administration": FORM}
EACH = pytest.mark.parametrize("kind", KINDS)


@EACH
def test_without_a_number_it_is_the_current_one(kind: Any) -> None:
    data = {key: value for key, value in KINDS[kind].items() if key != "schema"}
    assert ta.loads(kind, json.dumps(data)) == ta.loads(kind, json.dumps({"schema": 1, **data}))


@EACH
@pytest.mark.parametrize("number", [0, -1, 1.0, "1", True, None, [1]])
def test_a_number_that_is_none(kind: Any, number: Any) -> None:
    problems = told(lambda: ta.loads(kind, json.dumps({**KINDS[kind], "schema": number})))
    assert problems == [("$.schema", "not a whole number of 1 or more")]


@EACH
def test_a_newer_one(kind: Any) -> None:
    newer = documents.SCHEMA + 1
    problems = told(lambda: ta.loads(kind, json.dumps({**KINDS[kind], "schema": newer})))
    rule = f"a later schema of a {kind}; this version reads up to {newer - 1}"
    assert problems == [("$.schema", rule)]


@EACH
def test_every_older_schema_can_be_brought_up_to_date(kind: Any) -> None:
    assert set(documents.MIGRATIONS[kind]) == set(range(1, documents.SCHEMA))


def test_what_is_written_names_the_schema() -> None:
    measure = ta.loads("measure", json.dumps(PULSE))
    form = ta.loads("administration", json.dumps(FORM))
    sheet = ta.score(measure, [3] * 8)
    values: tuple[Any, ...] = (measure, form, sheet)
    for value in values:
        assert json.loads(ta.dumps(value))["schema"] == documents.SCHEMA


def test_migrations_run_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if this were schema 3: 1 called the case `client`, 2 called it `patient`."""

    def renamed(old: str, new: str) -> Any:
        return lambda data: {(new if name == old else name): data[name] for name in data}

    steps = {1: renamed("client", "patient"), 2: renamed("patient", "case")}
    monkeypatch.setattr(documents, "SCHEMA", 3)
    monkeypatch.setattr(documents, "MIGRATIONS", MappingProxyType({"administration": steps}))
    current = ta.loads("administration", json.dumps({**FORM, "schema": 3}))
    for number, name in ((1, "client"), (2, "patient")):
        old = renamed("case", name)({**FORM, "schema": number})
        assert ta.loads("administration", json.dumps(old)) == current
    wrong = renamed("case", "client")({**FORM, "schema": 2})
    assert ("$.case", "missing") in told(lambda: ta.loads("administration", json.dumps(wrong)))
