"""The disclosure trend against every pair, and some worked by hand."""

from itertools import combinations
from math import isclose, sqrt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.course.dossier import a, course, new, on, only, session, values
from therapeutic_alliance.course.indicators.disclosure import tau_b

DEPTHS = {"f": "factual", "p": "personal", "v": "vulnerable", "t": "threatening"}


def disclosures(depths: str, by: tuple[str, ...] = ("c",)) -> list[Any]:
    """One disclosure for each session, a ``-`` for none."""
    return [
        new(a.Event, kind="disclosure", session=number, by=by, depth=DEPTHS[depth])
        for number, depth in enumerate(depths, 1)
        if depth != "-"
    ]


def _of_all_pairs(levels: list[int]) -> float | None:
    """Kendall's definition, pair by pair."""
    signs = [(after > before) - (after < before) for before, after in combinations(levels, 2)]
    untied = sum(map(abs, signs))
    return sum(signs) / sqrt(len(signs) * untied) if untied else None


@given(st.lists(st.integers(0, 3), max_size=30))
def test_tau_b_is_that_of_all_pairs(levels: list[int]) -> None:
    expected, got = _of_all_pairs(levels), tau_b(levels)
    assert (got is None) == (expected is None)
    assert got is None or expected is None or isclose(got, expected, abs_tol=1e-12)


def test_a_trend_worked_by_hand() -> None:
    """f p p v f: ten pairs, two tied; five rise and three fall; 2 / sqrt(10 * 8)."""
    indicator = only(course(events=disclosures("fp-pv-f")), "disclosure-trend")
    assert indicator.value is not None
    assert isclose(indicator.value, 2 / sqrt(80))
    assert indicator.n == 5


def test_the_deepest_of_a_session_counts() -> None:
    rising = disclosures("fpvt")
    shallow = disclosures("ffff")
    assert only(course(events=[*shallow, *rising]), "disclosure-trend").value == 1


def test_three_sessions_or_equal_depths_are_not_enough() -> None:
    assert only(course(events=disclosures("fpv")), "disclosure-trend").value is None
    flat = only(course(events=disclosures("pppp")), "disclosure-trend")
    assert flat.why == "not enough data: all 4 sessions are equally deep: personal"


def test_each_who_discloses_has_a_trend_of_their_own() -> None:
    """Pooled, client and therapist would make one deep course of both."""
    together = [
        *disclosures("fpvt"),
        *disclosures("tvpf", ("t",)),
        *disclosures("ttt", ("m",)),
        *disclosures("ffpp", ()),
    ]
    assert values(course(events=together), "disclosure-trend") == {
        (): 4 / sqrt(6 * 4),
        ("c",): 1,
        ("m",): None,
        ("t",): -1,
    }


def test_a_disclosure_between_sessions_belongs_to_the_one_before() -> None:
    """It makes session 1 as deep as any, so that nothing rises."""
    letter = new(a.Event, kind="disclosure", by=("c",), depth="threatening", date=on(3))
    of = course(sessions=[session(1, 0), session(2, 7)], events=[*disclosures("fptt"), letter])
    assert only(of, "disclosure-trend").value == pytest.approx(1 / sqrt(6 * 3))
