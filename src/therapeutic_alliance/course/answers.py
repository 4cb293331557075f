"""Answers of participants to goals, tasks and understandings."""

from collections.abc import Mapping

from therapeutic_alliance.course.roles import take_part
from therapeutic_alliance.course.timeline import Timeline
from therapeutic_alliance.model.course import Course


def latest_answers(course: Course) -> Mapping[str, Mapping[str, bool]]:
    """For each goal, task or understanding that was answered: who agrees to it by now."""
    latest = Timeline(course).latest(course.agreements, lambda each: (each.about, each.by))
    found: dict[str, dict[str, bool]] = {}
    for (about, by), answer in latest.items():
        found.setdefault(about, {})[by] = answer.agrees
    return found


def counted_answers(course: Course) -> Mapping[str, Mapping[str, bool]]:
    """The same, of those who take part in the work; nobody else is asked."""
    asked = frozenset(take_part(course))
    return {
        about: {by: agrees for by, agrees in said.items() if by in asked}
        for about, said in latest_answers(course).items()
    }
