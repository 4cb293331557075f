"""The bond as it was rated last, from each participant to each other."""

import datetime as dt

from attrs import frozen

from therapeutic_alliance.course.timeline import Timeline
from therapeutic_alliance.model.alliance.rating import Rating
from therapeutic_alliance.model.course import Course
from therapeutic_alliance.model.vocabulary.facets import FACETS


@frozen(kw_only=True)
class BondLine:
    """The latest rating of one facet, in one direction, by one rater and on one scale."""

    of: str
    toward: str | None
    """``None``: to the work or the group as a whole."""
    facet: str
    adverse: bool
    """Less of it is better, as of ``withholding``."""
    by: str
    """Who rated it."""
    rating: Rating
    session: int | None
    date: dt.date | None
    before: Rating | None
    """The rating before that."""
    ratings: int
    """How many there are."""


def bonds(current: Course) -> tuple[BondLine, ...]:
    """The latest ratings, by direction and facet; two scales of one facet are two lines.

    >>> from therapeutic_alliance.model.alliance import Bond, Participant
    >>> people = [Participant(id="c", role="client"), Participant(id="t", role="therapist")]
    >>> rated = [
    ...     Bond(id=f"b{n}", session=n, of="c", toward="t", facet="trust", rating=Rating(n, 1, 5))
    ...     for n in (2, 4)
    ... ]
    >>> [line] = bonds(Course(case="c1", participants=people, bonds=rated))
    >>> line.rating.value, line.before.value, line.session, line.ratings
    (4, 2, 4, 2)
    """
    found: dict[tuple[object, ...], BondLine] = {}
    for each in sorted(current.bonds, key=Timeline(current).place):
        key = each.of, each.toward, each.facet, each.by or each.of, each.rating.scale
        before = found.get(key)
        found[key] = BondLine(
            of=each.of,
            toward=each.toward,
            facet=each.facet,
            adverse=each.facet in FACETS and FACETS[each.facet].adverse,
            by=each.by or each.of,
            rating=each.rating,
            session=each.session,
            date=each.date,
            before=before.rating if before else None,
            ratings=before.ratings + 1 if before else 1,
        )
    return tuple(
        sorted(found.values(), key=lambda line: (line.of, line.toward or "", line.facet, line.by))
    )
