"""Whether a hidden second state explains the scores better: ``state-probability``, experimental."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence

from attrs import field, frozen

from therapeutic_alliance.course.cohort import CohortConstants
from therapeutic_alliance.course.detectors.from_cohort import EARLIER
from therapeutic_alliance.course.detectors.needs_cohort import (
    LACKING,
    NONE_GIVEN,
    check_cohort,
)
from therapeutic_alliance.course.detectors.not_evaluable import (
    not_evaluable,
    too_few,
    unless_observed,
)
from therapeutic_alliance.course.detectors.online import OnlineDetector
from therapeutic_alliance.course.detectors.retrospective import RetrospectiveDetector
from therapeutic_alliance.course.parameters import is_number
from therapeutic_alliance.course.series import EPSILON, Point, SessionScore
from therapeutic_alliance.course.two_state.model import StateModel
from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.model.confidence import Confidence
from therapeutic_alliance.model.finding import Flag
from therapeutic_alliance.model.scored import ScoreSpec


@frozen(kw_only=True)
class ByStateModel(ABC):
    """The parameters that both rules share, and the words of their flags."""

    cohort: CohortConstants | None = None
    """Constants that a model is built around if none is given, see :meth:`StateModel.around`."""
    model: StateModel | None = None
    """The two-state model, at best fitted to a cohort by :meth:`StateModel.fit`. Without model and
    cohort every flag is ``None``."""
    threshold: float = 0.3
    """From which statistic on a session is flagged, between 0 and 1."""
    used: StateModel | None = field(init=False, repr=False, eq=False)

    @used.default
    def _used(self) -> StateModel | None:
        if self.model is None and isinstance(self.cohort, CohortConstants):
            return StateModel.around(self.cohort)
        return self.model

    @property
    def citation(self) -> str:
        """Where the rule comes from."""
        return (
            "this library's hierarchical two-state model (a reconstruction, experimental and not "
            "calibrated; no published criterion)"
        )

    @property
    def confidence(self) -> Confidence:
        """How sure each part is."""
        return (("model, experimental", "R"),)

    @property
    def conventions(self) -> tuple[str, ...]:
        """Which hyper-parameters were used, and what the statistic is worth."""
        if self.used is None:
            return (NONE_GIVEN,)
        return (
            f"state model used: {self.used}",
            "the statistic is experimental and not calibrated",
        )

    def __attrs_post_init__(self) -> None:
        check_cohort(self.id, self.cohort)
        if self.model is not None and not isinstance(self.model, StateModel):
            raise AllianceError(f"{self.id}: model is a StateModel, or None")
        if not (is_number(self.threshold) and 0 < self.threshold < 1):
            raise AllianceError(f"{self.id}: threshold is a number between 0 and 1")

    @property
    @abstractmethod
    def id(self) -> str:
        """Kebab-case id."""

    def lacking(self, spec: ScoreSpec) -> str:
        """Why nothing can be said of a score; empty if something can."""
        return LACKING if self.used is None else self.used.misfit(score=spec.id)

    def told(self, session: int, statistic: float, seen: int, least: int = 0) -> Flag:
        """The flag of a session that ``seen`` observed ones, of at least ``least``, lie before."""
        words = f"experimental statistic {statistic:.4f}, flagged from {self.threshold:g}"
        flagged = statistic >= self.threshold - EPSILON
        if seen < least:
            words = f"{too_few(seen, least, 'earlier scores')}; {words}"
        elif flagged:
            words = f"{words}: possible rupture"
        return Flag(
            session=session,
            flag=None if seen < least else flagged,
            why=f"{words}; state model used: {self.used}",
            statistic=statistic,
            threshold=self.threshold,
        )


@frozen
class State:
    """Where a course stands; its size does not grow."""

    spec: ScoreSpec
    lacking: str
    session: int = 0
    """The last observed one."""
    seen: int = 0
    """Observed scores so far."""
    belief: bytes = field(default=b"", repr=False)
    """Of each grid point weight and state, packed; empty before the first score."""


@frozen(kw_only=True)
class StateProbability(ByStateModel, OnlineDetector[State]):
    """Flags a session whose score is better explained by a hidden second state, a lower one.

    The forward recursion of a :class:`StateModel`: each point of its grid is a person that this
    one might be, and the scores up to a session tell which points, and which state at each. The
    statistic weighs the points; it is experimental, not calibrated and no probability to be
    shown: it takes values from 0 to 1. It is there from session 1, the flag from two earlier
    observed scores on. Sessions between two observed ones are steps without a score. Without
    ``cohort`` and ``model`` every flag is ``None``.

    Needs the extra ``stats``. Raises :class:`MissingExtraError` without it, and
    :class:`AllianceError` for a parameter out of range.

    >>> import therapeutic_alliance as ta
    >>> rule = StateProbability(cohort=ta.CohortConstants.illustrative())
    >>> rule.flags(ta.Series.of([4.2, 4.1, 4.2, 3.0, 4.2], low=1, high=5)).sessions
    (4,)
    """

    @property
    def id(self) -> str:
        """``state-probability``."""
        return "state-probability"

    def start(self, spec: ScoreSpec) -> State:
        """Nothing is known of the person yet."""
        return State(spec, self.lacking(spec))

    def step(self, state: State, point: Point) -> tuple[State, Flag]:
        """Learn from a score, then judge its session."""
        session, value = point.session, point.value
        if value is None or state.lacking or self.used is None:
            return state, unless_observed(point, state.lacking)
        from therapeutic_alliance.course.two_state.recursions import stepped

        score = state.spec.share(value) - self.used.expected_growth(session)
        belief, statistic = stepped(self.used, state.belief, score, session - state.session)
        flag = self.told(session, statistic, state.seen, EARLIER)
        return State(state.spec, "", session, state.seen + 1, belief), flag


@frozen(kw_only=True)
class StateProbabilitySmoothed(ByStateModel, RetrospectiveDetector):
    """:class:`StateProbability` in hindsight: the statistic of a session uses all scores.

    The forward-backward recursion. No flag of it was there in the session.

    >>> import therapeutic_alliance as ta
    >>> rule = StateProbabilitySmoothed(cohort=ta.CohortConstants.illustrative())
    >>> rule.flags(ta.Series.of([4.2, 4.1, 4.2, 3.0, 4.2], low=1, high=5)).sessions
    (4,)
    """

    @property
    def id(self) -> str:
        """``state-probability-smoothed``."""
        return "state-probability-smoothed"

    def judge(self, observed: Sequence[SessionScore], spec: ScoreSpec) -> Iterable[Flag]:
        """The flag of each observed session; the first one's is set to ``None`` later."""
        why = self.lacking(spec)
        if why or self.used is None:
            return [not_evaluable(session, why) for session, _ in observed]
        from therapeutic_alliance.course.two_state.batch import in_hindsight

        shares = [(session, spec.share(value)) for session, value in observed]
        found = in_hindsight(self.used, shares)
        return [
            self.told(session, statistic, seen)
            for seen, ((session, _), statistic) in enumerate(zip(observed, found, strict=True))
        ]
