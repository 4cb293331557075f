"""Where those who rated one session stand apart: facts, with no threshold."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from attrs import frozen

from therapeutic_alliance.course.series import Series


@frozen(kw_only=True)
class View:
    """One rater's score of one session."""

    measure: str
    rater: str
    person: str | None
    percent: float
    """Of the possible range of that form, 0 to 100."""


@frozen(kw_only=True)
class Apart:
    """The highest and the lowest view of one session."""

    session: int
    high: View
    low: View
    points: float
    """High less low, in points of percent of the possible range, 0 to 100."""


@frozen(kw_only=True)
class Disagreement:
    """How far those apart stand who rate the same sessions.

    ``members``: several persons in one role, with one measure (a split alliance shows here).
    ``raters``: forms of one family, such as those of client and therapist. Their questions are
    not the same, so that they are set beside one another, and never merged or averaged.
    """

    among: Literal["members", "raters"]
    family: str
    occasion: str | None
    measure: str | None
    """Of members."""
    rater: str | None
    """Role of the members."""
    who: tuple[str, ...]
    """Persons, or raters with their measure."""
    sessions: int
    """How many sessions two or more of them rated."""
    latest: Apart | None
    """``None`` if no session was rated by two."""
    largest: Apart | None
    """The first session with the widest range."""


def disagreements(
    courses: Sequence[Series], families: Mapping[str, str]
) -> tuple[Disagreement, ...]:
    """One for each role with several persons, one for each family with several raters.

    ``families`` are the families of the measures, by id.

    >>> one, other = (
    ...     Series(points=each.points, spec=each.spec, measure="own", rater="client", person=name)
    ...     for name, each in (
    ...         ("a", Series.of([4, 5], low=1, high=5)), ("b", Series.of([4, 2], low=1, high=5))
    ...     )
    ... )
    >>> [found] = disagreements([one, other], {"own": "own"})
    >>> found.among, found.sessions, found.largest.session, found.largest.points
    ('members', 2, 2, 75.0)
    """
    members: dict[tuple[str, ...], list[Series]] = {}
    families_of: dict[tuple[str, ...], list[Series]] = {}
    for series in courses:
        measure, rater, occasion = series.measure or "", series.rater or "", series.occasion or ""
        family = families.get(measure, measure)
        members.setdefault((family, occasion, measure, rater), []).append(series)
        families_of.setdefault((family, occasion), []).append(series)
    several = [
        _disagreement("members", key, of_it)
        for key, of_it in sorted(members.items())
        if len(of_it) > 1
    ]
    between = [
        _disagreement("raters", key, of_it)
        for key, of_it in sorted(families_of.items())
        if len({each.rater for each in of_it}) > 1
    ]
    return (*several, *between)


def _disagreement(
    among: Literal["members", "raters"], key: tuple[str, ...], courses: Sequence[Series]
) -> Disagreement:
    views: dict[int, list[View]] = {}
    for series in courses:
        for session, view in _views(series):
            views.setdefault(session, []).append(view)
    if among == "raters":
        views = {n: of_it for n, of_it in views.items() if len({v.rater for v in of_it}) > 1}
    apart = [_apart(n, of_it) for n, of_it in sorted(views.items()) if len(of_it) > 1]
    return Disagreement(
        among=among,
        family=key[0],
        occasion=key[1] or None,
        measure=key[2] if among == "members" else None,
        rater=key[3] if among == "members" else None,
        who=tuple(
            (each.person or "not named")
            if among == "members"
            else " ".join(part for part in (each.rater, each.person, each.measure) if part)
            for each in courses
        ),
        sessions=len(apart),
        latest=apart[-1] if apart else None,
        largest=max(apart, key=lambda each: (each.points, -each.session)) if apart else None,
    )


def _views(series: Series) -> Iterator[tuple[int, View]]:
    low, high = series.spec.low, series.spec.high
    for point in series.observed:
        assert point.value is not None
        yield (
            point.session,
            View(
                measure=series.measure or "",
                rater=series.rater or "",
                person=series.person,
                percent=100 * (point.value - low) / (high - low),
            ),
        )


def _apart(session: int, views: Sequence[View]) -> Apart:
    high = max(views, key=lambda view: view.percent)
    low = min(views, key=lambda view: view.percent)
    return Apart(session=session, high=high, low=low, points=high.percent - low.percent)
