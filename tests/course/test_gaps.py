"""What may lie between two sessions that are compared: ruptures.md section 0 (3)."""

import pytest

import therapeutic_alliance as ta
from therapeutic_alliance.course.detectors.reliable_drop import DropFromBest, RciDrop


def _after_gap(missing: int, *, as_none: bool) -> ta.Series:
    """4.5, then so many sessions missing, then 3.0."""
    sessions = [1, *range(2, 2 + missing), 2 + missing]
    values = [4.5, *[None] * missing, 3.0]
    if as_none:
        return ta.Series.of(values, low=1, high=5)
    return ta.Series.of([4.5, 3.0], low=1, high=5, sessions=[sessions[0], sessions[-1]])


SPELLED = pytest.mark.parametrize("as_none", [True, False], ids=["None", "number left out"])


@SPELLED
@pytest.mark.parametrize(("missing", "flag"), [(0, True), (1, True), (2, True), (3, None)])
def test_previous_is_too_far_after_more_than_max_gap(
    missing: int, flag: bool | None, as_none: bool
) -> None:
    last = RciDrop().flags(_after_gap(missing, as_none=as_none))[-1]
    assert last.flag is flag
    if flag is None:
        assert "3 sessions were not observed" in last.why


@SPELLED
@pytest.mark.parametrize(("missing", "flag"), [(0, True), (1, None)])
def test_strict_needs_adjacent_sessions(missing: int, flag: bool | None, as_none: bool) -> None:
    assert RciDrop(max_gap=0).flags(_after_gap(missing, as_none=as_none))[-1].flag is flag


@SPELLED
def test_the_gap_does_not_matter_to_a_running_maximum(as_none: bool) -> None:
    series = _after_gap(9, as_none=as_none)
    assert DropFromBest().flags(series)[-1].flag is True
    assert RciDrop(reference="running-max").flags(series)[-1].flag is True


def test_after_a_gap_the_next_session_is_compared_with_the_one_after_the_gap() -> None:
    series = ta.Series.of([4.5, 4.4, 3.0], low=1, high=5, sessions=[1, 9, 10])
    assert [flag.flag for flag in RciDrop().flags(series)] == [None, None, True]


def test_nothing_is_interpolated() -> None:
    series = ta.Series.of([4.5, None, 3.0], low=1, high=5)
    flags = RciDrop().flags(series)
    assert flags[1].flag is None
    assert flags[1].statistic is None
    assert flags[2].reference == (1, 4.5)
