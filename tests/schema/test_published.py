"""The published file is the one that the classes make, and says something of every field."""

import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from attrs import fields

import therapeutic_alliance as ta
from tests.environments import ROOT
from tests.schema.verdicts import PAGE, UNSAID
from tests.schema.whole import record, whole_course
from therapeutic_alliance.codec.course_schema import course_schema
from therapeutic_alliance.codec.json_text import write_json
from therapeutic_alliance.model.alliance.rating import Rating
from therapeutic_alliance.model.course import SECTIONS, Course

FILE = Path("therapeutic_alliance") / "schemas" / "course.schema.json"
SCHEMA: Any = ta.json_schema("course")


def test_the_file_is_what_the_classes_make() -> None:
    """If it is not, run ``make schema``."""
    assert (ROOT / "src" / FILE).read_text(encoding="utf-8") == (
        write_json(course_schema(), indent=2) + "\n"
    )


def test_what_is_given_is_the_file_and_the_callers_own() -> None:
    mine = ta.json_schema("course")
    assert mine == json.loads((ROOT / "src" / FILE).read_text(encoding="utf-8"))
    mine.clear()
    assert ta.json_schema("course") == SCHEMA


def test_another_kind_has_none() -> None:
    with pytest.raises(ta.DocumentError, match="there is one of: course"):
        ta.json_schema("measure")


@pytest.mark.slow
def test_the_wheel_has_it(wheel: Path) -> None:
    assert json.loads(ZipFile(wheel).read(FILE.as_posix())) == SCHEMA


@pytest.mark.parametrize("class_", [Course, Rating, *SECTIONS.values()], ids=lambda c: c.__name__)
def test_every_field_has_words(class_: type) -> None:
    described = SCHEMA if class_ is Course else SCHEMA["$defs"][class_.__name__]
    known = {each.name for each in fields(class_)} | ({"schema"} if class_ is Course else set())
    assert described["properties"].keys() == known
    said = [described["description"], *(v["description"] for v in described["properties"].values())]
    assert all(words.endswith(".") and "`" not in words for words in said), said


def test_free_text_is_marked_and_nothing_else() -> None:
    marked = {
        (name, field)
        for name, described in SCHEMA["$defs"].items()
        for field, shape in described.get("properties", {}).items()
        if "$comment" in shape
    }
    silent = json.loads(
        ta.dumps(ta.loads("course", json.dumps(whole_course())).without_free_text())
    )
    left_out = {
        (class_.__name__, field)
        for section, class_ in SECTIONS.items()
        for each in silent[section]
        if each["id"] == f"{section}-1"
        for field in record(section).keys() - each.keys()
    }
    assert marked == left_out


def test_the_page_names_every_rule_that_the_schema_does_not_say() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [rule for rule in UNSAID if f"| {rule} |" not in page] == []


def test_the_page_describes_every_section() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for section, class_ in SECTIONS.items():
        assert f"### {section}\n\n```{{alliance-record}} {class_.__name__}\n" in page
