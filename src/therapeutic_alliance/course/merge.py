"""Courses of one case, kept in several places, as one."""

import json
from collections.abc import Iterator
from typing import Any

from therapeutic_alliance.errors import DocumentError, Problem
from therapeutic_alliance.model.alliance.entry import Record
from therapeutic_alliance.model.alliance.kinds import thawed
from therapeutic_alliance.model.coherence import Entry, faults
from therapeutic_alliance.model.course import SECTIONS, Course


def merge(first: Course, *others: Course) -> Course:
    """The union of courses of one case, by the ids of their records.

    A record that stands in several of them stands once in the union; the order of the courses
    does not matter. Raises :class:`DocumentError` with all conflicts together, each with the
    number of the course, counted from 1, and its path: another case or system, one id with
    different content, and whatever the records contradict of one another.

    >>> from therapeutic_alliance import alliance
    >>> therapist = alliance.Participant(id="t", role="therapist")
    >>> one = Course(case="c1", participants=[therapist])
    >>> other = Course(case="c1", sessions=[alliance.Session(id="s1", number=1)])
    >>> both = merge(one, other)
    >>> both == merge(other, one), both == merge(both, one), len(both.sessions)
    (True, True, 1)
    """
    courses = (first, *others)
    heads = _Heads()
    problems = [fault for n, course in enumerate(courses, 1) for fault in heads.take(n, course)]
    entries: dict[str, Entry] = {}
    for n, course in enumerate(courses, 1):
        for section, place, record in course.entries():
            entry = Entry(section, f"course {n}, {place}", record)
            before = entries.setdefault(record.id, entry)
            if not _same(before.record, record):
                rule = f"one id with different content: see {before.place}"
                problems.append(Problem(path=entry.place, rule=rule))
    problems += faults(list(entries.values()))
    if problems:
        raise DocumentError(problems)
    sections: dict[str, Any] = {section: [] for section in SECTIONS}
    for entry in entries.values():
        sections[entry.section].append(entry.record)
    return Course(case=first.case, system=heads.system, extensions=heads.extensions, **sections)


class _Heads:
    """What the courses say of the whole, which must agree."""

    def __init__(self) -> None:
        self._case: Any = None
        self.system: Any = None
        self.extensions: dict[str, Any] = {}

    def take(self, number: int, course: Course) -> Iterator[Problem]:
        """Take over what is new; tell what differs."""
        where = f"course {number}, $"
        self._case = self._case or course.case
        if self._case != course.case:
            yield Problem(path=f"{where}.case", rule="another case than that of course 1")
        self.system = self.system or course.system
        if course.system not in (None, self.system):
            yield Problem(path=f"{where}.system", rule="another system than that said before")
        for n, (name, value) in enumerate(course.extensions.items(), 1):
            if _text(self.extensions.setdefault(name, value)) != _text(value):
                rule = "one name with different content in another course"
                yield Problem(path=f"{where}.extensions, entry {n}", rule=rule)


def _same(one: Record, other: Record) -> bool:
    """Whether two records say the same; in extensions 1, 1.0 and true are not the same."""
    return one == other and _text(one.extensions) == _text(other.extensions)


def _text(value: object) -> str:
    return json.dumps(thawed(value), sort_keys=True)
