"""Split alliance in couples, families and groups: ruptures.md section 3."""

from math import nan, sqrt
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.course.raters.material import of
from therapeutic_alliance.course.cohort import CohortConstants

MOTHER, FATHER, TEEN = (
    of([score], person=name) for name, score in (("mother", 4.6), ("father", 4.4), ("teen", 2.9))
)
FAMILY = [MOTHER, FATHER, TEEN]
COHORT = CohortConstants.stated(
    mean=4, between=0.6, within=0.25, low=1, high=5, source="invented for this test"
)


def _one(members: Any, **given: Any) -> ta.raters.Split:
    [found] = ta.raters.split_alliance(members, **given)
    return found


def test_worked_family() -> None:
    """Section 3, example mother 4.6, father 4.4, teen 2.9, SD .70: range 1.70 = 2.43 SD."""
    found = _one(FAMILY, sd=0.70)
    assert found.range == pytest.approx(1.70)
    assert found.range_in_sd == pytest.approx(2.43, abs=5e-3)
    assert (found.split, found.low, found.high) == (True, ("teen",), ("mother",))
    assert "possible split alliance" in found.why
    assert "SD 0.7, as given" in found.why


def test_without_an_sd_or_cohort_nothing_is_said() -> None:
    found = _one(FAMILY)
    assert (found.split, found.range_in_sd) == (None, None)
    assert found.range == pytest.approx(1.7)
    assert found.low == ("teen",)
    assert found.why == "not evaluable: needs an sd or a cohort"


@pytest.mark.parametrize(("delta", "split"), [(1.6, True), (1.7, True), (1.71, False)])
def test_points(delta: float, split: bool) -> None:
    """The tolerance of section 0 (5): 4.6 - 2.9 is 1.6999999999999997."""
    found = _one(FAMILY, delta=delta, unit="points")
    assert (found.split, found.range_in_sd) == (split, None)


@pytest.mark.parametrize(("delta", "split"), [(2.42, True), (17 / 7, True), (2.43, False)])
def test_delta_in_sds(delta: float, split: bool) -> None:
    assert _one(FAMILY, delta=delta, sd=0.70).split is split


def test_sd_of_a_cohort() -> None:
    """The SD of single scores: between and within together, in the metric of the series."""
    found = _one(FAMILY, cohort=COHORT)
    assert found.range_in_sd == pytest.approx(1.7 / sqrt(0.6**2 + 0.25**2))
    assert (found.split, "invented for this test" in found.why) == (True, True)
    other = evolve(COHORT, score="bond")
    assert _one(FAMILY, cohort=other).split is None
    assert "another score" in _one(FAMILY, cohort=other).why


def test_ties_name_all() -> None:
    group = [of([score], person=name) for name, score in zip("abcd", (4, 3, 4, 3), strict=True)]
    found = _one(group, sd=0.5)
    assert (found.high, found.low) == (("a", "c"), ("b", "d"))
    noise = [of([score], person=name) for name, score in (("a", 4.3 - 4.0 + 1), ("b", 1.3))]
    low = [of([1.3 - 3e-10], person="c")]
    assert _one([*noise, *low, MOTHER], sd=0.5).low == ("a", "b", "c")
    assert _one([MOTHER, of([4.6 - 3e-10], person="x"), TEEN], sd=0.5).high == ("mother", "x")


def test_where_all_are_equal_nobody_is_low() -> None:
    """4.3 - 4.0 and 0.3 are equal."""
    found = _one([of([4.3 - 4.0 + 1], person="a"), of([1.3], person="b")], sd=0.5)
    assert (found.split, found.high, found.low) == (False, (), ())


def _softa(*ratings: float) -> list[ta.Series]:
    return [of([each], low=-3, high=3, person=f"p{n}") for n, each in enumerate(ratings)]


@pytest.mark.parametrize(
    ("ratings", "split"),
    [((2, -1), True), ((2, 0), False), ((-1, -3), False), ((0, 0, 1e-12), False),
     ((1, 2, -3), True), ((1,), None)],
)  # fmt: skip
def test_sign_split(ratings: Any, split: Any) -> None:
    """Section 3: one member > 0 and one < 0 on -3..+3."""
    assert _one(_softa(*ratings)).sign_split is split


def test_a_scale_without_signs_has_no_sign_split() -> None:
    assert _one(FAMILY, sd=0.7).sign_split is None


def test_sessions_and_who_is_absent() -> None:
    members = [of([4.0, None, 4.0, None], person="a"), of([2.0, 2.0, None, None], person="b")]
    found = ta.raters.split_alliance(members, sd=1)
    assert [(each.session, each.members, each.split) for each in found] == [
        (1, 2, True), (2, 1, None), (3, 1, None),
    ]  # fmt: skip
    assert found[1].why == "only one member has a score"
    assert (found[1].low, found[1].range_in_sd) == ((), None)


@pytest.mark.parametrize("members", [[], [of([])], [of([None, None])]])
def test_nobody(members: Any) -> None:
    assert ta.raters.split_alliance(members, sd=1) == ()


def test_from_the_caseload_of_a_course() -> None:
    forms = [
        ta.Administration("arm-5", "f1", 1, "client", dict.fromkeys("12345", score), person=who)
        for who, score in (("mum", 7), ("kid", 2))
    ]
    measure = ta.Registry().measure("arm-5")
    series = ta.caseload([ta.score(measure, form) for form in forms])
    assert _one(series, sd=1).low == ("kid",)


def test_members_must_be_alike() -> None:
    for other, rule in (
        (of([3], low=1, high=7, person="x"), "metric and possible range"),
        (ta.Series.of([3], low=1, high=5, score="bond"), "one score"),
        (of([3], person="x", case="c2"), "one case"),
        (of([3], person="x", measure="own"), "one measure"),
        (evolve(of([3], person="x"), occasion="pre"), "one occasion"),
        (of([3], person="mother"), "told apart"),
    ):
        with pytest.raises(ta.SeriesError, match=rule) as caught:
            ta.raters.split_alliance([MOTHER, other], sd=1)
        assert "mother" not in str(caught.value)


def test_unnamed_members_have_positions() -> None:
    assert _one([of([4]), of([2])], sd=1).low == ("member 2",)


@pytest.mark.parametrize(
    "given",
    [{"delta": 0}, {"delta": -1}, {"delta": nan}, {"delta": True}, {"unit": "z"}, {"sd": 0},
     {"sd": nan}, {"sd": "1"}],
)  # fmt: skip
@pytest.mark.parametrize("members", [[], FAMILY])
def test_parameters_out_of_range(given: Any, members: Any) -> None:
    [name] = given
    with pytest.raises(ta.AllianceError, match=f"split-alliance: {name}"):
        ta.raters.split_alliance(members, **given)


def test_no_name_stands_in_the_words() -> None:
    found = _one(FAMILY, sd=0.7)
    assert "teen" not in found.why + repr(found)


SCORES = st.lists(st.lists(st.integers(10, 50), min_size=3, max_size=3), min_size=2, max_size=6)


@given(SCORES, st.randoms(use_true_random=False))
def test_the_order_of_members_does_not_matter(scores: Any, random: Any) -> None:
    members = [of([v / 10 for v in each], person=f"p{n}") for n, each in enumerate(scores)]
    before = ta.raters.split_alliance(members, sd=0.7)
    random.shuffle(members)
    for one, other in zip(before, ta.raters.split_alliance(members, sd=0.7), strict=True):
        assert (one.range, one.split) == (other.range, other.split)
        assert set(one.low) == set(other.low)


@given(SCORES, st.sampled_from([(0.1, 0.0), (12, 0.0), (25, -25)]))
def test_metrics_agree_up_to_scale(scores: Any, metric: Any) -> None:
    factor, shift = metric

    def judged(factor: float, shift: float, **given: Any) -> list[Any]:
        members = [
            of([factor * v / 10 + shift for v in each], low=factor + shift, high=5 * factor + shift,
               person=f"p{n}")
            for n, each in enumerate(scores)
        ]  # fmt: skip
        return [
            (found.split, found.low, found.high)
            for found in ta.raters.split_alliance(members, **given)
        ]

    assert judged(1, 0, sd=0.5) == judged(factor, shift, sd=0.5 * factor)
    assert judged(1, 0, cohort=COHORT) == judged(factor, shift, cohort=COHORT)


@pytest.mark.parametrize(
    ("own", "asked", "why"),
    [
        ({"occasion": "post"}, {"occasion": "pre"}, "another occasion, post"),
        ({"definition_sha256": "0" * 64}, {"definition_sha256": "1" * 64}, "another edition"),
    ],
)
def test_constants_of_another_occasion_or_edition(own: Any, asked: Any, why: str) -> None:
    found = _one([evolve(each, **asked) for each in FAMILY], cohort=evolve(COHORT, **own))
    assert found.split is None
    assert why in found.why
    assert _one(FAMILY, cohort=evolve(COHORT, **own)).split is not None
