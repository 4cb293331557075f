"""No error about a course holds what stands in it, wherever it stands; nor does a ``repr``."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.privacy.leaks import leaked
from therapeutic_alliance.model.alliance.fields import fields_of
from therapeutic_alliance.model.course import SECTIONS
from therapeutic_alliance.testing import whole_courses

WORDS, ID, NUMBER = "Numbat hates Mondays", "Quokka7", 98_321.75
SONGS = ("Numbat", "numbat", "Quokka", "quokka", "98321", "98_321")
CANARIES: list[Any] = [
    WORDS, ID, "quokka-term", NUMBER, 98_321, -NUMBER, True, [WORDS], [ID], [NUMBER],
    {WORDS: WORDS}, {ID: {"value": NUMBER}}, {"value": WORDS, "low": NUMBER, "high": ID},
    {"value": NUMBER, "low": 0, "high": 1}, "2026-13-Numbat", WORDS * 2_000,
]  # fmt: skip
FIELDS = [(section, each.name) for section in SECTIONS for each in fields_of(SECTIONS[section])]


def _bare(error: BaseException) -> None:
    assert error.__cause__ is None
    assert error.__context__ is None
    assert not getattr(error, "__notes__", None)


def _checked(act: Any) -> int:
    """Whether it was refused; whatever came of it tells nothing."""
    try:
        value = act()
    except ta.AllianceError as error:
        refused = error
    else:
        assert not [song for song in SONGS if song in repr(value) or song in str(value)]
        return 0
    assert leaked(refused, *SONGS) == []
    _bare(refused)
    return 1


def _planted(section: str, field: str) -> Iterator[dict[str, Any]]:
    for canary in CANARIES:
        yield {"case": ID, section: [{"id": ID, field: canary, WORDS: canary}]}
        yield {"case": ID, section: [{"id": ID, field: canary}, {"id": ID, field: canary}]}


@pytest.mark.parametrize(("section", "field"), FIELDS, ids=[".".join(each) for each in FIELDS])
def test_whatever_stands_in_a_field(section: str, field: str) -> None:
    refused = [
        _checked(lambda d=d: ta.loads("course", json.dumps(d))) for d in _planted(section, field)
    ]
    assert sum(refused) >= len(refused) / 2


@pytest.mark.parametrize("canary", CANARIES, ids=range(len(CANARIES)))
@pytest.mark.parametrize("name", ["schema", "case", "system", "extensions", *SECTIONS, WORDS])
def test_whatever_stands_in_place_of_a_section(name: str, canary: Any) -> None:
    _checked(lambda: ta.loads("course", json.dumps({"case": "x", name: canary, WORDS: canary})))


@given(whole_courses(), st.data())
def test_whatever_is_wrong_with_a_whole_course(course: ta.Course, data: st.DataObject) -> None:
    """All ids, texts, terms and names are canaries; one field is lost, one is something else."""
    plain = _sung(json.loads(ta.dumps(course)))
    _checked(lambda: ta.loads("course", json.dumps(plain)))
    sections = [name for name, value in plain.items() if isinstance(value, list)]
    section = data.draw(st.sampled_from(sections))
    record = data.draw(st.sampled_from(plain[section]))
    name = data.draw(st.sampled_from(sorted(record)))
    record[name] = data.draw(st.sampled_from(CANARIES))
    _checked(lambda: ta.loads("course", json.dumps(plain)))
    del record[name]
    _checked(lambda: ta.loads("course", json.dumps(plain)))


def _sung(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        names = (lambda each: f"{each}Numbat") if name == "extensions" else str
        return {names(each): _sung(one, each) for each, one in value.items()}
    if isinstance(value, list):
        return [_sung(one, name) for one in value]
    if isinstance(value, str) and name in ("facet", "skill", "prompt", "aspect", "topics", "tags"):
        return f"{value[:40]}-quokka"
    if isinstance(value, str) and name in NAMING:
        return f"{value[-40:]}Quokka"
    return f"{value}Numbat" if name in ("text", "note", "reason", "entries") else value


NAMING = {"case", "id"} | {
    each.name for class_ in SECTIONS.values() for each in fields_of(class_) if each.refers
}  # fmt: skip


@given(whole_courses(), whole_courses())
def test_merging(one: ta.Course, two: ta.Course) -> None:
    sung = [ta.loads("course", json.dumps(each)) for each in _sayable(one, two)]
    if len(sung) == 2:
        _checked(lambda: ta.merge(*sung))


def _sayable(*courses: ta.Course) -> list[Any]:
    """Those that are courses with canaries still: cutting may have made two ids one."""
    plain = [_sung(json.loads(ta.dumps(each))) for each in courses]
    return [
        each
        for each in plain
        if not _checked(lambda each=each: ta.loads("course", json.dumps(each)))
    ]


@pytest.mark.parametrize(
    "text",
    [
        f'{{"case": "{WORDS}", }}', f'{{"{WORDS}": 1, "{WORDS}": 2}}', f'["{WORDS}", NaN]',
        f'{{"case": "{WORDS}"', "[" * 40 + f'"{WORDS}"', f'{{"{WORDS}": {"9" * 5_000}}}',
    ],
    ids=range(6),
)  # fmt: skip
@pytest.mark.parametrize("ending", [b"", b"\xff"], ids=["text", "bytes"])
def test_what_is_no_document(text: str, ending: bytes) -> None:
    assert _checked(lambda: ta.loads("course", text.encode() + ending))
