"""What holds of H1b, H6 and their episodes for every series."""

from itertools import pairwise
from typing import Any

import pytest
from attrs import asdict, evolve
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.course import oracle
from tests.course.illustrations import RULES, told
from therapeutic_alliance.course.detectors.reliable_drop import DropFromBest, RciDrop

Rule = DropFromBest | RciDrop
EVERY_RULE = pytest.mark.parametrize("rule", RULES, ids=repr)

sums = st.one_of(st.none(), st.integers(12, 60), st.sampled_from([30, 36, 40, 44]))


@st.composite
def courses(draw: st.DrawFn) -> list[tuple[int, float | None]]:
    """Session numbers with gaps, and WAI-SR totals of which some are not observed."""
    values = draw(st.lists(sums, max_size=25))
    gaps = draw(st.lists(st.sampled_from([1, 1, 1, 1, 2, 4]), min_size=25, max_size=25))
    sessions = [sum(gaps[: position + 1]) for position in range(len(values))]
    return list(zip(sessions, values, strict=True))


MEASURE = ta.Registry().measure("wai-sr")


def made(course: list[tuple[int, float | None]], metric: Any = "sum") -> ta.Series:
    """The course as a series in a metric; WAI-SR totals run from 12 to 60 over 12 items."""
    to = {"sum": lambda x: x, "mean": lambda x: x / 12, "percent": lambda x: (x - 12) / 0.48}
    return ta.Series.of(
        [None if score is None else to[metric](score) for _, score in course],
        measure=MEASURE,
        metric=metric,
        sessions=[session for session, _ in course],
    )


def named(rule: Rule) -> str:
    return rule.reference if isinstance(rule, RciDrop) else "running-max"


@EVERY_RULE
@given(courses())
def test_flags_are_those_of_the_oracle(rule: Rule, course: Any) -> None:
    """Also: three-valued, None for what is not observed and for session 1."""
    assert told(rule.flags(made(course))) == oracle.flags(course, named(rule), 0.15 * 48)


@given(courses(), st.integers(0, 4))
def test_max_gap_is_that_of_the_oracle(course: Any, max_gap: int) -> None:
    flags = RciDrop(max_gap=max_gap).flags(made(course))
    assert told(flags) == oracle.flags(course, "previous", 0.15 * 48, max_gap)


@EVERY_RULE
@given(courses(), st.integers(1, 6))
def test_episodes_are_those_of_the_oracle(rule: Rule, course: Any, window: int) -> None:
    series = made(course)
    flags = rule.flags(series)
    found = [asdict(episode) for episode in ta.episodes(series, flags, window=window)]
    for episode in found:
        assert episode.pop("depth_std") is None
    tolerance = 0.15 * 48 / 4
    assert found == oracle.episodes(course, told(flags), named(rule), tolerance, window)


@pytest.mark.parametrize("to_the_end", [False, True])
@given(course=courses(), data=st.data())
def test_episodes_of_any_flags_are_those_of_the_oracle(
    to_the_end: bool, course: Any, data: st.DataObject
) -> None:
    """Flags by hand, so that merging, windows and plateaus come up more often."""
    series = made(course)
    free = [False, *[data.draw(st.booleans()) for _ in series.observed[1:]]]
    by_session = dict(zip((point.session for point in series.observed), free, strict=False))
    flagged = [by_session.get(session) for session, _ in course]
    flags = tuple(
        ta.Flag(session=session, flag=flag, why="", tolerance=3, sd=2.0)
        for (session, _), flag in zip(course, flagged, strict=True)
    )
    given_flags = ta.Flags(detector="by-hand", mode="online", flags=flags, to_the_end=to_the_end)
    found = ta.episodes(series, given_flags, window=3)
    worked = oracle.episodes(course, flagged, "previous", 3, 3, to_the_end=to_the_end)
    assert [{**asdict(e), "depth_std": None} for e in found] == [
        {**each, "depth_std": None} for each in worked
    ]
    assert [e.depth_std for e in found] == [e.depth / 2 for e in found]


@EVERY_RULE
@given(courses(), st.data())
def test_prefix(rule: Rule, course: Any, data: st.DataObject) -> None:
    """Online: what was said of a session stands, whatever comes later."""
    length = data.draw(st.integers(0, len(course)))
    whole, part = rule.flags(made(course)), rule.flags(made(course[:length]))
    assert part.flags == whole.flags[:length]


@EVERY_RULE
@given(courses())
def test_live_is_batch(rule: Rule, course: Any) -> None:
    series = made(course)
    state = rule.start(series.spec)
    live = []
    for point in series:
        state, flag = rule.step(state, point)
        live.append(flag)
    assert tuple(live) == rule.flags(series).flags


@EVERY_RULE
@given(courses(), st.data())
def test_an_episode_that_has_closed_stays(rule: Rule, course: Any, data: st.DataObject) -> None:
    length = data.draw(st.integers(0, len(course)))
    whole, part = made(course), made(course[:length])
    closed = [e for e in ta.episodes(part, rule.flags(part)) if e.repaired is not None]
    assert closed == list(ta.episodes(whole, rule.flags(whole)))[: len(closed)]


@EVERY_RULE
@pytest.mark.parametrize("metric", ["mean", "percent"])
@given(course=courses())
def test_the_metric_does_not_matter(rule: Rule, metric: str, course: Any) -> None:
    """Section 0 (1): every default is a fraction of the possible range."""
    as_sum, other = made(course), made(course, metric)
    assert told(rule.flags(as_sum)) == told(rule.flags(other))
    where = ("onset", "nadir", "end", "length", "repaired", "repair_session", "shape")
    for one, two in zip(
        ta.episodes(as_sum, rule.flags(as_sum)), ta.episodes(other, rule.flags(other)), strict=True
    ):
        assert [getattr(one, name) for name in where] == [getattr(two, name) for name in where]


@given(courses(), st.sampled_from(["previous", "running-max", "session-3"]))
def test_a_stated_sd_is_in_the_metric_of_the_series(course: Any, reference: Any) -> None:
    known: Any = {"reliability": 0.91, "kind": "retest", "source": "t", "reference": reference}
    as_sum = RciDrop(sd=8.1, **known).flags(made(course))
    as_mean = RciDrop(sd=8.1 / 12, **known).flags(made(course, "mean"))
    assert told(as_sum) == told(as_mean)


@EVERY_RULE
@given(courses(), st.sampled_from(["c1", "c2", None]), st.sampled_from(["client", "therapist"]))
def test_whose_series_it_is_does_not_matter(rule: Rule, course: Any, case: Any, rater: str) -> None:
    series = made(course)
    other = evolve(series, case=case, rater=rater, person="p")
    assert rule.flags(other) == rule.flags(series)


@EVERY_RULE
@given(courses())
def test_episodes_are_in_order_and_apart(rule: Rule, course: Any) -> None:
    series = made(course)
    found = ta.episodes(series, rule.flags(series))
    for episode in found:
        assert episode.onset <= episode.nadir <= episode.end
        assert episode.depth > 0
        assert (episode.shape == "open") == (not episode.repaired)
    for before, after in pairwise(found):
        assert before.end < after.onset
    flagged = rule.flags(series).sessions
    assert all(any(e.onset <= session <= e.end for e in found) for session in flagged)


@EVERY_RULE
@given(st.floats(1, 5), st.integers(1, 30))
def test_a_level_series_is_never_flagged(rule: Rule, level: float, length: int) -> None:
    series = ta.Series.of([level] * length, low=1, high=5)
    assert rule.flags(series).sessions == ()
