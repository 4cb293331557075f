"""Flags of sessions that cannot be judged, and why."""

from collections.abc import Iterable, Iterator

from therapeutic_alliance.course.series import Point
from therapeutic_alliance.model.finding import Flag

FIRST = "no session was observed before it"


def not_evaluable(session: int, why: str) -> Flag:
    """The flag of a session that cannot be judged."""
    return Flag(session=session, flag=None, why=why)


def too_few(seen: int, least: int, what: str = "scores") -> str:
    """Why a session cannot be judged that has so little to be held against."""
    return f"{least} {what} are needed, here are {seen}"


def not_observed(session: int) -> Flag:
    """The flag of a session without a score."""
    return not_evaluable(session, "no score was observed")


def unless_observed(point: Point, why: str) -> Flag:
    """The flag of a session that could not be judged with a score either, for the reason given."""
    return not_observed(point.session) if point.value is None else not_evaluable(point.session, why)


def none_evaluable(points: Iterable[Point], why: str) -> Iterator[Flag]:
    """The flags of a series of which nothing can be judged, for the reason given."""
    return (unless_observed(each, why) for each in points)
