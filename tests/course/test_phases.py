"""The two-phase convention: the first five sessions, and those after (ruptures, section 2)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta

MODEL = ta.Registry().phase_model("two-phase")


def _spans(values: list[float | None], sessions: list[int] | None = None, **parameters: int) -> Any:
    model = ta.Registry().phase_model("two-phase", **parameters)
    series = ta.Series.of(values, low=1, high=5, sessions=sessions)
    return [(phase.name, phase.first, phase.last) for phase in model.phases(series)]


def test_formation_up_to_session_5_then_challenge() -> None:
    assert _spans([4.0] * 16) == [("formation", 1, 5), ("challenge", 6, 16)]


def test_a_phase_without_a_session_is_left_out() -> None:
    assert _spans([]) == []
    assert _spans([4.0, None]) == [("formation", 1, 2)]
    assert _spans([4.0, 4.0], [7, 9]) == [("challenge", 7, 9)]


def test_session_numbers_count_and_not_how_many_were_observed() -> None:
    assert _spans([4.0, None, 4.0], [1, 5, 12]) == [("formation", 1, 5), ("challenge", 12, 12)]


def test_the_boundary_is_a_parameter() -> None:
    assert _spans([4.0] * 4, boundary=3) == [("formation", 1, 3), ("challenge", 4, 4)]


@pytest.mark.parametrize("boundary", [0, -1, 2.0, True, "5", None])
def test_a_boundary_is_a_session_number(boundary: Any) -> None:
    with pytest.raises(ta.AllianceError, match="boundary is a whole number"):
        ta.Registry().phase_model("two-phase", boundary=boundary)


@given(st.sets(st.integers(1, 30), max_size=12))
def test_each_session_lies_in_the_phase_of_its_number(numbers: set[int]) -> None:
    sessions = sorted(numbers)
    series = ta.Series.of([3.0] * len(sessions), low=1, high=5, sessions=sessions)
    phases = MODEL.phases(series)
    for session in sessions:
        phase = phases.of(session)
        assert phase is not None
        assert phase.name == ("formation" if session <= 5 else "challenge")
    assert phases.of(31) is None
