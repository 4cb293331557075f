"""What can be a series of the alliance, and what cannot."""

from math import inf, nan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.course import every
from therapeutic_alliance.course.observes import observes
from therapeutic_alliance.course.vet import vet

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


@pytest.mark.parametrize(
    ("low", "high"),
    [
        (-inf, 5), (1, inf), (nan, 5), (1, nan), (0, 1e308), (-1e101, 0), (0, 10**400),
        ("1", 5), (1, "5"), (True, 5), ([1], 5), (1j, 5),
    ],
)  # fmt: skip
def test_ends_of_the_range(low: Any, high: Any) -> None:
    """None of arithmetic on scores may overflow."""
    with pytest.raises(ta.SeriesError, match=r"low and high are numbers up to 1e\+100 in size"):
        ta.Series.of([], low=low, high=high)
    spec = ta.ScoreSpec("total", "mean", low, high, 0)
    with pytest.raises(ta.SeriesError, match="low and high are numbers"):
        ta.evidence.Observations(kind="pre-post", points=(), spec=spec)


def test_the_widest_range_that_there_is() -> None:
    """Every detector does its arithmetic on it."""
    course = [9e99, 8.8e99, 9.1e99, 1e99, 9e99, 8e99, 7e99, 7e99, 2e99, 9e99] * 2
    series = ta.Series.of(course, low=-1e100, high=1e100)
    for name in every.IN_ANY_METRIC:
        rule = every.RULES[name]
        if observes(rule) == "scores":
            vet(rule, series, rule.flags(series))


def test_a_series_has_a_score_with_a_range() -> None:
    with pytest.raises(ta.SeriesError, match="are a ScoreSpec"):
        ta.Series(points=(), spec="mean")  # type: ignore[arg-type]


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(ta.SeriesError) as caught:
        _of(9, nan, 4, sessions=[1, 2, 2])
    paths = [problem.path for problem in caught.value.problems]
    assert paths == ["session 2", "session 1", "session 2"]


def test_a_range_is_needed() -> None:
    with pytest.raises(ta.SeriesError, match="possible range"):
        ta.Series.of([4, 4])


@pytest.mark.parametrize("ends", [{"low": 0}, {"high": 5.0}, {"low": 12, "high": 60}])
def test_the_range_of_a_measure_is_not_given_again(ends: Any) -> None:
    with pytest.raises(ta.SeriesError, match="give measure, or low and high, not both"):
        ta.Series.of([], measure=ARM, **ends)


@pytest.mark.parametrize("measure", ["wai-sr", 3, object(), {"id": "wai-sr"}])
def test_what_is_no_measure(measure: Any) -> None:
    with pytest.raises(ta.DefinitionError, match="a Measure is needed"):
        ta.Series.of([], measure=measure)


@pytest.mark.parametrize("metric", ["z", "sums", 3])
def test_metrics_that_there_are_not(metric: Any) -> None:
    for of in ({"measure": ARM}, {"low": 1, "high": 5}):
        with pytest.raises(ta.SeriesError, match=r"^metric: one of sum, mean, percent, rating$"):
            ta.Series.of([], metric=metric, **of)


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


def test_numbers_of_numpy_are_kept_as_plain_ones() -> None:
    """As :func:`ta.score` takes them; what is written and hashed is the same."""
    np = pytest.importorskip("numpy")
    plain = _of(4.25, 4.0, None, 3.0, sessions=[1, 2, 3, 5])
    values = [np.float32(4.25), np.int64(4), None, np.float64(3)]
    for sessions in ([np.int64(1), np.uint8(2), 3, 5], np.array([1, 2, 3, 5])):
        found = _of(*values, sessions=sessions)
        assert found == plain
        assert {type(point.session) for point in found} == {int}
        assert {type(point.value) for point in found} == {int, float, type(None)}
    assert [type(point.value) for point in ta.Series.of(np.array([4.0, 3.0]), low=1, high=5)] == [
        float,
        float,
    ]


def test_what_numpy_has_besides_numbers_is_refused() -> None:
    np = pytest.importorskip("numpy")
    for value in (np.True_, np.str_("4"), np.array([4, 4]), np.float32("nan"), np.complex64(4)):
        with pytest.raises(ta.SeriesError, match="number"):
            _of(4, value)
    for session in (np.float64(2), np.True_, np.int64(0)):
        with pytest.raises(ta.SeriesError, match="whole number from 1"):
            _of(4, 4, sessions=[1, session])


@pytest.mark.parametrize("named", [{}, {"low": 1, "high": 5}])
def test_scores_by_session_number_are_refused(named: Any) -> None:
    """Its keys would be taken for the scores."""
    by_session: Any = {1: 4, 3: 5}
    with pytest.raises(ta.SeriesError, match="not a mapping: give its values, and sessions="):
        ta.Series.of(by_session, **named)
