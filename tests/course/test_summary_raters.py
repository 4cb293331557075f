"""Where raters stand apart, and what is rated once for all."""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from therapeutic_alliance.course.summary.raters import disagreements
from therapeutic_alliance.course.summary.whole import once_for_all


def _series(
    values: list[float | None], *, rater: str = "client", person: str | None = None
) -> ta.Series:
    plain = ta.Series.of(values, low=0, high=10)
    return ta.Series(
        points=plain.points, spec=plain.spec, measure=f"own-{rater}", rater=rater, person=person
    )


FAMILIES = {"own-client": "own", "own-therapist": "own"}


def test_members_and_roles_are_set_beside_one_another() -> None:
    courses = [
        _series([8, 9, 9], person="mother"),
        _series([6, 2, None], person="father"),
        _series([7, None, 1], rater="therapist"),
    ]
    members, roles = disagreements(courses, FAMILIES, {})
    assert (members.among, members.rater, members.who) == (
        "members",
        "client",
        ("mother", "father"),
    )
    assert members.latest is not None
    assert (members.sessions, members.latest.session, members.latest.points) == (2, 2, 70)
    assert (members.latest.high.person, members.latest.low.person) == ("mother", "father")
    assert roles.latest is not None
    assert roles.largest is not None
    assert (roles.among, roles.sessions, roles.latest.points) == ("raters", 2, 80)
    assert roles.latest.low.rater == "therapist"
    assert roles.largest.session == 3
    first = disagreements([_series([8, 9]), _series([6, 7], rater="therapist")], FAMILIES, {})[0]
    assert first.largest is not None
    assert first.largest.session == 1  # a tie goes to the first session


def test_only_views_of_different_roles_are_compared_across_roles() -> None:
    courses = [
        _series([9], person="mother"),
        _series([1], person="father"),
        _series([6], rater="therapist", person="t1"),
        _series([5], rater="therapist", person="t2"),
    ]
    *_, roles = disagreements(courses, FAMILIES, {})
    assert roles.latest is not None
    assert {roles.latest.high.rater, roles.latest.low.rater} == {"client", "therapist"}
    assert (roles.latest.high.person, roles.latest.low.person) == ("t1", "father")
    assert roles.latest.points == 50
    assert [(each.rater, each.low.percent, each.high.percent) for each in roles.latest.roles] == [
        ("client", 10, 90),
        ("therapist", 50, 60),
    ]
    assert roles.who == ("client own-client", "therapist own-therapist")


def test_a_tie_names_two_persons() -> None:
    [found] = disagreements([_series([5], person="a"), _series([5], person="b")], FAMILIES, {})
    assert found.latest is not None
    assert (found.latest.high.person, found.latest.low.person) == ("a", "b")


def test_persons_whom_an_observer_rates_are_no_raters() -> None:
    courses = [_series([5], rater="observer", person=name) for name in ("kid", "mum")]
    role_of = {"kid": "client", "mum": "client"}
    [rated] = disagreements(courses, FAMILIES, role_of)
    assert rated.latest is not None
    assert (rated.among, rated.latest.high.about) == ("rated", True)
    [members] = disagreements(courses, FAMILIES, dict.fromkeys(role_of, "observer"))
    assert members.latest is not None
    assert (members.among, members.latest.high.about) == ("members", False)


@pytest.mark.parametrize(("last", "kept"), [(2, [1, 2]), (3, [1])])
def test_what_is_rated_once_for_all_is_one_series(last: float, kept: list[int]) -> None:
    measure = ta.Registry().measure("softa-o")
    shared = ta.Series.of([1, 2], measure=measure, score="shared-sense-of-purpose")
    own = ta.Series.of([1, 2], measure=measure, score="safety", rater="observer")
    courses = [
        evolve(shared, rater="observer", person="kid"),
        evolve(shared, rater="observer", person="mum", points=(ta.Point(1, 1), ta.Point(2, last))),
        evolve(own, person="kid"),
        evolve(own, person="mum"),
    ]
    role_of = {"kid": "client", "mum": "client"}
    found, differing = once_for_all(courses, measure, role_of)
    assert [(each.spec.id, each.person) for each in found] == [
        ("safety", "kid"), ("safety", "mum"), ("shared-sense-of-purpose", None),
    ]  # fmt: skip
    assert [point.session for point in found[-1]] == kept
    assert bool(differing) == (len(kept) == 1)
    assert once_for_all(courses, measure, {}) == (courses, [])


def test_a_form_about_nobody_in_particular_joins_what_is_rated_once_for_all() -> None:
    measure = ta.Registry().measure("softa-o")
    shared = evolve(
        ta.Series.of([1, 2, 0], measure=measure, score="shared-sense-of-purpose"), rater="observer"
    )
    about = evolve(shared, person="kid", points=(ta.Point(1, 1), ta.Point(2, 2)))
    nobody = evolve(shared, points=(ta.Point(2, 2), ta.Point(3, 0)))
    [found], differing = once_for_all([nobody, about], measure, {"kid": "client"})
    assert (found, differing) == (shared, [])
    _, differing = once_for_all(
        [evolve(nobody, points=(ta.Point(2, 1),)), about], measure, {"kid": "client"}
    )
    assert len(differing) == 1


def test_what_is_rounding_is_no_wider_distance() -> None:
    courses = [_series([8.7, 8.8]), _series([5.7, 5.8])]
    [found] = disagreements(courses, FAMILIES, {})
    assert found.largest is not None
    assert found.largest.session == 1


def test_two_who_never_rate_the_same_session_are_told_so() -> None:
    courses = [_series([8, None]), _series([None, 3], rater="therapist")]
    [found] = disagreements(courses, FAMILIES, {})
    assert (found.sessions, found.latest, found.largest) == (0, None, None)


@given(st.lists(st.lists(st.floats(0, 10) | st.none(), min_size=3, max_size=3), min_size=2))
def test_nobody_stands_further_apart_than_the_widest(values: list[list[float | None]]) -> None:
    courses = [_series(each, person=f"p{n}") for n, each in enumerate(values)]
    [found] = disagreements(courses, FAMILIES, {})
    rated = [
        [each[session] for each in values if each[session] is not None] for session in range(3)
    ]
    spans = [10 * (max(each) - min(each)) for each in rated if len(each) > 1]  # type: ignore[type-var, operator]
    assert found.sessions == len(spans)
    if found.largest:
        assert abs(found.largest.points - max(spans)) < 1e-9
