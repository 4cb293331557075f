"""What all agree to, of those who were asked."""

from collections.abc import Iterable

from therapeutic_alliance.course.answers import counted_answers
from therapeutic_alliance.course.indicators.indicator import Found, missing
from therapeutic_alliance.model.alliance.record import Record
from therapeutic_alliance.model.course import Course


def agreed_by_all(course: Course, records: Iterable[Record], name: str, *about: str) -> Found:
    """The share to which all agree, of those records that at least two participants answered."""
    answers = counted_answers(course)
    of = [answers[each.id] for each in records if len(answers.get(each.id, ())) > 1]
    if not of:
        return missing(f"no {name} was answered by two participants", *about)
    agreed = sum(all(each.values()) for each in of)
    return Found(about, agreed / len(of), len(of), f"all agree to {agreed} of {len(of)}")
