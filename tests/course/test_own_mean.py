"""H2 of ruptures.md: scores far below the person's own mean, in hindsight and online."""

from math import inf, nan, sqrt
from statistics import fmean, stdev
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.course.illustrations import ALL, C2, A, D, told
from therapeutic_alliance.course.detectors.own_mean import (
    OwnMeanSd,
    OwnMeanSdOnline,
    farthest,
)
from therapeutic_alliance.testing import DetectorContract, WorkedCourse
from therapeutic_alliance.testing.strategies import series


class TestContractOfOwnMeanSd(DetectorContract):
    detector = OwnMeanSd()
    worked = (
        WorkedCourse(
            values=[4, 4, 4, 4, None, 4, 4, 4, 3],
            low=1,
            high=5,
            flagged=[9],
            not_evaluable=[1, 5],
            note="mean 3.875, SD .3536, limit 3.168",
        ),
    )


class TestContractOfOwnMeanSdOnline(DetectorContract):
    detector = OwnMeanSdOnline()
    worked = (
        WorkedCourse(
            values=[4, 4, None, 4, 3.7, 3.6, 4],
            low=1,
            high=5,
            flagged=[6],
            not_evaluable=[1, 2, 3, 4],
            note="SD floored to .15, so that 3.7 is a tie and not below; then mean 3.925, SD .15",
        ),
    )


HINDSIGHT = {
    2: {"A": (6,), "B": (7,), "C": (6,), "C2": (), "D": (), "S": ()},
    1: {"A": (6, 13, 14), "B": (7,), "C": (6,), "C2": (), "D": (3,), "S": (8,)},
}


@pytest.mark.parametrize("k", HINDSIGHT)
@pytest.mark.parametrize("name", ALL)
def test_flags(k: int, name: str) -> None:
    """H2, example: k=2 and k=1."""
    assert OwnMeanSd(k=k).flags(ALL[name]).sessions == HINDSIGHT[k][name]


@pytest.mark.parametrize(
    ("name", "sessions"), [("A", (6,)), ("B", (7,)), ("C", (6,)), ("C2", ()), ("D", ())]
)
def test_flags_online(name: str, sessions: tuple[int, ...]) -> None:
    """H2, example: "Online k=2"."""
    assert OwnMeanSdOnline().flags(ALL[name]).sessions == sessions


def test_d_is_not_evaluable() -> None:
    """H2, example: "D None (n=4)", and online "only session 4 is evaluable"."""
    assert told(OwnMeanSd().flags(D)) == [None] * 4
    assert "none can lie more than 1.5 SD" in OwnMeanSd().flags(D)[2].why
    assert told(OwnMeanSdOnline().flags(D)) == [None, None, None, False]


@pytest.mark.parametrize(
    ("n", "limit"),
    [(3, 1.155), (4, 1.500), (5, 1.789), (6, 2.041), (8, 2.475), (10, 2.846), (16, 3.750)],
)
def test_the_hard_limit(n: int, limit: float) -> None:
    """H2, "Hard limit"; one score apart from n - 1 equal ones reaches it."""
    assert farthest(n) == pytest.approx(limit, abs=5e-4)
    apart = ta.Series.of([5.0] * (n - 1) + [1.0], low=1, high=5)
    assert OwnMeanSd().flags(apart)[-1].statistic == pytest.approx(farthest(n))


@pytest.mark.parametrize(("k", "most"), [(2, 5), (3, 10)])
def test_it_cannot_fire(k: int, most: int) -> None:
    """H2: "with k=2 the rule cannot fire for n <= 5; with k=3 not for n <= 10"."""
    for n in range(2, 13):
        flags = OwnMeanSd(k=k).flags(ta.Series.of([5.0] * (n - 1) + [1.0], low=1, high=5))
        assert flags.evaluable == (0 if n <= most else n - 1)
        assert flags.sessions == (() if n <= most else (n,))


def test_at_the_hard_limit_it_is_evaluable() -> None:
    """Section 0 (5): "whenever k > (n-1)/sqrt(n)"; of 4 scores, 1.5 is no more than 1.5."""
    assert told(OwnMeanSd(k=1.5).flags(D)) == [None, False, False, False]
    assert OwnMeanSd(k=1.5 + 1e-6).flags(D).evaluable == 0


def test_two_ruptures_hide_each_other() -> None:
    """H2, "masking"."""
    one = ta.Series.of([4.5] * 8 + [2.5], low=1, high=5)
    two = ta.Series.of([4.5] * 4 + [2.5] + [4.5] * 3 + [2.5], low=1, high=5)
    assert OwnMeanSd().flags(one).sessions == (9,)
    assert OwnMeanSd().flags(two).sessions == ()


def test_limits_of_c2_online() -> None:
    """Section 0, "C2 online": 4.7000 at 4, 5 and 6, 4.6861 at 7, 4.6881 at 8."""
    rule = OwnMeanSdOnline()
    state, limits = rule.start(C2.spec), {}
    for point in C2:
        if state.n >= 3:
            limits[point.session] = state.mean - 2 * state.sd
        state, _ = rule.step(state, point)
    assert limits == {
        session: pytest.approx(limit, abs=5e-5)
        for session, limit in {4: 4.7, 5: 4.7, 6: 4.7, 7: 4.6861, 8: 4.6881}.items()
    }
    assert told(rule.flags(C2))[:4] == [None, None, None, False]


def test_without_the_floor_c2_would_be_flagged() -> None:
    """H2, example: "C2 [] (sd_floor 0 would give [6])", a false alarm by one item."""
    rule = OwnMeanSdOnline()
    state, flagged = evolve(rule.start(C2.spec), floor=0.0), []
    for point in C2.points[:6]:
        # an SD of 0 leaves no statistic, so that the limit alone can be looked at
        if state.n >= 3 and (point.value or 0) < state.mean - 2 * state.sd - 1e-9:
            flagged.append(point.session)
        state = state.with_(point.value or 0)
    assert flagged == [6]


def test_statistic() -> None:
    """Higher is more like a rupture: (mean - x) / SD; A has mean 4.0625, SD .3304."""
    flag = OwnMeanSd().flags(A)[5]
    assert flag.statistic == pytest.approx((4.0625 - 3.4) / 0.3304, abs=5e-4)
    assert flag.threshold == 2
    assert (flag.sd, flag.tolerance, flag.before) == (None, None, None)


@pytest.mark.parametrize("rule", [OwnMeanSd(), OwnMeanSdOnline()], ids=repr)
def test_episode_of_a(rule: OwnMeanSd | OwnMeanSdOnline) -> None:
    """Section 0 (12): tol "otherwise .25*sd_floor", .0375: needs 4.1625, so not session 7 (4.1)."""
    [episode] = ta.episodes(A, rule.flags(A))
    assert (episode.onset, episode.pre_score, episode.repair_session) == (6, 4.2, 8)
    assert episode.recovery_score == pytest.approx(4.1625)
    assert episode.depth_std is None
    assert episode.shape == "fall_gradual"


@pytest.mark.parametrize("rule", [OwnMeanSd(), OwnMeanSdOnline()], ids=repr)
def test_gaps_do_not_matter(rule: OwnMeanSd | OwnMeanSdOnline) -> None:
    """Section 0 (3): max_gap applies "not to ... H2"."""
    close = ta.Series.of([4.0] * 7 + [2.0], low=1, high=5)
    apart = ta.Series.of([4.0] * 7 + [2.0], low=1, high=5, sessions=[1, 9, 20, 30, 40, 50, 60, 99])
    assert told(rule.flags(close)) == told(rule.flags(apart))
    assert rule.flags(apart).sessions == (99,)


@pytest.mark.parametrize("rule", [OwnMeanSd(), OwnMeanSdOnline()], ids=repr)
@pytest.mark.parametrize("level", [1, 3.3, 5])
def test_all_equal(rule: OwnMeanSd | OwnMeanSdOnline, level: float) -> None:
    assert rule.flags(ta.Series.of([level] * 12, low=1, high=5)).sessions == ()


@pytest.mark.parametrize("rule", [OwnMeanSd(), OwnMeanSdOnline()], ids=repr)
@pytest.mark.parametrize("values", [[], [4.0], [None] * 6, [4.5, 2.0], [4.5, None, 2.0]])
def test_short(rule: OwnMeanSd | OwnMeanSdOnline, values: list[float | None]) -> None:
    assert rule.flags(ta.Series.of(values, low=1, high=5)).evaluable == 0


def test_modes() -> None:
    assert (OwnMeanSd().mode, OwnMeanSdOnline().mode) == ("retrospective", "online")


def test_what_stands_behind_a_flag_is_told() -> None:
    for rule, over in ((OwnMeanSd(), "all sessions"), (OwnMeanSdOnline(), "the sessions before")):
        flags = rule.flags(A)
        assert "possible rupture" in flags[5].why
        assert over in flags[5].why
        assert over in flags.conventions[0]
        assert "library's convention" in flags.conventions[1]
        assert "verified in the abstract" in rule.citation
        assert "this library's reconstruction" in rule.citation


@pytest.mark.parametrize("rule", [OwnMeanSd, OwnMeanSdOnline])
@pytest.mark.parametrize("k", [0, -2, nan, inf, True, "2", None])
def test_parameters_out_of_range(rule: Any, k: Any) -> None:
    with pytest.raises(ta.AllianceError, match="k is a finite number above 0"):
        rule(k=k)


def below(value: float, scores: list[float], k: float, course: ta.Series) -> bool:
    floor = 0.0375 * (course.spec.high - course.spec.low)
    return value < fmean(scores) - k * max(stdev(scores), floor) - 1e-9


MULTIPLES = st.sampled_from([0.5, 1.0, 1.5, 2.0, 3.0])


@given(series(), MULTIPLES)
def test_oracle(course: ta.Series, k: float) -> None:
    scores = [point.value for point in course.observed if point.value is not None]
    n = len(scores)
    possible = n > 1 and k <= (n - 1) / sqrt(n) + 1e-9
    first = course.observed[0].session if scores else None
    expected = [
        below(point.value, scores, k, course)
        if point.value is not None and possible and point.session != first
        else None
        for point in course
    ]
    assert told(OwnMeanSd(k=k).flags(course)) == expected


@given(series(), MULTIPLES)
def test_oracle_online(course: ta.Series, k: float) -> None:
    before: list[float] = []
    expected: list[bool | None] = []
    for point in course:
        if point.value is None or len(before) < 3:
            expected.append(None)
        else:
            expected.append(below(point.value, before, k, course))
        before += [] if point.value is None else [point.value]
    assert told(OwnMeanSdOnline(k=k).flags(course)) == expected


@given(series(), st.data())
def test_prefix(course: ta.Series, data: st.DataObject) -> None:
    length = data.draw(st.integers(0, len(course)))
    part = evolve(course, points=course.points[:length])
    rule = OwnMeanSdOnline()
    assert rule.flags(part).flags == rule.flags(course).flags[:length]


@pytest.mark.parametrize("rule", [OwnMeanSd(), OwnMeanSdOnline()], ids=repr)
@given(course=series())
def test_flagged_means_above_the_threshold(
    rule: OwnMeanSd | OwnMeanSdOnline, course: ta.Series
) -> None:
    for flag in rule.flags(course):
        if flag.flag:
            assert flag.statistic is not None
            assert flag.statistic >= rule.k


@given(st.lists(st.integers(0, 40), min_size=3, max_size=60))
def test_the_running_sd_keeps_its_digits(steps: list[int]) -> None:
    """Also far from 0, where a running sum of squares would lose them all."""
    low = 10.0**8
    state = evolve(OwnMeanSdOnline().start(ta.ScoreSpec("t", "sum", low, low + 10, 0)), floor=0.0)
    for each in steps:
        state = state.with_(low + each / 4)
    assert state.sd == pytest.approx(stdev(each / 4 for each in steps), rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("rule", [OwnMeanSd(), OwnMeanSdOnline()], ids=repr)
def test_many_sessions(rule: OwnMeanSd | OwnMeanSdOnline) -> None:
    many = ta.Series.of([4.0, 4.5] * 49_999 + [4.2, 1.0], low=1, high=5)
    assert rule.flags(many).sessions == (100_000,)
