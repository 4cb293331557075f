"""What the records of a course say of ruptures besides its scores."""

from collections.abc import Iterator
from typing import Any

from therapeutic_alliance.course.detectors.direct_report import DirectReport
from therapeutic_alliance.course.detectors.observer_3rs import Observer3RS
from therapeutic_alliance.course.evidence.from_records import codes, reports
from therapeutic_alliance.course.evidence.joined import Source
from therapeutic_alliance.course.observations import Observations
from therapeutic_alliance.model.course import Course


def recorded(course: Course) -> tuple[Source, ...]:
    """Sources for :func:`joined`: the direct reports of each participant, and observers' codes.

    What was not recorded is no source. Codes are those of all coders by the 3RS, looked at by
    ``observer-3rs``; reports are looked at by ``direct-report``.

    >>> import therapeutic_alliance as ta
    >>> course = ta.Course(
    ...     case="c1",
    ...     participants=[ta.alliance.Participant(id="c", role="client")],
    ...     reports=[ta.alliance.Report(id="r1", session=2, by="c", rupture=True)],
    ... )
    >>> [(observed.rater, flags.sessions) for observed, flags in recorded(course)]
    [('client', (2,))]
    """
    return tuple(_recorded(course.current()))


def _recorded(current: Course) -> Iterator[Source]:
    direct, coded = DirectReport(), Observer3RS()
    for person in current.participants:
        said = reports(current, by=person.id)
        if said.observed:
            yield said, direct.flags(said)
    seen: Observations[Any] = codes(current)
    if seen.observed:
        yield seen, coded.flags(seen)
