"""What was left open, as facts: nothing here says what to do."""

from collections.abc import Iterator
from typing import Literal

from attrs import frozen

from therapeutic_alliance.course.indicators.check_ins import DEFINITIONS
from therapeutic_alliance.course.indicators.difficulties import DIFFICULTIES
from therapeutic_alliance.model.course import Course


@frozen(kw_only=True)
class OpenPoint:
    """One thing that was left open."""

    what: Literal["event", "report", "check-in"]
    kind: str | None
    session: int | None
    """Of the event or report."""
    by: tuple[str, ...]
    why: str = ""
    """Of a check-in: when it was due."""


def open_points(current: Course) -> tuple[OpenPoint, ...]:
    """Events not addressed, ruptures reported and not rated as to resolution, a check-in overdue.

    >>> from therapeutic_alliance.model.alliance import Event
    >>> event = Event(id="e1", session=2, kind="misunderstanding")
    >>> [point.kind for point in open_points(Course(case="c1", events=[event]))]
    ['misunderstanding']
    """
    return (*_events(current), *_reports(current), *_overdue(current))


def _events(current: Course) -> Iterator[OpenPoint]:
    for each in current.events:
        if each.kind in DIFFICULTIES and each.addressed is None:
            yield OpenPoint(what="event", kind=each.kind, session=each.session, by=each.by)


def _reports(current: Course) -> Iterator[OpenPoint]:
    for each in current.reports:
        if each.rupture and each.resolution is None:
            yield OpenPoint(what="report", kind=None, session=each.session, by=(each.by,))


def _overdue(current: Course) -> Iterator[OpenPoint]:
    [definition] = (each for each in DEFINITIONS if each.id == "check-in-overdue")
    for each in definition.compute_current(current):
        if each.value:
            yield OpenPoint(what="check-in", kind=None, session=None, by=(), why=each.why)
