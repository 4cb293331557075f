"""The bond in both directions, and skills over time: small courses, worked by hand."""

from typing import Any

from tests.course.dossier import a, course, found, new, only, values


def bond(of: str, toward: str | None, value: float, number: int = 1, **more: Any) -> Any:
    rating = a.Rating(value, 1, 5) if "rating" not in more else more.pop("rating")
    facet = more.pop("facet", "trust")
    return new(a.Bond, of=of, toward=toward, facet=facet, rating=rating, session=number, **more)


def test_the_latest_rating_of_each_direction_counts() -> None:
    of = course(bonds=[bond("c", "t", 5, 1), bond("c", "t", 2, 4), bond("t", "c", 4, 3)])
    assert values(of, "bond-mutuality") == {("trust", "c", "t"): 1 / 4}
    assert values(of, "bond-asymmetry") == {("trust", "c", "t"): -1 / 2}
    assert values(of, "bond-rating") == {("trust", "c", "t"): 1 / 4, ("trust", "t", "c"): 3 / 4}


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
