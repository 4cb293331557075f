"""Who takes part, which sessions took place, how it ended, what was corrected."""

import datetime as dt

from attrs import frozen

from therapeutic_alliance.course.endings import leavings
from therapeutic_alliance.course.timeline import numbers
from therapeutic_alliance.model.course import Course


@frozen(kw_only=True)
class Member:
    """A participant, by pseudonym."""

    id: str
    role: str
    relation: str | None
    agency: str | None


@frozen(kw_only=True)
class Ending:
    """How the course ended, as far as it was recorded."""

    session: int | None
    date: dt.date | None
    kind: str | None
    by: tuple[str, ...]
    reason: str | None
    leaves: bool
    """Somebody left, and the course did not end by it."""


@frozen(kw_only=True)
class Presence:
    """In which sessions someone was, as far as attendance is listed."""

    id: str
    sessions: int
    first: int
    last: int


@frozen(kw_only=True)
class Linked:
    """Another course that belongs to this one."""

    kind: str
    case: str


@frozen(kw_only=True)
class Sessions:
    """Sessions that are listed, and how many more are only named by other records."""

    listed: int
    first: int | None
    """Lowest number, listed or named."""
    last: int | None
    first_date: dt.date | None
    last_date: dt.date | None
    undated: int
    """Listed ones without a date."""
    unlisted: int
    """Numbers that forms, ratings or events name, and that are not listed."""


@frozen(kw_only=True)
class Records:
    """How many records there are, and how many of them hold."""

    recorded: int
    holding: int
    corrections: int
    retractions: int


@frozen(kw_only=True)
class Head:
    """What stands at the top of a summary."""

    case: str
    system: str | None
    participants: tuple[Member, ...]
    sessions: Sessions
    therapists: tuple[Presence, ...]
    """By attendance, if they were not there from the same to the same session, and none in all."""
    endings: tuple[Ending, ...]
    links: tuple[Linked, ...]
    records: Records


def head(recorded: Course, current: Course) -> Head:
    """The head of a summary, of a course as it was recorded and as it holds now."""
    return Head(
        case=current.case,
        system=current.system,
        participants=tuple(
            Member(
                id=each.id,
                role=each.role,
                relation=each.relation,
                agency=each.agency,
            )
            for each in current.participants
        ),
        sessions=_sessions(current),
        therapists=_therapists(current),
        endings=endings(current),
        links=tuple(Linked(kind=each.kind, case=each.case) for each in current.links),
        records=_records(recorded, current),
    )


def endings(current: Course) -> tuple[Ending, ...]:
    """How the course ended, and who left it."""
    left = leavings(current)
    return tuple(
        Ending(
            session=each.session,
            date=each.date,
            kind=each.kind,
            by=each.by,
            reason=each.reason,
            leaves=each.id in left,
        )
        for each in current.terminations
    )


def _therapists(current: Course) -> tuple[Presence, ...]:
    """Therapists by their sessions, if the attendance shows that they changed."""
    there: dict[str, list[int]] = {
        each.id: [] for each in current.participants if each.role == "therapist"
    }
    for session in current.sessions:
        for each in session.attended:
            if each in there:
                there[each].append(session.number)
    found = [
        Presence(id=id_, sessions=len(held), first=min(held), last=max(held))
        for id_, held in there.items()
        if held
    ]
    attended = len({number for held in there.values() for number in held})
    spans = {(each.first, each.last) for each in found}
    if len(spans) < 2 or any(each.sessions == attended for each in found):
        return ()
    return tuple(sorted(found, key=lambda each: (each.first, each.id)))


def _sessions(current: Course) -> Sessions:
    named = numbers(current)
    dates = [each.date for each in current.sessions if each.date]
    return Sessions(
        listed=len(current.sessions),
        first=named[0] if named else None,
        last=named[-1] if named else None,
        first_date=dates[0] if dates else None,
        last_date=dates[-1] if dates else None,
        undated=len(current.sessions) - len(dates),
        unlisted=len(named) - len(current.sessions),
    )


def _records(recorded: Course, current: Course) -> Records:
    amending = sum(1 for entry in recorded.entries() if entry.record.amends is not None)
    return Records(
        recorded=sum(1 for _ in recorded.entries()),
        holding=sum(1 for _ in current.entries()),
        corrections=amending - len(recorded.retractions),
        retractions=len(recorded.retractions),
    )
