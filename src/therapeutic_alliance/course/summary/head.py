"""Who takes part, which sessions took place, how it ended, what was corrected."""

import datetime as dt
from collections import Counter

from attrs import frozen

from therapeutic_alliance.model.alliance.dialogue import Event
from therapeutic_alliance.model.alliance.entry import Dated
from therapeutic_alliance.model.alliance.people import FilledForm
from therapeutic_alliance.model.course import Course

NOT_HELD = ("missed", "cancelled")
"""Kinds of events that stand for a session that did not take place."""


@frozen(kw_only=True)
class Member:
    """A participant, by pseudonym."""

    id: str
    role: str
    relation: str | None
    agency: str | None
    alone: bool
    """Nobody else has this role."""


@frozen(kw_only=True)
class Ending:
    """How the course ended, as far as it was recorded."""

    session: int | None
    date: dt.date | None
    kind: str | None
    by: tuple[str, ...]
    reason: str | None


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
    endings: tuple[Ending, ...]
    links: tuple[Linked, ...]
    records: Records


def head(recorded: Course, current: Course) -> Head:
    """The head of a summary, of a course as it was recorded and as it holds now."""
    of_role = Counter(each.role for each in current.participants)
    return Head(
        case=current.case,
        system=current.system,
        participants=tuple(
            Member(
                id=each.id,
                role=each.role,
                relation=each.relation,
                agency=each.agency,
                alone=of_role[each.role] == 1,
            )
            for each in current.participants
        ),
        sessions=_sessions(current),
        endings=tuple(
            Ending(
                session=each.session,
                date=each.date,
                kind=each.kind,
                by=each.by,
                reason=each.reason,
            )
            for each in current.terminations
        ),
        links=tuple(Linked(kind=each.kind, case=each.case) for each in current.links),
        records=_records(recorded, current),
    )


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
