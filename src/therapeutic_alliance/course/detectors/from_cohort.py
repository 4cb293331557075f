"""What rules share that judge a score by a cohort and by the history of its person."""

from abc import abstractmethod

from attrs import field, frozen

from therapeutic_alliance.course.cohort import CohortConstants
from therapeutic_alliance.course.detectors.alarm import Alarm
from therapeutic_alliance.course.detectors.needs_cohort import (
    LACKING,
    NONE_GIVEN,
    check_cohort,
)
from therapeutic_alliance.course.detectors.not_evaluable import too_few, unless_observed
from therapeutic_alliance.course.detectors.online import OnlineDetector
from therapeutic_alliance.course.expectation.expected import Belief, Expected
from therapeutic_alliance.course.parameters import positive
from therapeutic_alliance.course.sd_floor import sd_floor
from therapeutic_alliance.course.series import EPSILON, Point
from therapeutic_alliance.model.finding import Flag
from therapeutic_alliance.model.scored import ScoreSpec

EARLIER = 2
"""Observed scores that must lie before a session that is flagged."""


@frozen
class State:
    """Where a course stands: what is known of its person, and what the rule carries on."""

    spec: ScoreSpec
    belief: Belief | None
    lacking: str = ""
    """Why there is none."""
    seen: int = 0
    """Observed scores so far."""
    statistic: float = 0.0
    """Of the last observed session; 0 before the first."""
    alarm: Alarm = field(factory=Alarm)
    """Of a rule that is set back by a recovery."""


@frozen(kw_only=True)
class FromCohort(OnlineDetector[State]):
    """``z = (expected - score) / expected deviation``, from what a cohort and the past say.

    Subclasses define how what is expected is learned, and what becomes of ``z``.
    """

    cohort: CohortConstants | None = None
    """Constants of a cohort. Without them every flag is ``None``."""
    threshold: float = 2.0
    """From which statistic on a session is flagged."""

    def __attrs_post_init__(self) -> None:
        check_cohort(self.id, self.cohort)
        positive(self.id, "threshold", self.threshold)

    @abstractmethod
    def begin(self, cohort: CohortConstants) -> Belief:
        """What is known of a person before the first score."""

    @abstractmethod
    def follow(self, before: float, z: float, suspicion: float) -> float:
        """The statistic after a session, from that of the session before and its ``z``.

        ``suspicion`` is that of :class:`Expected`.
        """

    @property
    @abstractmethod
    def named(self) -> str:
        """What the statistic is called, in words."""

    def tolerance(self, _expected_deviation: float) -> float | None:
        """How far below the score before a score counts as recovered; ``None``: by convention."""
        return None

    @property
    def set_back(self) -> bool:
        """Whether the statistic is set back to 0 when the score has recovered."""
        return False

    @property
    def conventions(self) -> tuple[str, ...]:
        """Which constants were used."""
        if self.cohort is None:
            return (NONE_GIVEN,)
        return (f"constants used: {self.cohort}",)

    def start(self, spec: ScoreSpec) -> State:
        """The prior; without constants of this score no baseline."""
        if self.cohort is None:
            return State(spec, None, LACKING)
        if why := self.cohort.misfit(score=spec.id):
            return State(spec, None, why)
        return State(spec, self.begin(self.cohort))

    def step(self, state: State, point: Point) -> tuple[State, Flag]:
        """Compare a score with what was expected of it, then learn from it."""
        if point.value is None or state.belief is None or self.cohort is None:
            return state, unless_observed(point, state.lacking)
        spec, expected = state.spec, state.belief.expected(point.session)
        growth = self.cohort.expected_growth(point.session)
        level = spec.share(point.value) - growth
        z = (expected.mean - level) / expected.scale
        recovered = self.set_back and state.alarm.recovers(point.value)
        statistic = 0.0 if recovered else self.follow(state.statistic, z, expected.suspicion)
        enough = state.seen >= EARLIER
        flagged = enough and statistic >= self.threshold - EPSILON
        flag = Flag(
            session=point.session,
            flag=flagged if enough else None,
            why=self._why(state, expected, growth, point.value, statistic),
            statistic=statistic,
            threshold=self.threshold,
            tolerance=self.tolerance(expected.scale * spec.span),
        )
        return State(
            spec=spec,
            belief=state.belief.after(point.session, level),
            seen=state.seen + 1,
            statistic=statistic,
            alarm=self._alarm(state, point.value, flagged=flagged),
        ), flag

    def _alarm(self, state: State, score: float, *, flagged: bool) -> Alarm:
        """The alarm of a rule that is set back; no other needs one."""
        if not self.set_back:
            return state.alarm
        least = sd_floor(state.spec.low, state.spec.high) / 4
        return state.alarm.after(score, least, flagged=flagged)

    def _why(
        self, state: State, expected: Expected, growth: float, score: float, statistic: float
    ) -> str:
        spec = state.spec
        ends = (expected.mean + growth + side * expected.scale for side in (-1, 1))
        least, most = (spec.low + min(1, max(0, end)) * spec.span for end in ends)
        told = (
            f"given the history so far {least:.4g} to {most:.4g} was expected; the score was "
            f"{score:.4g}; {self.named} {statistic:.4g}, flagged from {self.threshold:g}"
        )
        if self.set_back and state.alarm.recovers(score):
            told = f"{told}; set back to 0, the score is back at {state.alarm.needed:.4g}"
        if state.seen < EARLIER:
            told = f"{too_few(state.seen, EARLIER, 'earlier scores')}; {told}"
        elif statistic >= self.threshold - EPSILON:
            told = f"{told}: possible rupture"
        return f"{told}; constants used: {self.cohort}"
