"""Courses of one case, kept in several places, as one."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from therapeutic_alliance.errors import DocumentError, Problem
from therapeutic_alliance.model.alliance.fields import fields_of
from therapeutic_alliance.model.alliance.rating import Rating
from therapeutic_alliance.model.alliance.record import Record
from therapeutic_alliance.model.coherence import Entry, faults
from therapeutic_alliance.model.course import Course, by_section


def merge(first: Course, *others: Course) -> Course:
    """The union of courses of one case, by the ids of their records.

    A record that stands in several of them stands once in the union; the order of the courses
    does not matter. Raises :class:`DocumentError` with all conflicts together, each with the
    number of the course, counted from 1, and its path in what :func:`dumps` writes of it: another
    case or system, one id with different content, a record corrected twice, or corrected here
    and retracted there, and whatever else the records contradict of one another.

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
            if before is entry:
                continue
            if _content(before) != _content(entry):
                rule = f"one id with different content: see {before.place}"
                problems.append(Problem(path=entry.place, rule=rule))
            elif _text(record) < _text(before.record):  # of 4 and 4.0 one, whoever comes first
                entries[record.id] = before._replace(record=record)
    problems += faults(list(entries.values()))
    if problems:
        raise DocumentError(problems)
    sections = by_section(entries.values())
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
            before = self.extensions.setdefault(name, value)
            if _text(before, exact=False) != _text(value, exact=False):
                rule = "one name with different content in another course"
                yield Problem(path=f"{where}.extensions, entry {n}", rule=rule)
            self.extensions[name] = min(before, value, key=_text)


def _content(entry: Entry) -> str:
    return entry.section + _text(entry.record, exact=False)


def _text(value: Any, *, exact: bool = True) -> str:
    """What a value says, as text: 1 and true differ; 1 and 1.0 do, if ``exact``."""
    return json.dumps(_plain(value, exact=exact), sort_keys=True)


def _plain(value: Any, *, exact: bool) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(each, exact=exact) for name, each in value.items()}
    if isinstance(value, tuple):
        return [_plain(each, exact=exact) for each in value]
    if isinstance(value, Record | Rating):
        known = fields_of(type(value))
        return {each.name: _plain(getattr(value, each.name), exact=exact) for each in known}
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if not exact and type(value) is float and value.is_integer() else value
