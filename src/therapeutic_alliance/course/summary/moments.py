"""The timeline: what happened session by session, beside the scores."""

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Protocol

from attrs import frozen

from therapeutic_alliance.course.endings import leavings
from therapeutic_alliance.course.indicators.reports import standing
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.course.summary.happenings import Happening, Told, happening
from therapeutic_alliance.course.timeline import Timeline, numbers
from therapeutic_alliance.model.alliance.coding import Report
from therapeutic_alliance.model.alliance.people import Session
from therapeutic_alliance.model.course import Course
from therapeutic_alliance.model.finding import Flags


class Looked(Protocol):
    """What a detector says of a series."""

    @property
    def series(self) -> Series:
        """The series that it looked at."""

    @property
    def flags(self) -> Flags:
        """What it says of each session."""


@frozen(kw_only=True)
class Mark:
    """The score of one course in one session."""

    course: int
    """Place of the course among those that are followed, from 0."""
    share: float
    """Of the possible range, 0 to 1."""
    flagged_by: tuple[str, ...]
    """Ids of detectors."""


@frozen(kw_only=True)
class Moment:
    """A session, or a day between sessions; neither if it is not known when."""

    session: int | None
    date: dt.date | None
    attended: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    happenings: tuple[Happening, ...] = ()


def moments(
    current: Course, series: Sequence[Series] = (), looked: Sequence[Looked] = ()
) -> tuple[Moment, ...]:
    """The moments of a course as it holds now, in order.

    A day stands after the last listed session that is not dated after it; what has neither
    session nor date comes last. ``looked`` is of the same ``series``, in any order.

    >>> from datetime import date
    >>> from therapeutic_alliance.model.alliance import Event, Session
    >>> course = Course(
    ...     case="c1",
    ...     sessions=[Session(id=f"s{n}", number=n, date=date(2026, 3, n)) for n in (1, 8)],
    ...     events=[Event(id="e1", date=date(2026, 3, 5), kind="life-event")],
    ... )
    >>> [(each.session, each.date.day, len(each.happenings)) for each in moments(course)]
    [(1, 1, 0), (None, 5, 1), (8, 8, 0)]
    """
    marks = _marks(series, looked)
    places: dict[_Place, list[Happening]] = {
        (0, number, ""): [] for number in {*numbers(current), *marks}
    }
    order = Timeline(current)
    reported = {(each.by, order.session(each)): each for each in standing(current)}
    gone = leavings(current)
    for record in _told(current):
        later = _later(record, order, reported)
        told = happening(record, later, left=record.id in gone)
        places.setdefault(_place(record, order), []).append(told)
    listed = {each.number: each for each in current.sessions}
    return tuple(_moment(place, places[place], listed, marks) for place in sorted(places))


_Place = tuple[int, int, str]
"""Whether nothing is known of when, the session that it is of or follows, the day after it."""


def _told(current: Course) -> chain[Told]:
    return chain(
        current.understandings,
        current.events,
        current.check_ins,
        current.reports,
        current.terminations,
    )


def _later(
    record: Told, order: Timeline, reported: Mapping[tuple[str, int], Report]
) -> bool | None:
    """What the report says that took the place of this one, if one did."""
    if not isinstance(record, Report) or not order.session(record):
        return None
    holds = reported[record.by, order.session(record)]
    return None if holds.id == record.id else holds.rupture


def _place(record: Told, order: Timeline) -> _Place:
    if record.session:
        return 0, record.session, ""
    if record.date:
        return 0, order.session(record), record.date.isoformat()
    return 1, 0, ""


def _moment(
    place: _Place,
    happenings: Sequence[Happening],
    listed: Mapping[int, Session],
    marks: Mapping[int, Sequence[Mark]],
) -> Moment:
    unknown, number, day = place
    if unknown or day:
        date = dt.date.fromisoformat(day) if day else None
        return Moment(session=None, date=date, happenings=tuple(happenings))
    session = listed.get(number)
    return Moment(
        session=number,
        date=session.date if session else None,
        attended=session.attended if session else (),
        marks=tuple(marks.get(number, ())),
        happenings=tuple(happenings),
    )


def _marks(series: Sequence[Series], looked: Sequence[Looked]) -> dict[int, list[Mark]]:
    flagged: dict[int, dict[int, list[str]]] = {}
    for each in looked:
        sessions = flagged.setdefault(id(each.series), {})
        for session in each.flags.sessions:
            sessions.setdefault(session, []).append(each.flags.detector)
    found: dict[int, list[Mark]] = {}
    for course, one in enumerate(series):
        sessions = flagged.get(id(one), {})
        for point in one.observed:
            assert point.value is not None
            mark = Mark(
                course=course,
                share=one.share(point.value),
                flagged_by=tuple(sessions.get(point.session, ())),
            )
            found.setdefault(point.session, []).append(mark)
    return found
