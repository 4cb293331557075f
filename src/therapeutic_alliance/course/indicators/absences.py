"""Sessions that did not take place, and absences from those that did."""

from collections.abc import Hashable
from datetime import date

from attrs import field, frozen

from therapeutic_alliance.course.timeline import NOT_HELD
from therapeutic_alliance.model.alliance.dialogue import Event
from therapeutic_alliance.model.course import Course


@frozen
class Lost:
    """One session that did not take place, or that somebody was absent from."""

    listed: bool
    """It is listed, and so took place: others were there."""
    listed_day: date | None
    events: list[Event] = field(factory=list)

    @property
    def day(self) -> date | None:
        """When it was, or was to be; ``None`` if that is not recorded."""
        days = (event.date for event in self.events if event.date)
        return self.listed_day or min(days, default=None)

    def is_of(self, kind: str) -> bool:
        """Whether an event of the kind is about it."""
        return any(event.kind == kind for event in self.events)

    def persons(self, kind: str) -> set[str]:
        """Who missed it, or cancelled it; empty if nobody is named."""
        return {person for event in self.events if event.kind == kind for person in event.by}


def lost_sessions(course: Course) -> list[Lost]:
    """What events of these kinds are about, each session once.

    An event with the number or the date of a listed session is an absence from that session.
    Several events of one number, or of one date, are about one session.
    """
    events = [event for event in course.events if event.kind in NOT_HELD]
    day_of = {each.number: each.date for each in course.sessions}
    number_of = {event.date: event.session for event in events if event.date and event.session}
    number_of |= {each.date: each.number for each in course.sessions if each.date}
    found: dict[Hashable, Lost] = {}
    for event in events:
        number = event.session
        if event.date and number not in day_of:
            number = number_of.get(event.date, number)
        listed_day = day_of.get(number) if number else None
        key = number or event.date or event.id
        found.setdefault(key, Lost(number in day_of, listed_day)).events.append(event)
    return list(found.values())
