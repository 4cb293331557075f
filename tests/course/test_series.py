"""What can be a series of the alliance, and what cannot."""

from math import inf, nan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta

REGISTRY = ta.Registry()
ARM = REGISTRY.measure("arm-5")


def _of(*values: Any, **given: Any) -> ta.Series:
    return ta.Series.of(values, **{"low": 1, "high": 5, **given})


@pytest.mark.parametrize(
    ("sessions", "rule"),
    [
        ([1, 1, 2], "twice"),
        ([1, 3, 2], "stands after session 3"),
        ([0, 1, 2], "whole number from 1"),
        ([-1, 1, 2], "whole number from 1"),
        ([1, 2.0, 3], "whole number from 1"),
        ([True, 2, 3], "whole number from 1"),
        (["1", 2, 3], "whole number from 1"),
        ([1, 2], "as many sessions as values"),
    ],
)
def test_session_numbers(sessions: Any, rule: str) -> None:
    with pytest.raises(ta.SeriesError, match=rule):
        _of(4, 4, 4, sessions=sessions)


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        (nan, "not a finite number"),
        (inf, "not a finite number"),
        (-inf, "not a finite number"),
        (0.99, "outside the possible range, 1 to 5"),
        (5.01, "outside the possible range"),
        (10**400, "outside the possible range"),
        (-(10**400), "outside the possible range"),
        ("4", "not a number"),
        (True, "not a number"),
        ([4], "not a number"),
    ],
)
def test_scores(value: Any, rule: str) -> None:
    with pytest.raises(ta.SeriesError, match=rule) as caught:
        _of(4, value, 4)
    assert [problem.path for problem in caught.value.problems] == ["session 2"]


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(ta.SeriesError) as caught:
        _of(9, nan, 4, sessions=[1, 2, 2])
    paths = [problem.path for problem in caught.value.problems]
    assert paths == ["session 2", "session 1", "session 2"]


def test_a_range_is_needed() -> None:
    with pytest.raises(ta.SeriesError, match="possible range"):
        ta.Series.of([4, 4])


def test_an_outcome_measure_is_refused() -> None:
    with pytest.raises(ta.SeriesError, match="ors measures outcome"):
        ta.Series.of([30, 31], measure=REGISTRY.measure("ors"))


def test_empty_and_unobserved_series() -> None:
    rule = REGISTRY.detector("drop-from-best")
    for values in ([], [None], [None, None]):
        series = ta.Series.of(values, low=1, high=5)
        assert series.proportion_at_maximum == 0
        flags = rule.flags(series)
        assert [flag.flag for flag in flags] == [None] * len(values)
        assert ta.episodes(series, flags) == ()


@given(st.lists(st.one_of(st.none(), st.floats(1, 5)), max_size=20))
def test_points_are_what_was_given(values: list[float | None]) -> None:
    series = ta.Series.of(values, low=1, high=5)
    assert [point.value for point in series] == values
    assert [point.session for point in series] == list(range(1, len(values) + 1))
    assert [point.value for point in series.observed] == [v for v in values if v is not None]
    top = [value for value in values if value == 5]
    observed = [(n, value) for n, value in enumerate(values, 1) if value is not None]
    assert list(series.session_scores) == observed
    assert series.at_ceiling == (bool(observed) and 2 * len(top) >= len(observed))
    if series.observed:
        assert series.proportion_at_maximum == pytest.approx(len(top) / len(series.observed))


def test_range_of_a_measure_in_every_metric() -> None:
    """ARM-5: five items from 1 to 7, reported as a mean."""
    ends = {}
    for metric in ("sum", "mean", "percent"):
        spec = ta.Series.of([], measure=ARM, metric=metric).spec
        ends[metric] = (spec.low, spec.high)
    assert ends == {"sum": (5, 35), "mean": (1, 7), "percent": (0, 100)}


def test_a_rating_has_no_sum() -> None:
    softa = REGISTRY.measure("softa-o")
    assert ta.Series.of([0, 100], measure=softa, score="safety", metric="percent").spec.low == 0
    with pytest.raises(ta.AllianceError, match="no sum of a score in rating"):
        ta.Series.of([1], measure=softa, score="safety", metric="sum")


def test_unknown_score() -> None:
    with pytest.raises(ta.UnknownIdError, match="it has: total"):
        ta.Series.of([4], measure=ARM, score="bond")
