"""The rule ``set-aside-z`` against an oracle in NumPy, and what it is meant to do."""

from math import log, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.course.illustrations import ALL, COHORT, A
from therapeutic_alliance.course.detectors.eb_z import EbZ
from therapeutic_alliance.course.detectors.set_aside_z import SetAsideZ
from therapeutic_alliance.course.expectation.switching import Assumed, Switching

PRIOR = ta.CohortConstants.illustrative()
RULE = SetAsideZ(cohort=PRIOR)
PARTS = (0.60, 0.91, 1.38)


def oracle(series: ta.Series, cohort: ta.CohortConstants, rule: SetAsideZ) -> list[float | None]:
    """The statistic, with arrays of SDs x states instead of laws and ways.

    ``w[s, i]``, ``m[s, i]``, ``v[s, i]``: weight, mean and variance of the level if the SD is the
    s-th and the last session was outside (i = 0) or inside (i = 1) a rupture.
    """
    within = sqrt(cohort.within_variance)
    sd = np.maximum(np.array(PARTS) * within, 0.0375)[:, None]
    depth = np.array([0.0, rule.depth * within])
    w = np.array([[1 / 3, 0.0]] * 3)
    m = np.full((3, 2), cohort.mean)
    v = np.full((3, 2), 1.5 * cohort.between_variance)
    once = np.array([[1 - rule.entry, rule.entry], [rule.exit, 1 - rule.exit]])
    found: list[float | None] = []
    last: tuple[int, float] | None = None
    for point in series:
        if point.value is None:
            found.append(None)
            continue
        y = series.share(point.value) - cohort.expected_growth(point.session)
        gap = point.session - last[0] if last else 1
        move = np.linalg.matrix_power(once, gap)
        kept = rule.persisting**gap if last else 0.0
        before = kept * (last[1] + depth) if last else np.zeros(2)
        mean = (1 - kept) * m + before
        spread = (1 - kept) ** 2 * v + sd**2 * (1 - kept**2)
        centre = (w * mean).sum()
        scale = sqrt((w * (mean**2 + spread)).sum() - centre**2)
        inside = (w @ move)[:, 1].sum()
        start = log(rule.entry / (1 - rule.entry))
        suspicion = log(inside / (1 - inside)) - start
        found.append((centre - y) / scale + rule.carried * suspicion)
        w, m, v = _updated(w, m, v, mean, spread, 1 - kept, move, depth, y)
        last = point.session, y
    return found


def _updated(w: Any, m: Any, v: Any, mean: Any, spread: Any, own: float, *rest: Any) -> Any:
    move, depth, y = rest
    off = y - mean[:, :, None] + depth  # SD, state before, state now
    gain = v * own / spread
    log_way = -(off**2) / (2 * spread[:, :, None]) - np.log(spread)[:, :, None] / 2
    way = w[:, :, None] * move * np.exp(log_way - log_way.max())
    level = m[:, :, None] + gain[:, :, None] * off
    rest_v = (v * (1 - gain * own))[:, :, None]
    total = np.maximum(way.sum(1), 1e-300)
    new_m = (way * level).sum(1) / total
    new_v = (way * (rest_v + (level - new_m[:, None, :]) ** 2)).sum(1) / total
    return total / way.sum(), new_m, new_v


@st.composite
def series(draw: st.DrawFn) -> ta.Series:
    values = draw(st.lists(st.one_of(st.none(), st.integers(12, 60)), max_size=25))
    gaps = draw(st.lists(st.sampled_from([1, 1, 1, 2, 5]), min_size=25, max_size=25))
    sessions = [sum(gaps[: at + 1]) for at in range(len(values))]
    return ta.Series.of(values, low=12, high=60, metric="sum", sessions=sessions)


GROWING = ta.CohortConstants.stated(
    mean=40, between=7, within=4, low=12, high=60, growth=[-2, 0, 1], source="invented"
)


@pytest.mark.parametrize("cohort", [PRIOR, COHORT, GROWING], ids=["prior", "cohort", "growing"])
@pytest.mark.parametrize("persisting", [0.0, 0.2, 0.6])
@given(series())
def test_the_statistic_is_that_of_the_oracle(
    cohort: ta.CohortConstants, persisting: float, course: ta.Series
) -> None:
    rule = SetAsideZ(cohort=cohort, persisting=persisting, carried=0.3)
    for flag, known in zip(rule.flags(course), oracle(course, cohort, rule), strict=True):
        assert (flag.statistic is None) == (known is None)
        if known is not None:
            assert flag.statistic == pytest.approx(known, abs=1e-6)


@pytest.mark.parametrize("name", ALL)
def test_illustrations(name: str) -> None:
    """Worked by the oracle; section 0: no rule flags C2."""
    expected = {"A": (6,), "B": (7,), "C": (6,), "C2": (), "D": (3,), "S": ()}
    assert RULE.flags(ALL[name]).sessions == expected[name]


def test_a_session_that_looks_like_a_rupture_hardly_moves_the_level() -> None:
    """That is what the rule is for: a low score goes on being low, and eb-z gets used to it."""
    low = ta.Series.of([4.2, 4.1, 4.3, 4.2, *[3.2] * 7], low=1, high=5)
    ours, other = RULE.flags(low), EbZ(cohort=PRIOR).flags(low)
    assert ours.sessions == (5, 6, 7, 8, 9, 10, 11)
    assert other.sessions == (5, 6, 7, 8, 9)


def test_what_the_sessions_before_add() -> None:
    """Suspicion is 0 at the start, higher after a fall, and back in the long run."""
    assumed = Assumed(depth=2.5, entry=0.02, exit=0.25, persisting=0.2)
    known = Switching.of(PRIOR, assumed)
    assert known.expected(1).suspicion == pytest.approx(0)
    for session, score in enumerate([0.8, 0.8, 0.8, 0.5], 1):
        known = known.after(session, score)
    assert known.expected(5).suspicion > 3  # log odds
    long_run = log(0.02 / 0.25) - log(0.02 / 0.98)
    assert known.expected(500).suspicion == pytest.approx(long_run)


def test_state_does_not_grow() -> None:
    """Constant memory: after ten sessions as after a thousand."""
    state = RULE.start(A.spec)
    sizes = set()
    for session in range(1, 1001):
        state, _ = RULE.step(state, ta.Point(session, 4.0 + 0.1 * (session % 3)))
        assert isinstance(state.belief, Switching)
        sizes.add(sum(len(person.levels) for person in state.belief.persons))
    assert sizes == {6}


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("threshold", 0),
        ("depth", -1),
        ("entry", 0),
        ("exit", float("nan")),
        ("entry", 0.9),
        ("persisting", 1),
        ("persisting", -0.1),
        ("carried", -1),
        ("carried", True),
        ("cohort", "base"),
    ],
)
def test_parameters_out_of_range(parameter: str, value: Any) -> None:
    with pytest.raises(ta.AllianceError, match=parameter):
        SetAsideZ(**{parameter: value})
