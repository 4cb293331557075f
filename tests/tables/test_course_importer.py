"""Forms of a course document: as they hold now, in order, and scored as any others."""

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import therapeutic_alliance as ta
from tests.cli.commands import runner
from therapeutic_alliance.model.alliance import FilledForm, Participant, Retraction
from therapeutic_alliance.testing import BadFile, ImporterContract, WorkedFile

REGISTRY = ta.Registry()
ANSWERS = dict(zip("12345", (6, 7, 1, 6, 5), strict=True))


def _filled(id_: str, session: int, **more: Any) -> FilledForm:
    return FilledForm(
        **{
            "id": id_,
            "measure": "arm-5",
            "session": session,
            "rater": "client",
            "answers": ANSWERS,
            **more,
        }
    )


def _document(forms: Sequence[FilledForm], **more: Any) -> bytes:
    people = tuple(Participant(id=each, role="client") for each in ("mother", "first"))
    course = ta.Course(case="case-7", participants=people, administrations=tuple(forms), **more)
    return ta.dumps(course, indent=1).encode()


def _form(session: int, **more: Any) -> ta.Administration:
    return ta.Administration(
        **{
            "measure": "arm-5",
            "case": "case-7",
            "session": session,
            "rater": "client",
            "answers": ANSWERS,
            **more,
        }
    )


AMENDED = _document(
    [
        _filled("f3", 3, person="mother", occasion="post"),
        _filled("f1", 1, date=date(2026, 3, 1), measure_version="1"),
        _filled("f2", 9, answers={"1": 1}),
        _filled("f2-again", 2, amends="f2", answers={**ANSWERS, "2": None}),
        _filled("f4", 4),
    ],
    retractions=(Retraction(id="r", amends="f4"),),
)
BACKWARDS = b"""{"administrations": [
  {"id": "b", "measure": "arm-5", "session": 2, "rater": "therapist", "answers": {"1": 4}},
  {"id": "a", "measure": "arm-5", "session": 1, "rater": "therapist", "answers": {"1": 5}}
], "case": "case-7"}"""


class TestCourse(ImporterContract):
    importer = REGISTRY.importer("course")
    measures = REGISTRY
    worked = (
        WorkedFile(
            name="amended.json",
            content=AMENDED,
            forms=[
                _form(1, date=date(2026, 3, 1), measure_version="1"),
                _form(2, answers={**ANSWERS, "2": None}),
                _form(3, person="mother", occasion="post"),
            ],
        ),
        WorkedFile(
            name="case-7.json",
            content=BACKWARDS,
            forms=[
                _form(1, rater="therapist", answers={"1": 5}),
                _form(2, rater="therapist", answers={"1": 4}),
            ],
        ),
    )
    bad = (
        BadFile(
            name="text.json",
            content=BACKWARDS.replace(b'{"1": 5}', b'{"1": "5"}'),
            says="$.administrations[1].answers",
        ),
        BadFile(
            name="twice.json",
            content=BACKWARDS.replace(b'"a"', b'"b"'),
            says="$.administrations[1].id: is the id of $.administrations[0], too",
        ),
        BadFile(name="cut.json", content=BACKWARDS[:-1], says="JSON"),
        BadFile(
            name="form.json", content=ta.dumps(_form(1)).encode(), says="$: field 4 is not one of"
        ),
    )


def test_the_command_scores_a_course(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document, out = tmp_path / "course.json", tmp_path / "scores.csv"
    document.write_bytes(AMENDED)
    ran = runner(capsys)("score", document, "--from", "course", "-o", out)
    assert ran.code == 0
    with out.open(newline="", encoding="utf-8") as file:
        rows = [(row["session"], row["value"], row["answered"]) for row in csv.DictReader(file)]
    assert rows == [("1", "6.2", "5"), ("2", "", "4"), ("3", "6.2", "5")]


def test_what_cannot_be_scored_is_told_by_form_and_session(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = tmp_path / "course.json"
    wrong = _filled("f4", 4, answers={**ANSWERS, "3": 98321}, person="first")
    document.write_bytes(_document([_filled("f2", 2), wrong, _filled("f6", 6)]))
    ran = runner(capsys)("detect", document, "--from", "course")
    assert ran.code == 1
    assert "course.json, item 3: form 2, session 4: above the highest answer, 7" in ran.err
    assert not any(secret in ran.err for secret in ("98321", "first", "case-7", "f4"))
