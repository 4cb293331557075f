"""Drops as large as a reliable change: ``drop-from-best`` and ``rci-drop``."""

from abc import abstractmethod
from collections.abc import Callable
from typing import Literal

from attrs import evolve, frozen

from therapeutic_alliance.course.change import ByReliableChange
from therapeutic_alliance.course.detectors.drop import told as drop_told
from therapeutic_alliance.course.detectors.not_evaluable import not_evaluable, not_observed
from therapeutic_alliance.course.detectors.online import OnlineDetector
from therapeutic_alliance.course.gaps import too_far
from therapeutic_alliance.course.parameters import one_of, whole
from therapeutic_alliance.course.series import EPSILON, Point, SessionScore
from therapeutic_alliance.model.confidence import Confidence
from therapeutic_alliance.model.finding import Flag
from therapeutic_alliance.model.scored import ScoreSpec


@frozen
class _State:
    threshold: float
    reference: SessionScore | None = None


@frozen(kw_only=True)
class ReliableDrop(ByReliableChange, OnlineDetector[_State]):
    """``reference - x_t >= RC`` (see :class:`ReliableChange`), from what subclasses choose."""

    @property
    def conventions(self) -> tuple[str, ...]:
        """Where the threshold comes from."""
        return (f"threshold: {self.change}",)

    def start(self, spec: ScoreSpec) -> _State:
        """No reference yet."""
        return _State(self.change.size(spec.low, spec.high))

    @property
    @abstractmethod
    def named(self) -> str:
        """What a drop is measured from, in words."""

    @abstractmethod
    def follow(
        self, reference: SessionScore | None, session: int, value: float
    ) -> SessionScore | None:
        """The reference for the sessions after this one."""

    @property
    @abstractmethod
    def recovers_to_reference(self) -> bool:
        """Whether recovery is measured from the reference, and not from the last score."""

    @abstractmethod
    def too_far(self, reference: SessionScore, session: int) -> str:
        """Why two sessions cannot be compared; empty if they can."""

    def step(self, state: _State, point: Point) -> tuple[_State, Flag]:
        """Compare a session with the reference, then let the reference follow it."""
        session, value = point.session, point.value
        if value is None:
            return state, not_observed(session)
        if state.reference is None:
            flag = not_evaluable(session, f"{self.named} is not observed yet")
        elif gap := self.too_far(state.reference, session):
            flag = not_evaluable(session, gap)
        else:
            flag = self._compare(state.threshold, state.reference, session, value)
        reference = self.follow(state.reference, session, value)
        return (state if reference is state.reference else evolve(state, reference=reference)), flag

    def _compare(
        self, threshold: float, reference: SessionScore, session: int, value: float
    ) -> Flag:
        before, score = reference
        drop = score - value
        flagged = drop >= threshold - EPSILON
        verdict = drop_told(drop, f"{self.named} (session {before})", flagged=flagged)
        return Flag(
            session=session,
            flag=flagged,
            why=f"{verdict}; threshold {threshold:.4g}, {self.change}",
            statistic=drop,
            threshold=threshold,
            reference=reference,
            before=reference if self.recovers_to_reference else None,
            tolerance=threshold / 4,
        )


@frozen(kw_only=True)
class DropFromBest(ReliableDrop):
    """Flags a score at least a reliable change below the best score before it.

    ``max(x_1 .. x_t-1) - x_t >= RC``; unobserved sessions are skipped, and of equal maxima the
    first counts. It is this library's baseline rule, a reconstruction without an author.

    >>> from therapeutic_alliance import Series
    >>> DropFromBest().flags(Series.of([4.3, 4.2, 3.4, 4.1], low=1, high=5)).sessions
    (3,)
    """

    @property
    def id(self) -> str:
        """``drop-from-best``."""
        return "drop-from-best"

    @property
    def citation(self) -> str:
        """Where the rule comes from."""
        return "this library's baseline rule (a reconstruction; no published criterion)"

    @property
    def confidence(self) -> Confidence:
        """How sure each part is."""
        return (("rule", "R"),)

    @property
    def named(self) -> str:
        """What a drop is measured from."""
        return "the best score before"

    @property
    def recovers_to_reference(self) -> bool:
        """To the running maximum."""
        return True

    def follow(
        self, reference: SessionScore | None, session: int, value: float
    ) -> SessionScore | None:
        """The running maximum, at its first occurrence."""
        return best(reference, session, value)

    def too_far(self, _reference: SessionScore, _session: int) -> str:
        """A gap does not matter to the best score."""
        return ""


@frozen(kw_only=True)
class RciDrop(ReliableDrop):
    """Flags a score at least a reliable change below a reference session.

    Jacobson & Truax 1991 give the formula; applying it from session to session is this
    library's reconstruction. ``reference``: the ``previous`` observed session (not evaluable if
    more than ``max_gap`` sessions are missing between the two), the ``running-max``, or
    ``session-3``.

    >>> from therapeutic_alliance import Series
    >>> RciDrop().flags(Series.of([4.3, 4.2, 3.4, 4.1], low=1, high=5)).sessions
    (3,)
    """

    reference: Literal["previous", "running-max", "session-3"] = "previous"
    """What a drop is measured from."""
    max_gap: int = 2
    """Most unobserved sessions between two that are compared; 0: they must be adjacent."""

    def __attrs_post_init__(self) -> None:
        one_of(self.id, "reference", self.reference, tuple(_FOLLOW))
        whole(self.id, "max_gap", self.max_gap, 0)

    @property
    def id(self) -> str:
        """``rci-drop``."""
        return "rci-drop"

    @property
    def citation(self) -> str:
        """Where the rule comes from."""
        return (
            "formula: Jacobson & Truax 1991, JCCP 59:12-19 (verified); "
            "its use from session to session is this library's reconstruction"
        )

    @property
    def confidence(self) -> Confidence:
        """How sure each part is."""
        parts: Confidence = (("formula", "V"), ("use from session to session", "R"))
        if self.change.absent:
            parts = (*parts, ("threshold, the convention of this library", "R"))
        return parts

    @property
    def named(self) -> str:
        """What a drop is measured from."""
        return _NAMED[self.reference]

    @property
    def recovers_to_reference(self) -> bool:
        """To a running maximum only."""
        return self.reference == "running-max"

    def follow(
        self, reference: SessionScore | None, session: int, value: float
    ) -> SessionScore | None:
        """The reference that was chosen."""
        return _FOLLOW[self.reference](reference, session, value)

    def too_far(self, reference: SessionScore, session: int) -> str:
        """Only with the previous session does a gap matter."""
        return too_far(reference[0], session, self.max_gap) if self.reference == "previous" else ""


def best(reference: SessionScore | None, session: int, value: float) -> SessionScore:
    """The higher of the two; of equal ones the earlier."""
    if reference is None or value > reference[1] + EPSILON:
        return session, value
    return reference


def _previous(_reference: SessionScore | None, session: int, value: float) -> SessionScore:
    return session, value


def _third(reference: SessionScore | None, session: int, value: float) -> SessionScore | None:
    return (session, value) if session == 3 else reference


_FOLLOW: dict[str, Callable[[SessionScore | None, int, float], SessionScore | None]] = {
    "previous": _previous,
    "running-max": best,
    "session-3": _third,
}
_NAMED = {
    "previous": "the observed session before",
    "running-max": "the best score before",
    "session-3": "session 3",
}
