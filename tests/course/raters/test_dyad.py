"""Two raters of one course: ruptures.md section 3."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from attrs import asdict, evolve
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.course.raters.material import CLIENT, THERAPIST, of

VALUES = st.lists(st.tuples(st.integers(10, 50), st.integers(10, 50)), min_size=5, max_size=30).map(
    lambda both: tuple(zip(*[(a / 10, b / 10) for a, b in both], strict=True))
)


def test_worked_dyad() -> None:
    """Section 3, example: difference -.42, r .9864, RMS .4359."""
    found = ta.raters.dyad(CLIENT, THERAPIST)
    assert found.mean_difference == pytest.approx(-0.42)
    assert found.mean_distance == pytest.approx(0.42)
    assert found.correlation == pytest.approx(0.9864, abs=5e-5)
    assert found.rms == pytest.approx(0.4359, abs=5e-5)
    assert (found.n, found.unit, found.why) == (5, "mean", "")


def test_worked_truth_and_bias() -> None:
    """Section 3, example: b0 = -.42, b1 = .60."""
    found = ta.raters.truth_and_bias(CLIENT, THERAPIST)
    assert found.bias == pytest.approx(-0.42)
    assert found.tracking == pytest.approx(0.6)


@given(VALUES)
def test_numpy_says_the_same(both: Any) -> None:
    """Section 3: J = th - mean(pt), T = pt - mean(pt); J = b0 + b1 T + e."""
    x, y = map(np.array, both)
    client, therapist = of(both[0]), of(both[1])
    found = ta.raters.dyad(client, therapist)
    truth = ta.raters.truth_and_bias(client, therapist)
    assert found.mean_difference == pytest.approx((y - x).mean(), abs=1e-12)
    assert found.mean_distance == pytest.approx(abs(y - x).mean(), abs=1e-12)
    assert found.rms == pytest.approx(np.sqrt(((y - x) ** 2).mean()), abs=1e-12)
    assert truth.bias == found.mean_difference
    if x.std() == 0 or y.std() == 0:
        assert (found.correlation, found.why[:14]) == (None, "no correlation")
    else:
        assert found.correlation == pytest.approx(np.corrcoef(x, y)[0, 1], abs=1e-9)
    if x.std() == 0:
        assert (truth.tracking, truth.why) == (None, "the truth does not vary")
    else:
        design = np.column_stack([np.ones(len(x)), x - x.mean()])
        fit, rss, *_ = np.linalg.lstsq(design, y - x.mean(), rcond=None)
        assert (truth.bias, truth.tracking) == pytest.approx(tuple(fit), abs=1e-9)
        assert truth.residual_sd == pytest.approx(np.sqrt(rss[0] / (len(x) - 2)), abs=1e-6)
    slope = np.polyfit(np.arange(len(x)), abs(y - x), 1)[0]
    assert ta.raters.convergence(client, therapist).slope == pytest.approx(slope, abs=1e-9)


@given(VALUES, st.floats(-3, 3))
def test_adding_to_both_changes_no_difference_and_no_tracking(both: Any, shift: float) -> None:
    def moved(values: Any) -> ta.Series:
        return of([each + shift for each in values], low=-3, high=9)

    _same(lambda _name, value: value, *map(of, both), *map(moved, both))


@given(VALUES, st.sampled_from([(0.1, 0.0), (12, 0.0), (25, -25)]))
def test_metrics_agree_up_to_scale(both: Any, metric: Any) -> None:
    factor, shift = metric

    def moved(values: Any) -> ta.Series:
        low, high = factor + shift, 5 * factor + shift
        return of([factor * each + shift for each in values], low=low, high=high)

    same = {"correlation", "tracking"}
    _same(
        lambda name, value: value if name in same else factor * value,
        *map(of, both),
        *map(moved, both),
    )


@given(VALUES)
def test_swapping_the_raters_flips_signs(both: Any) -> None:
    one, other = map(of, both)
    _same(
        lambda name, value: -value if name == "mean_difference" else value,
        one, other, other, one,
        only=(ta.raters.dyad, ta.raters.convergence),
    )  # fmt: skip
    forth, back = ta.raters.truth_and_bias(one, other), ta.raters.truth_and_bias(other, one)
    assert forth.bias is not None
    assert back.bias == pytest.approx(-forth.bias)


def _same(
    expect: Callable[[str, float], float],
    *series: ta.Series,
    only: Any = (ta.raters.dyad, ta.raters.convergence, ta.raters.truth_and_bias),
) -> None:
    one, other, moved, moved_other = series
    for compare in only:
        before, after = asdict(compare(one, other)), asdict(compare(moved, moved_other))
        for name, value in before.items():
            if isinstance(value, float):
                assert after[name] == pytest.approx(expect(name, value), abs=1e-6), name
            else:
                assert after[name] == value, name


def test_views_that_draw_nearer() -> None:
    """Section 3: convergence is the slope of |d_t|, over session numbers and not positions."""
    client = ta.Series.of([4.0] * 5, low=1, high=5, sessions=[1, 2, 4, 6, 8])
    therapist = ta.Series.of([2.0, 2.2, 2.6, 3.0, 3.4], low=1, high=5, sessions=[1, 2, 4, 6, 8])
    found = ta.raters.convergence(client, therapist)
    assert found.n == 5
    assert found.slope == pytest.approx(-0.2)
    swapped = ta.raters.convergence(therapist, client)
    assert swapped.slope == pytest.approx(-0.2)


def test_only_common_sessions_count() -> None:
    client = of([4.0, None, 4.2, 3.6, 4.4, 4.3, 5.0])
    therapist = of([3.6, 1.0, 3.7, 3.4, 3.9, 3.8, None])
    assert ta.raters.dyad(client, therapist).rms == ta.raters.dyad(CLIENT, THERAPIST).rms
    truth = ta.raters.truth_and_bias(client, therapist)
    assert truth == ta.raters.truth_and_bias(CLIENT, THERAPIST)


@pytest.mark.parametrize(
    ("client", "therapist"),
    [([], []), ([4.0], [3.0]), ([4.0] * 4, [3.0] * 4), ([None] * 9, [3.0] * 9),
     ([4.0, 4, 4, 4, None, 4], [3.0, 3, 3, 3, 3])],
)  # fmt: skip
def test_fewer_than_five_say_nothing(client: Any, therapist: Any) -> None:
    """Section 3: over >= 5 common sessions."""
    one, other = of(client), of(therapist)
    for compare in (ta.raters.dyad, ta.raters.truth_and_bias, ta.raters.convergence):
        found = asdict(compare(one, other))
        said = {name: value for name, value in found.items() if name not in ("n", "unit", "why")}
        assert set(said.values()) == {None}
        assert found["why"] == f"{found['n']} common sessions, 5 are needed"


def test_who_never_varies_tracks_nothing() -> None:
    """Section 3: correlation None if either SD is 0, the noise of floats included."""
    still = of([0.1 + 0.2 + 1, 1.3, 1.3, 1.3, 1.3])
    for found in (ta.raters.dyad(CLIENT, still), ta.raters.dyad(still, CLIENT)):
        assert found.correlation is None
        assert found.rms is not None
    assert ta.raters.truth_and_bias(still, CLIENT).tracking is None
    flat = ta.raters.truth_and_bias(CLIENT, still)
    assert flat.tracking == pytest.approx(0, abs=1e-12)


def test_other_ranges_only_as_percent() -> None:
    """Forms of client and therapist may have other ranges: percent of the range, if asked for."""
    seven = ta.Series.of([each * 1.5 - 0.5 for each in (3.6, 3.7, 3.4, 3.9, 3.8)], low=1, high=7)
    with pytest.raises(ta.SeriesError, match="percent=True"):
        ta.raters.dyad(CLIENT, seven)
    found = ta.raters.dyad(CLIENT, seven, percent=True)
    assert found.unit == "percent"
    assert found.mean_difference == pytest.approx(-0.42 * 25)
    assert found.correlation == pytest.approx(0.9864, abs=5e-5)
    truth = ta.raters.truth_and_bias(CLIENT, seven, percent=True)
    assert truth.bias == pytest.approx(-10.5)
    assert truth.tracking == pytest.approx(0.6)


def test_other_metrics_are_refused() -> None:
    total = ta.Series.of([20.0] * 5, low=1, high=5 * 9, metric="sum")
    with pytest.raises(ta.SeriesError, match="metrics or possible ranges differ"):
        ta.raters.dyad(CLIENT, total)
    same_range = ta.Series.of([4.0] * 5, low=1, high=5, metric="sum")
    with pytest.raises(ta.SeriesError, match="metrics or possible ranges differ"):
        ta.raters.convergence(CLIENT, same_range)


@pytest.mark.parametrize("percent", [False, True])
def test_what_is_never_compared(percent: bool) -> None:
    bond = ta.Series.of([4.0] * 5, low=1, high=5, score="bond")
    with pytest.raises(ta.SeriesError, match="total and bond"):
        ta.raters.dyad(CLIENT, bond, percent=percent)
    cases = of([4.0] * 5, case="case-17"), of([4.0] * 5, case="case-18")
    with pytest.raises(ta.SeriesError, match="of two cases") as caught:
        ta.raters.truth_and_bias(*cases, percent=percent)
    assert "17" not in str(caught.value)
    before = evolve(CLIENT, occasion="pre")
    after = evolve(THERAPIST, occasion="post")
    with pytest.raises(ta.SeriesError, match="one occasion"):
        ta.raters.convergence(before, after, percent=percent)


def test_long_courses_are_quick() -> None:
    long = of([1 + (n % 37) / 10 for n in range(100_000)])
    other = of([1 + (n % 31) / 10 for n in range(100_000)])
    assert ta.raters.dyad(long, other).n == 100_000
