"""First contact after a session that was missed or cancelled."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from therapeutic_alliance.course.indicators.absences import Lost
from therapeutic_alliance.course.roles import is_client, roles, take_part
from therapeutic_alliance.course.timeline import NOT_HELD
from therapeutic_alliance.model.course import Course

_Days = tuple[Sequence[date], Sequence[date]]
"""Of follow-ups and of sessions, each in order."""


class Contacts:
    """Follow-ups and sessions of a course, with anybody or with one participant."""

    def __init__(self, course: Course, lost: Sequence[Lost]) -> None:
        everybody = take_part(course)
        self._role_of = roles(course)
        self._follow_ups = [each for each in course.events if each.kind == "follow-up"]
        self._missed = {each.session.number: each for each in lost if each.session}
        self._held = [
            each
            for each in course.sessions
            if each.number not in self._missed or self._missed[each.number].was_held(everybody)
        ]
        self._days: dict[str | None, _Days] = {}

    def first_after(self, lost: Lost) -> date | None:
        """The day of the first contact with somebody who missed it; ``None`` if there is none.

        With anybody, if nobody is named, or somebody who is no client.
        """
        day = lost.day
        if day is None:
            return None
        named = lost.persons(*NOT_HELD)
        clients = named and all(is_client(self._role_of[each]) for each in named)
        with_whom: Iterable[str | None] = named if clients else (None,)
        return min((first for each in with_whom for first in self._after(day, each)), default=None)

    def _after(self, day: date, person: str | None) -> Iterator[date]:
        if person not in self._days:
            self._days[person] = self._with(person)
        follow_ups, sessions = self._days[person]
        yield from follow_ups[(at := bisect_left(follow_ups, day)) : at + 1]
        yield from sessions[(at := bisect_right(sessions, day)) : at + 1]

    def _with(self, person: str | None) -> _Days:
        follow_ups = sorted(
            each.date
            for each in self._follow_ups
            if each.date
            and (person is None or not each.toward or person in (*each.by, *each.toward))
        )
        sessions = [
            each.date
            for each in self._held
            if each.date and (person is None or self._was_there(person, each.number, each.attended))
        ]
        return follow_ups, sessions

    def _was_there(self, person: str, session: int, attended: Sequence[str]) -> bool:
        if attended:
            return person in attended
        return session not in self._missed or person not in self._missed[session].persons(*NOT_HELD)
