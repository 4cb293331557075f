"""Tables of a course: each record once, nothing said freely unless asked, cells that read back."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.tables.courses import REGISTRY, STRANDS, by_session, course_of, filled, scored, sheet_of
from therapeutic_alliance.exporters.course_tables import TABLES, columns, rows
from therapeutic_alliance.exporters.tables import writer_for
from therapeutic_alliance.model import alliance as a
from therapeutic_alliance.model.alliance.fields import fields_of
from therapeutic_alliance.model.alliance.record import Record
from therapeutic_alliance.model.course import SECTIONS
from therapeutic_alliance.scoring.cells import unguarded
from therapeutic_alliance.testing import whole_courses
from therapeutic_alliance.testing.files.documents import formulas

CANARY = "=quokka()"
RECORDS = [name for name in TABLES if name not in ("answers", "scores", "sessions-wide")]


def _csv(
    course: ta.Course, name: str, sheets: Sequence[ta.ScoreSheet] = (), *, text: bool = False
) -> str:
    file = io.StringIO(newline="")
    writer = writer_for(".csv", file, columns(course, name, sheets, text=text))
    for row in rows(course, name, sheets, text=text):
        writer.row(row)
    writer.end()
    return file.getvalue()


def _read(text: str) -> list[dict[str, str]]:
    [head, *body] = csv.reader(io.StringIO(text, newline=""), strict=True)
    names = [unguarded(each) for each in head]
    return [dict(zip(names, map(unguarded, each), strict=True)) for each in body]


def _outspoken(course: ta.Course) -> ta.Course:
    """The course with a canary wherever text may stand."""
    changes: dict[str, Any] = {}
    for section in SECTIONS:
        changes[section] = tuple(map(_saying, getattr(course, section)))
    return evolve(course, **changes, extensions={CANARY: CANARY})


def _saying(record: Record) -> Record:
    said: dict[str, Any] = {}
    for each in fields_of(type(record)):
        if each.name == "extensions":
            said[each.name] = {CANARY: CANARY}
        elif each.sensitive:
            said[each.name] = (CANARY,) if each.many else CANARY
    return evolve(record, **said)


def _same(cell: str, value: object) -> bool:
    if value is None or isinstance(value, str):
        return cell == (value or "")
    return type(value)(cell) == value  # type: ignore[call-arg]


@given(drawn=scored(), text=st.booleans())
def test_every_table_has_one_shape_and_reads_back(
    drawn: tuple[ta.Course, list[ta.ScoreSheet]], text: bool
) -> None:
    course, sheets = drawn
    for name in TABLES:
        head = columns(course, name, sheets, text=text)
        assert len(head) == len(set(head)), name
        found = list(rows(course, name, sheets, text=text))
        assert all(row.keys() == set(head) for row in found), name
        back = _read(_csv(course, name, sheets, text=text))
        assert len(back) == len(found)
        for cells, row in zip(back, found, strict=True):
            assert all(_same(cells[each], row[each]) for each in head), name


@given(course=whole_courses())
def test_every_record_that_holds_has_one_row(course: ta.Course) -> None:
    current = course.current()
    for name in RECORDS:
        expected = [record.id for record in getattr(current, name.replace("-", "_"))]
        assert [row["id"] for row in rows(course, name)] == expected
    answers = {
        (form.id, item): answer
        for form in current.administrations
        for item, answer in form.answers.items()
    }
    found = list(rows(course, "answers"))
    assert len(found) == len(answers)
    assert {(row["form"], row["item"]): row["answer"] for row in found} == answers


@given(course=whole_courses())
def test_what_is_said_freely_is_left_out_unless_asked_for(course: ta.Course) -> None:
    course = _outspoken(course)
    for name in TABLES:
        assert "quokka" not in _csv(course, name)
        if name in RECORDS:
            texts = [str(row) for row in rows(course, name, text=True)]
            assert all("quokka" in each for each in texts)


@given(drawn=scored())
def test_nothing_is_run_by_a_spreadsheet(drawn: tuple[ta.Course, list[ta.ScoreSheet]]) -> None:
    course, sheets = _outspoken(drawn[0]), drawn[1]
    for name in TABLES:
        content = _csv(course, name, sheets, text=True).encode()
        assert list(formulas(content, "text/csv")) == []


@given(drawn=scored(), random=st.randoms(use_true_random=False))
def test_the_order_of_records_and_sheets_changes_nothing(
    drawn: tuple[ta.Course, list[ta.ScoreSheet]], random: Any
) -> None:
    course, sheets = drawn
    shuffled = {
        name: random.sample(getattr(course, name), k=len(getattr(course, name)))
        for name in SECTIONS
    }
    other, others = evolve(course, **shuffled), random.sample(sheets, k=len(sheets))
    for name in TABLES:
        assert _csv(other, name, others) == _csv(course, name, sheets)


@given(course=whole_courses())
def test_a_record_names_the_row_that_it_is_counted_in(course: ta.Course) -> None:
    for name, column in (("events", "events:{kind}"), ("check-ins", "check_ins")):
        told = Counter((row["counted_in"], column.format(**row)) for row in rows(course, name))
        table = {row["session"]: row for row in rows(course, "sessions-wide")}
        assert all(table[session][each] == count for (session, each), count in told.items())


def test_rows_begin_with_case_dyad_and_agency() -> None:
    first = {"case": "c1", "system": "couple", "therapist": "t|u", "agency": "clinic-1"}
    for name in ("sessions", "participants", "sessions-wide"):
        assert next(rows(course_of(), name)).items() >= first.items()
    supervision = evolve(course_of(), system="supervision")
    row = next(rows(supervision, "sessions"))
    assert (row["therapist"], row["agency"]) == ("s", "clinic-2")


def test_the_therapist_of_a_row_is_who_was_there() -> None:
    course = course_of(
        events=[
            a.Event(id="e1", date=date(2026, 3, 10), kind="missed"),
            a.Event(id="e2", session=5, kind="missed"),
        ],
        administrations=[filled(2), filled(4)],
    )
    there = {1: ("c", "t"), 2: ("u", "c"), 4: ("c",), 6: ("u", "t")}
    sessions = tuple(evolve(each, attended=there[each.number]) for each in course.sessions)
    course = evolve(course, sessions=sessions)
    led = {1: "t", 2: "u", 4: "t|u", 5: "t|u", 6: "t|u"}
    assert by_session(course, "therapist") == led
    assert by_session(course, "attended") == {1: "c|t", 2: "u|c", 4: "c", 5: None, 6: "u|t"}
    for name in ("sessions", "answers", "scores"):
        number = "number" if name == "sessions" else "session"
        table = list(rows(course, name, ta.score_course(course, REGISTRY)))
        assert {row[number]: row["therapist"] for row in table}.items() <= led.items()
        assert table, name
    assert [row["therapist"] for row in rows(course, "events")] == ["u", "t|u"]
    assert next(rows(course, "participants"))["therapist"] == "t|u"


def test_the_answers_are_a_table_that_is_scored_the_same(tmp_path: Path) -> None:
    forms = [
        a.FilledForm(
            id=f"f{n}",
            measure="arm-5",
            session=n,
            rater="client",
            answers={"1": n, "2": 7, "3": 1, "4": None, "5": 5},
        )
        for n in (1, 2)
    ]
    course, file = course_of(administrations=forms), tmp_path / "answers.csv"
    file.write_text(_csv(course, "answers"), encoding="utf-8", newline="")
    read = list(ta.read_forms(file))
    assert [form.answers for form in read] == [form.answers for form in forms]
    assert [form.key for form in read] == [form.administration("c1").key for form in forms]


def test_ratings_flags_and_lists_are_plain_cells() -> None:
    course = course_of(
        goals=[a.Goal(id="g", proposed_by=("c", "t"))],
        agreements=[
            a.Agreement(id="a", about="g", by="c", agrees=False, strength=a.Rating(2, 1, 5))
        ],
    )
    [goal], [agreed] = list(rows(course, "goals")), list(rows(course, "agreements"))
    assert goal["proposed_by"] == "c|t"
    assert [agreed[f"strength_{each}"] for each in ("value", "low", "high")] == [2, 1, 5]
    assert agreed["agrees"] == 0
    assert type(agreed["agrees"]) is int


@pytest.mark.parametrize("name", ["session", "retractions", "goal_reviews", ""])
def test_other_tables_are_refused(name: str) -> None:
    for work in (columns, rows):
        with pytest.raises(ta.UnknownIdError, match="no such table of a course; there are: part"):
            work(course_of(), name)


def test_sheets_that_do_not_fit_are_refused() -> None:
    form = sheet_of("c1", 1, STRANDS[0])
    stated = ta.score(form.measure.stated(low=1, high=5), [4] * 5)
    wrong = [
        [sheet_of("quokka", 1, STRANDS[0])],
        [ta.score(form.measure, [4] * 5)],
        [form, evolve(form, scores=form.scores)],
        [form, evolve(stated, form=sheet_of("c1", 2, STRANDS[0]).form)],
    ]
    for sheets in wrong:
        with pytest.raises(ta.SeriesError) as caught:
            columns(course_of(), "sessions-wide", sheets)
        assert "quokka" not in str(caught.value)
    for sheets in wrong[:3]:
        with pytest.raises(ta.SeriesError):
            rows(course_of(), "scores", sheets)
