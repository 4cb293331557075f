"""One row a session: nothing lost, nothing twice, nothing of a later session."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given

import therapeutic_alliance as ta
from tests.tables.courses import by_session, course_of, scored
from therapeutic_alliance.exporters.course_tables import columns, rows
from therapeutic_alliance.model import alliance as a
from therapeutic_alliance.testing import whole_courses

COURSES = Path(__file__).parents[2] / "examples" / "courses"


@given(drawn=scored())
def test_each_score_stands_in_its_cell_and_in_the_next_session(
    drawn: tuple[ta.Course, list[ta.ScoreSheet]],
) -> None:
    course, sheets = drawn
    table = {row["session"]: row for row in rows(course, "sessions-wide", sheets)}
    numbers = [number for number in table if number is not None]
    assert [*table] in (sorted(numbers), [None, *sorted(numbers)])
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
def test_nothing_that_is_counted_is_lost(course: ta.Course) -> None:
    course = course.current()
    table = list(rows(course, "sessions-wide"))
    happened = Counter(f"events:{event.kind}" for event in course.events)
    addressed = Counter(f"addressed:{event.kind}" for event in course.events if event.addressed)
    for name, count in (happened | addressed).items():
        assert sum(row[name] for row in table) == count
    assert sum(row["check_ins"] for row in table) == len(course.check_ins)
    assert len({row["session"] for row in table}) == len(table)
    assert all(row["session"] is not None for row in table[1:])


def test_sessions_have_days_phase_and_gaps() -> None:
    course = course_of(events=[a.Event(id="e", session=5, kind="missed")])
    assert by_session(course, "days") == {1: 0, 2: 7, 4: 21, 5: None, 6: 29}
    assert by_session(course, "listed") == {1: 1, 2: 1, 4: 1, 5: 0, 6: 1}
    assert by_session(course, "events:missed") == {1: 0, 2: 0, 4: 0, 5: 1, 6: 0}
    assert by_session(course, "two_phase")[5] == "formation"
    assert by_session(course, "two_phase")[6] == "challenge"


def test_what_has_only_a_date_counts_in_the_session_that_it_follows() -> None:
    dates = (date(2026, 2, 1), date(2026, 3, 8), date(2026, 3, 9), date(2026, 4, 1), None)
    course = course_of(
        check_ins=[a.CheckIn(id=f"k{n}", date=on) for n, on in enumerate(dates)],
    )
    assert by_session(course, "check_ins") == {None: 2, 1: 0, 2: 2, 4: 0, 6: 1}
    first = next(rows(course, "sessions-wide"))
    assert first["therapist"] == "t|u"
    assert [first[each] for each in ("listed", "date", "two_phase")] == [0, None, None]


def test_a_course_without_sessions_has_one_row() -> None:
    on = [date(2026, 3, day) for day in (1, 8, 15, 22)]
    check_ins = tuple(a.CheckIn(id=f"k{day.day}", date=day) for day in on)
    course = ta.Course(case="c1", check_ins=check_ins)
    assert by_session(course, "check_ins") == {None: 4}


def test_a_no_show_after_the_last_session_is_counted() -> None:
    course = ta.read_course(COURSES / "failed-first-session.json")
    assert sum(by_session(course, "events:missed").values()) == 1


def test_what_is_taken_up_again_counts_where_it_is() -> None:
    course = course_of(
        events=[
            a.Event(id="e1", session=1, kind="misunderstanding", addressed=2),
            a.Event(id="e2", session=2, kind="misunderstanding", addressed=2),
            a.Event(id="e3", session=2, kind="misunderstanding"),
            a.Event(id="e4", session=4, kind="problem", addressed=7),
            a.Event(id="e5", session=4, kind="missed"),
        ]
    )
    assert by_session(course, "addressed:misunderstanding") == {1: 0, 2: 2, 4: 0, 6: 0, 7: 0}
    assert by_session(course, "addressed:problem")[7] == 1
    assert "addressed:missed" not in columns(course, "sessions-wide")


def test_the_deepest_disclosure_of_a_client_counts() -> None:
    said: list[tuple[int, str, Any, tuple[str, ...]]] = [
        (1, "disclosure", "vulnerable", ()),
        (1, "disclosure", "factual", ("c",)),
        (2, "therapist-disclosure", "threatening", ()),
        (2, "disclosure", "threatening", ("t",)),
        (4, "disclosure", None, ("c",)),
        (6, "disclosure", "threatening", ("t", "c")),
    ]
    course = course_of(
        events=[
            a.Event(id=f"e{n}", session=session, kind=kind, depth=depth, by=by)
            for n, (session, kind, depth, by) in enumerate(said)
        ]
    )
    assert by_session(course, "deepest_disclosure") == {1: 3, 2: None, 4: None, 6: 4}


def _severity(id_: str, value: float, scale: tuple[float, float] = (0, 10), **more: Any) -> Any:
    rating = a.Rating(value, *scale)
    return a.Characteristic(id=id_, of="c", aspect="problem-severity", rating=rating, **more)


def test_covariates_hold_from_when_they_are_known_until_the_next() -> None:
    course = course_of(
        characteristics=[
            _severity("x1", 9),
            _severity("x2", 7, session=2),
            _severity("x3", 5, date=date(2026, 3, 23), by="c"),
            _severity("x4", 1, date=date(2026, 4, 1)),
            _severity("x5", 3, session=2, by="t"),
            _severity("x6", 2, (1, 5), session=4),
            a.Characteristic(id="x7", of="c", aspect="problem-type", category="anxiety", session=2),
            a.Characteristic(id="x8", of="c", aspect="maturity", text="calm"),
        ],
        skills=[
            a.Skill(id="y", of="t", skill="empathy", part="words", rating=a.Rating(2.0, 0.5, 3.0)),
        ],
    )
    name = "characteristic:c:problem-severity"
    assert by_session(course, f"{name}:0..10") == {None: 9, 1: 9, 2: 7, 4: 5, 6: 1}
    assert by_session(course, f"{name}:by:t:0..10") == {None: None, 1: None, 2: 3, 4: 3, 6: 3}
    assert by_session(course, f"{name}:1..5") == {None: None, 1: None, 2: None, 4: 2, 6: 2}
    assert by_session(course, "characteristic:c:problem-type")[6] == "anxiety"
    assert by_session(course, "skill:t:empathy:part:words:0.5..3")[1] == 2
    assert len([each for each in columns(course, "sessions-wide") if ":" in each]) == 5


def test_of_one_session_the_latest_covariate_counts() -> None:
    course = course_of(
        characteristics=[_severity("x1", 7, session=2), _severity("x2", 5, date=date(2026, 3, 10))]
    )
    name = "characteristic:c:problem-severity:0..10"
    assert by_session(course, name) == {1: None, 2: 5, 4: 5, 6: 5}
