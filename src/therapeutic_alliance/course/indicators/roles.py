"""Who among the participants is who."""

from collections.abc import Iterable, Mapping

from therapeutic_alliance.model.course import Course

CLIENTS = ("client", "parent", "family-member", "group-member", "supervisee")
"""Roles of those for whom the work is done. A convention of this library."""


def roles(course: Course) -> Mapping[str, str]:
    """The role of each participant."""
    return {person.id: person.role for person in course.participants}


def is_client(role: str) -> bool:
    """Whether someone in the role is one for whom the work is done."""
    return role in CLIENTS


def roles_of(role_of: Mapping[str, str], persons: Iterable[str]) -> tuple[str, ...]:
    """The roles of some participants, each once, in order."""
    return tuple(sorted({role_of[person] for person in persons}))
