"""The bond in both directions: never averaged over facets, never compared across scales."""

from collections.abc import Collection, Iterator
from itertools import combinations

from therapeutic_alliance.course.indicators.arithmetic import scale
from therapeutic_alliance.course.indicators.indicator import Definition, Found, missing
from therapeutic_alliance.course.timeline import Timeline
from therapeutic_alliance.model.alliance.bond import Bond
from therapeutic_alliance.model.course import Course
from therapeutic_alliance.model.vocabulary.terms import FACETS

_Direction = tuple[str, str, str]
"""Facet, whose it is, and toward whom; the last is empty if it is toward nobody."""
_Sessions = dict[int, Bond]


def latest_own(course: Course) -> dict[_Direction, Bond]:
    """The latest rating of each facet in each direction by the one whose it is."""
    own = [each for each in course.bonds if each.by in (None, each.of)]
    return Timeline(course).latest(own, lambda each: (each.facet, each.of, each.toward or ""))


def _by_session(course: Course) -> dict[_Direction, _Sessions]:
    """The latest rating of each facet in each direction and session; 0: session not known."""
    timeline = Timeline(course)
    own = [each for each in course.bonds if each.by in (None, each.of)]
    latest = timeline.latest(
        own, lambda each: (each.facet, each.of, each.toward or "", timeline.session(each))
    )
    found: dict[_Direction, _Sessions] = {}
    for (facet, of, toward, session), bond in latest.items():
        found.setdefault((facet, of, toward), {})[session] = bond
    return found


def _ratings(course: Course) -> Iterator[Found]:
    latest = sorted(latest_own(course).items())
    if not latest:
        yield missing("nobody rated a facet of the bond")
    timeline = Timeline(course)
    for direction, bond in latest:
        about = tuple(filter(None, direction))
        why = f"{timeline.said(bond)}, on the scale {scale(bond.rating)}"
        yield Found(about, bond.rating.share, 1, why)


def _compared(one: _Sessions, other: _Sessions, about: _Direction, *, difference: bool) -> Found:
    """The ratings of two in the latest session in which both gave one."""
    if not one or not other:
        silent = about[2] if one else about[1]
        return missing(f"no rating of {silent}", *about, n=1)
    both = one.keys() & other.keys()
    if not both:
        return missing("never rated in the same session", *about, n=2)
    session = max(both)
    ratings = one[session].rating, other[session].rating
    when = f"session {session}" if session else "session not known"
    if ratings[0].scale != ratings[1].scale:
        return missing(f"two scales are not compared: {when}", *about, n=2)
    shares = ratings[0].share, ratings[1].share
    value = shares[0] - shares[1] if difference else min(shares)
    return Found(about, value, 2, f"{when}: {shares[0]:.2f} and {shares[1]:.2f}")


def _both_directions(
    course: Course, *, difference: bool, without: Collection[str] = ()
) -> Iterator[Found]:
    rated = {key: of for key, of in _by_session(course).items() if key[2] and key[0] not in without}
    if not rated:
        yield missing("nobody rated such a facet of the bond to another")
    for facet, one, other in sorted({(f, *sorted((of, to))) for f, of, to in rated}):
        there, back = rated.get((facet, one, other), {}), rated.get((facet, other, one), {})
        yield _compared(there, back, (facet, one, other), difference=difference)


def _mutuality(course: Course) -> Iterator[Found]:
    adverse = [facet.id for facet in FACETS.values() if facet.adverse]
    yield from _both_directions(course, difference=False, without=adverse)


def _asymmetry(course: Course) -> Iterator[Found]:
    yield from _both_directions(course, difference=True)


def _lower_of_both(course: Course, facet: str) -> Iterator[Found]:
    """For each two: the lower rating of a facet, toward the other or toward nobody."""
    rated = {key[1:]: of for key, of in _by_session(course).items() if key[0] == facet}
    found = False
    for one, other in combinations(sorted({of for of, _ in rated}), 2):
        ends = [
            {**rated.get((of, ""), {}), **rated.get((of, toward), {})}
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
        "for the lower end of its scale to 1 for the upper. Facets are never averaged; of some, "
        "which the vocabulary calls adverse, less is better.",
        unit=_UNIT,
        concepts=("A04", "A06", "A09", "A10", "D01"),
        claims=(
            "clients-eyes",
            "holding-back",
            "regard-softens-self-judgment",
            "strongest-tool",
        ),
        values=_ratings,
    ),
    Definition(
        id="bond-mutuality",
        words="For each facet that is not adverse, and pair of participants: the lower of the "
        "ratings in both directions, each by the one whose it is, in the latest session in which "
        "both were given. Both on the same scale.",
        unit=_UNIT,
        concepts=("B11", "B56"),
        values=_mutuality,
    ),
    Definition(
        id="bond-asymmetry",
        words="For each facet and pair of participants, in the order of their ids: the rating of "
        "the first for the second minus that of the second for the first, in the latest session "
        "in which both were given. Both on the same scale.",
        unit="difference of shares of the scale, -1 to 1",
        concepts=("B56",),
        values=_asymmetry,
    ),
    Definition(
        id="heard-by-both",
        words="For each pair of participants who rated it: the lower of how much each feels "
        "heard in the latest session in which both rated it, toward the other or, if not rated "
        "so, toward nobody in particular.",
        unit=_UNIT,
        concepts=("B35", "C13"),
        values=_heard,
    ),
    Definition(
        id="engagement-of-both",
        words="For each pair of participants who rated it: the lower of the engagement of each in "
        "the latest session in which both rated it, toward the other or, if not rated so, toward "
        "nobody in particular.",
        unit=_UNIT,
        concepts=("A14", "B60"),
        values=_engaged,
    ),
)
