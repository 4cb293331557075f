"""Numbers worked out in ruptures.md that no flag shows: sections 0 and 6, H1b, H3, H5, H6, H7, H14.

Those of the flags are in the tests of each rule. "omega_t .919 vs alpha .919 on test data" of
section 5 is left out: it is of data that came with another library, and of a formula that this
one does not ship.
"""

from itertools import pairwise
from math import log, sqrt
from statistics import NormalDist

import pytest

import therapeutic_alliance as ta
from tests.course.illustrations import ALL, on_mean
from therapeutic_alliance.course.detectors.chart_limits import SPAN, moving_range
from therapeutic_alliance.course.detectors.individuals_chart import IndividualsChart
from therapeutic_alliance.course.sd_floor import sd_floor
from therapeutic_alliance.psychometrics.auc import auc
from therapeutic_alliance.psychometrics.line import line
from therapeutic_alliance.psychometrics.spread import mean, sd
from therapeutic_alliance.psychometrics.student import two_sided_p

NORMAL = NormalDist()
phi = NORMAL.cdf


def scores(name: str) -> list[float]:
    return [score for _, score in ALL[name].session_scores]


# Section 0


@pytest.mark.parametrize(
    ("name", "centre", "spread"),
    [
        ("A", 4.0625, 0.3304), ("B", 4.4375, 0.3068), ("C", 4.9375, 0.1768),
        ("C2", 4.9896, 0.0295), ("D", 3.8750, 0.5852), ("S", 38.1917, 1.7218),
    ],
)  # fmt: skip
def test_means_and_sds_of_the_series(name: str, centre: float, spread: float) -> None:
    """Section 0, "Test series": "A: mean 4.0625, SD 0.3304. B: ...", sample SDs."""
    assert mean(scores(name)) == pytest.approx(centre, abs=5e-5)
    assert sd(scores(name)) == pytest.approx(spread, abs=5e-5)


def test_float_noise_of_section_0() -> None:
    """Section 0 (5): "4.3-4.0 >= 0.3 is False in IEEE arithmetic (0.2999999999999998)"."""
    assert 4.3 - 4.0 == 0.2999999999999998
    assert 4.3 - 4.0 < 0.3 <= 4.3 - 4.0 + ta.EPSILON
    rule = ta.Registry().detector("drop-sd", sd=0.3)
    assert rule.flags(on_mean([4.3, 4.0])).sessions == (2,)


# H1b, H6, H7


@pytest.mark.parametrize(
    ("rule", "name", "worked"),
    [
        ("drop-from-best", "A", {6: 0.9, 7: 0.2, 12: 0.5, 13: 0.8, 14: 0.9}),
        ("drop-from-best", "B", {7: 0.9}),
        ("drop-from-best", "C", {6: 0.5}),
        ("drop-from-best", "C2", {6: 0.0833}),
        ("drop-from-best", "D", {3: 1.2}),
        ("rci-drop", "A", {6: 0.8}),
        ("rci-drop", "C", {6: 0.5}),
        ("rci-drop", "C2", {6: 0.0833}),
        ("rci-drop", "D", {3: 1.1}),
        ("srs-rules", "S", {5: 1.6, 8: 4.0}),
    ],
)
def test_drops(rule: str, name: str, worked: dict[int, float]) -> None:
    """H1b, H6 and H7, examples: how far a score lies below the best, and below the last one."""
    found = ta.Registry().detector(rule).flags(ALL[name])
    drops = {flag.session: flag.statistic for flag in found if flag.session in worked}
    assert drops == pytest.approx(worked, abs=5e-5)


def test_the_largest_drop_of_s() -> None:
    """H1b, example: "S (thr 6.0): [] (largest 4.0)"."""
    flags = ta.Registry().detector("drop-from-best").flags(ALL["S"])
    assert max(flag.statistic or 0 for flag in flags) == pytest.approx(4.0)
    assert {flag.threshold for flag in flags if flag.threshold is not None} == {6.0}


# H3


@pytest.mark.parametrize(
    ("name", "error", "floored"),
    [("A", 0.3419, 0.3419), ("C", 0.1850, 0.1850), ("C2", 0.0308, 0.15), ("S", 1.3261, 1.5)],
)
def test_standard_errors_of_the_lines(name: str, error: float, floored: float) -> None:
    """H3, example: "s=0.3419"; "s .1850"; "s .0308 -> .15"; "s 1.3261 -> 1.5"."""
    xs, ys = zip(*ALL[name].session_scores, strict=True)
    found = sqrt(line(xs, ys).rss / (len(ys) - 2))
    assert found == pytest.approx(error, abs=5e-5)
    spec = ALL[name].spec
    assert max(found, sd_floor(spec.low, spec.high)) == pytest.approx(floored, abs=5e-5)


@pytest.mark.parametrize(
    ("name", "session", "z"),
    [("A", 1, -0.73), ("A", 6, -1.92), ("B", 7, -2.20), ("C", 6, -2.22), ("C2", 6, -0.46),
     ("S", 8, -2.12)],
)  # fmt: skip
def test_residuals_from_the_line(name: str, session: int, z: float) -> None:
    """H3, example, by the line itself: A 1 and 6, B 7, C 6, C2 6, S 8."""
    series = ALL[name]
    xs, ys = zip(*series.session_scores, strict=True)
    fitted = line(xs, ys)
    s = max(sqrt(fitted.rss / (len(ys) - 2)), sd_floor(series.spec.low, series.spec.high))
    score = dict(series.session_scores)[session]
    assert (score - fitted.at(session)) / s == pytest.approx(z, abs=5e-3)


# H5


@pytest.mark.parametrize(
    ("name", "average", "sigma", "floored"),
    [
        ("A", 0.2933, 0.2600, 0.2600), ("B", 0.2714, 0.2406, 0.2406), ("C", None, 0.1266, 0.15),
        ("C2", None, 0.0211, 0.15), ("S", None, 1.3056, 1.5),
    ],
)  # fmt: skip
def test_moving_ranges(name: str, average: float | None, sigma: float, floored: float) -> None:
    """H5, example: MRbar .2933 and .2714; sigma .2600, .2406, .1266, .0211, 1.3056; floors."""
    steps = [moving_range(one, two, 2) for one, two in pairwise(ALL[name].session_scores)]
    found = mean([step for step in steps if step is not None])
    if average is not None:
        assert found == pytest.approx(average, abs=5e-5)
    assert found / SPAN == pytest.approx(sigma, abs=5e-5)
    spec = ALL[name].spec
    assert max(found / SPAN, sd_floor(spec.low, spec.high)) == pytest.approx(floored, abs=5e-5)
    chart = IndividualsChart().flags(ALL[name])
    assert f"sigma {max(found / SPAN, sd_floor(spec.low, spec.high)):.4g}" in chart[-1].why


def test_the_baseline_of_a() -> None:
    """H5, example: "Baseline = first 5 sessions: centre 4.10, sigma .1330 -> .15, LCL3 3.65"."""
    first = ALL["A"].session_scores[:5]
    steps = [abs(two - one) for (_, one), (_, two) in pairwise(first)]
    assert mean([score for _, score in first]) == pytest.approx(4.10, abs=5e-5)
    assert mean(steps) / SPAN == pytest.approx(0.1330, abs=5e-5)
    flag = IndividualsChart(centre="baseline").flags(ALL["A"])[5]
    assert "below 3.65, 3 sigma" in flag.why
    assert "centre 4.1, sigma 0.15" in flag.why


def test_three_sigma_as_a_multiple_of_the_moving_range() -> None:
    """H5: "L=3 is 2.66*MRbar where the floor is not active"."""
    assert pytest.approx(2.66, abs=5e-3) == 3 / SPAN


# H14


def test_false_alarms_of_z() -> None:
    """H14: "a t with 6+n prior df: z >= 2 means about 4.6% falling to 3% false alarms"."""
    alarms = [two_sided_p(2, 6 + n) / 2 for n in range(13)]
    assert alarms[0] == pytest.approx(0.046, abs=5e-4)
    assert alarms[-1] == pytest.approx(0.030, abs=5e-4)
    assert alarms == sorted(alarms, reverse=True)


# Section 6, theory

EVENLY = [(n + 0.5) / 2000 for n in range(2000)]


def laws(shift: float, noise: float = 1.0) -> tuple[list[float], list[float]]:
    """Scores inside and outside a rupture, drawn evenly from two normal distributions."""
    inside = [noise * NORMAL.inv_cdf(p) + shift for p in EVENLY]
    return inside, [noise * NORMAL.inv_cdf(p) for p in EVENLY]


@pytest.mark.parametrize(
    ("depth", "worked", "sensitivity"), [(1, 0.760, 0.26), (2, 0.921, 0.64), (3, 0.983, 0.91)]
)
def test_one_session_of_a_known_person(depth: float, worked: float, sensitivity: float) -> None:
    """Section 6 (a): AUC Phi(d/(s sqrt 2)); sensitivity at 5% false alarms Phi(d/s - 1.645)."""
    assert phi(depth / sqrt(2)) == pytest.approx(worked, abs=5e-4)
    inside, outside = laws(depth)
    assert auc(inside, outside) == pytest.approx(worked, abs=1e-3)
    level = sorted(outside)[-len(outside) // 20]
    found = sum(each >= level for each in inside) / len(inside)
    assert phi(depth - 1.645) == pytest.approx(sensitivity, abs=5e-3)
    assert found == pytest.approx(phi(depth - 1.645), abs=2e-3)


def test_the_drop_score_is_worse() -> None:
    """Section 6 (b): noise s*sqrt(2(1-rho)); d/s=2, rho=.3: .884; as good as the mean at .5."""
    assert phi(2 / (sqrt(2) * sqrt(1.4))) == pytest.approx(0.884, abs=5e-4)
    assert auc(*laws(2, sqrt(2 * (1 - 0.3)))) == pytest.approx(0.884, abs=1e-3)
    assert sqrt(2 * (1 - 0.5)) == 1.0
    assert phi(2 / sqrt(2)) > 0.884


def test_three_earlier_sessions() -> None:
    """Section 6 (c): "noise s*sqrt(1+1/n): n=3 costs 15%"."""
    assert sqrt(1 + 1 / 3) == pytest.approx(1.15, abs=5e-3)


@pytest.mark.parametrize(("depth", "delay", "within"), [(2, 1.5, 5e-3), (1, 6.0, 1e-2)])
def test_the_least_delay(depth: float, delay: float, within: float) -> None:
    """Section 6 (d): ln(gamma)/KL, KL = d^2/(2 s^2); one false alarm per 20 sessions: 1.5 and 6."""
    assert log(20) / (depth**2 / 2) == pytest.approx(delay, abs=within)


def test_four_in_five_need_a_depth_of_two_and_a_half() -> None:
    """Section 6 (d): "80% needs d/s >= 2.5"; the depth itself is 2.49."""
    assert phi(2.5 - 1.645) >= 0.8
    assert NORMAL.inv_cdf(0.8) + 1.645 == pytest.approx(2.5, abs=0.05)


@pytest.mark.parametrize(("sigmas", "apart"), [(3, 741), (1.645, 20)])
def test_average_run_lengths(sigmas: float, apart: int) -> None:
    """Section 6 (e): one-sided ARL0 = 741 at 3 sigma, 20 at 1.645, by the chart of H5, too."""
    assert 1 / phi(-sigmas) == pytest.approx(apart, abs=0.5)
    n = apart * 100
    values = [NormalDist(50, 5).inv_cdf((at + 0.5) / n) for at in range(n)][::-1]
    chart = IndividualsChart(L=sigmas, centre="fixed", fixed_centre=50.0, fixed_sigma=5.0)
    series = ta.Series.of(values, low=0, high=100, metric="percent")
    assert len(chart.flags(series).sessions) == pytest.approx(100, abs=1)


def test_the_predictive_value() -> None:
    """Section 6 (f): 10% rupture sessions, 5% false alarms, sensitivity .6: PPV .57."""
    assert pytest.approx(0.57, abs=5e-3) == 0.1 * 0.6 / (0.1 * 0.6 + 0.9 * 0.05)
