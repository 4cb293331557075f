"""Answers of participants to goals, tasks and understandings."""

from collections.abc import Iterable, Mapping

from therapeutic_alliance.course.indicators.indicator import Found, missing
from therapeutic_alliance.course.indicators.timeline import Timeline
from therapeutic_alliance.model.alliance.entry import Record
from therapeutic_alliance.model.course import Course


def latest_answers(course: Course) -> Mapping[str, Mapping[str, bool]]:
    """For each goal, task or understanding that was answered: who agrees to it by now."""
    latest = Timeline(course).latest(course.agreements, lambda each: (each.about, each.by))
    found: dict[str, dict[str, bool]] = {}
    for (about, by), answer in latest.items():
        found.setdefault(about, {})[by] = answer.agrees
    return found


def agreed_by_all(course: Course, records: Iterable[Record], name: str, *about: str) -> Found:
    """The share to which all agree, of those records that at least two participants answered."""
    answers = latest_answers(course)
    of = [answers[each.id] for each in records if len(answers.get(each.id, ())) > 1]
    if not of:
        return missing(f"no {name} was answered by two participants", *about)
    agreed = sum(all(each.values()) for each in of)
    return Found(about, agreed / len(of), len(of), f"all agree to {agreed} of {len(of)}")
