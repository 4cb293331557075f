"""H4 of ruptures.md: runs of decreases that are deep together, and their recovery."""

from collections.abc import Sequence
from math import inf, nan
from statistics import stdev
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.course.illustrations import ALL, COHORT, A, B, D, told
from therapeutic_alliance.course.detectors.crisis_run import CrisisRun, falls
from therapeutic_alliance.testing import CohortDetectorContract, DetectorContract, WorkedCourse
from therapeutic_alliance.testing.strategies import series


class TestContractOfCrisisRun(CohortDetectorContract):
    detector = CrisisRun(cohort=COHORT)
    worked = (
        WorkedCourse(
            values=[4.5, 4.2, 3.9, 4.4, 4.0, None, 4.0, 3.5],
            low=1,
            high=5,
            flagged=[2, 3],
            not_evaluable=[1, 6],
            note="falls of .6, .4 and .5; SD .3546 within, .60 between persons",
        ),
    )

    def fit(self, cohort: Sequence[ta.Series]) -> CrisisRun:
        return CrisisRun(cohort=ta.CohortConstants.fit(cohort))


class TestContractWithoutACohort(DetectorContract):
    detector = CrisisRun()
    worked = (
        WorkedCourse(
            values=[4.2, 4.1, 3.0, 4.2],
            low=1,
            high=5,
            flagged=[2, 3],
            not_evaluable=[1],
            note="a fall of 1.2; SD .5852",
        ),
    )


WITH = {
    1: {"A": (5, 6, 12, 13, 14), "B": (5, 7), "C": (), "C2": (), "D": (2, 3)},
    2: {"A": (), "B": (), "C": (), "C2": (), "D": (2, 3)},
}


@pytest.mark.parametrize("k", WITH)
@pytest.mark.parametrize("name", WITH[1])
def test_flags(k: int, name: str) -> None:
    """H4, example: SD_inter .60; thr .60 and 1.20, where D's fall of 1.2 is a tie."""
    assert CrisisRun(k=k, cohort=COHORT).flags(ALL[name]).sessions == WITH[k][name]


@pytest.mark.parametrize(("k", "threshold"), [(1, 0.3304), (2, 0.6608)])
def test_flags_without_a_cohort(k: int, threshold: float) -> None:
    """H4, example: "SD_intra only: thr .3304 and .6608 both flag [5, 6, 12, 13, 14]"."""
    flags = CrisisRun(k=k).flags(A)
    assert flags.sessions == (5, 6, 12, 13, 14)
    assert flags[5].threshold == pytest.approx(threshold, abs=5e-5)
    assert "only the SD within the person was used" in flags.conventions[0]
    for flag in flags.flags[1:]:
        assert "within the person only (no cohort)" in flag.why


def test_the_falls_of_a() -> None:
    """H4, example: "4->6 (fall .9, length 2), 9->10 (.1), 11->14 (fall .9, length 3)"."""
    observed = [(p.session, p.value or 0.0) for p in A]
    found = [
        (fall.sessions[0][0], fall.sessions[-1][0], round(fall.magnitude, 9), fall.length)
        for fall in falls(observed, 2)
    ]
    assert found == [(4, 6, 0.9, 2), (9, 10, 0.1, 1), (11, 14, 0.9, 3)]


def test_the_crises_of_a() -> None:
    """H4: "Record number, magnitude, length"; "k=1, thr .60 -> two crises"; k=2 none."""
    crises = CrisisRun(cohort=COHORT).crises(A)
    assert [each.length for each in crises] == [2, 3]
    assert [each.magnitude for each in crises] == pytest.approx([0.9, 0.9])
    assert CrisisRun(k=2, cohort=COHORT).crises(A) == ()


def test_a_tie_is_a_crisis() -> None:
    """H4, example: "D: [2, 3] (fall 1.2, also at k=2)", where thr is 1.20."""
    [crisis] = CrisisRun(k=2, cohort=COHORT).crises(D)
    assert crisis.sessions == ((1, 4.2), (2, 4.1), (3, 3.0))


def test_episodes_of_a() -> None:
    """H4, example: needs 4.15, recovered at 8; needs 4.25, recovered at 16; both `u`."""
    first, second = ta.episodes(A, CrisisRun(cohort=COHORT).flags(A))
    assert (first.onset, first.nadir, first.end, first.pre_score) == (5, 6, 7, 4.3)
    assert first.recovery_score == pytest.approx(4.15)
    assert (first.repaired, first.repair_session, first.shape) == (True, 8, "u")
    assert (second.onset, second.nadir, second.end, second.pre_score) == (12, 14, 15, 4.4)
    assert second.recovery_score == pytest.approx(4.25)
    assert (second.repaired, second.repair_session, second.shape) == (True, 16, "u")
    assert (first.depth_std, second.depth_std) == (None, None)


@pytest.mark.parametrize(
    ("after", "repaired"),
    [([3.5] * 9 + [4.5], True), ([3.5] * 5, False), ([3.5] * 9, False), ([3.5] * 4, None)],
    ids=["late", "window", "long", "censored"],
)
def test_recovery_is_searched_to_the_end(after: list[float], repaired: bool | None) -> None:
    """H4, repair: the window does not close the episode; False from repair_window sessions on."""
    course = ta.Series.of([4.5, 4.5, 4.0, 3.5, *after], low=1, high=5)
    flags = CrisisRun(cohort=COHORT).flags(course)
    assert flags.to_the_end is True
    assert flags.sessions == (3, 4)
    [episode] = ta.episodes(course, flags)
    assert episode.repaired is repaired
    assert episode.repair_session == (14 if repaired else None)
    assert episode.end == (13 if repaired else len(course))


def test_the_stricter_of_the_two() -> None:
    """H4: "the stricter of the two"."""
    narrow = evolve(COHORT, means_sd=0.01)
    flag = CrisisRun(cohort=narrow).flags(A)[5]
    assert flag.threshold == pytest.approx(0.3304, abs=5e-5)
    assert "0.3304 within the person; that between persons is 0.04" in flag.why
    wide = CrisisRun(cohort=COHORT).flags(A)[5]
    assert wide.threshold == pytest.approx(0.6)
    assert "0.6 between persons, of an illustration" in wide.why
    assert "an illustration" in CrisisRun(cohort=COHORT).flags(A).conventions[0]


def test_a_person_at_the_ceiling_has_the_floor() -> None:
    """Section 0 (6): SD_intra is floored; C2's fall of .0833 stays below .15."""
    flags = CrisisRun().flags(ALL["C2"])
    assert flags.sessions == ()
    assert flags[5].threshold == pytest.approx(0.15)


def test_an_equal_score_ends_a_run() -> None:
    """H4, run definition."""
    stairs = ta.Series.of([4.6, 4.3, 4.3, 4.0, 4.0, 3.7], low=1, high=5)
    straight = ta.Series.of([4.6, 4.3, 4.0, 3.7], low=1, high=5)
    rule = CrisisRun(cohort=COHORT)
    assert rule.flags(stairs).sessions == ()
    assert rule.flags(straight).sessions == (2, 3, 4)


@pytest.mark.parametrize(("missing", "sessions"), [(2, (2, 5)), (3, ())])
def test_a_long_gap_ends_a_run(missing: int, sessions: tuple[int, ...]) -> None:
    """H4 and section 0 (3): and the session after it is not evaluable."""
    course = ta.Series.of([4.5, 4.1, *[None] * missing, 3.7, 3.9], low=1, high=5)
    flags = CrisisRun(cohort=COHORT).flags(course)
    assert flags.sessions == sessions
    after = flags[2 + missing]
    assert after.flag is (True if sessions else None)
    assert ("3 sessions were not observed" in after.why) is (not sessions)


def test_strict() -> None:
    """Section 0 (3), alternative "strict": B's run 4 -> 7 has a gap of one session."""
    assert CrisisRun(cohort=COHORT).flags(B).sessions == (5, 7)
    assert CrisisRun(cohort=COHORT, max_gap=0).flags(B).sessions == ()


def test_every_session_of_the_run_is_flagged_alike() -> None:
    """H4: "Flag every session of the run after its first", by the fall of the whole run."""
    flags = CrisisRun(cohort=COHORT).flags(A)
    assert [flags[n - 1].statistic for n in (12, 13, 14)] == pytest.approx([0.9] * 3)
    assert {flags[n - 1].before for n in (12, 13, 14)} == {(11, 4.4)}
    assert flags[9].statistic == pytest.approx(0.1)
    assert flags[10].statistic == 0
    assert "possible rupture" in flags[11].why
    assert "1.5 SD" in flags[11].why


@pytest.mark.parametrize("values", [[], [4.0], [None] * 6, [4.5, 2.0], [4.5, None, 2.0]])
def test_too_few(values: list[float | None]) -> None:
    course = ta.Series.of(values, low=1, high=5)
    assert CrisisRun(cohort=COHORT).flags(course).evaluable == 0
    assert CrisisRun(cohort=COHORT).crises(course) == ()


@pytest.mark.parametrize("level", [1, 3.3, 5])
def test_all_equal(level: float) -> None:
    flags = CrisisRun().flags(ta.Series.of([level] * 9, low=1, high=5))
    assert told(flags) == [None] + [False] * 8


def test_the_citation_keeps_its_marks() -> None:
    """H4: max of two and what is recorded [V]; run, SD_inter and repair [R]."""
    rule = CrisisRun()
    assert rule.mode == "retrospective"
    assert "(verified)" in rule.citation
    assert "this library's reconstruction" in rule.citation


@pytest.mark.parametrize(
    "given_",
    [
        {"k": 0}, {"k": -1}, {"k": nan}, {"k": inf}, {"k": True}, {"k": "1"},
        {"max_gap": -1}, {"max_gap": 1.5}, {"max_gap": True},
    ],
    ids=repr,
)  # fmt: skip
def test_parameters_out_of_range(given_: Any) -> None:
    with pytest.raises(ta.AllianceError, match=next(iter(given_))):
        CrisisRun(**given_)


@pytest.mark.parametrize("of", [{"measure": "arm-5"}, {"score": "bond"}], ids=repr)
def test_a_cohort_of_something_else(of: Any) -> None:
    """Constants of another measure or score are not used, nor does it fall back to none."""
    measure = ta.Registry().measure("wai-sr")
    course = ta.Series.of([4.5, None, 4.0, 3.0, 4.5], measure=measure, metric="mean")
    rule = CrisisRun(cohort=evolve(COHORT, **of))
    assert told(rule.flags(course)) == [None] * 5
    assert "the cohort constants are of another" in rule.flags(course)[3].why
    assert rule.crises(course) == ()
    same = CrisisRun(cohort=evolve(COHORT, measure="wai-sr", score="total"))
    assert same.flags(course).sessions == (3, 4)
    assert len(same.crises(course)) == 1


def test_a_cohort_is_no_number() -> None:
    not_one: Any = 0.6
    with pytest.raises(ta.AllianceError, match="cohort is a CohortConstants"):
        CrisisRun(cohort=not_one)


def expected(course: ta.Series, k: float, max_gap: int, inter: float) -> list[bool | None]:
    """H4 once more: each session looks back to where its run began and on to where it ends."""
    seen = [(p.session, p.value) for p in course if p.value is not None]
    if len(seen) < 3:
        return [None] * len(course)
    width = course.spec.high - course.spec.low
    threshold = k * max(stdev(x for _, x in seen), 0.0375 * width, inter * width)

    def near(i: int) -> bool:
        return seen[i][0] - seen[i - 1][0] <= max_gap + 1

    def falls_at(i: int) -> bool:
        return 0 < i < len(seen) and near(i) and seen[i][1] < seen[i - 1][1] - 1e-9

    flags: dict[int, bool | None] = {seen[0][0]: None}
    for i in range(1, len(seen)):
        first, last = i, i
        while falls_at(first):
            first -= 1
        while falls_at(last + 1):
            last += 1
        deep = falls_at(i) and seen[first][1] - seen[last][1] >= threshold - 1e-9
        flags[seen[i][0]] = deep if near(i) else None
    return [flags.get(point.session) for point in course]


GAPS = st.integers(0, 4)
MULTIPLES = st.sampled_from([0.5, 1.0, 2.0])


@given(series(), MULTIPLES, GAPS)
def test_oracle(course: ta.Series, k: float, max_gap: int) -> None:
    flags = CrisisRun(k=k, max_gap=max_gap).flags(course)
    assert told(flags) == expected(course, k, max_gap, 0.0)


@given(series(), MULTIPLES, GAPS)
def test_oracle_with_a_cohort(course: ta.Series, k: float, max_gap: int) -> None:
    flags = CrisisRun(k=k, max_gap=max_gap, cohort=COHORT).flags(course)
    assert told(flags) == expected(course, k, max_gap, 0.15)


@given(series(), MULTIPLES, GAPS)
def test_crises_are_what_is_flagged(course: ta.Series, k: float, max_gap: int) -> None:
    rule = CrisisRun(k=k, max_gap=max_gap)
    crises = rule.crises(course)
    assert rule.flags(course).sessions == tuple(
        session for each in crises for session, _ in each.sessions[1:]
    )
    assert all(each.length >= 1 and each.magnitude > 0 for each in crises)


@given(series(), MULTIPLES)
def test_a_cohort_never_adds_a_flag(course: ta.Series, k: float) -> None:
    """The stricter of the two."""
    without, known = CrisisRun(k=k).flags(course), CrisisRun(k=k, cohort=COHORT).flags(course)
    assert set(known.sessions) <= set(without.sessions)


@given(series())
def test_flagged_means_at_least_the_threshold(course: ta.Series) -> None:
    for flag in CrisisRun().flags(course):
        if flag.flag is not None:
            assert flag.statistic is not None
            assert flag.threshold is not None
            assert flag.flag is (flag.statistic >= flag.threshold - 1e-9)


def test_many_sessions() -> None:
    many = [4.0, 4.5] * 40_000 + [5 - n / 5_000 for n in range(20_000)]
    flags = CrisisRun().flags(ta.Series.of(many, low=1, high=5))
    assert flags.sessions[-1] == 100_000
    assert len(CrisisRun().crises(ta.Series.of(many, low=1, high=5))) == 1
    assert CrisisRun().flags(ta.Series.of([4.0] * 100_000, low=1, high=5)).evaluable == 99_999


def test_d_is_a_sudden_end() -> None:
    """H4: D falls 1.2 from session 1 to 3; tol .15, needs 4.05, recovered at 4."""
    [episode] = ta.episodes(D, CrisisRun(cohort=COHORT).flags(D))
    assert (episode.onset, episode.pre_score, episode.repair_session) == (2, 4.2, 4)
    assert episode.shape == "slide_sudden"
