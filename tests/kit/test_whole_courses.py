"""What the strategy of whole courses draws: every field of every record, and odd amendments."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

import therapeutic_alliance as ta
from therapeutic_alliance import alliance
from therapeutic_alliance.model.alliance.fields import fields_of
from therapeutic_alliance.model.course import SECTIONS
from therapeutic_alliance.testing import whole_courses
from therapeutic_alliance.testing.course_strategy import courses_of

SEARCH = settings(
    max_examples=2_000, derandomize=True, database=None, deadline=None, phases=[Phase.generate]
)
Wanted = Callable[[ta.Course], bool]


def _said(
    draws: st.SearchStrategy[ta.Course], class_: type, many: int
) -> tuple[set[str], set[str]]:
    """The fields of a class that are given in some of the courses, and those that are left out."""
    given_: set[str] = set()
    left_out: set[str] = set()

    @settings(SEARCH, max_examples=many)
    @given(draws)
    def look(course: ta.Course) -> None:
        for value in (course, *(entry.record for entry in course.entries())):
            for each in fields_of(class_) if type(value) is class_ else ():
                some = getattr(value, each.name) not in (None, (), {})
                (given_ if some else left_out).add(each.name)

    look()
    return given_, left_out


@pytest.mark.slow
@pytest.mark.parametrize("class_", [ta.Course, *SECTIONS.values()])
def test_every_field_of_every_record_is_drawn(class_: type) -> None:
    """And left out, if it may be. Many of its kind, so that none is missed by bad luck."""
    if class_ is ta.Course:
        given_, left_out = _said(whole_courses(), class_, 1_000)
    else:
        [kind] = [section for section, record in SECTIONS.items() if record is class_]
        given_, left_out = _said(courses_of([kind] * 4), class_, 100)
    known = fields_of(class_)
    assert [each.name for each in known if each.name not in given_] == []
    optional = [each.name for each in known if not each.required and type(each.default) is not bool]
    assert [name for name in optional if name not in left_out] == (
        ["participants"] if class_ is ta.Course else []
    )


@given(st.integers(0, 5).flatmap(lambda most: whole_courses(most=most).map(lambda c: (most, c))))
def test_no_more_records_than_asked_for(drawn: tuple[int, ta.Course]) -> None:
    most, course = drawn
    assert len(list(course.entries())) <= most + 4


def _retracted(course: ta.Course) -> set[str]:
    return {each.amends for each in course.retractions}


VALUES: dict[str, Wanted] = {
    "a correction": lambda c: any(goal.amends for goal in c.goals),
    "a correction of a correction": lambda c: any(
        entry.record.amends in {other.record.id for other in c.entries() if other.record.amends}
        for entry in c.entries()
        if not isinstance(entry.record, alliance.Retraction)
    ),
    "a retraction of a retraction": lambda c: bool(
        _retracted(c) & {each.id for each in c.retractions}
    ),
    "a retracted participant whom others name": lambda c: any(
        person in _retracted(c) for goal in c.goals for person in goal.proposed_by
    ),
    "dated sessions": lambda c: sum(1 for each in c.sessions if each.date) > 1,
    "text that is not ASCII": lambda c: any(not (goal.text or "").isascii() for goal in c.goals),
    "an empty name in extensions": lambda c: any(
        "" in entry.record.extensions for entry in c.entries()
    ),
    "an answer": lambda c: any(any(form.answers.values()) for form in c.administrations),
    "a system": lambda c: c.system == "family",
}


@pytest.mark.parametrize("what", VALUES)
def test_it_draws(what: str) -> None:
    search: Callable[..., Any] = find
    assert VALUES[what](search(whole_courses(), VALUES[what], settings=SEARCH))


REGISTRY = ta.Registry()
SCORABLE = [each for each in REGISTRY.measures.values() if not each.open]


@pytest.mark.parametrize("measure", SCORABLE, ids=lambda measure: measure.id)
def test_forms_of_a_measure_are_scored(measure: ta.Measure) -> None:
    seen: set[str] = set()

    @settings(max_examples=30)
    @given(whole_courses(measure=measure))
    def look(course: ta.Course) -> None:
        sheets = ta.score_course(course, REGISTRY)
        assert len(sheets) == len(course.current().administrations)
        assert {each.measure for each in course.administrations} <= {measure.id}
        seen.update(each.rater for each in course.administrations)

    look()
    assert seen == set(measure.raters)


def test_forms_of_an_open_measure_are_refused_at_once() -> None:
    with pytest.raises(ta.DefinitionError, match="state them"):
        whole_courses(measure=REGISTRY.measure("sai"))
