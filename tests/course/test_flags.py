"""H1b and H6 give the flags of ruptures.md on its series A, B, C, C2, D and S."""

from typing import Any

import pytest

import therapeutic_alliance as ta
from tests.course.illustrations import ALL, C2, RULES, A, B, C, D, S, stated, told
from therapeutic_alliance.course.detectors.reliable_drop import DropFromBest, RciDrop

BOTH = pytest.mark.parametrize("z", [1.96, 1.645])


@pytest.mark.parametrize(
    ("name", "sessions"),
    [("A", (6, 13, 14)), ("B", (7,)), ("C", ()), ("C2", ()), ("D", (3,)), ("S", ())],
)
def test_h1b_with_the_library_convention(name: str, sessions: tuple[int, ...]) -> None:
    """H1b, example."""
    assert DropFromBest().flags(ALL[name]).sessions == sessions


def test_h1b_drops_of_a() -> None:
    """H1b, example: 6 .9; 7 .2; 12 .5; 13 .8; 14 .9, from 4.3 (session 4), then 4.4 (session 9)."""
    flags = DropFromBest().flags(A)
    drops = {6: 0.9, 7: 0.2, 12: 0.5, 13: 0.8, 14: 0.9}
    assert {n: flags[n - 1].statistic for n in drops} == pytest.approx(drops)
    assert flags[5].reference == (4, 4.3)
    assert flags[12].reference == (9, 4.4), "of equal maxima the first"
    assert flags[5].threshold == pytest.approx(0.6)
    assert flags[5].tolerance == pytest.approx(0.15)


@pytest.mark.parametrize(
    ("series", "session", "drop"), [(B, 7, 0.9), (C, 6, 0.5), (C2, 6, 1 / 12), (D, 3, 1.2)]
)
def test_h1b_drops_of_the_others(series: ta.Series, session: int, drop: float) -> None:
    """H1b, example; C2 also section 0, "C2 online"."""
    assert DropFromBest().flags(series)[session - 1].statistic == pytest.approx(drop)


def test_h1b_on_srs_totals() -> None:
    """H1b, example: threshold 6.0, largest drop 4.0."""
    flags = DropFromBest().flags(S)
    assert {flag.threshold for flag in flags if flag.flag is not None} == {6.0}
    assert max(flag.statistic for flag in flags if flag.statistic is not None) == pytest.approx(4.0)


@pytest.mark.parametrize(
    ("reference", "sessions"),
    [("previous", (6,)), ("running-max", (6, 13, 14)), ("session-3", (6, 13, 14))],
)
def test_h6_on_a_with_the_library_convention(reference: Any, sessions: tuple[int, ...]) -> None:
    """Section 0, "A with the library conventions": at session 13 session 3 ties, 4.2 - 3.6."""
    assert RciDrop(reference=reference).flags(A).sessions == sessions


H6_PREVIOUS = {"A": (6,), "B": (7,), "C": (), "C2": (), "D": (3,)}


@pytest.mark.parametrize("name", H6_PREVIOUS)
def test_h6_previous(name: str) -> None:
    """H6, example: with SD .70 and r .90, and "RC .60: the same"."""
    assert RciDrop(**stated()).flags(ALL[name]).sessions == H6_PREVIOUS[name]
    assert RciDrop().flags(ALL[name]).sessions == H6_PREVIOUS[name]


def test_h6_previous_on_srs_totals() -> None:
    """H6, example: "S, RC 6.0: []"."""
    assert RciDrop().flags(S).sessions == ()


@BOTH
def test_h6_running_max_on_a(z: Any) -> None:
    """H6, example: "ref = running max, both RC"."""
    assert RciDrop(reference="running-max", **stated(z)).flags(A).sessions == (6, 13, 14)


def test_h6_session_3_on_a() -> None:
    """H6, example: "ref = session 3: A [6, 14]" with RC .6136."""
    assert RciDrop(reference="session-3", **stated()).flags(A).sessions == (6, 14)


def test_h6_session_3_is_none_up_to_session_3() -> None:
    """H6: "None up to session 3"; from session 4 on it is evaluable."""
    flags = told(RciDrop(reference="session-3").flags(A))
    assert flags[:3] == [None, None, None]
    assert None not in flags[3:]


def test_h6_session_3_not_observed() -> None:
    """H6: "None ... everywhere when session 3 is not observed": B."""
    flags = RciDrop(reference="session-3").flags(B)
    assert told(flags) == [None] * 10
    assert flags.evaluable == 0


def test_h6_drop_of_d() -> None:
    """H6, example: D -> [3] (1.1)."""
    assert RciDrop().flags(D)[2].statistic == pytest.approx(1.1)


def test_h6_on_c() -> None:
    """H6, example: C -> [] (.5 < .6136)."""
    flag = RciDrop(**stated()).flags(C)[5]
    assert flag.flag is False
    assert flag.statistic == pytest.approx(0.5)
    assert flag.threshold == pytest.approx(0.6136, abs=5e-5)


def test_no_rule_flags_c2() -> None:
    """Section 0: "With this floor no rule flags C2"."""
    assert [rule.flags(C2).sessions for rule in RULES] == [()] * len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=repr)
@pytest.mark.parametrize("name", ALL)
def test_session_1_is_never_flagged(rule: DropFromBest | RciDrop, name: str) -> None:
    """Section 0 (8)."""
    assert rule.flags(ALL[name])[0].flag is None


def test_unobserved_sessions_are_not_evaluable() -> None:
    """Section 0 (4): three values; B misses sessions 3 and 6, and session 1 has nothing before."""
    flags = DropFromBest().flags(B)
    assert told(flags) == [None, False, None, False, False, None, True, False, False, False]
    assert flags.evaluable == 7


def test_ceiling_is_low_information() -> None:
    """Section 0 (10): half or more of the scores at the maximum."""
    low = {name: DropFromBest().flags(series).low_information for name, series in ALL.items()}
    assert low == {"A": False, "B": False, "C": True, "C2": True, "D": False, "S": False}
    half = ta.Series.of([5, 4, 5, 4], low=1, high=5)
    assert DropFromBest().flags(half).low_information is True


def test_both_are_online() -> None:
    """Section 0 (9)."""
    assert {rule.mode for rule in RULES} == {"online"}
    assert {rule.flags(A).mode for rule in RULES} == {"online"}


def test_every_explanation_names_the_convention() -> None:
    """Section 0 (7) and (15)."""
    for rule in RULES:
        flags = rule.flags(A)
        for flag in flags:
            if flag.flag is not None:
                assert "the library's convention" in flag.why
                assert "poor near a ceiling" in flag.why
            if flag.flag:
                assert "possible rupture" in flag.why
        assert "the library's convention" in flags.conventions[0]
