"""The bond in both directions, and skills over time: small courses, worked by hand."""

from typing import Any

import therapeutic_alliance as ta
from tests.course.dossier import a, course, found, new, on, only, session, values


def bond(of: str, toward: str | None, value: float, number: int | None = 1, **more: Any) -> Any:
    rating = a.Rating(value, 1, 5) if "rating" not in more else more.pop("rating")
    facet = more.pop("facet", "trust")
    return new(a.Bond, of=of, toward=toward, facet=facet, rating=rating, session=number, **more)


def test_the_latest_session_in_which_both_rated_counts() -> None:
    """Of one direction the latest is of session 4; of both, 3."""
    own = [bond("c", "t", 5, 1), bond("c", "t", 2, 3), bond("c", "t", 1, 4)]
    of = course(bonds=[*own, bond("t", "c", 5, 1), bond("t", "c", 4, 3), bond("t", "c", 5, 2)])
    assert values(of, "bond-mutuality") == {("trust", "c", "t"): 1 / 4}
    assert values(of, "bond-asymmetry") == {("trust", "c", "t"): -1 / 2}
    assert only(of, "bond-mutuality").why == "session 3: 0.25 and 0.75"
    assert values(of, "bond-rating") == {("trust", "c", "t"): 0, ("trust", "t", "c"): 3 / 4}


def test_ratings_of_two_sessions_are_not_compared() -> None:
    facets = ("trust", "heard", "engagement")
    of = course(bonds=[bond(*way, facet=facet) for facet in facets
                       for way in (("c", "t", 2, 1), ("t", "c", 4, 5))])  # fmt: skip
    for id_ in ("bond-mutuality", "bond-asymmetry", "heard-by-both", "engagement-of-both"):
        assert {each.why for each in found(of, id_).values()} == {
            "not enough data: never rated in the same session"
        }


def test_what_is_dated_belongs_to_the_session_before_and_what_is_not_stands_alone() -> None:
    undated = [bond(*way, number=None) for way in (("c", "t", 1), ("t", "c", 5))]
    of = course(sessions=[session(1, 0), session(2, 7)], bonds=undated)
    assert only(of, "bond-asymmetry").why == "session not known: 0.00 and 1.00"
    mixed = course(sessions=of.sessions, bonds=[undated[0], bond("t", "c", 5, 2)])
    assert only(mixed, "bond-asymmetry").value is None
    between = bond("c", "t", 3, number=None, date=on(9))
    dated = course(sessions=of.sessions, bonds=[*undated, between, bond("t", "c", 5, 2)])
    assert only(dated, "bond-asymmetry").why == "session 2: 0.50 and 1.00"


def test_what_speaks_against_the_alliance_is_not_mutual() -> None:
    adverse = [
        bond(*way, facet=facet)
        for facet in ("withholding", "perceived-criticism", "doubted-support")
        for way in (("c", "t", 4), ("t", "c", 5))
    ]
    of = course(bonds=adverse)
    assert values(of, "bond-mutuality") == {(): None}
    assert values(of, "bond-asymmetry") == {
        (each, "c", "t"): -1 / 4 for each in ("withholding", "perceived-criticism",
                                              "doubted-support")
    }  # fmt: skip
    assert len(values(of, "bond-rating")) == len(adverse)
    named = {facet.id for facet in ta.vocabulary.FACETS.values() if facet.adverse}
    assert named == {each.facet for each in adverse}


def test_one_direction_is_not_enough_and_facets_are_not_mixed() -> None:
    of = course(bonds=[bond("c", "t", 5), bond("t", "c", 5, facet="respect")])
    mutuality = found(of, "bond-mutuality")
    assert {about: each.value for about, each in mutuality.items()} == {
        ("trust", "c", "t"): None,
        ("respect", "c", "t"): None,
    }
    assert mutuality["trust", "c", "t"].why == "not enough data: no rating of t"
    assert mutuality["respect", "c", "t"].why == "not enough data: no rating of c"


def test_two_scales_are_not_compared() -> None:
    of = course(bonds=[bond("c", "t", 5), bond("t", "c", 5, rating=a.Rating(5, 1, 6))])
    assert "two scales" in only(of, "bond-mutuality").why
    assert only(of, "bond-asymmetry").value is None


def test_what_others_say_of_a_bond_does_not_stand_in_for_it() -> None:
    of = course(bonds=[bond("c", "t", 5, by="t"), bond("t", "c", 3, by="t")])
    assert values(of, "bond-rating") == {("trust", "t", "c"): 1 / 2}
    assert values(of, "bond-mutuality") == {("trust", "c", "t"): None}


def test_heard_by_both_is_the_lower_of_the_two() -> None:
    heard = [
        bond("c", "t", 2, facet="heard"),
        bond("c", None, 5, facet="heard"),
        bond("t", None, 4, facet="heard"),
        bond("c", "t", 5, facet="engagement"),
        bond("m", "t", 5, facet="engagement"),
    ]
    of = course(bonds=heard)
    assert values(of, "heard-by-both") == {("heard", "c", "t"): 1 / 4}
    assert values(of, "engagement-of-both") == {(): None}
    later = [bond("c", None, 3, 4, facet="heard"), bond("t", None, 5, 4, facet="heard")]
    assert only(course(bonds=[*heard, *later]), "heard-by-both").why == "session 4: 0.50 and 1.00"


def skill(number: int, value: float, by: str | None = None, high: float = 10) -> Any:
    rating = a.Rating(value, 0, high)
    return new(a.Skill, of="t", skill="empathy", rating=rating, session=number, by=by)


def test_a_skill_is_followed_for_each_rater_and_on_one_scale() -> None:
    own = [skill(1, 4), skill(3, 9), skill(5, 6, "t")]
    of = course(skills=[*own, skill(1, 5, "c"), skill(2, 5, "c", 20), skill(1, 5, "m")])
    assert values(of, "skill-change") == {
        ("t", "empathy", "t"): 0.6 - 0.4,
        ("t", "empathy", "c"): None,
        ("t", "empathy", "m"): None,
    }


def test_reflections_are_of_one_with_one_other() -> None:
    prompts = (("c", "opening-up"), ("c", "opening-up"), ("c", "of-our-own"), ("m", "on-track"))
    of = course(
        reflections=[
            new(a.Reflection, by="t", toward=toward, prompt=prompt) for toward, prompt in prompts
        ]
    )
    assert values(of, "reflections") == {("t", "c"): 3, ("t", "m"): 1}
    assert values(of, "reflection-coverage") == {("t", "c"): 1 / 8, ("t", "m"): 1 / 8}
