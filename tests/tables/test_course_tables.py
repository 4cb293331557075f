"""Tables of a course: each record once, nothing said freely unless asked, cells that read back."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from therapeutic_alliance.exporters.course_tables import TABLES, columns, rows
from therapeutic_alliance.exporters.tables import writer_for
from therapeutic_alliance.importers.cells import unguarded
from therapeutic_alliance.model import alliance as a
from therapeutic_alliance.model.alliance.entry import Record
from therapeutic_alliance.model.alliance.fields import fields_of
from therapeutic_alliance.model.course import SECTIONS
from therapeutic_alliance.testing import whole_courses
from therapeutic_alliance.testing.files.documents import formulas

REGISTRY = ta.Registry()
CANARY = "=quokka()"
RECORDS = [name for name in TABLES if name not in ("answers", "sessions-wide")]
STRANDS = [
    ("arm-5", "client", None, None),
    ("arm-5", "client", "pre", None),
    ("arm-5", "client", None, "pre"),
    ("arm-5", "therapist", "t_1", None),
    ("ors", "client", None, None),
]


def _sheet(
    case: str, session: int, strand: tuple[str, str, str | None, str | None], answer: int = 4
) -> ta.ScoreSheet:
    name, rater, person, occasion = strand
    measure = REGISTRY.measure(name)
    answers = dict.fromkeys(measure.items, answer)
    form = ta.Administration(
        name,
        case,
        session,
        rater,
        answers,
        person=person,
        occasion=occasion,  # type: ignore[arg-type]
    )
    return ta.score(measure, form)


@st.composite
def scored(draw: st.DrawFn) -> tuple[ta.Course, list[ta.ScoreSheet]]:
    """A course and sheets of its case."""
    course = draw(whole_courses())
    keys = st.tuples(st.integers(1, 12), st.sampled_from(STRANDS))
    drawn = draw(st.dictionaries(keys, st.integers(1, 7), max_size=12))
    return course, [_sheet(course.case, *key, answer) for key, answer in drawn.items()]


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


@given(drawn=scored())
def test_each_score_stands_in_its_cell_and_in_the_next_session(
    drawn: tuple[ta.Course, list[ta.ScoreSheet]],
) -> None:
    course, sheets = drawn
    table = {row["session"]: row for row in rows(course, "sessions-wide", sheets)}
    assert list(table) == sorted(table)
    filled = 0
    for sheet in sheets:
        assert sheet.form
        who = "-".join(each for each in (sheet.form.rater, sheet.form.occasion) if each)
        for score in sheet:
            parts = (sheet.measure.id, who, sheet.form.person, score.id)
            name = "_".join(each for each in parts if each)
            name = f"outcome:{name}" if sheet.measure.id == "ors" else name
            assert table[sheet.form.session][name] == score.value
            if sheet.form.session + 1 in table:
                assert table[sheet.form.session + 1][f"previous:{name}"] == score.value
            filled += 1
    names = [
        name
        for name in columns(course, "sessions-wide", sheets)
        if name.removeprefix("outcome:").startswith(("arm-5_", "ors_"))
    ]
    assert filled == sum(row[name] is not None for row in table.values() for name in names)


@given(course=whole_courses())
def test_events_are_counted_once(course: ta.Course) -> None:
    course = course.current()
    table = list(rows(course, "sessions-wide"))
    known = Counter(event.kind for event in course.events if event.session)
    all_ = Counter(event.kind for event in course.events)
    for kind in all_:
        counted = sum(row[f"events:{kind}"] for row in table)
        assert known[kind] <= counted <= all_[kind]


def _course(**sections: Iterable[Record]) -> ta.Course:
    people = (
        a.Participant(id="c", role="client"),
        a.Participant(id="t", role="therapist", agency="clinic-1"),
        a.Participant(id="u", role="therapist", agency="clinic-1"),
        a.Participant(id="s", role="supervisor", agency="clinic-2"),
    )
    sessions = tuple(
        a.Session(id=f"s{number}", number=number, date=date(2026, 3, day), minutes=50)
        for number, day in ((1, 1), (2, 8), (4, 22), (6, 30))
    )
    made: dict[str, Any] = {name: tuple(each) for name, each in sections.items()}
    return ta.Course(case="c1", system="couple", participants=people, sessions=sessions, **made)


def _column(course: ta.Course, name: str) -> dict[int, Any]:
    return {row["session"]: row[name] for row in rows(course, "sessions-wide")}


def test_rows_begin_with_case_dyad_and_agency() -> None:
    first = {"case": "c1", "system": "couple", "therapist": "t|u", "agency": "clinic-1"}
    for name in ("sessions", "participants", "sessions-wide"):
        assert next(rows(_course(), name)).items() >= first.items()
    supervision = evolve(_course(), system="supervision")
    row = next(rows(supervision, "sessions"))
    assert (row["therapist"], row["agency"]) == ("s", "clinic-2")


def test_sessions_have_days_phase_and_gaps() -> None:
    course = _course(events=[a.Event(id="e", session=5, kind="missed")])
    assert _column(course, "days") == {1: 0, 2: 7, 4: 21, 5: None, 6: 29}
    assert _column(course, "listed") == {1: 1, 2: 1, 4: 1, 5: 0, 6: 1}
    assert _column(course, "events:missed") == {1: 0, 2: 0, 4: 0, 5: 1, 6: 0}
    assert _column(course, "two_phase")[5] == "formation"
    assert _column(course, "two_phase")[6] == "challenge"


def test_what_has_only_a_date_counts_in_the_next_session() -> None:
    dates = (date(2026, 2, 1), date(2026, 3, 8), date(2026, 3, 9), date(2026, 4, 1), None)
    course = _course(
        check_ins=[a.CheckIn(id=f"k{n}", date=on) for n, on in enumerate(dates)],
    )
    assert _column(course, "check_ins") == {1: 1, 2: 1, 4: 1, 6: 0}


def test_the_deepest_disclosure_of_a_session_counts() -> None:
    said: list[tuple[int, str, Any]] = [
        (1, "disclosure", "vulnerable"),
        (1, "disclosure", "factual"),
        (2, "therapist-disclosure", "threatening"),
        (4, "disclosure", None),
        (6, "disclosure", "threatening"),
    ]
    course = _course(
        events=[
            a.Event(id=f"e{n}", session=session, kind=kind, depth=depth)
            for n, (session, kind, depth) in enumerate(said)
        ]
    )
    assert _column(course, "disclosure_depth") == {1: 3, 2: None, 4: None, 6: 4}


def _severity(id_: str, value: float, scale: tuple[float, float] = (0, 10), **more: Any) -> Any:
    rating = a.Rating(value, *scale)
    return a.Characteristic(id=id_, of="c", aspect="problem-severity", rating=rating, **more)


def test_covariates_hold_from_when_they_are_known_until_the_next() -> None:
    course = _course(
        characteristics=[
            _severity("x1", 9),
            _severity("x2", 7, session=2),
            _severity("x3", 5, date=date(2026, 3, 23), by="c"),
            _severity("x4", 1, date=date(2026, 4, 1)),
            _severity("x5", 3, session=2, by="t"),
            _severity("x6", 2, (1, 5), session=4),
            a.Characteristic(id="x7", of="c", aspect="problem-type", category="anxiety", session=2),
            a.Characteristic(id="x8", of="c", aspect="maturity", text=CANARY),
        ],
        skills=[
            a.Skill(id="y", of="t", skill="empathy", part="words", rating=a.Rating(2.0, 0.5, 3.0)),
        ],
    )
    name = "characteristic:c:problem-severity"
    assert _column(course, f"{name}:0..10") == {1: 9, 2: 7, 4: 7, 6: 5}
    assert _column(course, f"{name}:by:t:0..10") == {1: None, 2: 3, 4: 3, 6: 3}
    assert _column(course, f"{name}:1..5") == {1: None, 2: None, 4: 2, 6: 2}
    assert _column(course, "characteristic:c:problem-type")[6] == "anxiety"
    assert _column(course, "skill:t:empathy:part:words:0.5..3")[1] == 2
    assert len([each for each in columns(course, "sessions-wide") if ":" in each]) == 5


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
    course, file = _course(administrations=forms), tmp_path / "answers.csv"
    file.write_text(_csv(course, "answers"), encoding="utf-8", newline="")
    read = list(ta.read_forms(file))
    assert [form.answers for form in read] == [form.answers for form in forms]
    assert [form.key for form in read] == [form.administration("c1").key for form in forms]


def test_ratings_flags_and_lists_are_plain_cells() -> None:
    course = _course(
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
            work(_course(), name)


def test_sheets_that_do_not_fit_are_refused() -> None:
    form = _sheet("c1", 1, STRANDS[0])
    stated = ta.score(form.measure.stated(low=1, high=5), [4] * 5)
    wrong = [
        [_sheet("quokka", 1, STRANDS[0])],
        [ta.score(form.measure, [4] * 5)],
        [form, evolve(form, scores=form.scores)],
        [form, evolve(stated, form=_sheet("c1", 2, STRANDS[0]).form)],
    ]
    for sheets in wrong:
        with pytest.raises(ta.SeriesError) as caught:
            columns(_course(), "sessions-wide", sheets)
        assert "quokka" not in str(caught.value)
