"""The worked episodes of ruptures.md: H1, H1b and H6 with section 0 (11) to (14)."""

from typing import Any

import pytest
from attrs import asdict

import therapeutic_alliance as ta
from tests.course.illustrations import A, B, C, D, S, stated
from therapeutic_alliance.course.detectors.reliable_drop import DropFromBest, RciDrop


def _facts(episode: ta.Episode) -> dict[str, Any]:
    return {**asdict(episode), "depth": round(episode.depth, 9)}


def _is(episode: ta.Episode, **worked: Any) -> bool:
    facts = _facts(episode)
    wrong = {n: facts[n] for n, value in worked.items() if facts[n] != pytest.approx(value)}
    assert not wrong, wrong
    return True


def test_h1b_on_a() -> None:
    """H1b, "Episodes of A (tol .15)"."""
    first, second = ta.episodes(A, DropFromBest().flags(A))
    assert _is(
        first, onset=6, nadir=6, end=7, pre_score=4.3, nadir_score=3.4, depth=0.9, depth_std=None,
        length=2, repaired=True, repair_session=8, latency=2, shape="u",
    )  # fmt: skip
    assert _is(
        second, onset=13, nadir=14, end=15, pre_score=4.4, nadir_score=3.5, depth=0.9,
        length=3, repaired=True, repair_session=16, latency=3, shape="u",
    )  # fmt: skip


def test_h6_previous_on_a() -> None:
    """H6, "Episode of A, previous, RC .60 (tol .15)": needs 4.05, recovered at 7 (4.1)."""
    [episode] = ta.episodes(A, RciDrop().flags(A))
    assert _is(
        episode, onset=6, nadir=6, end=6, pre_score=4.2, nadir_score=3.4, depth=0.8, length=1,
        repaired=True, repair_session=7, latency=1, shape="v",
    )  # fmt: skip


def test_h6_running_max_is_h1b() -> None:
    """Section 0 (12): "H1b and H6 with running max"."""
    same = RciDrop(reference="running-max")
    for series in (A, B, C, D, S):
        assert ta.episodes(series, same.flags(series)) == ta.episodes(
            series, DropFromBest().flags(series)
        )


def test_h6_session_3_on_a() -> None:
    """Section 0 (12): only a running maximum stands in for the last observed score.

    Flags [6, 13, 14]; before 6 stands 4.2 (session 5), before 13 stands 3.9 (session 12).
    """
    first, second = ta.episodes(A, RciDrop(reference="session-3").flags(A))
    assert _is(first, onset=6, pre_score=4.2, repair_session=7, shape="v")
    assert _is(second, onset=13, pre_score=3.9, nadir=14, repair_session=15, shape="slide_sudden")


def test_h6_with_stated_reliability_has_its_own_tolerance() -> None:
    """Section 0 (12): tol = .25 * thr, and thr = RC: needs 4.2 - .1534 = 4.0466."""
    flags = RciDrop(**stated()).flags(A)
    assert flags[5].tolerance == pytest.approx(0.1534, abs=5e-5)
    [episode] = ta.episodes(A, flags)
    assert _is(episode, repair_session=7)


def test_h1b_on_b_and_d() -> None:
    """H1b: B [7], from 4.6 (session 2), needs 4.45; D [3], from 4.2 (session 1), needs 4.05."""
    [episode] = ta.episodes(B, DropFromBest().flags(B))
    assert _is(
        episode, onset=7, end=8, pre_score=4.6, nadir_score=3.7, depth=0.9, length=2,
        repair_session=9, latency=2, shape="u",
    )  # fmt: skip
    [episode] = ta.episodes(D, DropFromBest().flags(D))
    assert _is(
        episode, onset=3, end=3, pre_score=4.2, depth=1.2, length=1, repair_session=4,
        shape="slide_sudden",
    )  # fmt: skip


@pytest.mark.parametrize("series", [C, S], ids=["C", "S"])
def test_no_flag_no_episode(series: ta.Series) -> None:
    assert ta.episodes(series, DropFromBest().flags(series)) == ()


def _h1(series: ta.Series, *sessions: int) -> tuple[ta.Episode, ...]:
    """Episodes of given flags as H1 would make them: SD_ref .30, tol .075."""
    flags = tuple(
        ta.Flag(
            session=point.session, flag=point.session in sessions, why="", sd=0.3, tolerance=0.075
        )
        for point in series
    )
    return ta.episodes(series, ta.Flags(detector="drop-sd", mode="online", flags=flags))


def test_h1_on_a() -> None:
    """H1, "Episodes, complete": flags [6, 12, 13]."""
    first, second = _h1(A, 6, 12, 13)
    assert _is(
        first, onset=6, nadir=6, end=7, pre_score=4.2, nadir_score=3.4, depth=0.8, length=2,
        depth_std=8 / 3, repaired=True, repair_session=8, latency=2, shape="fall_gradual",
    )  # fmt: skip
    assert _is(
        second, onset=12, nadir=14, end=15, pre_score=4.4, nadir_score=3.5, depth=0.9,
        depth_std=3.0, length=4, repaired=True, repair_session=16, latency=4, shape="u",
    )  # fmt: skip


def test_h1_with_a_shorter_window() -> None:
    """H1: session 16 is the third observed after the latest flag, "so also with window 3"."""
    flags = [
        ta.Flag(session=p.session, flag=p.session in (12, 13), why="", tolerance=0.075) for p in A
    ]
    told = ta.Flags(detector="drop-sd", mode="online", flags=tuple(flags))
    assert [e.repaired for e in ta.episodes(A, told, window=3)] == [True]
    assert [e.repaired for e in ta.episodes(A, told, window=2)] == [False]


@pytest.mark.parametrize(
    ("series", "session", "worked"),
    [
        (B, 7, {"pre_score": 4.5, "end": 8, "repair_session": 9, "shape": "fall_gradual"}),
        (C, 6, {"pre_score": 5.0, "repair_session": 7, "shape": "v"}),
        (D, 3, {"pre_score": 4.1, "repair_session": 4, "shape": "v"}),
    ],
    ids=["B", "C", "D"],
)
def test_h1_on_the_others(series: ta.Series, session: int, worked: dict[str, Any]) -> None:
    """H1: "B: onset 7, pre 4.5, needs 4.425, end 8, recovered at 9"; C 6 to 7, D 3 to 4."""
    [episode] = _h1(series, session)
    assert _is(episode, onset=session, **worked)
