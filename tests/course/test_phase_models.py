"""Peak, thirds and the early alliance (ruptures, section 2), and the models made of them."""

from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.course.illustrations import A, B, C, D, on_mean
from therapeutic_alliance.testing import PhaseModelContract, WorkedPhases
from therapeutic_alliance.testing.rules.odd import ODD
from therapeutic_alliance.testing.silence import unwarned

peak, thirds, early_alliance = ta.shapes.peak, ta.shapes.thirds, ta.shapes.early_alliance
REGISTRY = ta.Registry()

COURSES = st.lists(
    st.one_of(st.none(), st.integers(10, 50).map(lambda each: each / 10)), max_size=20
)


def test_the_peaks_of_the_series() -> None:
    """Section 2, two phases: A's formation peaks at 4, the course at 9, 11 and 16 (ties)."""
    assert (peak(A, last=5).session, peak(A, last=5).highest) == (4, (4,))
    assert (peak(A).session, peak(A).highest) == (9, (9, 11, 16))
    assert str(peak(A)) == "peak 4.4 at session 9, tied: sessions 9, 11, 16"
    assert (peak(B).session, peak(B).highest) == (2, (2, 4, 9, 10))


@pytest.mark.parametrize(
    ("scores", "why"),
    [
        ([], "no peak: 0 observed, 3 needed"),
        ([4.0, 3.0], "no peak: 2 observed, 3 needed"),
        ([4.0, None, None, 3.0], "no peak: 2 observed, 3 needed"),
        ([0.1 + 0.2 + 1, 1.3, None, 1.3], "no peak: all 3 observed scores are equal"),
        ([3.0, 3.5, 4.0], "no peak: no lower score follows the highest, at session 3"),
        (
            [3.0, 4.0, None, 4.0, None],
            "no peak: no lower score follows the highest, at sessions 2, 4",
        ),
    ],
)
def test_no_peak_is_a_finding(scores: list[float | None], why: str) -> None:
    """Section 2, peak session with ties and no peak: not yet passed is not yet a peak."""
    found = peak(on_mean(scores))
    assert (found.session, str(found)) == (None, why)


def test_a_tie_at_the_last_session_keeps_the_first_peak() -> None:
    found = peak(on_mean([3.0, 4.0, 3.5, 4.0 + 1e-12]))
    assert (found.session, found.highest) == (2, (2, 4))


def test_words_name_ten_of_many_ties() -> None:
    found = peak(on_mean([3.0] + [4.0] * 12 + [3.0]))
    assert found.highest == tuple(range(2, 14))
    assert found.why == (
        "peak 4 at session 2, tied: sessions 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 2 more"
    )


def test_the_indicator_is_the_peak_of_the_formation() -> None:
    [early] = [each for each in ta.indicators(A) if each.id == "early-peak"]
    assert early.value == peak(A, last=5).session == 4


@pytest.mark.parametrize("last", [0, -1, 2.0, True, "5"])
def test_the_last_session_of_a_peak_is_a_session_number(last: Any) -> None:
    for refused in (lambda: peak(A, last=last), lambda: REGISTRY.phase_model("peak", last=last)):
        with pytest.raises(ta.AllianceError, match="peak: last is a whole number, 1 or more"):
            refused()


@given(COURSES, st.integers(0, 50))
def test_a_peak_is_a_highest_score_that_a_lower_one_follows(
    scores: list[float | None], by: int
) -> None:
    found = peak(on_mean(scores))
    seen = [(n, score) for n, score in enumerate(scores, 1) if score is not None]
    top = max((score for _, score in seen), default=None)
    highest = [n for n, score in seen if score == top]
    assert list(found.highest) == highest
    passed = bool(highest) and any(n > highest[0] and score != top for n, score in seen)
    assert found.session == (highest[0] if passed and len(seen) >= 3 else None)
    numbers = [n + by for n in range(1, len(scores) + 1)]
    moved = peak(ta.Series.of(scores, low=1, high=5, sessions=numbers))
    assert moved.highest == tuple(session + by for session in highest)


def test_the_thirds_of_the_series() -> None:
    """Section 2, high-low-high: means by hand."""
    found = thirds(A)
    assert found.sizes == (5, 6, 5)
    assert found.means == pytest.approx((20.5 / 5, 24.9 / 6, 19.6 / 5))
    assert found.high_low_high is False
    assert thirds(on_mean([4.0, 3.0, 4.0])).high_low_high is True
    assert thirds(D).means == pytest.approx((4.2, 7.1 / 2, 4.2))
    assert thirds(D).high_low_high is True


@pytest.mark.parametrize("scores", [[4.0, 4.0, 4.0], [4.0, 3.0, 3.0], [4.0, 4.0 - 1e-12, 4.0]])
def test_the_middle_has_to_be_lower_than_both(scores: list[float | None]) -> None:
    """Section 2, high-low-high: first > middle < last, by more than rounding (section 0, 5)."""
    assert thirds(on_mean(scores)).high_low_high is False


def test_too_few_sessions_have_no_thirds() -> None:
    found = thirds(on_mean([4.0, None, 3.0]))
    assert (found.high_low_high, found.means) == (None, ())
    assert str(found) == "not enough data: 2 observed, 3 needed"


@given(COURSES)
def test_thirds_are_nearly_equal_and_mirror(scores: list[float | None]) -> None:
    """Outer thirds are equally long, the middle one by one session at most longer or shorter."""
    found, mirrored = thirds(on_mean(scores)), thirds(on_mean(scores[::-1]))
    assert mirrored.sizes == found.sizes
    assert mirrored.means == pytest.approx(found.means[::-1])
    assert mirrored.high_low_high == found.high_low_high
    if found.sizes:
        first, middle, last = found.sizes
        assert first + middle + last == sum(score is not None for score in scores)
        assert first == last
        assert abs(first - middle) <= 1


@pytest.mark.parametrize(
    ("scores", "value", "rule", "sessions"),
    [
        ([3.0, 3.2, 3.5, 4.0, 4.2], 3.5, "session-3", (3,)),
        ([3.0, 3.2, None, 4.0, 4.2], 4.1, "mean-3-5", (4, 5)),
        ([3.0, 3.2, None, None, 4.2], 4.2, "mean-3-5", (5,)),
        ([3.0, 3.2, None, None, None, 4.2], 3.2, "mean-2-5", (2,)),
        ([3.0, None, None, None, None, 4.2], None, None, ()),
        ([], None, None, ()),
    ],
)
def test_the_early_alliance_and_its_fallbacks(
    scores: list[float | None], value: float | None, rule: str | None, sessions: tuple[int, ...]
) -> None:
    """Section 2, two phases: session 3; else the mean of observed 3-5, then 2-5."""
    found = early_alliance(on_mean(scores))
    assert (found.rule, found.sessions) == (rule, sessions)
    assert found.value == (None if value is None else pytest.approx(value))


def test_the_early_alliance_of_the_series() -> None:
    """Section 2, two phases: session 3 of B is not observed, so that 4 and 5 count."""
    assert early_alliance(A).value == 4.2
    assert early_alliance(B).value == pytest.approx(4.55)
    assert str(early_alliance(A)) == "early alliance 4.2: the score of session 3"
    absent = early_alliance(on_mean([4.0]))
    assert str(absent) == "no early alliance: no session from 2 to 5 was observed"


@pytest.mark.parametrize("name", ODD)
def test_odd_courses_are_answered(name: str) -> None:
    """Bad input: one printable line each."""
    for ask in (peak, thirds, early_alliance):
        found: Any = unwarned(partial(ask, ODD[name]))
        assert str(found).isprintable()


def test_the_ceiling_is_told() -> None:
    """Section 0 (10)."""
    assert (peak(C).low_information, thirds(C).low_information) == (True, True)
    assert (peak(A).low_information, thirds(A).low_information) == (False, False)


def test_a_hundred_thousand_sessions() -> None:
    """Bad input: 10**5 sessions."""
    n = 10**5
    long = on_mean([4.0] + [3.0] * (n - 1))
    assert peak(long).session == 1
    assert thirds(long).sizes == (33_333, 33_334, 33_333)
    assert len(REGISTRY.phase_model("thirds").phases(long)) == 3


def test_sources_come_with_their_marks() -> None:
    """Section 2: what is verified, general knowledge, or this library's own."""
    assert "Stevens et al. 2007" in REGISTRY.phase_model("thirds").citation
    assert "did not find it (verified)" in REGISTRY.phase_model("thirds").citation
    assert "design choice" in REGISTRY.phase_model("peak").citation
    assert "general knowledge" in REGISTRY.phase_model("two-phase").citation


class TestByPeak(PhaseModelContract):
    phase_model = REGISTRY.phase_model("peak")
    worked = (
        WorkedPhases(
            values=[3.2, 4.1, 3.8, 4.0],
            low=1,
            high=5,
            phases=[("up-to-peak", 1, 2), ("after-peak", 3, 4)],
        ),
        WorkedPhases(
            values=[None, 4.1, 3.8, 4.1, None],
            sessions=[2, 4, 7, 8, 9],
            low=1,
            high=5,
            phases=[("up-to-peak", 2, 4), ("after-peak", 7, 9)],
            note="a tie: the first counts; unobserved sessions lie in a phase",
        ),
        WorkedPhases(values=[3.0, 3.5, 4.0], low=1, high=5, phases=[], note="not yet a peak"),
        WorkedPhases(values=[4.0, 4.0, 4.0], low=1, high=5, phases=[], note="all equal"),
    )


class TestByPeakOfTheFormation(PhaseModelContract):
    phase_model = REGISTRY.phase_model("peak", last=5)
    worked = (
        WorkedPhases(
            values=[3.8, 4.0, 4.2, 4.3, 4.2, 4.9],
            low=1,
            high=5,
            phases=[("up-to-peak", 1, 4), ("after-peak", 5, 6)],
        ),
    )


class TestByThirds(PhaseModelContract):
    phase_model = REGISTRY.phase_model("thirds")
    worked = (
        WorkedPhases(
            values=[4.0, 3.0, 4.0],
            low=1,
            high=5,
            phases=[("first-third", 1, 1), ("middle-third", 2, 2), ("last-third", 3, 3)],
        ),
        WorkedPhases(
            values=[4.0, 4.0, None, 3.0, None, 4.0, 4.0],
            low=1,
            high=5,
            phases=[("first-third", 1, 2), ("middle-third", 4, 4), ("last-third", 6, 7)],
            note="unobserved sessions between two thirds lie in neither",
        ),
        WorkedPhases(values=[4.0, None, 3.0], low=1, high=5, phases=[]),
    )
