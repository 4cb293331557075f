"""Scores that are rated once for a whole couple, family or group."""

from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve

from therapeutic_alliance.course.series import Point, Series
from therapeutic_alliance.course.summary.raters import is_about
from therapeutic_alliance.model.measure import Measure


def once_for_all(
    series: Sequence[Series], measure: Measure, role_of: Mapping[str, str]
) -> tuple[list[Series], list[str]]:
    """The series of one measure, with one only of what is rated once for all; and what differs.

    An observer's forms about each member repeat such a score, and one about nobody in particular
    may stand beside them. Where those of one session do not say the same, the session is left
    out, and told of.
    """
    shared = {rule.id for rule in measure.scores if rule.rated == "system"}
    kept: list[Series] = []
    repeated: dict[tuple[str, str, str], list[Series]] = {}
    about = {_key(each) for each in series if is_about(each, role_of)}
    for each in series:
        joins = is_about(each, role_of) or (each.person is None and _key(each) in about)
        if each.spec.id in shared and joins:
            key = _key(each)
            repeated.setdefault(key, []).append(each)
        else:
            kept.append(each)
    differing: list[str] = []
    for (score, rater, _), of_it in repeated.items():
        points, differ = _points(of_it)
        if points:
            kept.append(evolve(of_it[0], points=tuple(points), person=None))
        differing += [
            f"{measure.id}, {rater}: {score} is rated once for all, yet the forms of session "
            f"{session} differ in it; the session is left out"
            for session in differ
        ]
    return kept, differing


def _key(series: Series) -> tuple[str, str, str]:
    return series.spec.id, series.rater or "", series.occasion or ""


def _points(series: Iterable[Series]) -> tuple[list[Point], list[int]]:
    said: dict[int, set[float]] = {}
    for each in series:
        for point in each:
            said.setdefault(point.session, set()).update(
                [] if point.value is None else [point.value]
            )
    points = [
        Point(session, next(iter(values), None))
        for session, values in sorted(said.items())
        if len(values) < 2
    ]
    return points, sorted(session for session, values in said.items() if len(values) > 1)
