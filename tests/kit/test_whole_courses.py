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

SEARCH = settings(
    max_examples=2_000, derandomize=True, database=None, deadline=None, phases=[Phase.generate]
)
Wanted = Callable[[ta.Course], bool]


@pytest.mark.slow
def test_every_field_of_every_record_is_drawn() -> None:
    """And left out, if it may be: a field that is added later needs no edit here."""
    given_: set[tuple[str, str]] = set()
    left_out: set[tuple[str, str]] = set()
    classes: list[type] = [ta.Course, *SECTIONS.values()]

    @settings(SEARCH, max_examples=1_000)
    @given(whole_courses())
    def look(course: ta.Course) -> None:
        for value in (course, *(entry.record for entry in course.entries())):
            for each in fields_of(type(value)):
                said = getattr(value, each.name)
                some = said not in (None, (), {})
                (given_ if some else left_out).add((type(value).__name__, each.name))

    look()
    for class_ in classes:
        for each in fields_of(class_):
            rare = each.name == "amends"  # two of a kind that need others are few; see below
            assert rare or (class_.__name__, each.name) in given_, each.name
            optional = each.many or each.optional or each.name == "extensions"
            free = optional and (class_.__name__, each.name) != ("Course", "participants")
            assert not free or (class_.__name__, each.name) in left_out, each.name


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
