"""Whatever stands in whatever field: the schema and the classes say the same of it.

But for the rules of ``UNSAID``, and two ways of writing that no schema sees (below).
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.schema.verdicts import ajv, problems, valid, well_formed
from tests.schema.whole import Plain, as_text, record
from therapeutic_alliance.model.course import SECTIONS

SCHEMA: Any = ta.json_schema("course")
RATING = {"value": 3, "low": 1, "high": 5}


def _words(schema: Any) -> Iterator[str]:
    """Every word of every closed list."""
    if isinstance(schema, dict):
        yield from schema.get("enum", ())
        for each in schema.values():
            yield from _words(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from _words(each)


TEXTS = [
    "", " ", "a", "a-b", "-a", "a-", "a--b", "A", "a b", "a.b_c", "a\n", "\na", "a\nb", "a\tb\rc",
    "a" * 64, "a" * 65, "a" * 20_000, "a" * 20_001, "é", "é" * 20_000, "\U0001f600" * 20_000,
    "\0", "\x1f", "\x7f", "\x85", "\x9f", "\xa0", "\u2028", "\ufeff", "\ufffe",
    "2026-03-01", "2026-03-01\n", "2026-02-29", "2028-02-29", "2026-02-30", "2026-13-01",
    "2026-00-10", "2026-04-31", "2026-3-1", "20260301", "2026-W09-7", "2026-060", "0001-01-01",
    "9999-12-31", "10000-01-01", "٢٠٢٦-03-01", "2026-03-01T00:00:00", " 2026-03-01",
    *sorted(set(_words(SCHEMA))),
]  # fmt: skip
NUMBERS = [
    -1, 0, 1, 2, 999_999, 1_000_000, 1_000_001, 999_999_999, 1_000_000_000, 2**63, 10**400,
    -(10**400), 0.5, 1.5, -1.5, 1e-320, 1.7976931348623157e308, float("inf"), -float("inf"),
]  # fmt: skip
LISTS: list[Any] = [
    [], ["a"], ["a", "b"], ["a", "a"], ["A"], [1], [None], ["a", None], [[]], [["a"]], [{}], [""],
]  # fmt: skip
OBJECTS: list[Any] = [
    {}, {"1": 5}, {"1": None, "b": 0.5}, {"1": "5"}, {"1": True}, {"1": [1]}, {"a b": 1}, {"": 1},
    {"a\n": 1}, {"a" * 65: 1}, {"\0": 1}, {"x": "\0"}, {"x": [{"y": ["\x85"]}]}, {"x": ["", {}]},
    {"x": [10**400]}, {"x": float("inf")}, {"x": {"y": {"z": 1.5}}}, {"x": "a" * 20_001},
    RATING, {**RATING, "x": 1}, {**RATING, "value": None}, {**RATING, "value": "3"},
    {**RATING, "value": 6}, {**RATING, "low": 9}, {**RATING, "low": True}, {"value": 3, "low": 1},
    {**RATING, "high": 10**400}, {**RATING, "high": 2.5}, {**RATING, "high": float("inf")},
    {**RATING, "low": -float("inf")}, {**RATING, "low": -(10**400)}, {"1": -(10**400)},
]  # fmt: skip
VALUES: list[Any] = [None, True, False, *NUMBERS, *TEXTS, *LISTS, *OBJECTS]


def _alone(section: str, raw: Any) -> Plain:
    return {"case": "c1", section: [raw]}


@cache
def _variants(section: str) -> tuple[str, ...]:
    """Documents with one record: each field holds each value, is left out, or is one too many."""
    whole = record(section)
    shape = SCHEMA["$defs"][SECTIONS[section].__name__]
    needed = {name: whole[name] for name in shape["required"]}
    found = [_alone(section, raw) for raw in VALUES]
    sections: list[Any] = [None, True, 1, "a", {}, [], ["a"], [[]]]
    found += [{"case": "c1", section: raw} for raw in sections]
    for field in whole:
        found += [_alone(section, {**needed, field: value}) for value in VALUES]
        found.append(_alone(section, {name: whole[name] for name in whole if name != field}))
    found.append(_alone(section, {**whole, "name": "x"}))
    return tuple(map(as_text, found))


@cache
def _heads() -> tuple[str, ...]:
    names = ("schema", "case", "system", "extensions", "other")
    found = [{"case": "c1", name: value} for name in names for value in VALUES]
    return tuple(map(as_text, [*found, {}, *VALUES]))


@pytest.mark.parametrize("section", SECTIONS)
def test_the_example_has_every_field(section: str) -> None:
    """Or the tests below would not try them all."""
    shape = SCHEMA["$defs"][SECTIONS[section].__name__]
    assert record(section).keys() == shape["properties"].keys()


@pytest.mark.parametrize("section", SECTIONS)
def test_of_a_record(section: str) -> None:
    assert [text for text in _variants(section) if valid(text) != well_formed(text)] == []


def test_of_a_course() -> None:
    assert [text for text in _heads() if valid(text) != well_formed(text)] == []


@pytest.mark.slow
def test_ajv_says_the_same(tmp_path: Path) -> None:
    texts = [*_heads(), *(text for section in SECTIONS for text in _variants(section))]
    verdicts = ajv(texts, tmp_path)
    differing = [t for t, verdict in zip(texts, verdicts, strict=True) if verdict != valid(t)]
    assert differing == []
    assert any(verdicts)
    assert not all(verdicts)


PLAIN = st.recursive(
    st.sampled_from([*TEXTS, *NUMBERS, None, True, False])
    | st.text(st.characters(exclude_categories=["Cs"]))
    | st.integers()
    | st.floats(allow_nan=False).filter(lambda number: not number.is_integer()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab1\n \0"), inner),
    max_leaves=5,
)


@given(st.data())
def test_of_records_with_several_faults(data: st.DataObject) -> None:
    section = data.draw(st.sampled_from(list(SECTIONS)))
    whole = record(section)
    fields = data.draw(st.lists(st.sampled_from(list(whole)), unique=True, max_size=3))
    text = as_text(_alone(section, whole | {name: data.draw(PLAIN) for name in fields}))
    assert valid(text) == well_formed(text)


@pytest.mark.parametrize("session", ["2.0", "2e0", "20e-1"])
def test_a_whole_number_has_no_decimal_point(session: str) -> None:
    """To a schema 2.0 is a whole number. Our reader asks for 2, as it does of forms."""
    text = as_text(_alone("goals", {"id": "g", "session": 2})).replace("2", session)
    assert valid(text)
    assert [each.path for each in problems(text)] == ["$.goals[0].session"]


@pytest.mark.parametrize("text", ["\ud800", "a\udfff", "\udc00\ud800"])
def test_half_a_character_is_none(text: str) -> None:
    """Half of a pair of escapes: no pattern that every program understands refuses it."""
    document = as_text(_alone("goals", {"id": "g", "text": text}))
    assert valid(document)
    assert [each.path for each in problems(document)] == ["$.goals[0].text"]
