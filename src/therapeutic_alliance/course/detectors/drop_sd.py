"""Drops from one session to the next in units of an SD: ``drop-sd`` and ``drop-sd-person``."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import evolve, frozen

from therapeutic_alliance.course.cohort import CohortConstants
from therapeutic_alliance.course.detectors.drop import told as drop_told
from therapeutic_alliance.course.detectors.needs_cohort import check_cohort
from therapeutic_alliance.course.detectors.not_evaluable import (
    FIRST,
    not_evaluable,
    not_observed,
    too_few,
)
from therapeutic_alliance.course.detectors.online import OnlineDetector
from therapeutic_alliance.course.detectors.own_sd import FLOORED, LEAST_SCORES, own_sd
from therapeutic_alliance.course.detectors.retrospective import RetrospectiveDetector
from therapeutic_alliance.course.gaps import too_far
from therapeutic_alliance.course.parameters import not_negative, positive, whole
from therapeutic_alliance.course.series import EPSILON, Point, SessionScore
from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.model.confidence import Confidence
from therapeutic_alliance.model.finding import Flag
from therapeutic_alliance.model.scored import ScoreSpec

NEEDED = "needs a cohort or sd"
_FAMILY = (
    "drop in SD, after the family of Strauss et al. 2006, JCCP 74:337-345; thresholds of 1 and 2 "
    "SD: second-hand (Gumz et al. 2012, BMC Med Res Methodol 12:10); that 1 SD is Strauss's, the "
    "SD of reference, the repair tolerance and window: general knowledge, weak"
)
_CONFIDENCE: Confidence = (
    ("thresholds of 1 and 2 SD", "V-ind"),
    ("that 1 SD is of Strauss et al.", "M-"),
    ("SD of reference, repair tolerance and window", "M-"),
)


@frozen(kw_only=True)
class _InSd:
    """What the rules of this family share: their parameters and the comparison."""

    k: float = 1.0
    """How many SDs a drop must have."""
    repair_tol: float = 0.25
    """How many SDs below the score before the drop a score may lie and count as recovered."""
    max_gap: int = 2
    """Most unobserved sessions between two that are compared; 0: they must be adjacent."""

    def _check(self, rule: str) -> None:
        positive(rule, "k", self.k)
        not_negative(rule, "repair_tol", self.repair_tol)
        whole(rule, "max_gap", self.max_gap, 0)

    def _compare(self, before: SessionScore, now: SessionScore, sd: float, named: str) -> Flag:
        """The flag of an observed session after another; ``named`` says whose SD it is."""
        session, value = now
        if gap := too_far(before[0], session, self.max_gap):
            return not_evaluable(session, gap)
        drop, threshold = before[1] - value, self.k * sd
        flagged = drop >= threshold - EPSILON
        verdict = drop_told(drop, f"session {before[0]}", flagged=flagged)
        return Flag(
            session=session,
            flag=flagged,
            why=f"{verdict}; threshold {threshold:.4g}, {self.k:g} of {named}",
            statistic=drop,
            threshold=threshold,
            reference=before,
            tolerance=self.repair_tol * sd,
            sd=sd,
        )


@frozen
class _State:
    sd: float | None
    lacking: str = ""
    """Why there is no SD."""
    previous: SessionScore | None = None


@frozen(kw_only=True)
class DropSd(_InSd, OnlineDetector[_State]):
    """Flags a drop of at least ``k`` SDs from the observed session before.

    ``x_prev - x_t >= k * SD``. The SD is either ``sd``, in the metric of the series, or the mean
    of the SDs within the persons of a ``cohort`` (:class:`CohortConstants`). Without both, no
    session is evaluable: it never falls back to the person's own SD, which
    :class:`DropSdPerson` uses. Two drops in a row that each stay below ``k`` are missed.

    Raises :class:`AllianceError` for a parameter out of range, or for both ``sd`` and ``cohort``.

    >>> from therapeutic_alliance import Series
    >>> series = Series.of([4.2, 4.1, 3.0, 4.2], low=1, high=5)
    >>> DropSd(sd=0.3).flags(series).sessions
    (3,)
    >>> DropSd().flags(series)[2].why
    'needs a cohort or sd'
    """

    sd: float | None = None
    """SD that drops are measured in, in the metric of the series, such as from a norm."""
    cohort: CohortConstants | None = None
    """Whose mean within-person SD drops are measured in."""

    def __attrs_post_init__(self) -> None:
        self._check(self.id)
        check_cohort(self.id, self.cohort)
        if self.sd is not None:
            positive(self.id, "sd", self.sd)
        if self.sd is not None and self.cohort is not None:
            raise AllianceError(f"{self.id}: give sd or a cohort, not both")

    @property
    def id(self) -> str:
        """``drop-sd``."""
        return "drop-sd"

    @property
    def citation(self) -> str:
        """Where the rule comes from, and how sure that is."""
        return _FAMILY

    @property
    def confidence(self) -> Confidence:
        """How sure each part is."""
        return _CONFIDENCE

    @property
    def conventions(self) -> tuple[str, ...]:
        """Whose SD it is."""
        return (f"SD of reference: {self._named}",)

    @property
    def _named(self) -> str:
        if self.cohort is not None:
            return f"the mean SD within persons of {self.cohort}"
        return NEEDED if self.sd is None else f"the SD {self.sd:g} that was given"

    def start(self, spec: ScoreSpec) -> _State:
        """The SD in the metric of the score, and no session yet."""
        if self.cohort is None:
            return _State(self.sd, NEEDED)
        if why := self.cohort.misfit(score=spec.id):
            return _State(None, why)
        return _State(self.cohort.person_sd * spec.span)

    def step(self, state: _State, point: Point) -> tuple[_State, Flag]:
        """Compare a session with the observed one before."""
        session, value = point.session, point.value
        if value is None:
            return state, not_observed(session)
        now = (session, value)
        if state.sd is None:
            flag = not_evaluable(session, state.lacking)
        elif state.previous is None:
            flag = not_evaluable(session, FIRST)
        else:
            flag = self._compare(state.previous, now, state.sd, self._named)
        return evolve(state, previous=now), flag


@frozen(kw_only=True)
class DropSdPerson(_InSd, RetrospectiveDetector):
    """Flags a drop of at least ``k`` of the person's own SDs from the observed session before.

    ``x_prev - x_t >= k * max(SD, 0.0375 * (high - low))``, with the sample SD of all observed
    scores of the series, of which there must be 3. That SD knows the person's future, and grows
    with the drop that it is to measure.

    Raises :class:`AllianceError` for a parameter out of range.

    >>> from therapeutic_alliance import Series
    >>> DropSdPerson().flags(Series.of([4.2, 4.1, 3.0, 4.2], low=1, high=5)).sessions
    (3,)
    """

    def __attrs_post_init__(self) -> None:
        self._check(self.id)

    @property
    def id(self) -> str:
        """``drop-sd-person``."""
        return "drop-sd-person"

    @property
    def citation(self) -> str:
        """Where the rule comes from, and how sure that is."""
        return f"{_FAMILY}; from 3 scores on: this library's reconstruction"

    @property
    def confidence(self) -> Confidence:
        """How sure each part is."""
        return (*_CONFIDENCE, ("from 3 scores on", "R"))

    @property
    def conventions(self) -> tuple[str, ...]:
        """Whose SD it is, and its floor."""
        return ("SD of reference: the person's own, of all sessions", FLOORED)

    def judge(self, observed: Sequence[SessionScore], spec: ScoreSpec) -> Iterator[Flag]:
        """Each session compared with the observed one before."""
        if len(observed) < LEAST_SCORES:
            why = too_few(len(observed), LEAST_SCORES)
            yield from (not_evaluable(session, why) for session, _ in observed)
            return
        sd = own_sd(observed, spec)
        named = f"the person's own SD {sd:.4g}, of all sessions"
        for before, now in pairwise(observed):
            yield self._compare(before, now, sd, named)
