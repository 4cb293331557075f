"""H15 of ruptures.md: EWMA and CUSUM of the z of H14."""

from itertools import accumulate
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.course.illustrations import ALL, C2, A, told
from therapeutic_alliance.course.detectors.eb_z import EbZ
from therapeutic_alliance.course.detectors.sequential import Cusum, Ewma
from therapeutic_alliance.testing import series

ILLUSTRATIVE = ta.CohortConstants.illustrative()
COHORT_LIKE = ta.CohortConstants.stated(
    mean=3.99, between=0.3240**0.5, within=0.152**0.5, low=1, high=5, source="cohort-like, H14"
)
BOTH = pytest.mark.parametrize("rule", [Ewma(cohort=ILLUSTRATIVE), Cusum(cohort=ILLUSTRATIVE)])


def statistics(flags: ta.Flags) -> list[float | None]:
    return [flag.statistic for flag in flags]


def test_h15_ewma_of_a() -> None:
    """H15, example: "no reset"."""
    flags = Ewma(cohort=ILLUSTRATIVE, reset=False).flags(A)
    worked = [
        0.12, -0.14, -0.52, -0.78, -0.67, 0.75, 0.33, -0.23,
        -0.67, -0.71, -0.87, -0.14, 0.75, 1.31, 0.58, -0.13,
    ]  # fmt: skip
    assert statistics(flags) == pytest.approx(worked, abs=0.005)
    assert flags.sessions == (14,)


def test_h15_cusum_of_a() -> None:
    """H15, example: "no reset"."""
    flags = Cusum(cohort=ILLUSTRATIVE, reset=False).flags(A)
    worked = [0, 0, 0, 0, 0, 2.14, 1.08, 0, 0, 0, 0, 0.21, 1.53, 2.94, 1.67, 0]
    assert statistics(flags) == pytest.approx(worked, abs=0.005)
    assert flags.sessions == (6, 14)


def test_h15_cohort_like() -> None:
    """H15, example: EWMA at most .97, CUSUM at most 1.66: both []."""
    for rule, most in ((Ewma(cohort=COHORT_LIKE), 0.97), (Cusum(cohort=COHORT_LIKE), 1.66)):
        flags = rule.flags(A)
        assert flags.sessions == ()
        assert max(each or 0 for each in statistics(flags)) == pytest.approx(most, abs=0.005)


def test_c2_online() -> None:
    """Section 0, "C2 online": EWMA -.08, CUSUM 0 at 6."""
    assert Ewma(cohort=ILLUSTRATIVE).flags(C2)[5].statistic == pytest.approx(-0.08, abs=0.005)
    assert Cusum(cohort=ILLUSTRATIVE).flags(C2)[5].statistic == 0
    assert not Ewma(cohort=ILLUSTRATIVE).flags(C2).sessions
    assert not Cusum(cohort=ILLUSTRATIVE).flags(C2).sessions


@BOTH
def test_episodes_recover_by_the_convention(rule: Ewma | Cusum) -> None:
    """Section 0 (12): tol = .25 * sd_floor, .0375 on a mean of 1 to 5; before 14 stands 3.6."""
    last = ta.episodes(A, rule.flags(A))[-1]
    assert (last.onset, last.pre_score, last.repair_session) == (14, 3.6, 15)
    assert last.recovery_score == pytest.approx(3.5625)


def test_h15_the_first_episode_of_cusum() -> None:
    """Onset 6, 4.2 before: needs 4.1625; 7 (4.1) no, 8 (4.3) yes."""
    first, _ = ta.episodes(A, Cusum(cohort=ILLUSTRATIVE).flags(A))
    assert (first.onset, first.end, first.repair_session) == (6, 7, 8)
    assert first.recovery_score == pytest.approx(4.1625)


@BOTH
def test_it_says_from_when_on_it_is_evaluable(rule: Ewma | Cusum) -> None:
    """Section 0 (8): two earlier scores; the statistic from session 1."""
    assert told(rule.flags(A))[:3] == [None, None, False]
    assert None not in statistics(rule.flags(A))


@BOTH
def test_a_missing_session_carries_on(rule: Any) -> None:
    """H15: "missing = carry"."""
    values = [4.2, 4.1, 3.2, 3.4]
    whole = rule.flags(ta.Series.of(values, low=1, high=5))
    gap = rule.flags(ta.Series.of([4.2, 4.1, None, None, 3.2, 3.4], low=1, high=5))
    assert [each for each in statistics(gap) if each is not None] == statistics(whole)
    assert told(gap)[2:4] == [None, None]


@pytest.mark.parametrize("rule", [Ewma(), Cusum()])
def test_without_constants_every_flag_is_none(rule: Ewma | Cusum) -> None:
    """Section 0, "A with the library conventions": H14 and H15 None."""
    for course in ALL.values():
        assert rule.flags(course).evaluable == 0
    assert rule.flags(A)[5].why == "needs cohort constants"


@BOTH
def test_the_explanation_names_the_constants(rule: Ewma | Cusum) -> None:
    why = rule.flags(A)[13].why
    assert why.startswith("given the history so far ")
    assert "the score was 3.5; " in why
    assert why.endswith(f": possible rupture; constants used: {ILLUSTRATIVE}")


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("ewma", {"weight": 0}), ("ewma", {"weight": 1.1}), ("ewma", {"weight": float("nan")}),
        ("ewma", {"weight": True}), ("ewma", {"threshold": 0}), ("ewma", {"prior_df": -1}),
        ("ewma", {"cohort": "a cohort"}),
        ("cusum", {"allowance": 0}), ("cusum", {"allowance": float("inf")}),
        ("ewma", {"reset": 0}), ("cusum", {"reset": None}),
        ("cusum", {"threshold": -2}), ("cusum", {"cohort": ()}),
    ],
)  # fmt: skip
def test_parameters_out_of_range(name: str, wrong: Any) -> None:
    with pytest.raises(ta.AllianceError, match=f"{name}: {next(iter(wrong))}"):
        ta.Registry().detector(name, **wrong)


@given(series(most=25), st.floats(0.05, 1), st.floats(0.1, 2))
def test_statistics_are_made_of_those_of_eb_z(
    course: ta.Series, weight: float, allowance: float
) -> None:
    """An oracle: the recursions of H15 over the z of the observed sessions."""
    z = [each for each in statistics(EbZ(cohort=ILLUSTRATIVE).flags(course)) if each is not None]
    ewma = statistics(Ewma(cohort=ILLUSTRATIVE, weight=weight, reset=False).flags(course))
    cusum = statistics(Cusum(cohort=ILLUSTRATIVE, allowance=allowance, reset=False).flags(course))
    moved = accumulate(z, lambda e, each: weight * each + (1 - weight) * e, initial=0.0)
    summed = accumulate(z, lambda c, each: max(0, c + each - allowance), initial=0.0)
    assert [each for each in ewma if each is not None] == pytest.approx([*moved][1:])
    assert [each for each in cusum if each is not None] == pytest.approx([*summed][1:])


@given(series(most=25))
def test_an_ewma_of_weight_one_is_eb_z(course: ta.Series) -> None:
    ewma = Ewma(cohort=ILLUSTRATIVE, weight=1, threshold=2, reset=False).flags(course)
    eb_z = EbZ(cohort=ILLUSTRATIVE).flags(course)
    assert told(ewma) == told(eb_z)


LASTING = ta.Series.of([4.2, 4.1, 4.3, 4.2, 4.2, 2.2, 2.2, 2.2, 2.2, *[4.2] * 7], low=1, high=5)
"""Invented: a fall over four sessions, and then as before."""


@BOTH
def test_a_recovery_sets_it_back(rule: Ewma | Cusum) -> None:
    """H15: "Reset to 0 after recovery"; without that CUSUM flags the recovered score, too."""
    flags = rule.flags(LASTING)
    assert flags.sessions == (6, 7, 8, 9)
    assert flags[9].statistic == 0
    assert "set back to 0, the score is back at 4.163" in flags[9].why
    assert max(evolve(rule, reset=False).flags(LASTING).sessions) > 9
    [episode] = ta.episodes(LASTING, flags)
    assert (episode.repaired, episode.repair_session) == (True, 10)


@BOTH
def test_h15_flags_of_a_with_and_without(rule: Ewma | Cusum) -> None:
    """H15, example: [14] and [6, 14], whether set back or not."""
    assert rule.flags(A).sessions == evolve(rule, reset=False).flags(A).sessions


def test_an_alarm_that_nothing_recovered_from_closes() -> None:
    """Section 0 (13): after 5 observed sessions without a flag a later one begins anew, at 3.6."""
    fell = [4.2, 4.1, 4.3, 4.2, 4.2, *[3.6] * 14, 2.8, 3.6]
    course = ta.Series.of(fell, low=1, high=5)
    flags = Ewma(cohort=ILLUSTRATIVE).flags(course)
    assert flags.sessions == (*range(6, 15), 20)
    assert "set back to 0, the score is back at 3.562" in flags[20].why
    assert [each.repair_session for each in ta.episodes(course, flags)] == [None, 21]


@BOTH
@given(course=series(most=25))
def test_what_sets_it_back_is_the_recovery_of_an_episode(
    rule: Ewma | Cusum, course: ta.Series
) -> None:
    """Section 0 (12, 13): the two know nothing of each other."""
    flags = rule.flags(course)
    found = [each.repair_session for each in ta.episodes(course, flags) if each.repaired]
    assert found == [flag.session for flag in flags if "set back to 0" in flag.why]
    assert all(flag.statistic == 0 for flag in flags if flag.session in found)


@BOTH
@given(course=series(most=25))
def test_up_to_the_first_recovery_it_is_as_without(rule: Ewma | Cusum, course: ta.Series) -> None:
    flags, without = rule.flags(course), evolve(rule, reset=False).flags(course)
    back = next((n for n, flag in enumerate(flags) if "set back to 0" in flag.why), len(flags))
    assert flags.flags[:back] == without.flags[:back]


@BOTH
def test_a_hundred_thousand_sessions(rule: Ewma | Cusum) -> None:
    flags = rule.flags(ta.Series.of([3.9, 4.0, 4.1, 4.0] * 25_000, low=1, high=5))
    assert flags.sessions == ()
    assert flags.evaluable == 99_998
