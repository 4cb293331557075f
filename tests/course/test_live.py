"""A course that goes on, one session at a time: what ``Live`` says, and what it refuses."""

import pickle
from math import inf, nan
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.course.every import ONLINE, RULES, Rule, courses, made
from tests.course.illustrations import COHORT
from therapeutic_alliance.course.detectors.eb_z import EbZ
from therapeutic_alliance.course.detectors.reliable_drop import RciDrop
from therapeutic_alliance.course.detectors.srs_rules import SrsRules

LIVE = {name: RULES[name] for name in ONLINE if isinstance(RULES[name], ta.OnlineDetector)}
EACH = pytest.mark.parametrize("rule", LIVE.values(), ids=list(LIVE))
MEAN = ta.ScoreSpec("total", "mean", 1, 5, 0)
TOTAL = ta.ScoreSpec("total", "sum", 0, 40, 4)


@EACH
@given(data=st.data())
def test_live_is_batch(rule: Rule, data: st.DataObject) -> None:
    """From any session on; as bytes in between."""
    series = made(rule, data.draw(courses(rule)))
    begun = data.draw(st.integers(0, len(series)))
    live, said = rule.live(evolve(series, points=series.points[:begun])), []
    for point in series.points[begun:]:
        kept = pickle.loads(pickle.dumps(live))  # noqa: S301 - our own
        live, flag = kept.after(point.session, point.value)
        said.append(flag)
    assert tuple(said) == rule.flags(series).flags[begun:]
    assert live == rule.live(series)


WRONG: dict[str, tuple[Any, Any, str]] = {
    "the same session": (4, 30, "session 4: stands there twice"),
    "an earlier session": (2, 30, "session 2: stands after session 4"),
    "session 0": (0, 30, "the session: a session number is a whole number from 1"),
    "no number of a session": ("5", 30, "the session: a session number is a whole number from 1"),
    "a half session": (4.5, 30, "the session: a session number is a whole number from 1"),
    "nan": (5, nan, "session 5: not a finite number"),
    "infinite": (5, inf, "session 5: not a finite number"),
    "too high": (5, 40.1, "session 5: outside the possible range, 0 to 40"),
    "too low": (5, -1, "session 5: outside the possible range, 0 to 40"),
    "a text": (5, "30", "session 5: not a number"),
    "a bool": (5, True, "session 5: not a number"),
}


@EACH
@pytest.mark.parametrize(("session", "value", "message"), WRONG.values(), ids=list(WRONG))
def test_a_wrong_point_is_refused(rule: Rule, session: Any, value: Any, message: str) -> None:
    """With the rules of Series; the course stands where it stood."""
    so_far = ta.Series.of([36, 37, None, 35], low=0, high=40, metric="sum")
    live = rule.live(so_far)
    with pytest.raises(ta.SeriesError) as caught:
        live.after(session, value)
    assert str(caught.value) == message
    assert live == rule.live(so_far)


@EACH
@given(points=st.lists(st.tuples(st.integers(-1, 4), st.sampled_from([1, 5.5, nan, None, "x"]))))
def test_it_refuses_what_a_series_refuses(rule: Rule, points: Any) -> None:
    """Both take the same points, or neither does."""
    live = rule.live(TOTAL)
    spec, taken = TOTAL, True
    try:
        ta.Series(points=tuple(ta.Point(*each) for each in points), spec=spec)
    except ta.SeriesError:
        taken = False
    try:
        for session, value in points:
            live, _ = live.after(session, value)
    except ta.SeriesError:
        assert not taken
    else:
        assert taken


def test_both_faults_are_told_at_once() -> None:
    live, _ = RciDrop().live(MEAN).after(3, 4)
    with pytest.raises(ta.SeriesError) as caught:
        live.after(3, 6)
    assert [each.path for each in caught.value.problems] == ["session 3", "session 3"]


def test_numbers_of_numpy_are_taken() -> None:
    numpy = pytest.importorskip("numpy")
    live, _ = RciDrop().live(MEAN).after(numpy.int64(1), numpy.float32(4.5))
    live, flag = live.after(numpy.int64(2), numpy.float64(3))
    assert (flag.flag, type(live.session)) == (True, int)


def test_constants_of_other_scores_flag_nothing() -> None:
    """As ``flags`` of the series has it."""
    rule = EbZ(cohort=evolve(COHORT, measure="arm-5", rater="client"))
    wai = ta.Series.of([4.2, 4.1, 3.0], measure=ta.Registry().measure("wai-sr"), metric="mean")
    live = rule.live(wai)
    live, flag = live.after(4, 1.2)
    assert (flag.flag, flag.why) == (None, rule.flags(wai)[2].why)
    live, flag = live.after(5, None)
    assert flag.why == "no score was observed"
    with pytest.raises(ta.SeriesError):
        live.after(5, 4)


@pytest.mark.parametrize(
    "course", ["mean", None, ta.evidence.Observations(kind="codes", points=())]
)
def test_it_begins_with_scores(course: Any) -> None:
    with pytest.raises(ta.SeriesError, match="rci-drop looks at scores"):
        RciDrop().live(course)


def test_it_begins_with_a_range() -> None:
    with pytest.raises(ta.SeriesError, match="possible range"):
        RciDrop().live(ta.ScoreSpec("total", "mean", -inf, inf, 0))


def test_answers_go_with_a_score() -> None:
    """``srs-rules`` asks about single lines."""
    live = SrsRules().live(TOTAL)
    _, flag = live.after(1, 37, [9, 10, 8, 10])
    assert flag.concerns
