"""A control chart of the scores before a session: ``individuals-chart-past``."""

from attrs import evolve, frozen

from therapeutic_alliance.course.detectors.chart_limits import (
    CITATION,
    FLOOR,
    NO_RANGE,
    SPAN,
    Limits,
    judged,
    moving_range,
)
from therapeutic_alliance.course.detectors.not_evaluable import not_evaluable, not_observed, too_few
from therapeutic_alliance.course.detectors.online import OnlineDetector
from therapeutic_alliance.course.parameters import positive, whole
from therapeutic_alliance.course.sd_floor import sd_floor
from therapeutic_alliance.course.series import Point, SessionScore
from therapeutic_alliance.model.confidence import Confidence
from therapeutic_alliance.model.finding import Flag
from therapeutic_alliance.model.scored import ScoreSpec

LEAST_BEFORE = 3
"""Observed sessions that the past-only chart needs before one that it judges."""


@frozen
class _State:
    """Mean of the scores so far, sum of the moving ranges so far."""

    floor: float
    seen: int = 0
    mean: float = 0.0
    ranges: int = 0
    range_sum: float = 0.0
    last: SessionScore | None = None

    def after(self, now: SessionScore, max_gap: int) -> "_State":
        """The state with one more observed session."""
        step = None if self.last is None else moving_range(self.last, now, max_gap)
        return evolve(
            self,
            seen=self.seen + 1,
            mean=self.mean + (now[1] - self.mean) / (self.seen + 1),
            ranges=self.ranges + (step is not None),
            range_sum=self.range_sum + (step or 0.0),
            last=now,
        )


@frozen(kw_only=True)
class IndividualsChartPast(OnlineDetector[_State]):
    """Flags a score below the lower limit of a chart of the scores before it.

    Centre and mean moving range are those of the observed sessions before, of which there must be
    3; ``sigma`` is at least 0.0375 of the possible range.

    Raises :class:`AllianceError` for a parameter out of range.

    >>> import therapeutic_alliance as ta
    >>> series = ta.Series.of([4.2, 4.3, 4.1, 4.2, 4.3, 3.4, 4.2], low=1, high=5)
    >>> IndividualsChartPast().flags(series).sessions
    (6,)
    """

    L: float = 3.0
    """How many sigma the limit lies below the centre; also used: 2."""
    max_gap: int = 2
    """Most unobserved sessions between two that make a moving range."""

    def __attrs_post_init__(self) -> None:
        positive(self.id, "L", self.L)
        whole(self.id, "max_gap", self.max_gap, 0)

    @property
    def id(self) -> str:
        """``individuals-chart-past``."""
        return "individuals-chart-past"

    @property
    def citation(self) -> str:
        """Where the rule comes from."""
        return f"{CITATION}, and so is a chart of past scores only"

    @property
    def confidence(self) -> Confidence:
        """How sure each part is."""
        return (("chart arithmetic", "V"), ("choice of limits, and past scores only", "R"))

    @property
    def conventions(self) -> tuple[str, ...]:
        """What the limit rests on."""
        return (FLOOR,)

    def start(self, spec: ScoreSpec) -> _State:
        """Nothing seen yet."""
        return _State(sd_floor(spec.low, spec.high))

    def step(self, state: _State, point: Point) -> tuple[_State, Flag]:
        """Compare a session with those before, then add it to them."""
        session, value = point.session, point.value
        if value is None:
            return state, not_observed(session)
        return state.after((session, value), self.max_gap), self._flag(state, session, value)

    def _flag(self, state: _State, session: int, value: float) -> Flag:
        if state.seen < LEAST_BEFORE:
            why = too_few(state.seen, LEAST_BEFORE, "earlier scores")
            return not_evaluable(session, why)
        if not state.ranges:
            return not_evaluable(session, f"{NO_RANGE} before it")
        sigma = max(state.range_sum / state.ranges / SPAN, state.floor)
        [flag] = judged([(session, value)], Limits(state.mean, sigma), self.L, ("R1",))
        return flag
