"""Who among the participants is who, and whose answers count."""

from collections.abc import Iterable, Mapping, Sequence

from therapeutic_alliance.model.course import Course

CLIENTS = ("client", "parent", "family-member", "group-member", "supervisee")
"""Roles of those for whom the work is done. A convention of this library."""

_LOOK_ON = ("observer", "collateral")


def roles(course: Course) -> Mapping[str, str]:
    """The role of each participant."""
    return {person.id: person.role for person in course.participants}


def take_part(course: Course) -> tuple[str, ...]:
    """Ids of those who take part in the work, and whose answers count.

    Observers and collaterals look on. So does a supervisor, but in a supervision, where the work
    is that of supervisor and supervisee: a course that says so, or one that does not say what it
    is and has a supervisee. A convention of this library.

    >>> from therapeutic_alliance.model.alliance import Participant
    >>> people = [Participant(id=role, role=role) for role in ("client", "observer", "supervisor")]
    >>> take_part(Course(case="c1", participants=people))
    ('client',)
    >>> take_part(Course(case="c1", system="supervision", participants=people))
    ('client', 'supervisor')
    """
    role_of = roles(course)
    unsaid = course.system is None and "supervisee" in role_of.values()
    supervision = course.system == "supervision" or unsaid
    look_on = _LOOK_ON if supervision else (*_LOOK_ON, "supervisor")
    return tuple(person for person, role in role_of.items() if role not in look_on)


def is_client(role: str) -> bool:
    """Whether someone in the role is one for whom the work is done."""
    return role in CLIENTS


def roles_of(role_of: Mapping[str, str], persons: Iterable[str]) -> tuple[str, ...]:
    """The roles of some participants, each once, in order."""
    return tuple(sorted({role_of[person] for person in persons}))


def one_by_one(persons: Sequence[str]) -> list[tuple[str, ...]]:
    """What a number is about for each of those who are named, or for nobody."""
    return [(person,) for person in persons] or [()]
