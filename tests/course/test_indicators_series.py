"""How an alliance forms and how steady it is: series worked by hand."""

from typing import Any

import pytest

import therapeutic_alliance as ta
from tests.course.dossier import only


def series(*scores: float | None) -> ta.Series:
    return ta.Series.of(scores, low=1, high=5)


def test_mean_and_slope_are_of_the_first_five_sessions() -> None:
    """Sessions 1, 2, 4, 5: mean 3; the slope is 8 / 10 by hand."""
    of = series(1.5, 2.0, None, 4.0, 4.5, 1.0)
    assert only(of, "early-mean").value == 3
    assert only(of, "early-slope").value == pytest.approx(0.8)
    assert only(of, "early-slope").n == 4


def test_two_scores_have_a_mean_and_no_slope() -> None:
    of = series(2.0, 3.0, None, None, None, 4.0)
    assert only(of, "early-mean").value == 2.5
    assert only(of, "early-slope").why == "not enough data: 2 observed, 3 needed"


@pytest.mark.parametrize(
    ("scores", "peak"),
    [
        ((3, 4, 5, 4, 4, 5), 3),
        ((3, 5, 4, 5, 4), 2),
        ((3, 5, 5, 4), 2),
        ((5, 4, 3), 1),
        ((3, 5, 4, None, 5), 2),
        ((1, 2, 3, 4, 5, 1), None),
        ((3, 2, 4), None),
        ((4, 4, 4, 4), None),
        ((4, 3), None),
    ],
)
def test_a_peak_has_a_lower_score_after_it(scores: tuple[Any, ...], peak: int | None) -> None:
    assert only(series(*scores), "early-peak").value == peak


def test_no_peak_is_a_finding_and_no_lack_of_data() -> None:
    """The fall after the window is not looked at."""
    peak = only(series(1, 2, 3, 4, 5, 1), "early-peak")
    assert (peak.value, peak.n) == (None, 5)
    assert peak.why == "no peak: no lower score follows the highest up to session 5"
    assert only(series(4, 3), "early-peak").why.startswith("not enough data")


@pytest.mark.parametrize(
    ("id_", "unit"),
    [
        ("early-mean", "score (12 to 60, sum)"),
        ("early-slope", "score per session (12 to 60, sum)"),
        ("score-deviation", "score (12 to 60, sum)"),
        ("successive-differences", "squared score (12 to 60, sum)"),
        ("reversals", "reversals"),
    ],
)
def test_a_unit_tells_the_metric_and_what_is_possible(id_: str, unit: str) -> None:
    sums = ta.Series.of([30, 36, 33], low=12, high=60, metric="sum")
    assert only(sums, id_).unit == unit


def test_all_sessions_of_a_tie_are_told() -> None:
    assert only(series(3, 5, 4, 5, 4), "early-peak").why == "tied: sessions 2, 4"
    hardly_more = only(series(3, 4.5, 4, 4.5 + 1e-12, 4), "early-peak")
    assert hardly_more.why == "tied: sessions 2, 4"


def test_stability_by_hand() -> None:
    """Changes 1, -1, 0, then a session not observed, then 2 up and 2 down."""
    of = series(2, 3, 2, 2, None, 4, 2)
    assert only(of, "score-deviation").value == pytest.approx((3.5 / 5) ** 0.5)
    assert only(of, "successive-differences").value == (1 + 1 + 0 + 4) / 4
    assert only(of, "reversals").value == 3


@pytest.mark.parametrize("score", [3.3, 4.1, 0.1 + 0.2 + 1])
def test_what_stays_the_same_has_no_slope_and_no_deviation(score: float) -> None:
    of = series(*[score] * 4, score + 1e-15, score)
    assert only(of, "early-slope").value == 0
    assert only(of, "score-deviation").value == 0
    assert only(of, "successive-differences").value == 0


def test_what_hardly_differs_does_not_turn() -> None:
    assert only(series(3, 3 + 1e-12, 3, 4), "reversals").value == 0
