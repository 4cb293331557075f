"""What this library computes is what R computes, to 1e-9: two programs that share no line."""

from collections.abc import Mapping
from functools import partial
from math import sqrt
from typing import Any

import pytest

import therapeutic_alliance as ta
from tests.oracle_r.data import Course, courses, ratings
from tests.oracle_r.process import Found, run, write
from therapeutic_alliance.course.change import ReliableChange
from therapeutic_alliance.course.detectors.individuals_chart import IndividualsChart
from therapeutic_alliance.course.detectors.individuals_chart_past import IndividualsChartPast
from therapeutic_alliance.course.detectors.sudden_loss import SuddenLoss, reversal_threshold
from therapeutic_alliance.course.detectors.trend_residual import TrendResidual
from therapeutic_alliance.psychometrics.alpha import alpha
from therapeutic_alliance.psychometrics.icc import icc
from therapeutic_alliance.psychometrics.measurement_error import (
    difference_error,
    reliable_change,
    sem,
)

COURSES = courses()
RATINGS = ratings()
CHANGES = [
    (sd, reliability, z)
    for sd in (0.7, 0.313, 6.4)
    for reliability in (0.0, 0.62, 0.9, 0.97)
    for z in (1.0, 1.645, 1.96)
]
near = partial(pytest.approx, rel=1e-9, abs=1e-9)


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """What base R says of every course."""
    folder = tmp_path_factory.mktemp("courses")
    rows = [
        (name, spec.low, spec.high, course.p, course.change, point.session, point.value)
        for name, course in COURSES.items()
        for spec in (course.series.spec,)
        for point in course.series
    ]
    head = ("set", "low", "high", "p", "size", "session", "score")
    write(folder / "courses.csv", head, rows)
    return run("courses.R", folder)


def of(found: Found, name: str, what: str) -> dict[int, float | None]:
    """What R says of one quantity of a course, by session."""
    return {at: value for (set_, of_, at), value in found.items() if (set_, of_) == (name, what)}


def statistics(rule: Any, series: ta.Series) -> Mapping[int, float]:
    """What a rule of ours says, by session."""
    flags = rule.flags(series)
    return {flag.session: flag.statistic for flag in flags if flag.statistic is not None}


@pytest.mark.parametrize("name", COURSES)
@pytest.mark.parametrize(
    ("what", "rule"),
    [
        ("chart", IndividualsChart()),
        ("chart-sd", IndividualsChart(sigma="SD")),
        ("chart-baseline", IndividualsChart(centre="baseline")),
        ("chart-past", IndividualsChartPast()),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_control_charts(judged: Found, name: str, what: str, rule: Any) -> None:
    """H5: how many sigma below the centre, in every mode; a course without ranges has none."""
    known = {at: value for at, value in of(judged, name, what).items() if value is not None}
    assert statistics(rule, COURSES[name].series) == near(known)


@pytest.mark.parametrize("name", COURSES)
def test_control_limits(judged: Found, name: str) -> None:
    """H5: the limit itself, where baseline and score tell it."""
    limit = of(judged, name, "chart-baseline-limit").get(0)
    for flag in IndividualsChart(centre="baseline").flags(COURSES[name].series):
        if flag.flag is not None and limit is not None:
            score = {each.session: each.value for each in COURSES[name].series}[flag.session] or 0
            assert flag.flag is (score < limit - 1e-9)
            assert f"below {limit:.4g}," in flag.why


@pytest.mark.parametrize("name", COURSES)
def test_trend_residuals(judged: Found, name: str) -> None:
    """H3: standardised residuals of ``lm``, and how far each could lie off, by its leverage."""
    series = COURSES[name].series
    flags = TrendResidual(min_sessions=4).flags(series)
    assert {each.session: each.statistic for each in flags if each.statistic is not None} == near(
        of(judged, name, "trend")
    )
    first = series.observed[0].session
    for at, reach in of(judged, name, "trend-reach").items():
        [flag] = [each for each in flags if each.session == at]
        if at != first and reach is not None:
            assert (flag.flag is None) is (reach < 1.5 - 1e-9)


def rule_of(course: Course) -> SuddenLoss:
    """With the reliable change that R is told."""
    if course.size is None:
        return SuddenLoss(p=course.p)
    sd = course.size / sqrt(2)
    return SuddenLoss(p=course.p, sd=sd, reliability=0, kind="retest", source="this test", z=1)


@pytest.mark.parametrize("name", COURSES)
def test_sudden_losses(judged: Found, name: str) -> None:
    """H10: the smallest margin of the three criteria, the flag, and what is not evaluable."""
    flags = rule_of(COURSES[name]).flags(COURSES[name].series)
    seen = [point.session for point in COURSES[name].series.observed][1:]
    ours = {each.session: each.flag for each in flags if each.session in seen}
    assert ours == of(judged, name, "lost")
    margins = {at: by for at, by in of(judged, name, "loss").items() if by is not None}
    assert statistics(rule_of(COURSES[name]), COURSES[name].series) == near(margins)


def test_some_are_lost_and_some_not_evaluable(judged: Found) -> None:
    """Otherwise little would be compared."""
    lost = [value for (_, what, _), value in judged.items() if what == "lost"]
    assert lost.count(1.0) >= 5
    assert lost.count(None) >= 5
    assert {at for at, each in of(judged, "row", "lost").items() if each} == {4, 8}


@pytest.mark.parametrize("name", COURSES)
def test_half_of_a_loss(judged: Found, name: str) -> None:
    """H10: the reversal threshold."""
    scores = {point.session: point.value or 0 for point in COURSES[name].series.observed}
    pairs = dict(zip([*scores][1:], [*scores], strict=False))
    for at, half in of(judged, name, "half").items():
        assert reversal_threshold(scores[pairs[at]], scores[at]) == near(half)


def test_reliable_change(tmp_path: Any) -> None:
    """H6: SEM, error of a difference, reliable change."""
    write(
        tmp_path / "change.csv", ("set", "sd", "reliability", "z"),
        [(n, *each) for n, each in enumerate(CHANGES)],
    )  # fmt: skip
    found = run("change.R", tmp_path)
    for n, (sd, reliability, z) in enumerate(CHANGES):
        ours = {
            "sem": sem(sd, reliability),
            "difference": difference_error(sd, reliability),
            "change": reliable_change(sd, reliability, z),
        }
        assert ours == near({what: found[str(n), what, 0] for what in ours})
        change = ReliableChange(sd=sd, reliability=reliability, z=z, kind="retest", source="here")
        assert change.size(1, 5) == near(found[str(n), "change", 0])


PSYCH = {
    "one_way": "ICC1", "agreement": "ICC2", "consistency": "ICC3",
    "one_way_k": "ICC1k", "agreement_k": "ICC2k", "consistency_k": "ICC3k",
}  # fmt: skip
"""Our names of the intraclass correlations, and psych's."""


def test_intraclass_correlations_and_alpha(tmp_path: Any) -> None:
    """ICC(1), ICC(A,1), ICC(C,1), those of means of k, and alpha; incomplete rows left out."""
    for n, table in enumerate(RATINGS):
        head = [f"r{rater}" for rater in range(len(table[0]))]
        write(tmp_path / f"ratings-{n}.csv", head, table)
    found = run("ratings.R", tmp_path)
    for n, table in enumerate(RATINGS):
        rows: Any = table
        ours, name = icc(rows, missing="listwise"), f"ratings-{n}.csv"
        psych = {each: found[name, type_, 0] for each, type_ in PSYCH.items()}
        assert {each: getattr(ours, each) for each in PSYCH} == near(psych)
        assert alpha(rows, missing="listwise").value == near(found[name, "alpha", 0])
