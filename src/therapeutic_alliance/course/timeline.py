"""Which sessions there are, when a record of a course was made, and which is the latest."""

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from therapeutic_alliance.model.alliance.dialogue import Event
from therapeutic_alliance.model.alliance.people import FilledForm
from therapeutic_alliance.model.alliance.record import Dated
from therapeutic_alliance.model.course import Course

R = TypeVar("R", bound=Dated)
K = TypeVar("K", bound=Hashable)

NOT_HELD = ("missed", "cancelled")
"""Kinds of event that say that a session did not take place, or not for somebody."""


class Timeline:
    """The sessions of a course in their order, and the place of other records among them.

    A record without a session belongs to the last listed session that is not dated after it.
    Sessions without a date are passed over.
    """

    def __init__(self, course: Course) -> None:
        dated = [(each.date, each.number) for each in course.sessions if each.date]
        self._days = [day for day, _ in dated]
        self._numbers = [number for _, number in dated]
        self._day_of = {number: day.isoformat() for day, number in dated}

    def session(self, record: Dated) -> int:
        """Number of the session that it belongs to; 0 if that is not known."""
        if record.session or not record.date:
            return record.session or 0
        before = bisect_right(self._days, record.date)
        return self._numbers[before - 1] if before else 0

    def is_after(self, record: Dated) -> bool:
        """Whether it has no session of its own, and is dated after the one that it belongs to."""
        if record.session or not record.date:
            return False
        return record.date.isoformat() > self._day_of.get(self.session(record), "")

    def place(self, record: Dated) -> tuple[int, str, str]:
        """By session, date, id."""
        session = self.session(record)
        day = record.date.isoformat() if record.date else self._day_of.get(session, "")
        return session, day, record.id

    def latest(self, records: Iterable[R], key: Callable[[R], K]) -> dict[K, R]:
        """The latest record for each key, in the order of first appearance."""
        found: dict[K, R] = {}
        for record in sorted(records, key=self.place):
            found[key(record)] = record
        return found

    def said(self, record: Dated) -> str:
        """The session that it belongs to, in words."""
        session = self.session(record)
        return f"session {session}" if session else "session not known"


def numbers(current: Course) -> list[int]:
    """Numbers of the sessions that are listed, or that a record belongs to; in order.

    >>> from therapeutic_alliance.model.alliance.dialogue import CheckIn
    >>> numbers(Course(case="c1", check_ins=[CheckIn(id="k1", session=4)]))
    [4]
    """
    listed = {each.number for each in current.sessions}
    named = (_number(entry.record) for entry in current.entries())
    return sorted(listed | {number for number in named if number is not None})


def _number(record: object) -> int | None:
    if isinstance(record, Event) and record.kind in NOT_HELD:
        return None
    return record.session if isinstance(record, Dated | FilledForm) else None
