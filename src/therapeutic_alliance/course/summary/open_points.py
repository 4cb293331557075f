"""What was left open, as facts: nothing here says what to do."""

from collections.abc import Iterator
from typing import Literal

from attrs import frozen

from therapeutic_alliance.course.endings import has_ended
from therapeutic_alliance.course.indicators.check_ins import DEFINITIONS
from therapeutic_alliance.course.indicators.difficulties import DIFFICULTIES
from therapeutic_alliance.course.indicators.reports import standing
from therapeutic_alliance.course.roles import take_part
from therapeutic_alliance.course.summary.agreed import Agreed, disputed
from therapeutic_alliance.model.course import Course


@frozen(kw_only=True)
class OpenPoint:
    """One thing that was left open."""

    what: Literal["event", "report", "disagreement", "check-in"]
    kind: str | None
    """Kind of the event; ``goal`` or ``task``."""
    session: int | None
    """Of the event or report; in which the goal or task was set."""
    by: tuple[str, ...]
    """Whose event or report it is; who disagrees."""
    of: str | None = None
    """Id of the goal or task."""
    why: str = ""
    """Of a check-in: when it was due."""


def open_points(current: Course, answered: Agreed) -> tuple[OpenPoint, ...]:
    """What was not addressed, not rated as resolved or not agreed to, and a check-in overdue.

    ``answered`` is what was answered to goals and tasks. Of answers and reports the latest of
    each participant counts. After the end of a course no check-in is due.

    >>> from therapeutic_alliance.course.summary.agreed import agreed
    >>> from therapeutic_alliance.model.alliance import Event
    >>> event = Event(id="e1", session=2, kind="misunderstanding")
    >>> course = Course(case="c1", events=[event])
    >>> [point.kind for point in open_points(course, agreed(course))]
    ['misunderstanding']
    """
    return (
        *_events(current),
        *_reports(current),
        *_disputed(current, answered),
        *(() if has_ended(current) else _overdue(current)),
    )


def _events(current: Course) -> Iterator[OpenPoint]:
    for each in current.events:
        if each.kind in DIFFICULTIES and each.addressed is None:
            yield OpenPoint(what="event", kind=each.kind, session=each.session, by=each.by)


def _reports(current: Course) -> Iterator[OpenPoint]:
    for each in standing(current):
        if each.rupture and each.resolution is None:
            yield OpenPoint(what="report", kind=None, session=each.session, by=(each.by,))


def _disputed(current: Course, answered: Agreed) -> Iterator[OpenPoint]:
    for kind, item, who in disputed(answered, take_part(current)):
        yield OpenPoint(what="disagreement", kind=kind, session=item.session, by=who, of=item.id)


def _overdue(current: Course) -> Iterator[OpenPoint]:
    [definition] = (each for each in DEFINITIONS if each.id == "check-in-overdue")
    for each in definition.compute_current(current):
        if each.value:
            yield OpenPoint(what="check-in", kind=None, session=None, by=(), why=each.why)
