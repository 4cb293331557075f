"""What rules share that judge a score by a cohort and by the history of its person."""

from abc import abstractmethod

from attrs import frozen

from therapeutic_alliance.course.cohort import CohortConstants
from therapeutic_alliance.course.detectors.needs_cohort import (
    LACKING,
    NONE_GIVEN,
    check_cohort,
    unless_misfit,
)
from therapeutic_alliance.course.detectors.not_evaluable import too_few, unless_observed
from therapeutic_alliance.course.detectors.online import OnlineDetector
from therapeutic_alliance.course.expectation.expected import Belief, Expected
from therapeutic_alliance.course.parameters import positive
from therapeutic_alliance.course.series import EPSILON, Point, Series
from therapeutic_alliance.model.finding import Flag, Flags
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


@frozen(kw_only=True)
class FromCohort(OnlineDetector[State]):
    """``z = (expected - score) / expected deviation``, from what a cohort and the past say.

    Subclasses define how what is expected is learned, and what becomes of ``z``.
    """

    cohort: CohortConstants | None = None
    """Without them every flag is ``None``."""
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
    def conventions(self) -> tuple[str, ...]:
        """Which constants were used."""
        if self.cohort is None:
            return (NONE_GIVEN,)
        return (f"constants used: {self.cohort}",)

    def flags(self, series: Series) -> Flags:
        """One flag for each point; all ``None`` if the constants are of other scores.

        :meth:`start` knows of the score only: who steps through a course by hand sees to it that
        measure and rater are those of the constants.
        """
        return unless_misfit(super().flags(series), series, self.cohort)

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
        statistic = self.follow(state.statistic, z, expected.suspicion)
        enough = state.seen >= EARLIER
        flag = Flag(
            session=point.session,
            flag=statistic >= self.threshold - EPSILON if enough else None,
            why=self._why(state, expected, growth, point.value, statistic),
            statistic=statistic,
            threshold=self.threshold,
            tolerance=self.tolerance(expected.scale * spec.span),
        )
        belief = state.belief.after(point.session, level)
        return State(spec, belief, "", state.seen + 1, statistic), flag

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
        if state.seen < EARLIER:
            told = f"{too_few(state.seen, EARLIER, 'earlier scores')}; {told}"
        elif statistic >= self.threshold - EPSILON:
            told = f"{told}: possible rupture"
        return f"{told}; constants used: {self.cohort}"
