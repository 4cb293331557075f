"""H5, on the series A to S of ruptures.md, and on simulated ones."""

from itertools import pairwise
from math import inf, nan
from statistics import fmean, stdev
from typing import Any, ClassVar

import pytest
from hypothesis import given

import therapeutic_alliance as ta
from tests.course.illustrations import ALL, C2, A, B, C, D, S, on_mean, told
from therapeutic_alliance.course.detectors.chart_limits import RUNS
from therapeutic_alliance.course.detectors.individuals_chart import IndividualsChart
from therapeutic_alliance.course.detectors.individuals_chart_past import IndividualsChartPast
from therapeutic_alliance.course.sd_floor import sd_floor
from therapeutic_alliance.testing import DetectorContract, WorkedCourse
from therapeutic_alliance.testing.strategies import series

WHOLE, BASELINE, PAST = (
    IndividualsChart(), IndividualsChart(centre="baseline"), IndividualsChartPast(),
)  # fmt: skip
EXAMPLES: list[tuple[Any, dict[str, tuple[int, ...]]]] = [
    (WHOLE, {"A": (), "B": (7,), "C": (), "C2": (), "D": (), "S": ()}),
    (IndividualsChart(L=2), {"A": (6, 14), "B": (7,), "C": (6,), "C2": (), "D": (), "S": ()}),
    (BASELINE, {"A": (6, 13, 14), "B": (), "C": (6,), "C2": ()}),
    (PAST, {"A": (6,), "B": (7,), "C": (6,), "C2": ()}),
    (IndividualsChartPast(L=2), {"A": (6, 13, 14), "C2": ()}),
    (IndividualsChart(rules=("R2",)), {"A": (), "C2": ()}),
    (IndividualsChart(rules=("R3",)), {"A": (), "C2": ()}),
    (IndividualsChart(rules=("R4",)), {"A": (), "C2": ()}),
    (IndividualsChart(centre="baseline", L=2), {"C2": ()}),
]


def limit(flags: ta.Flags, session: int, series_: ta.Series) -> float:
    """The limit of a session, worked back from its statistic, score and centre."""
    flag = flags[session - 1]
    scores = [each.value for each in series_.observed if each.value is not None]
    assert flag.statistic is not None
    assert flag.threshold is not None
    sigma = (fmean(scores) - (series_[session - 1].value or 0)) / flag.statistic
    return fmean(scores) - flag.threshold * sigma


@pytest.mark.parametrize(("rule", "name", "sessions"), [
    (rule, name, sessions) for rule, found in EXAMPLES for name, sessions in found.items()
])  # fmt: skip
def test_h5_examples(rule: Any, name: str, sessions: tuple[int, ...]) -> None:
    """H5, example; C2 also section 0, "With this floor no rule flags C2"."""
    assert rule.flags(ALL[name]).sessions == sessions


@pytest.mark.parametrize(
    ("series_", "L", "lcl"),
    [
        (A, 3, 3.2824), (A, 2, 3.5424), (B, 3, 3.7156), (C, 3, 4.4875), (C, 2, 4.6375),
        (C2, 3, 4.5396), (S, 3, 33.69), (S, 2, 35.19),
    ],
)  # fmt: skip
def test_h5_limits_of_the_whole_series(series_: ta.Series, L: float, lcl: float) -> None:  # noqa: N803
    """H5, example: LCL of A, B, C, C2 and S."""
    flags = IndividualsChart(L=L).flags(series_)
    places = 5e-3 if series_ is S else 5e-5
    assert limit(flags, series_.observed[4].session, series_) == pytest.approx(lcl, abs=places)


@pytest.mark.parametrize(
    ("rule", "series_", "session", "said"),
    [
        (BASELINE, A, 6, "below 3.65, 3 sigma under the centre: possible rupture; centre 4.1, "),
        (PAST, A, 6, "below 3.65, 3 sigma under the centre: possible rupture; centre 4.1, "),
        (PAST, A, 13, "not below 3.359,"),
        (PAST, A, 14, "not below 3.316,"),
        (PAST, C, 6, "below 4.55,"),
        (BASELINE, C, 6, "below 4.55,"),
        (PAST, C2, 6, "not below 4.55,"),
    ],
)
def test_h5_limits_are_told(rule: Any, series_: ta.Series, session: int, said: str) -> None:
    """H5, example: baseline and past-only limits; section 0, "C2 online", L=3."""
    assert said in rule.flags(series_)[session - 1].why


@pytest.mark.parametrize(("session", "lcl"), [(13, 3.3588), (14, 3.3157)])
def test_h5_past_only_limits_of_a(session: int, lcl: float) -> None:
    """H5, example: "13 and 14 stay above 3.3588 and 3.3157"."""
    before = [each.value for each in A.observed[: session - 1] if each.value is not None]
    flag = PAST.flags(A)[session - 1]
    centre, score = fmean(before), A[session - 1].value or 0
    assert flag.statistic is not None
    assert centre - 3 * (centre - score) / flag.statistic == pytest.approx(lcl, abs=5e-5)


def test_h5_session_1_of_s_is_none() -> None:
    """H5, example: 35.0 lies below 35.19, and is the first."""
    flag = IndividualsChart(L=2).flags(S)[0]
    assert flag.flag is None
    assert flag.statistic is not None
    assert flag.statistic > 2


def test_h5_low_information() -> None:
    """H5, edge: fewer than 8 observed sessions, told in ``why``; D is one."""
    assert WHOLE.flags(D).low_information
    assert "low information: 4 observed sessions, fewer than 8" in WHOLE.flags(D)[2].why
    assert not WHOLE.flags(B).low_information, "8 are observed"
    assert not IndividualsChart(centre="baseline", baseline=2).flags(D).low_information


@pytest.mark.parametrize(("n", "reach"), [(7, 2.90), (8, 3.45)])
def test_h5_what_a_dip_can_reach(n: int, reach: float) -> None:
    """H5, edge: ``1.128 * (n-1)^2 / (2n)`` sigma on an otherwise constant series."""
    dip = [5.0] * (n - 2) + [1.0, 5.0]
    flag = WHOLE.flags(on_mean(dip))[n - 2]
    assert flag.statistic == pytest.approx(reach, abs=5e-3)
    assert flag.flag is (n == 8)


def test_h5_two_sixty_six() -> None:
    """H5: L=3 is 2.66 mean moving ranges where the floor is not active."""
    values = [4.0, 3.0, 4.0, 3.0, 4.0, 3.0, 4.0, 3.0]
    flag = WHOLE.flags(on_mean(values))[1]
    assert flag.statistic == pytest.approx(0.5 / (1 / 1.128))
    assert round(3 / 1.128, 2) == 2.66


def test_h5_baseline_sessions_are_none() -> None:
    """H5: "the b baseline sessions return None; fewer than b observed: None"."""
    assert told(BASELINE.flags(A))[:6] == [None] * 5 + [True]
    few = BASELINE.flags(D)
    assert told(few) == [None] * 4
    assert "the baseline needs 5 observed sessions" in few[2].why


def test_h5_past_only_needs_three_before() -> None:
    """Section 0 (8); of D only session 4 can be evaluated."""
    assert told(PAST.flags(D)) == [None, None, None, False]


def test_h5_moving_ranges_end_at_a_long_gap() -> None:
    """Section 0 (3): more than 2 missing sessions make no moving range."""
    values, sessions = [4.0, 4.4, 2.0, 2.4, 2.0], [1, 2, 9, 10, 11]
    near = ta.Series.of(values, sessions=sessions, low=1, high=5)
    sigma = 0.4 / 1.128
    flag = WHOLE.flags(near)[2]
    assert flag.statistic == pytest.approx((fmean(values) - 2.0) / sigma)
    apart = ta.Series.of([4.0, 4.2, 4.1, 2.0], sessions=[1, 10, 20, 30], low=1, high=5)
    for rule in (WHOLE, PAST, IndividualsChart(centre="baseline", baseline=3)):
        last = rule.flags(apart)[3]
        assert last.flag is None
        assert "no two observed sessions lie near enough for a moving range" in last.why


@pytest.mark.parametrize(
    ("rule", "values", "flagged"),
    [
        ("R2", [5, 5, 5, 4.6, 5, 4.6, 5, 4.6], (6, 8)),
        ("R3", [5, 4.8, 4.8, 4.8, 5, 4.8, 4.8, 5], (6, 7)),
        ("R3", [5, 4.8, 4.8, 5, 5, 4.8, 4.8], ()),
        ("R2", [5, 4.6, 4.6, 5, 5], (3,)),
        ("R4", [5] + [4.9] * 9, (9, 10)),
    ],
)
def test_h5_run_rules(rule: str, values: list[float], flagged: tuple[int, ...]) -> None:
    """H5: two of three beyond 2 sigma (4.7), four of five beyond 1 (4.85), eight below 5.

    A score that is not beyond the line itself is not flagged by those before it: this library's.
    """
    chart = IndividualsChart(centre="fixed", fixed_centre=5, fixed_sigma=0.15, rules=(rule,))
    flags = chart.flags(on_mean(values))
    assert flags.sessions == flagged
    for flag in flags:
        if flag.flag:
            assert flag.statistic is not None
            assert flag.statistic >= (flag.threshold or 0)
            assert "possible rupture" in flag.why


def test_h5_r1_comes_first() -> None:
    """All four may be asked for; the furthest line that holds is told."""
    chart = IndividualsChart(
        centre="fixed", fixed_centre=5, fixed_sigma=0.15, rules=("R4", "R2", "R1", "R3")
    )
    flags = chart.flags(on_mean([5, 4.6, 4.0]))
    assert flags[2].threshold == 3
    assert flags[1].flag is False


@pytest.mark.parametrize("rule", [WHOLE, PAST])
def test_a_score_at_the_limit_is_not_below_it(rule: Any) -> None:
    """Section 0 (5): "<" is "< - 1e-9"."""
    limit_ = 5 - 3 * 0.15
    for below, flag in ((0.5e-9, False), (1e-6, True)):
        course = on_mean([5.0] * 100 + [limit_ - below])
        if rule is WHOLE:
            chart: Any = IndividualsChart(centre="fixed", fixed_centre=5, fixed_sigma=0.15)
        else:
            chart = rule
        assert chart.flags(course)[100].flag is flag


def test_sigma_from_sd_and_fixed() -> None:
    """H5: sigma in {"MR", "SD"}, or given; never below the floor."""
    scores = [each.value for each in A if each.value is not None]
    centre = fmean(scores)
    of_sd = IndividualsChart(sigma="SD").flags(A)[5]
    assert of_sd.statistic == pytest.approx((centre - 3.4) / stdev(scores))
    fixed = IndividualsChart(centre="fixed", fixed_centre=4.2).flags(A)[5]
    assert fixed.statistic == pytest.approx(0.8 / 0.2600, abs=1e-3)
    floored = IndividualsChart(centre="fixed", fixed_centre=4.2, fixed_sigma=0.01).flags(A)[5]
    assert floored.statistic == pytest.approx(0.8 / 0.15)


@pytest.mark.parametrize(
    "changes",
    [
        {"L": 0}, {"L": nan}, {"centre": "past"}, {"baseline": 1}, {"sigma": "mr"},
        {"centre": "fixed"}, {"fixed_centre": 4.0}, {"centre": "fixed", "fixed_centre": inf},
        {"fixed_sigma": 0.2}, {"centre": "fixed", "fixed_centre": 4.0, "fixed_sigma": 0},
        {"rules": ()}, {"rules": ("R5",)}, {"rules": "R1"}, {"max_gap": -1},
    ],
)  # fmt: skip
def test_parameters_out_of_range(changes: Any) -> None:
    with pytest.raises(ta.AllianceError, match="individuals-chart"):
        ta.Registry().detector("individuals-chart", **changes)


@pytest.mark.parametrize("changes", [{"L": -1}, {"max_gap": 1.5}])
def test_parameters_of_the_past_only_chart(changes: Any) -> None:
    with pytest.raises(ta.AllianceError, match="individuals-chart-past"):
        ta.Registry().detector("individuals-chart-past", **changes)


def test_a_fixed_centre_in_another_metric_is_refused() -> None:
    """A mean of 4 is no sum of WAI-SR."""
    course = ta.Series.of([40, 30], low=12, high=60, metric="sum")
    chart = IndividualsChart(centre="fixed", fixed_centre=4.0)
    with pytest.raises(ta.SeriesError, match="outside the possible range"):
        chart.flags(course)


def test_the_state_of_the_past_only_chart_does_not_grow() -> None:
    """Online: O(1) memory; a long course takes no long time."""
    state = PAST.start(A.spec)
    for n in range(1, 100_001):
        state, _ = PAST.step(state, ta.Point(n, 3 + n % 5 / 5))
    assert state.mean == pytest.approx(3.4)
    assert all(isinstance(each, int | float | tuple) for each in _fields(state))
    assert WHOLE.flags(on_mean([3 + n % 5 / 5 for n in range(100_000)])).sessions == ()


def _fields(state: Any) -> list[Any]:
    return [getattr(state, name) for name in state.__slots__ if name != "__weakref__"]


def simply(seen: list[tuple[int, float]], floor: float) -> tuple[float, float] | None:
    """Centre and sigma of some sessions, stated once more."""
    ranges = [abs(b - a) for (m, a), (n, b) in pairwise(seen) if n - m <= 3]
    if not ranges:
        return None
    return fmean(x for _, x in seen), max(fmean(ranges) / 1.128, floor)


@given(series())
def test_flags_are_those_stated_simply(course: ta.Series) -> None:
    seen = [(each.session, each.value) for each in course if each.value is not None]
    floor = sd_floor(course.spec.low, course.spec.high)
    whole = {each.session: each for each in WHOLE.flags(course)}
    past = {each.session: each for each in PAST.flags(course)}
    for position, (session, score) in enumerate(seen):
        for flags, basis, least in ((whole, seen, 1), (past, seen[:position], 3)):
            limits = simply(basis, floor)
            if position < least or limits is None:
                assert flags[session].flag is None
                continue
            line = limits[0] - 3 * limits[1]
            if abs(score - line) > 1e-7:
                assert flags[session].flag is (score < line)


class TestIndividualsChart(DetectorContract):
    detector = IndividualsChart()
    worked = (
        WorkedCourse(
            values=[5, 5, 5, 5, None, 5, 5, 5, 1],
            low=1, high=5, flagged=[9], not_evaluable=[1, 5],
            note="mean 4.5, moving ranges 0 six times and 4: sigma 4 / 7 / 1.128 = 0.507; "
            "limit 2.98",
        ),
    )  # fmt: skip


class TestBaselineChart(DetectorContract):
    detector = IndividualsChart(centre="baseline", baseline=3, L=2)
    worked: ClassVar[Any] = (
        WorkedCourse(
            values=[4, 4.2, 4.1, 3.8, 3.7],
            low=1, high=5, flagged=[5], not_evaluable=[1, 2, 3],
            note="sigma 0.15 / 1.128 is below the least, 0.15; limit 4.1 - 0.3 = 3.8",
        ),
    )  # fmt: skip


class TestChartWithEveryRunRule(DetectorContract):
    detector = IndividualsChart(rules=tuple(RUNS), sigma="SD", L=2)
    worked: ClassVar[Any] = (
        WorkedCourse(
            values=[5, 5, 5, 5, 5, 5, 5, 1], low=1, high=5, flagged=[8], not_evaluable=[1],
            note="mean 4.5, SD 1.414: limit 1.67",
        ),
    )  # fmt: skip


class TestIndividualsChartPast(DetectorContract):
    detector = IndividualsChartPast()
    worked: ClassVar[Any] = (
        WorkedCourse(
            values=[4, 4.2, None, 4.1, 3.6, 3.7],
            low=1, high=5, flagged=[5], not_evaluable=[1, 2, 3, 4],
            note="sigma at least 0.15; limit of 5 is 4.1 - 0.45 = 3.65; of 6: mean 3.975, moving "
            "ranges .2 .1 .5, sigma .2364, limit 3.27",
        ),
    )  # fmt: skip


@pytest.mark.parametrize("rules", [None, 3, nan, [], ()])
def test_rules_that_are_no_list(rules: Any) -> None:
    with pytest.raises(ta.AllianceError, match="individuals-chart: rules has at least one of R1"):
        IndividualsChart(rules=rules)


def test_rules_may_be_any_list() -> None:
    assert IndividualsChart(rules=["R1", "R4"]) == IndividualsChart(rules=("R1", "R4"))
