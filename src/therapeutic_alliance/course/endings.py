"""Which terminations end a course, and which say that one member left it."""

from collections.abc import Container
from itertools import groupby
from math import inf

from therapeutic_alliance.course.roles import is_client, roles
from therapeutic_alliance.course.timeline import Timeline
from therapeutic_alliance.model.alliance.people import Termination
from therapeutic_alliance.model.course import Course

_GUIDES = ("therapist", "supervisor")


def leavings(current: Course) -> frozenset[str]:
    """Ids of the terminations that say that somebody left, and not that the course ended.

    A course ends by a therapist or supervisor, by all clients (the last may leave after the
    others), or by nobody in particular. It goes on after any that is placed before the last
    listed session. A convention of this library.

    >>> from therapeutic_alliance.model.alliance import Participant, Termination
    >>> people = [Participant(id=id_, role="group-member") for id_ in ("m1", "m2")]
    >>> ends = [Termination(id="x1", session=2, by=["m1"]), Termination(id="x2", by=["m2"])]
    >>> sorted(leavings(Course(case="c1", participants=people, terminations=ends)))
    ['x1']
    """
    order, role_of = Timeline(current), roles(current)
    last = current.sessions[-1].number if current.sessions else 0

    def place(each: Termination) -> float:
        return order.session(each) if each.session or each.date else inf

    guides = frozenset(person for person, role in role_of.items() if role in _GUIDES)
    clients = {person for person, role in role_of.items() if is_client(role)}
    gone: set[str] = set()
    found: set[str] = set()
    for session, those in groupby(sorted(current.terminations, key=place), key=place):
        together = list(those)
        gone.update(*(each.by for each in together))
        all_gone = bool(clients) and clients <= gone
        found.update(
            each.id for each in together if session < last or not (all_gone or _ends(each, guides))
        )
    return frozenset(found)


def has_ended(current: Course) -> bool:
    """Whether a termination says that the course ended."""
    return len(leavings(current)) < len(current.terminations)


def _ends(termination: Termination, guides: Container[str]) -> bool:
    """Whether it ends a course on its own, whoever left before."""
    return not termination.by or any(person in guides for person in termination.by)
