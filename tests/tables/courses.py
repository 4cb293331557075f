"""Courses and sheets that tests of the tables share."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from hypothesis import strategies as st

import therapeutic_alliance as ta
from therapeutic_alliance.exporters.course_tables import rows
from therapeutic_alliance.model import alliance as a
from therapeutic_alliance.model.alliance.record import Record
from therapeutic_alliance.testing import whole_courses

REGISTRY = ta.Registry()
STRANDS = [
    ("arm-5", "client", None, None),
    ("arm-5", "client", "pre", None),
    ("arm-5", "client", None, "pre"),
    ("arm-5", "therapist", "t_1", None),
    ("ors", "client", None, None),
]


def sheet_of(
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
    return course, [sheet_of(course.case, *key, answer) for key, answer in drawn.items()]


def course_of(**sections: Iterable[Record]) -> ta.Course:
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


def filled(session: int, **more: Any) -> a.FilledForm:
    answers = {"1": 1, "2": 7, "3": 1, "4": 6, "5": 5}
    more = {"id": f"f{session}", "rater": "client", "answers": answers, **more}
    return a.FilledForm(measure="arm-5", session=session, **more)


def by_session(course: ta.Course, name: str) -> dict[int | None, Any]:
    """A column of ``sessions-wide``."""
    return {row["session"]: row[name] for row in rows(course, "sessions-wide")}
