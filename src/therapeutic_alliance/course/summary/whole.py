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

    An observer's forms about each member repeat such a score. Where those of one session do not
    say the same, the session is left out, and told of.
    """
    shared = {rule.id for rule in measure.scores if rule.rated == "system"}
    kept: list[Series] = []
    repeated: dict[tuple[str, str, str], list[Series]] = {}
    for each in series:
        if each.spec.id in shared and is_about(each, role_of):
            key = each.spec.id, each.rater or "", each.occasion or ""
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
