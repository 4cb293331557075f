"""Sessions that did not take place, and absences from those that did."""

from collections.abc import Collection, Hashable
from datetime import date

from attrs import field, frozen

from therapeutic_alliance.course.timeline import NOT_HELD
from therapeutic_alliance.model.alliance.dialogue import Event
from therapeutic_alliance.model.alliance.people import Session
from therapeutic_alliance.model.course import Course


@frozen
class Lost:
    """One session that did not take place, or that somebody was absent from."""

    session: Session | None
    """If it is listed."""
    events: list[Event] = field(factory=list)

    @property
    def day(self) -> date | None:
        """When it was, or was to be; ``None`` if that is not recorded."""
        days = (event.date for event in self.events if event.date)
        listed_day = self.session.date if self.session else None
        return listed_day or min(days, default=None)

    def is_of(self, kind: str) -> bool:
        """Whether an event of the kind is about it."""
        return any(event.kind == kind for event in self.events)

    def persons(self, *kinds: str) -> set[str]:
        """Who missed it, or cancelled it; empty if nobody is named."""
        return {person for event in self.events if event.kind in kinds for person in event.by}

    def was_held(self, everybody: Collection[str]) -> bool:
        """Whether it took place without somebody; ``everybody`` are those who take part.

        That is a listed one, unless an event names nobody, or all of them are named. Attendance
        of some of them says that it took place.
        """
        if self.session is None:
            return False
        there = set(self.session.attended)
        if there and not there.issuperset(everybody):
            return True
        return all(event.by for event in self.events) and not self.persons(*NOT_HELD).issuperset(
            everybody
        )


def lost_sessions(course: Course) -> list[Lost]:
    """What events of these kinds are about, each session once.

    An event with the number or the date of a listed session is about that session.
    Several events of one number, or of one date, are about one session.
    """
    events = [event for event in course.events if event.kind in NOT_HELD]
    listed = {each.number: each for each in course.sessions}
    number_of = {event.date: event.session for event in events if event.date and event.session}
    number_of |= {each.date: each.number for each in course.sessions if each.date}
    found: dict[Hashable, Lost] = {}
    for event in events:
        number = event.session
        if event.date and number not in listed:
            number = number_of.get(event.date, number)
        key = number or event.date or event.id
        session = listed.get(number) if number else None
        found.setdefault(key, Lost(session)).events.append(event)
    return list(found.values())
