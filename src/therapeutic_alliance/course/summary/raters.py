"""Where those who rated one session stand apart: facts, with no threshold."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import permutations
from typing import Literal

from attrs import frozen

from therapeutic_alliance.course.raters.sessions import by_session
from therapeutic_alliance.course.series import EPSILON, Series

Among = Literal["members", "rated", "raters"]
"""Several who rate, in one role; several who are rated by one role; several roles."""


@frozen(kw_only=True)
class View:
    """The score of one session in the eyes of one rater."""

    measure: str
    rater: str
    person: str | None
    about: bool
    """Whether the person is whom the form is about, and not who filled it in."""
    percent: float
    """Of the possible range of that form, 0 to 100."""


@frozen(kw_only=True)
class Range:
    """The highest and the lowest view of one role."""

    rater: str
    high: View
    low: View


@frozen(kw_only=True)
class Apart:
    """The two views of one session that are furthest apart; of two roles, if roles are compared."""

    session: int
    high: View
    low: View
    points: float
    """High less low, in points of percent of the possible range, 0 to 100."""
    roles: tuple[Range, ...] = ()
    """The range of each role, if roles are compared."""


@frozen(kw_only=True)
class Disagreement:
    """How far those apart stand who rate the same sessions, or are rated in them.

    ``members``: several persons in one role, with one measure (a split alliance shows here).
    ``rated``: several persons about whom one role, such as an observer, filled in one measure.
    ``raters``: forms of one family, such as those of client and therapist. Their questions are
    not the same, so that they are set beside one another, and never merged or averaged.
    """

    among: Among
    family: str
    score: str
    occasion: str | None
    measure: str | None
    """Of members, and of those who are rated."""
    rater: str | None
    """Role of the members, or of who rates them."""
    who: tuple[str, ...]
    """Persons, or raters with their measure."""
    sessions: int
    """In how many sessions there are two or more of them."""
    latest: Apart | None
    """``None`` if no session has two."""
    largest: Apart | None
    """The first session with the widest range."""


def is_about(series: Series, role_of: Mapping[str, str]) -> bool:
    """Whether the person of a series is whom its forms are about, and not who filled them in.

    That is a participant of another role than the rater's, such as a client whom an observer
    rates. ``role_of`` is the role of each participant.

    >>> series = Series(
    ...     points=(), spec=Series.of([1], low=0, high=1).spec, rater="observer", person="c"
    ... )
    >>> is_about(series, {"c": "client"}), is_about(series, {"c": "observer"})
    (True, False)
    """
    role = role_of.get(series.person or "")
    return role is not None and role != series.rater


def disagreements(
    series: Sequence[Series], families: Mapping[str, str], role_of: Mapping[str, str]
) -> tuple[Disagreement, ...]:
    """One for each role with several persons, one for each family with several roles.

    ``families`` are the families of the measures, by id; ``role_of`` the roles of participants.

    >>> one, other = (
    ...     Series(points=each.points, spec=each.spec, measure="own", rater="client", person=name)
    ...     for name, each in (
    ...         ("a", Series.of([4, 5], low=1, high=5)), ("b", Series.of([4, 2], low=1, high=5))
    ...     )
    ... )
    >>> [found] = disagreements([one, other], {"own": "own"}, {"a": "client", "b": "client"})
    >>> found.among, found.sessions, found.largest.session, found.largest.points
    ('members', 2, 2, 75.0)
    """
    of_role: dict[tuple[str, ...], list[Series]] = {}
    of_family: dict[tuple[str, ...], list[Series]] = {}
    for each in series:
        measure, rater, occasion = each.measure or "", each.rater or "", each.occasion or ""
        among: Among = "rated" if is_about(each, role_of) else "members"
        family = families.get(measure, measure)
        key = family, occasion, each.spec.id, measure, rater, among
        of_role.setdefault(key, []).append(each)
        of_family.setdefault((family, occasion, each.spec.id), []).append(each)
    several = [
        _within(key, of_it, role_of) for key, of_it in sorted(of_role.items()) if len(of_it) > 1
    ]
    between = [
        _across(key, of_it, role_of)
        for key, of_it in sorted(of_family.items())
        if len({each.rater for each in of_it}) > 1
    ]
    return (*several, *between)


def _within(
    key: tuple[str, ...], series: Sequence[Series], role_of: Mapping[str, str]
) -> Disagreement:
    family, occasion, score, measure, rater, among = key
    views = _by_session(series, role_of)
    apart = [_apart(session, of_it) for session, of_it in views if len(of_it) > 1]
    return Disagreement(
        among="rated" if among == "rated" else "members",
        family=family,
        score=score,
        occasion=occasion or None,
        measure=measure,
        rater=rater,
        who=tuple(each.person or "not named" for each in series),
        sessions=len(apart),
        latest=apart[-1] if apart else None,
        largest=_largest(apart),
    )


def _across(
    key: tuple[str, ...], series: Sequence[Series], role_of: Mapping[str, str]
) -> Disagreement:
    family, occasion, score = key
    views = [(session, _ranges(of_it)) for session, of_it in _by_session(series, role_of)]
    apart = [_apart_by_role(session, of_it) for session, of_it in views if len(of_it) > 1]
    who = dict.fromkeys(f"{each.rater} {each.measure}" for each in series)
    return Disagreement(
        among="raters",
        family=family,
        score=score,
        occasion=occasion or None,
        measure=None,
        rater=None,
        who=tuple(who),
        sessions=len(apart),
        latest=apart[-1] if apart else None,
        largest=_largest(apart),
    )


def _largest(apart: Sequence[Apart]) -> Apart | None:
    """The first of those that are as wide as any."""
    widest = max((each.points for each in apart), default=0)
    return next((each for each in apart if each.points >= widest - EPSILON), None)


def _by_session(
    series: Sequence[Series], role_of: Mapping[str, str]
) -> list[tuple[int, list[View]]]:
    return [
        (session, [_view(series[position], score, role_of) for position, score in scores])
        for session, scores in by_session(series)
    ]


def _view(series: Series, score: float, role_of: Mapping[str, str]) -> View:
    return View(
        measure=series.measure or "",
        rater=series.rater or "",
        person=series.person,
        about=is_about(series, role_of),
        percent=100 * series.share(score),
    )


def _high_and_low(views: Sequence[View]) -> tuple[View, View]:
    """Two different views, if there are two, also where all are equal."""
    high = max(views, key=lambda view: view.percent)
    low = min(reversed(views), key=lambda view: view.percent)
    return high, low


def _apart(session: int, views: Sequence[View]) -> Apart:
    high, low = _high_and_low(views)
    return Apart(session=session, high=high, low=low, points=high.percent - low.percent)


def _ranges(views: Iterable[View]) -> tuple[Range, ...]:
    of_role: dict[str, list[View]] = {}
    for view in views:
        of_role.setdefault(view.rater, []).append(view)
    found = ((rater, *_high_and_low(of_it)) for rater, of_it in of_role.items())
    return tuple(Range(rater=rater, high=high, low=low) for rater, high, low in found)


def _apart_by_role(session: int, ranges: tuple[Range, ...]) -> Apart:
    """The highest view of one role and the lowest of another."""
    pairs = ((one.high, other.low) for one, other in permutations(ranges, 2))
    high, low = max(pairs, key=lambda pair: pair[0].percent - pair[1].percent)
    points = high.percent - low.percent
    return Apart(session=session, high=high, low=low, points=points, roles=ranges)
