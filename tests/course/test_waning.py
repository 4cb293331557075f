"""``waning``: our own definition, so that its worked numbers are ours too. All is simulated."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from random import Random
from statistics import correlation, fmean
from typing import Any, ClassVar

import pytest
from hypothesis import given

import therapeutic_alliance as ta
from tests.course.illustrations import ALL, on_mean, told
from therapeutic_alliance.course.detectors.waning import Waning, explained
from therapeutic_alliance.testing import DetectorContract, WorkedCourse
from therapeutic_alliance.testing.strategies import series

RULE = Waning()
STEADY = [4.4, 4.3, 4.2, 4.1, 4.0, 3.9, 3.8, 3.7, 3.6]
"""Thirds 4.3, 4.0, 3.7: a fall of just 0.6, in a straight line."""
UNEVEN = [4.4, 4.3, 4.2, 4.0, 3.9, 3.8, 3.6, 3.5, 3.4]
"""Thirds 4.3, 3.9, 3.5. From the mean 3.9: .5 .4 .3 .1 0 -.1 -.3 -.4 -.5, sum of squares 1.02.
Line: 2 * (4 * .5 + 3 * .4 + 2 * .3 + .1) = 7.8, 7.8^2 / 60 = 1.014, of 1.02 = .9941. Drop over
the three sessions from 4 to 7: 0 0 0 0 1/3 2/3 1 1 1, from its mean 4/9 sum of squares 16/9; by
the scores 2/3 * -.1 - .3 - .4 - .5 = -1.2667, squared / (16/9) = .9025, of 1.02 = .8848."""


def test_worked_example() -> None:
    """A waning of 0.1 a session is told in session 9, and in no earlier one."""
    flags = RULE.flags(on_mean(STEADY))
    assert told(flags) == [None] * 8 + [True]
    assert flags[8].statistic == pytest.approx(0.6)
    assert flags[8].threshold == pytest.approx(0.6)
    assert flags[8].why.startswith("possible waning, worth asking about: by thirds of 9 observed")
    assert "4.3, 4, 3.7: a fall of 0.6; a straight decline explains 1 of" in flags[8].why


def test_worked_shares() -> None:
    """Line .9941, the best drop within three sessions .8848."""
    assert explained(UNEVEN, 3) == pytest.approx((0.9941, 0.8848), abs=5e-5)


@pytest.mark.parametrize("over", [1, 2, 3])
def test_a_short_fall_is_explained_wherever_it_lies(over: int) -> None:
    """From between the first two sessions to between the last two."""
    for last in range(9 - over):
        scores = [5 - 3 * min(1, max(0, n - last) / over) for n in range(9)]
        line, drop = explained(scores, 3)
        assert drop == pytest.approx(1)
        assert line < 0.93


def test_it_is_a_mark_of_its_own() -> None:
    """A possible waning is no possible rupture, nor is its episode."""
    course = on_mean([*STEADY, 3.6, 4.0, 4.2, 4.3])
    flags = RULE.flags(course)
    assert flags.sign == "waning"
    assert "ruptur" not in " ".join(flag.why for flag in flags)
    [episode] = ta.episodes(course, flags)
    assert episode.sign == "waning"
    assert str(episode).startswith("possible waning: from session 9")
    assert "ruptur" not in str(episode)
    assert "repair" not in str(episode)
    assert episode.pre_score == pytest.approx(4.3), "mean of the first third"
    assert episode.repair_session == 12, "4.2 is within 0.15 of it"


@pytest.mark.parametrize("name", ALL)
def test_the_series_of_ruptures_have_none(name: str) -> None:
    """They have dips, falls and a rise."""
    assert RULE.flags(ALL[name]).sessions == ()


Shape = Callable[[int, float], list[float]]
"""Sixteen sessions from an onset and a depth."""


def dip(onset: int, depth: float) -> list[float]:
    return [4.6 - depth * (n == onset) for n in range(16)]


def trough(onset: int, depth: float) -> list[float]:
    return [4.6 - depth * (onset <= n < onset + 3) for n in range(16)]


def shift(onset: int, depth: float) -> list[float]:
    return [4.6 - depth * (n >= onset) for n in range(16)]


def slide(over: int) -> Shape:
    def shape(onset: int, depth: float) -> list[float]:
        return [4.6 - depth * min(1, max(0, n - onset + 1) / over) for n in range(16)]

    return shape


DROPS: list[Shape] = [dip, trough, shift, slide(2), slide(3)]


@pytest.mark.parametrize("depth", [0.6, 0.9, 1.8, 3.6])
@pytest.mark.parametrize("onset", range(16))
@pytest.mark.parametrize("shape", DROPS, ids=["V", "U", "shift", "slide 2", "slide 3"])
def test_a_drop_is_no_waning(shape: Shape, onset: int, depth: float) -> None:
    """Wherever it lies, whatever its depth, as the window passes over it."""
    assert RULE.flags(on_mean(shape(onset, depth))).sessions == ()


@pytest.mark.parametrize("window", [9, 12, 15])
@pytest.mark.parametrize("slope", [0.1, 0.15, 0.2])
def test_a_drift_is_a_waning(window: int, slope: float) -> None:
    """As soon as the window is full."""
    course = on_mean([4.6 - slope * n for n in range(16)])
    assert Waning(window=window).flags(course).sessions == tuple(range(window, 17))


def test_too_slow_a_drift_is_not_seen() -> None:
    """.09 a session falls by .54 between thirds."""
    assert RULE.flags(on_mean([4.6 - 0.09 * n for n in range(16)])).sessions == ()


def test_it_is_over_when_the_fall_is_over() -> None:
    """The last third has to lie lowest."""
    flags = RULE.flags(on_mean([*STEADY, 3.5, 3.4, 3.9, 4.2, 4.4, 4.4]))
    assert flags.sessions == (9, 10, 11)


def test_a_partial_recovery_is_none() -> None:
    """Last third above the middle one, though a straight decline fits best."""
    flag = RULE.flags(on_mean([5.0, 4.8, 4.6, 3.5, 3.7, 3.6, 3.7, 3.8, 3.6]))[8]
    assert flag.flag is False
    assert "lies no lower than the middle one" in flag.why


def test_unobserved_sessions_are_left_out() -> None:
    """Up to two in a row: nine observed ones are looked at."""
    values: list[float | None] = [*STEADY]
    values[4:4] = [None, None]
    assert RULE.flags(on_mean(values)).sessions == (11,)


def test_a_drop_may_hide_in_a_long_gap() -> None:
    """Three missing in a row: not evaluable until nine have followed."""
    values: list[float | None] = [*STEADY[:5], None, None, None, *STEADY[5:], *[3.5] * 5]
    flags = RULE.flags(on_mean(values))
    assert told(flags)[:16] == [None] * 16
    assert "3 sessions were not observed since session 5" in flags[11].why
    assert told(flags)[16] is False


@pytest.mark.parametrize(
    "changes",
    [{"window": 8}, {"window": 3}, {"slide": 0}, {"slide": 5}, {"max_gap": -1}, {"window": 9.0}],
)
def test_parameters_out_of_range(changes: Any) -> None:
    with pytest.raises(ta.AllianceError, match="waning: "):
        ta.Registry().detector("waning", **changes)


def test_the_state_does_not_grow() -> None:
    """Online, and O(window) memory: 10^5 sessions."""
    state = RULE.start(on_mean([]).spec)
    for n in range(1, 100_001):
        state, _ = RULE.step(state, ta.Point(n, 3 + n % 5 / 5))
    assert len(state.latest) == 9


def noise(draw: Random, sd: float) -> Iterator[float]:
    """Simulated, with a lag-1 autocorrelation of .3."""
    error = draw.gauss(0, sd)
    while True:
        yield error
        error = 0.3 * error + draw.gauss(0, sd * 0.91**0.5)


def told_in(shape: Shape, sd: float, depth: float = 0.8, count: int = 400) -> float:
    """Share of simulated courses of 16 sessions in which a waning is told."""
    draw, found = Random(5), 0  # noqa: S311
    for _ in range(count):
        scores = zip(shape(draw.randrange(4, 13), depth), noise(draw, sd), strict=False)
        course = on_mean([min(5, max(1, round((x + e - 0.4) * 12) / 12)) for x, e in scores])
        found += bool(RULE.flags(course).sessions)
    return found / count


def drift(_onset: int, depth: float) -> list[float]:
    return [4.6 - depth * n for n in range(16)]


@pytest.mark.parametrize(
    ("shape", "depth", "least", "most"),
    [
        (dip, 0.0, 0.0, 0.03),
        (dip, 0.8, 0.0, 0.04),
        (trough, 0.8, 0.0, 0.08),
        (shift, 0.8, 0.0, 0.2),
        (slide(3), 0.8, 0.0, 0.25),
        (drift, 0.08, 0.3, 0.6),
        (drift, 0.12, 0.7, 0.9),
    ],
)
def test_in_noise(shape: Shape, depth: float, least: float, most: float) -> None:
    """SD .25, WAI-SR item means: what the page on waning says."""
    share = told_in(shape, 0.25, depth)
    assert least <= share <= most


@given(series())
def test_flags_are_those_stated_simply(course: ta.Series) -> None:
    """Correlations by the standard library; falls written out."""
    flags = {each.session: each for each in RULE.flags(course)}
    seen = [(each.session, each.value) for each in course if each.value is not None]
    size = 0.15 * (course.spec.high - course.spec.low)
    falls = [
        [-min(1, max(0, (n - last) / over)) for n in range(9)]
        for over in (1, 2, 3)
        for last in range(9 - over)
    ]
    for end, (session, _) in enumerate(seen, 1):
        window = seen[max(0, end - 9) : end]
        if len(window) < 9 or any(n - m > 3 for (m, _), (n, _) in pairwise(window)):
            assert flags[session].flag is None
            continue
        scores = [score for _, score in window]
        first, middle, last = fmean(scores[:3]), fmean(scores[3:6]), fmean(scores[6:])
        if max(scores) - min(scores) < size / 2:
            assert flags[session].flag is False
            continue
        line = max(0, correlation(scores, range(0, -9, -1))) ** 2
        drop = max(max(0, correlation(scores, each)) ** 2 for each in falls)
        margins = [(first - last - size) / size, (middle - last) / size, line - drop]
        if all(abs(each) > 1e-7 for each in margins):
            assert flags[session].flag is (min(margins) > 0)


class TestWaning(DetectorContract):
    detector = RULE
    worked: ClassVar[Any] = (
        WorkedCourse(
            values=[*STEADY, None, 3.6], low=1, high=5, flagged=[9],
            not_evaluable=[1, 2, 3, 4, 5, 6, 7, 8, 10],
            note="thirds 4.3, 4, 3.7; then 4.2, 3.9, 3.633, a fall of 0.567",
        ),
        WorkedCourse(
            values=[4.3] * 4 + [3.6] * 5, low=1, high=5, flagged=[],
            not_evaluable=[1, 2, 3, 4, 5, 6, 7, 8], note="a shift that stays",
        ),
    )  # fmt: skip
