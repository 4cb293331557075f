"""When a record of a course was made, and which of several is the latest."""

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from therapeutic_alliance.model.alliance.entry import Dated
from therapeutic_alliance.model.course import Course

R = TypeVar("R", bound=Dated)
K = TypeVar("K", bound=Hashable)


class Timeline:
    """The sessions of a course in their order, and the place of other records among them.

    A record without a session has the place of the last session that is not dated after it.
    """

    def __init__(self, course: Course) -> None:
        dated = [(each.date, each.number) for each in course.sessions if each.date]
        self._days = [day for day, _ in dated]
        self._numbers = [number for _, number in dated]
        self._day_of = {number: day.isoformat() for day, number in dated}

    def session(self, record: Dated) -> int:
        """Number of the session that it belongs to or follows; 0 if that is not known."""
        if record.session or not record.date:
            return record.session or 0
        before = bisect_right(self._days, record.date)
        return self._numbers[before - 1] if before else 0

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
