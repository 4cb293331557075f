"""Observations from the records of a course: direct reports, and codes of observers."""

from collections.abc import Mapping
from typing import TypeVar

from therapeutic_alliance.course.coded import coded_by_session
from therapeutic_alliance.course.indicators.reports import by_person
from therapeutic_alliance.course.observations import Codes, Kind, Observation, Observations
from therapeutic_alliance.course.roles import roles
from therapeutic_alliance.course.timeline import numbers
from therapeutic_alliance.errors import SeriesError
from therapeutic_alliance.model.alliance.coding import Report
from therapeutic_alliance.model.course import Course

T = TypeVar("T")


def reports(course: Course, *, by: str) -> Observations[Report]:
    """What one participant says when asked directly about ruptures, session by session.

    ``by`` is the id of the participant. Sessions are those that the course lists or names; of two
    reports on one session the latest holds, and reports on an unknown session are left out.
    Raises :class:`SeriesError` for an unknown participant.

    >>> import therapeutic_alliance as ta
    >>> course = ta.Course(
    ...     case="c1",
    ...     participants=[ta.alliance.Participant(id="c", role="client")],
    ...     sessions=[ta.alliance.Session(id="s1", number=1)],
    ...     reports=[ta.alliance.Report(id="r1", session=2, by="c", rupture=True)],
    ... )
    >>> [point.value is not None for point in reports(course, by="c")]
    [False, True]
    """
    current = course.current()
    return _of_sessions("reports", current, by_person(current).get(by, {}), by)


def codes(
    course: Course, *, by: str | None = None, of: str | None = None, system: str = "3rs"
) -> Observations[Codes]:
    """What coders saw in the segments of each session, by one coding system.

    ``by`` is the id of one coder (default: all of them), ``of`` that of the participant whose
    behaviour is looked at (default: everybody's). A segment in which nothing was seen and nobody
    is named is one of everybody. Raises :class:`SeriesError` for an unknown participant.

    >>> import therapeutic_alliance as ta
    >>> seen = ta.alliance.SegmentCodes(id="k1", session=6, system="3rs", codes=["denial"])
    >>> [(point.session, len(point.value)) for point in codes(ta.Course(case="c1", codes=[seen]))]
    [(6, 1)]
    """
    current = course.current()
    if of is not None and of not in roles(current):
        raise SeriesError("no participant of the course has that id")
    found = coded_by_session(current, system, by=by, of=of)
    return _of_sessions("codes", current, found, by)


def _of_sessions(
    kind: Kind, current: Course, found: Mapping[int, T], by: str | None
) -> Observations[T]:
    role_of = roles(current)
    if by is not None and by not in role_of:
        raise SeriesError("no participant of the course has that id")
    return Observations(
        kind=kind,
        points=tuple(Observation(number, found.get(number)) for number in numbers(current)),
        rater=role_of[by] if by is not None else "observer" if kind == "codes" else None,
        person=by,
        case=current.case,
    )
