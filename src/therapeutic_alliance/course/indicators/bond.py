"""The bond in both directions: never averaged over facets, never compared across scales."""

from collections.abc import Iterator
from itertools import combinations

from therapeutic_alliance.course.indicators.arithmetic import scale
from therapeutic_alliance.course.indicators.indicator import Definition, Found, missing
from therapeutic_alliance.course.indicators.timeline import Timeline
from therapeutic_alliance.model.alliance.bond import Bond
from therapeutic_alliance.model.course import Course

_Direction = tuple[str, str, str]
"""Facet, whose it is, and toward whom; the last is empty if it is toward nobody."""


def latest_own(course: Course) -> dict[_Direction, Bond]:
    """The latest rating of each facet in each direction by the one whose it is."""
    own = [each for each in course.bonds if each.by in (None, each.of)]
    return Timeline(course).latest(own, lambda each: (each.facet, each.of, each.toward or ""))


def _ratings(course: Course) -> Iterator[Found]:
    latest = sorted(latest_own(course).items())
    if not latest:
        yield missing("nobody rated a facet of the bond")
    for direction, bond in latest:
        about = tuple(filter(None, direction))
        why = f"{_when(bond)}, on the scale {scale(bond.rating)}"
        yield Found(about, bond.rating.share, 1, why)


def _when(bond: Bond) -> str:
    return f"session {bond.session}" if bond.session else "no session given"


def _both_directions(course: Course, *, difference: bool) -> Iterator[Found]:
    latest = {key: bond for key, bond in latest_own(course).items() if key[2]}
    if not latest:
        yield missing("nobody rated a facet of the bond to another")
    for facet, one, other in sorted({(f, *sorted((of, to))) for f, of, to in latest}):
        there, back = latest.get((facet, one, other)), latest.get((facet, other, one))
        yield _compared(there, back, (facet, one, other), difference=difference)


def _compared(
    one: Bond | None, other: Bond | None, about: _Direction, *, difference: bool
) -> Found:
    if not one or not other:
        silent = about[2] if one else about[1]
        return missing(f"no rating of {silent}", *about, n=1)
    if one.rating.scale != other.rating.scale:
        return missing("two scales are not compared", *about, n=2)
    shares = one.rating.share, other.rating.share
    value = shares[0] - shares[1] if difference else min(shares)
    sessions = f"{about[1]} in {_when(one)}, {about[2]} in {_when(other)}"
    return Found(about, value, 2, f"{shares[0]:.2f} and {shares[1]:.2f}: {sessions}")


def _mutuality(course: Course) -> Iterator[Found]:
    yield from _both_directions(course, difference=False)


def _asymmetry(course: Course) -> Iterator[Found]:
    yield from _both_directions(course, difference=True)


def _lower_of_both(course: Course, facet: str) -> Iterator[Found]:
    """For each two: the lower rating of a facet, toward the other or toward nobody."""
    latest = {key[1:]: bond for key, bond in latest_own(course).items() if key[0] == facet}
    found = False
    for one, other in combinations(sorted({of for of, _ in latest}), 2):
        ends = [
            latest.get((of, toward)) or latest.get((of, ""))
            for of, toward in ((one, other), (other, one))
        ]
        if any(ends):
            found = True
            yield _compared(ends[0], ends[1], (facet, one, other), difference=False)
    if not found:
        yield missing(f"no two participants rated {facet}")


def _heard(course: Course) -> Iterator[Found]:
    yield from _lower_of_both(course, "heard")


def _engaged(course: Course) -> Iterator[Found]:
    yield from _lower_of_both(course, "engagement")


_UNIT = "share of the scale, 0 to 1"

DEFINITIONS = (
    Definition(
        id="bond-rating",
        words="For each facet and direction: the latest rating by the one whose it is, from 0 "
        "for the lower end of its scale to 1 for the upper. Facets are never averaged.",
        unit=_UNIT,
        concepts=("A04", "A06", "A09", "D01"),
        claims=("clients-eyes",),
        values=_ratings,
    ),
    Definition(
        id="bond-mutuality",
        words="For each facet and pair of participants: the lower of the latest ratings in both "
        "directions, each by the one whose it is. Both on the same scale.",
        unit=_UNIT,
        concepts=("B11", "B56"),
        values=_mutuality,
    ),
    Definition(
        id="bond-asymmetry",
        words="For each facet and pair of participants, in the order of their ids: the latest "
        "rating of the first for the second minus that of the second for the first. Both on "
        "the same scale.",
        unit="difference of shares of the scale, -1 to 1",
        concepts=("B56",),
        values=_asymmetry,
    ),
    Definition(
        id="heard-by-both",
        words="For each pair of participants who rated it: the lower of how much each feels "
        "heard, toward the other or, if not rated so, toward nobody in particular.",
        unit=_UNIT,
        concepts=("B35", "C13"),
        values=_heard,
    ),
    Definition(
        id="engagement-of-both",
        words="For each pair of participants who rated it: the lower of the engagement of each, "
        "toward the other or, if not rated so, toward nobody in particular.",
        unit=_UNIT,
        concepts=("A14", "B60"),
        values=_engaged,
    ),
)
