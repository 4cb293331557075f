"""H3 of ruptures.md: scores below the person's own line, and their return to it."""

from math import inf, nan, sqrt
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.course.illustrations import ALL, C2, A, B, C, D, S, told
from therapeutic_alliance.course.detectors.return_to_line import Return, returns
from therapeutic_alliance.course.detectors.trend_residual import TrendResidual
from therapeutic_alliance.testing import DetectorContract, WorkedCourse
from therapeutic_alliance.testing.strategies import series


class TestContractOfTrendResidual(DetectorContract):
    detector = TrendResidual()
    worked = (
        WorkedCourse(
            values=[3.8, 3.9, 4.0, 4.1, None, 3.3, 4.4, 4.5, 4.6],
            low=1,
            high=5,
            flagged=[6],
            not_evaluable=[1, 5],
            note="slope .1, but for session 6, which lies 1 below",
        ),
    )


FLAGS: dict[float, dict[str, tuple[int, ...]]] = {
    1: {"A": (6, 13, 14)},
    1.5: {"A": (6, 14)},
    2: {"A": (), "B": (7,), "C": (6,), "C2": (), "D": (), "S": (8,)},
}


@pytest.mark.parametrize(("k", "name"), [(k, name) for k, each in FLAGS.items() for name in each])
def test_flags(k: float, name: str) -> None:
    """H3, example; k=1.5 also in section 0, "A with the library conventions"."""
    assert TrendResidual(k=k).flags(ALL[name]).sessions == FLAGS[k][name]


def test_the_residuals_of_a() -> None:
    """H3, example A: z, of which the statistic is the negative; session 1 is None."""
    worked = [-0.73, -0.15, 0.43, 0.72, 0.42, -1.92, 0.12, 0.70, 0.98, 0.69, 0.97, -0.49, -1.38]
    worked += [-1.67, 0.37, 0.95]
    flags = TrendResidual().flags(A)
    assert [-(flag.statistic or 0) for flag in flags] == pytest.approx(worked, abs=5e-3)
    assert flags[0].flag is None


def test_the_line_of_a() -> None:
    """H3, example A: a=4.0475, b=0.00176, s=0.3419; so at session 6 the line has 4.058."""
    flag = TrendResidual().flags(A)[5]
    assert "3.4 where the line has 4.058, standard error 0.3419" in flag.why
    assert flag.statistic == pytest.approx((4.0475 + 6 * 0.00176 - 3.4) / 0.3419, abs=5e-4)


@pytest.mark.parametrize(
    ("series", "session", "z", "last", "limit"),
    [(B, 7, -2.20, 10, "1.95"), (C, 6, -2.22, 8, "1.87")],
    ids=["B", "C"],
)
def test_the_last_session_is_not_evaluable(
    series: ta.Series, session: int, z: float, last: int, limit: str
) -> None:
    """H3, example k=2: "session 10 None, limit 1.95"; "session 8 None, limit 1.87"."""
    flags = TrendResidual(k=2).flags(series)
    assert flags[session - 1].statistic == pytest.approx(-z, abs=5e-3)
    assert flags[last - 1].flag is None
    assert f"at most {limit}" in flags[last - 1].why
    assert flags.sessions == (session,)
    assert flags.evaluable == len(series.observed) - 2


def test_the_floor() -> None:
    """H3, example: C2 "s .0308 -> .15, z -.46"; S "z -2.12; s 1.3261 -> 1.5"."""
    assert TrendResidual(k=2).flags(C2)[5].statistic == pytest.approx(0.46, abs=5e-3)
    assert "standard error 0.15," in TrendResidual(k=2).flags(C2)[5].why
    assert TrendResidual(k=2).flags(S)[7].statistic == pytest.approx(2.12, abs=5e-3)
    assert "standard error 1.5," in TrendResidual(k=2).flags(S)[7].why


@pytest.mark.parametrize("min_sessions", [4, 6])
def test_d_is_not_evaluable(min_sessions: int) -> None:
    """H3, example: "D None (n=4)": too few by default, and with 4 the limit is 1.18."""
    flags = TrendResidual(k=2, min_sessions=min_sessions).flags(D)
    assert told(flags) == [None] * 4
    assert ("6 scores are needed" in flags[1].why) is (min_sessions == 6)


@pytest.mark.parametrize(
    ("n", "middle", "end"),
    [(4, 1.18, 0.77), (5, 1.55, 1.10), (6, 1.81, 1.38), (7, 2.07, 1.64), (8, 2.28, 1.87)],
)
def test_the_hard_limit(n: int, middle: float, end: float) -> None:
    """H3, "Hard limit": one score off the line of all others comes this far, and no further."""
    for where, limit in (((n - 1) // 2, middle), (n - 1, end)):
        scores = [5.0] * n
        scores[where] = 1.0
        for k, evaluable in ((limit - 6e-3, True), (limit + 6e-3, False)):
            rule = TrendResidual(k=k, min_sessions=4)
            flag = rule.flags(ta.Series.of(scores, low=1, high=5))[where]
            assert flag.statistic == pytest.approx(limit, abs=5.1e-3)
            assert flag.flag is (True if evaluable else None)


def test_at_six_sessions_two_can_never_fire() -> None:
    """H3: "At n=6, k=2 can never fire"."""
    steep = ta.Series.of([5.0, 5.0, 5.0, 1.0, 5.0, 5.0], low=1, high=5)
    assert TrendResidual(k=2).flags(steep).evaluable == 0
    assert TrendResidual().flags(steep).sessions == (4,)


def test_a_lasting_shift_hides_itself() -> None:
    """H3, edge: "an unrepaired shift tilts the line and hides itself"."""
    back = ta.Series.of([4.5] * 5 + [3.5] * 2 + [4.5] * 5, low=1, high=5)
    stays = ta.Series.of([4.5] * 5 + [3.5] * 7, low=1, high=5)
    assert TrendResidual(k=2).flags(back).sessions == (6, 7)
    assert TrendResidual(k=2).flags(stays).sessions == ()


def test_a_straight_fall_is_none() -> None:
    """A slow decline lies on the line."""
    decline = ta.Series.of([5 - 0.3 * n for n in range(12)], low=1, high=5)
    assert told(TrendResidual().flags(decline)) == [None] + [False] * 11


def test_a_tie_counts() -> None:
    """Section 0 (5): "z_t <= -k" has the tolerance."""
    exact = TrendResidual().flags(A)[5].statistic or 0
    assert TrendResidual(k=exact + 0.9e-9).flags(A)[5].flag is True
    assert TrendResidual(k=exact + 1e-7).flags(A)[5].flag is False


def test_the_returns_of_a() -> None:
    """H3, return rule, computed by hand from the z of its example.

    k=1.5: 6, and z_7 = .12 is back; 14, and z_15 = .37. k=1: 13 is the onset, 14 (-1.67) goes on
    with it, 15 is back within the three sessions.
    """
    assert returns(TrendResidual().flags(A)) == (
        Return(onset=6, returned=True, session=7),
        Return(onset=14, returned=True, session=15),
    )
    assert returns(TrendResidual(k=1).flags(A)) == (
        Return(onset=6, returned=True, session=7),
        Return(onset=13, returned=True, session=15),
    )


def _flags(*z: float | None, k: float = 1.5) -> ta.Flags:
    flags = [
        ta.Flag(
            session=session,
            flag=None if each is None else each <= -k,
            why="",
            statistic=None if each is None else -each,
        )
        for session, each in enumerate(z, 1)
    ]
    return ta.Flags(detector="trend-residual", mode="retrospective", flags=tuple(flags))


@pytest.mark.parametrize(
    ("z", "returned", "session"),
    [
        ([0, -2, -0.5], True, 3),
        ([0, -2, -0.6, -0.6, -0.5], True, 5),
        ([0, -2, -0.6, -0.6, -0.6, 0], False, None),
        ([0, -2, -0.6, -0.6], None, None),
        ([0, -2], None, None),
        ([0, -2, -0.6, None, None, -0.6, 0], True, 7),
        ([0, -2, -1.6, -1.7, 0], True, 5),
    ],
    ids=["tie", "third", "too late", "censored", "at the end", "observed count", "flags go on"],
)
def test_returns(z: list[float | None], returned: bool | None, session: int | None) -> None:
    """H3, return rule: "within w=3 observed sessions the residual returns to z >= -0.5"."""
    assert returns(_flags(*z)) == (Return(onset=2, returned=returned, session=session),)


def test_a_flag_after_the_window_is_a_new_onset() -> None:
    first, second = returns(_flags(0, -2, -0.6, -0.6, -0.6, -2, 0))
    assert (first.onset, first.returned) == (2, False)
    assert (second.onset, second.session) == (6, 7)


def test_flags_within_the_window_have_no_onset_of_their_own() -> None:
    [only] = returns(_flags(0, -2, -1.6, -0.6, -0.6, 0))
    assert (only.onset, only.returned) == (2, False)


def test_a_flagged_session_has_not_returned() -> None:
    """Section 0 (13) holds here too: with a low k, -.4 is flagged and lies near the line."""
    assert returns(_flags(0, -2, -0.4, 0, k=0.3))[0].session == 4


@pytest.mark.parametrize("given_", [{"window": 0}, {"window": 1.0}, {"near": 0}, {"near": nan}])
def test_parameters_of_the_return_out_of_range(given_: Any) -> None:
    with pytest.raises(ta.AllianceError, match=next(iter(given_))):
        returns(_flags(0), **given_)


def test_episodes_of_a() -> None:
    """Section 0 (12): tol .25*sd_floor = .0375; 6 needs 4.1625, and 14 comes from 3.6."""
    first, second = ta.episodes(A, TrendResidual().flags(A))
    assert (first.onset, first.pre_score, first.repair_session) == (6, 4.2, 8)
    assert (second.onset, second.pre_score, second.repair_session) == (14, 3.6, 15)
    assert (first.depth_std, second.depth_std) == (None, None)


def test_gaps_do_not_matter_but_numbers_do() -> None:
    """Section 0 (3): no max_gap in H3; section 0 (2): the line is over session numbers."""
    values = [4.0, 4.1, 4.0, 4.1, 4.0, 2.5, 4.1, 4.0]
    apart = ta.Series.of(values, low=1, high=5, sessions=[1, 9, 20, 30, 41, 50, 60, 99])
    assert TrendResidual().flags(apart).sessions == (50,)
    statistics = [flag.statistic for flag in TrendResidual().flags(apart)]
    close = TrendResidual().flags(ta.Series.of(values, low=1, high=5))
    assert statistics != [flag.statistic for flag in close]


@pytest.mark.parametrize("values", [[], [4.0], [None] * 9, [4.5, 2.0], [4, 4, 4, 1, 4]])
def test_short(values: list[float | None]) -> None:
    assert TrendResidual().flags(ta.Series.of(values, low=1, high=5)).evaluable == 0


@pytest.mark.parametrize("level", [1, 3.3, 5])
def test_all_equal(level: float) -> None:
    flags = TrendResidual().flags(ta.Series.of([level] * 12, low=1, high=5))
    assert told(flags) == [None] + [False] * 11


def test_what_stands_behind_a_flag_is_told() -> None:
    """H3: no single "Stiles value"; ad hoc and preliminary; the number second-hand."""
    rule = TrendResidual()
    assert rule.mode == "retrospective"
    assert "possible rupture" in rule.flags(A)[5].why
    assert "without a verified source" in rule.flags(A).conventions[0]
    assert "ad hoc and preliminary" in rule.citation
    assert "second-hand" in rule.citation


@pytest.mark.parametrize(
    "given_",
    [
        {"k": 0}, {"k": -1}, {"k": nan}, {"k": inf}, {"k": True}, {"k": "2"},
        {"min_sessions": 3}, {"min_sessions": 6.0}, {"min_sessions": True},
    ],
    ids=repr,
)  # fmt: skip
def test_parameters_out_of_range(given_: Any) -> None:
    with pytest.raises(ta.AllianceError, match=next(iter(given_))):
        TrendResidual(**given_)


def expected(course: ta.Series, k: float) -> list[bool | None]:
    """H3 once more, by sums of products instead of deviations."""
    seen = [(p.session, p.value) for p in course if p.value is not None]
    n = len(seen)
    if n < 6:
        return [None] * len(course)
    t = [session - seen[0][0] for session, _ in seen]
    x = [score for _, score in seen]
    det = n * sum(i * i for i in t) - sum(t) ** 2
    b = (n * sum(i * y for i, y in zip(t, x, strict=True)) - sum(t) * sum(x)) / det
    a = (sum(x) - b * sum(t)) / n
    e = [y - (a + b * i) for i, y in zip(t, x, strict=True)]
    s = sqrt(sum(each * each for each in e) / (n - 2))
    s = max(s, 0.0375 * (course.spec.high - course.spec.low))
    flags: dict[int, bool | None] = {}
    for (session, _), i, off in zip(seen, t, e, strict=True):
        h = (sum(j * j for j in t) - 2 * i * sum(t) + n * i * i) / det
        possible = sqrt(max(0, (n - 2) * (1 - h))) >= k - 1e-9
        flags[session] = off / s <= -k + 1e-9 if possible else None
    flags[seen[0][0]] = None
    return [flags.get(point.session) for point in course]


MULTIPLES = st.sampled_from([0.7, 1.0, 1.5, 2.0])


@given(series(least=4), MULTIPLES)
def test_oracle(course: ta.Series, k: float) -> None:
    assert told(TrendResidual(k=k).flags(course)) == expected(course, k)


@given(series(), st.sampled_from([1, 1_000, 10**9]))
def test_only_distances_of_sessions_matter(course: ta.Series, later: int) -> None:
    moved = evolve(course, points=tuple(ta.Point(p.session + later, p.value) for p in course))
    one, two = (TrendResidual().flags(each) for each in (course, moved))
    assert [flag.statistic for flag in one] == [flag.statistic for flag in two]


@given(series(low=0, high=10, metric="mean"), st.floats(-0.2, 0.2))
def test_a_trend_added_changes_no_residual(course: ta.Series, slope: float) -> None:
    """Within a range wide enough, and above the floor: what is added, the line takes up."""
    spec = ta.ScoreSpec("total", "mean", -100, 100, 0)
    plain = evolve(course, spec=spec)
    tilted = evolve(
        plain,
        points=tuple(
            ta.Point(p.session, None if p.value is None else p.value + slope * p.session)
            for p in course
        ),
    )
    one, two = (TrendResidual().flags(each) for each in (plain, tilted))
    for before, after in zip(one, two, strict=True):
        assert (before.statistic is None) == (after.statistic is None)
        if before.statistic is not None:
            assert before.statistic == pytest.approx(after.statistic, abs=1e-6)


@given(series(), MULTIPLES)
def test_flagged_means_at_least_the_threshold(course: ta.Series, k: float) -> None:
    for flag in TrendResidual(k=k).flags(course):
        if flag.flag is not None:
            assert flag.statistic is not None
            assert flag.flag is (flag.statistic >= k - 1e-9)


@given(series(least=6), MULTIPLES, st.integers(1, 4))
def test_every_flag_has_one_onset_and_returns_are_apart(
    course: ta.Series, k: float, window: int
) -> None:
    flags = TrendResidual(k=k).flags(course)
    found = returns(flags, window=window)
    assert {each.onset for each in found} <= set(flags.sessions)
    assert [each.onset for each in found] == sorted({each.onset for each in found})
    for each in found:
        if each.session is not None:
            near = next(flag for flag in flags if flag.session == each.session)
            assert not near.flag
            assert (near.statistic or 0) <= 0.5 + 1e-9
    assert bool(found) == bool(flags.sessions)


def test_many_sessions() -> None:
    many = ta.Series.of([4.0, 4.5] * 49_999 + [4.2, 1.0], low=1, high=5)
    flags = TrendResidual().flags(many)
    assert flags.sessions == (100_000,)
    assert returns(flags) == (Return(onset=100_000, returned=None, session=None),)
