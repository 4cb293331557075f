"""H1 of ruptures.md: drops in units of an SD, with the SD given, of a cohort, or the person's."""

from collections.abc import Sequence
from math import inf, nan
from statistics import stdev
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.course.illustrations import ALL, COHORT, A, B, C, D, S, told
from therapeutic_alliance.course.detectors.drop_sd import DropSd, DropSdPerson
from therapeutic_alliance.testing import CohortDetectorContract, DetectorContract, WorkedCourse
from therapeutic_alliance.testing.strategies import series

FIXED = {"A": (6, 12, 13), "B": (7,), "C": (6,), "C2": (), "D": (3,)}
PERSON = {
    1: {"A": (6, 12), "B": (7,), "C": (6,), "C2": (), "D": (3,)},
    2: {"A": (6,), "B": (7,), "C": (6,), "C2": (), "D": ()},
}


class TestContractOfDropSd(CohortDetectorContract):
    detector = DropSd(cohort=COHORT)
    worked = (
        WorkedCourse(
            values=[4.5, 4.2, 4.0, None, 3.7, 4.4],
            low=1,
            high=5,
            flagged=[2, 5],
            not_evaluable=[1, 4],
            note="drops of .3, .2 and .3, the SD of the cohort being .3",
        ),
    )

    def fit(self, cohort: Sequence[ta.Series]) -> DropSd:
        return DropSd(cohort=ta.CohortConstants.fit(cohort))


class TestContractOfDropSdPerson(DetectorContract):
    detector = DropSdPerson()
    worked = (
        WorkedCourse(
            values=[4.2, 4.1, 3.0, 4.2],
            low=1,
            high=5,
            flagged=[3],
            not_evaluable=[1],
            note="SD .5852, drops .1 and 1.1",
        ),
    )


@pytest.mark.parametrize("rule", [DropSd(sd=0.3), DropSd(cohort=COHORT)], ids=["sd", "cohort"])
@pytest.mark.parametrize("name", FIXED)
def test_flags(rule: DropSd, name: str) -> None:
    """H1, example: SD_ref = 0.30; on A the drop of .3 at session 13 is a tie."""
    assert rule.flags(ALL[name]).sessions == FIXED[name]


@pytest.mark.parametrize("k", PERSON)
@pytest.mark.parametrize("name", FIXED)
def test_flags_by_the_own_sd(k: int, name: str) -> None:
    """H1, example: "person SD" and "k=2 person SD"; C2 is kept quiet by the floor."""
    assert DropSdPerson(k=k).flags(ALL[name]).sessions == PERSON[k][name]


@pytest.mark.parametrize(
    ("name", "sd"),
    [("A", 0.3304), ("B", 0.3068), ("C", 0.1768), ("C2", 0.15), ("D", 0.5852), ("S", 1.7218)],
)
def test_the_own_sd(name: str, sd: float) -> None:
    """Section 0, below the series: "C2: 0.0295 (floor .15 replaces it)"."""
    assert DropSdPerson().flags(ALL[name])[-1].sd == pytest.approx(sd, abs=5e-5)


def test_c2_stays_quiet() -> None:
    """Section 0, "C2 online": "H1: drop .0833 < .15 (person) and < .30"."""
    for rule, least in ((DropSdPerson(), 0.15), (DropSd(sd=0.3), 0.3)):
        flag = rule.flags(ALL["C2"])[5]
        assert flag.statistic == pytest.approx(1 / 12)
        assert flag.threshold == pytest.approx(least)


def test_neither_cohort_nor_sd() -> None:
    """Section 0, "A with the library conventions": H1 None ("needs a cohort or sd")."""
    flags = DropSd().flags(A)
    assert told(flags) == [None] * 16
    assert {flag.why for flag in flags} == {"needs a cohort or sd"}
    assert flags.conventions == ("SD of reference: needs a cohort or sd",)


def test_the_floor_is_not_for_a_given_sd() -> None:
    """Section 0 (6): it applies to every person SD."""
    assert DropSd(sd=0.05).flags(ALL["C2"]).sessions == (6,)


def test_a_cohort_is_in_fractions_of_the_range() -> None:
    """Section 0 (1): .075 of 40 is 3.0; S falls by 1.6 at session 5 and by 4.0 at session 8."""
    flags = DropSd(cohort=COHORT).flags(S)
    assert flags[4].threshold == pytest.approx(3.0)
    assert flags.sessions == (8,)


def _facts(episode: ta.Episode, *names: str) -> dict[str, Any]:
    return {name: getattr(episode, name) for name in names}


RULES = pytest.mark.parametrize("rule", [DropSd(sd=0.3), DropSd(cohort=COHORT)], ids=repr)


@RULES
def test_episodes_of_a(rule: DropSd) -> None:
    """H1, "Episodes, complete": needs 4.125, then 4.325."""
    worked: list[dict[str, Any]] = [
        {
            "onset": 6, "nadir": 6, "end": 7, "pre_score": 4.2, "nadir_score": 3.4, "depth": 0.8,
            "depth_std": 2.667, "recovery_score": 4.125, "length": 2, "repaired": True,
            "repair_session": 8, "shape": "fall_gradual",
        },
        {
            "onset": 12, "nadir": 14, "end": 15, "pre_score": 4.4, "nadir_score": 3.5,
            "depth": 0.9, "depth_std": 3.0, "recovery_score": 4.325, "length": 4,
            "repaired": True, "repair_session": 16, "shape": "u",
        },
    ]  # fmt: skip
    for episode, each in zip(ta.episodes(A, rule.flags(A)), worked, strict=True):
        assert _facts(episode, *each) == {
            name: value if isinstance(value, str) else pytest.approx(value, abs=5e-4)
            for name, value in each.items()
        }


@RULES
def test_episodes_of_a_with_window_3(rule: DropSd) -> None:
    """H1: session 16 is "the third observed session after the latest flag"."""
    flags = rule.flags(A)
    assert [each.repaired for each in ta.episodes(A, flags, window=3)] == [True, True]
    assert [each.repaired for each in ta.episodes(A, flags, window=2)] == [True, False]


@pytest.mark.parametrize(
    ("series", "worked"),
    [
        (B, (7, 4.5, 4.425, 8, 9, "fall_gradual")),
        (C, (6, 5.0, 4.925, 6, 7, "v")),
        (D, (3, 4.1, 4.025, 3, 4, "v")),
    ],
    ids=["B", "C", "D"],
)
def test_episodes_of_the_others(series: ta.Series, worked: Any) -> None:
    """H1: "B: onset 7, pre 4.5, needs 4.425, end 8, recovered at 9"; C (6 -> 7) and D (3 -> 4)."""
    [episode] = ta.episodes(series, DropSd(sd=0.3).flags(series))
    names = ("onset", "pre_score", "recovery_score", "end", "repair_session", "shape")
    assert tuple(_facts(episode, *names).values()) == (
        worked[0], *(pytest.approx(each) for each in worked[1:3]), *worked[3:],
    )  # fmt: skip


@pytest.mark.parametrize(("repair_tol", "back"), [(0.0, 8), (0.25, 8), (1 / 3, 7), (0.34, 7)])
def test_repair_tolerance(repair_tol: float, back: int) -> None:
    """H1: tol = repair_tol * SD_ref; session 7 (4.1) needs a tolerance of .1, from 4.2."""
    first, _ = ta.episodes(A, DropSd(sd=0.3, repair_tol=repair_tol).flags(A))
    assert first.repair_session == back


def test_slides_are_missed() -> None:
    """H1, edge: "two consecutive drops (a slide) each below k are missed"."""
    slide = ta.Series.of([4.4, 4.15, 3.9, 3.65], low=1, high=5)
    assert DropSd(sd=0.3).flags(slide).sessions == ()


@pytest.mark.parametrize(("missing", "flag"), [(2, True), (3, None)])
@pytest.mark.parametrize("rule", [DropSd(sd=0.3), DropSdPerson()], ids=repr)
def test_gaps(rule: DropSd | DropSdPerson, missing: int, flag: bool | None) -> None:
    """Section 0 (3): max_gap applies to H1, in every mode."""
    gone = ta.Series.of([4.5, 4.4, *[None] * missing, 3.0], low=1, high=5)
    last = rule.flags(gone)[-1]
    assert last.flag is flag
    assert ("3 sessions were not observed" in last.why) is (flag is None)


def test_strict() -> None:
    """Section 0 (3), alternative "strict": both sessions adjacent; B's drop crosses a gap."""
    assert DropSd(sd=0.3, max_gap=0).flags(B).sessions == ()
    assert DropSdPerson(max_gap=0).flags(B).sessions == ()


@pytest.mark.parametrize("values", [[], [4.0], [None, None], [4.5, 2.0], [4.5, None, 2.0]])
def test_too_few_for_an_own_sd(values: list[float | None]) -> None:
    flags = DropSdPerson().flags(ta.Series.of(values, low=1, high=5))
    assert flags.evaluable == 0


def test_two_sessions_are_enough_with_an_sd() -> None:
    """Section 0 (8): "H1 ...: 1" earlier score."""
    assert told(DropSd(sd=0.3).flags(ta.Series.of([4.3, 4.0], low=1, high=5))) == [None, True]


@pytest.mark.parametrize("rule", [DropSd(sd=0.3), DropSdPerson()], ids=repr)
@pytest.mark.parametrize("level", [1, 3.3, 5])
def test_all_equal(rule: DropSd | DropSdPerson, level: float) -> None:
    level_course = ta.Series.of([level] * 9, low=1, high=5)
    assert told(rule.flags(level_course)) == [None] + [False] * 8


def test_modes() -> None:
    """H1: online; "person" is retrospective: it uses its own future."""
    assert (DropSd().mode, DropSdPerson().mode) == ("online", "retrospective")
    later = ta.Series.of([4.5, 4.2, 4.4, 1.0], low=1, high=5)
    sooner = ta.Series.of([4.5, 4.2, 4.4], low=1, high=5)
    assert [DropSdPerson().flags(each)[1].flag for each in (later, sooner)] == [False, True]


def test_what_stands_behind_a_flag_is_told() -> None:
    assert "1 of the SD 0.3 that was given" in DropSd(sd=0.3).flags(A)[5].why
    known = DropSd(cohort=COHORT).flags(A)
    assert "the mean SD within persons of an illustration" in known[5].why
    assert "an illustration" in known.conventions[0]
    assert "the person's own SD 0.3304" in DropSdPerson().flags(A)[5].why
    assert "library's convention" in DropSdPerson().conventions[-1]


def test_the_citation_keeps_its_doubts() -> None:
    """H1: 1 SD and 2 SD [V-ind]; that 1 SD is Strauss's, tolerance and window [M-]."""
    for rule in (DropSd(), DropSdPerson()):
        assert "second-hand" in rule.citation
        assert "general knowledge, weak" in rule.citation


@pytest.mark.parametrize("rule", [DropSd, DropSdPerson])
@pytest.mark.parametrize(
    "given_",
    [
        {"k": 0}, {"k": -1}, {"k": nan}, {"k": inf}, {"k": True}, {"k": "1"}, {"k": None},
        {"repair_tol": -0.1}, {"repair_tol": nan}, {"max_gap": -1}, {"max_gap": 1.5},
    ],
    ids=repr,
)  # fmt: skip
def test_parameters_out_of_range(rule: Any, given_: Any) -> None:
    with pytest.raises(ta.AllianceError, match=next(iter(given_))):
        rule(**given_)


@pytest.mark.parametrize("sd", [0, -0.3, nan, inf, True, "0.3"])
def test_sd_out_of_range(sd: Any) -> None:
    with pytest.raises(ta.AllianceError, match="sd is a finite number above 0"):
        DropSd(sd=sd)


def test_sd_or_cohort() -> None:
    with pytest.raises(ta.AllianceError, match="not both"):
        DropSd(sd=0.3, cohort=COHORT)


@pytest.mark.parametrize("of", [{"measure": "arm-5"}, {"score": "bond"}], ids=repr)
def test_a_cohort_of_something_else(of: Any) -> None:
    """Constants of another measure or score are not used; unobserved sessions stay so."""
    measure = ta.Registry().measure("wai-sr")
    course = ta.Series.of([4.5, None, 3.0, 4.5], measure=measure, metric="mean")
    flags = DropSd(cohort=evolve(COHORT, **of)).flags(course)
    assert told(flags) == [None] * 4
    assert flags[1].why == "no score was observed"
    assert "the cohort constants are of another" in flags[2].why
    same = evolve(COHORT, measure="wai-sr", score="total")
    assert DropSd(cohort=same).flags(course).sessions == (3,)


def test_a_live_display_knows_the_score() -> None:
    rule = DropSd(cohort=evolve(COHORT, score="bond"))
    _, flag = rule.step(rule.start(A.spec), A[0])
    assert "of another score" in flag.why


def test_a_cohort_is_no_number() -> None:
    not_one: Any = 0.3
    with pytest.raises(ta.AllianceError, match="cohort is a CohortConstants"):
        DropSd(cohort=not_one)


def expected(course: ta.Series, sd: float, k: float, max_gap: int, least: int) -> list[bool | None]:
    """H1 once more, as simply as possible."""
    found: list[bool | None] = []
    seen: list[ta.Point] = []
    enough = sum(point.value is not None for point in course) >= least
    for point in course:
        before = seen[-1] if seen else None
        if point.value is None:
            found.append(None)
            continue
        seen.append(point)
        if before is None or not enough or point.session - before.session > max_gap + 1:
            found.append(None)
        else:
            found.append((before.value or 0.0) - point.value >= k * sd - 1e-9)
    return found


GAPS = st.integers(0, 4)
MULTIPLES = st.sampled_from([0.5, 1.0, 2.0])


@given(series(), MULTIPLES, GAPS)
def test_oracle_with_a_cohort(course: ta.Series, k: float, max_gap: int) -> None:
    sd = 0.075 * (course.spec.high - course.spec.low)
    flags = DropSd(cohort=COHORT, k=k, max_gap=max_gap).flags(course)
    assert told(flags) == expected(course, sd, k, max_gap, 1)


@given(series(), MULTIPLES, GAPS)
def test_oracle_with_the_own_sd(course: ta.Series, k: float, max_gap: int) -> None:
    scores = [point.value for point in course.observed if point.value is not None]
    floor = 0.0375 * (course.spec.high - course.spec.low)
    sd = max(floor, stdev(scores)) if len(scores) > 1 else floor
    flags = DropSdPerson(k=k, max_gap=max_gap).flags(course)
    assert told(flags) == expected(course, sd, k, max_gap, 3)


@pytest.mark.parametrize("rule", [DropSd(cohort=COHORT), DropSdPerson()], ids=repr)
@given(course=series())
def test_flagged_means_at_least_the_threshold(
    rule: DropSd | DropSdPerson, course: ta.Series
) -> None:
    for flag in rule.flags(course):
        if flag.flag is not None:
            assert flag.statistic is not None
            assert flag.threshold is not None
            assert flag.flag is (flag.statistic >= flag.threshold - 1e-9)


@given(series())
def test_live_is_batch(course: ta.Series) -> None:
    rule = DropSd(cohort=COHORT)
    state, live = rule.start(course.spec), []
    for point in course:
        state, flag = rule.step(state, point)
        live.append(flag)
    assert tuple(live) == rule.flags(course).flags


@pytest.mark.parametrize("rule", [DropSd(sd=0.3), DropSdPerson()], ids=repr)
def test_many_sessions(rule: DropSd | DropSdPerson) -> None:
    many = ta.Series.of([4.0, 4.5] * 50_000, low=1, high=5)
    assert rule.flags(many).sessions == tuple(range(3, 100_001, 2))
