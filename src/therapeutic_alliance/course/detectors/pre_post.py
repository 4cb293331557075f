"""Drops within sessions and between them, told apart: ``pre-post``."""

from collections.abc import Iterator
from typing import Literal

from attrs import frozen

from therapeutic_alliance.course.change import ByReliableChange
from therapeutic_alliance.course.gaps import too_far
from therapeutic_alliance.course.observations import (
    NEITHER,
    Kind,
    Observation,
    Observations,
    PrePost,
    at_ceiling,
    needed,
)
from therapeutic_alliance.course.parameters import parameters_of, positive, whole
from therapeutic_alliance.course.series import EPSILON
from therapeutic_alliance.errors import AllianceError, SeriesError
from therapeutic_alliance.model.confidence import Confidence
from therapeutic_alliance.model.finding import Flag, Flags
from therapeutic_alliance.model.scored import ScoreSpec

WITHIN, BETWEEN = "possible in-session drop", "possible drop between sessions"


@frozen(kw_only=True)
class Changes:
    """How the score of one session changed within it, and since the session before."""

    session: int
    within: float | None
    """``post - pre`` of the session; ``None`` if one of them was not observed."""
    between: float | None
    """``pre`` less the last ``post`` before; ``None`` if one was not observed, or is too far."""
    in_session: bool | None
    """Whether that is a possible in-session drop."""
    between_sessions: bool | None
    """Whether that is a possible drop between sessions."""
    since: int | None = None
    """The session before whose ``post`` is the last observed."""
    first: bool = False
    """Whether no session is before it in the series."""
    why_not_between: str = ""
    """Why there is no change since the session before."""

    @property
    def flag(self) -> bool | None:
        """Either drop; ``None`` if one of them is not known, and the other is none.

        Nothing lies before the first session: only the drop within it is asked about.
        """
        if self.first:
            return self.in_session
        if self.in_session or self.between_sessions:
            return True
        return None if None in (self.in_session, self.between_sessions) else False


@frozen(kw_only=True)
class PrePostDrop(ByReliableChange):
    """Flags a session with a possible drop within it, or between it and the session before.

    ``within = post - pre``, ``between = pre - last post``; a drop is a change of ``-thr`` or
    less. ``thr`` is the reliable change (see :class:`ReliableChange`), or ``k * sd`` if ``k`` is
    given. It observes ``pre-post`` (:func:`therapeutic_alliance.evidence.pre_post`), not scores;
    anything else is a :class:`SeriesError`. The within part is evaluable from session 1 on.

    >>> from therapeutic_alliance import Series, evidence
    >>> pre, post = (Series.of(each, low=1, high=5) for each in ([4.3, 3.6], [4.2, 3.9]))
    >>> flags = PrePostDrop().flags(evidence.pre_post(pre, post))
    >>> flags.sessions, flags[1].why.partition(";")[0]
    ((2,), 'possible drop between sessions: 0.6 below the end of session 1')
    """

    k: float | None = None
    """With ``sd``: the threshold is ``k * sd``, and no reliable change."""
    max_gap: int = 2
    """Most unobserved sessions between two that are compared; 0: they must be adjacent."""

    def __attrs_post_init__(self) -> None:
        whole(self.id, "max_gap", self.max_gap, 0)
        if self.k is not None:
            positive(self.id, "k", self.k)
            if self.sd is None:
                raise AllianceError(f"{self.id}: k goes with sd")

    @property
    def id(self) -> str:
        """``pre-post``."""
        return "pre-post"

    @property
    def mode(self) -> Literal["online"]:
        """A flag uses sessions up to its own only."""
        return "online"

    @property
    def observes(self) -> Kind:
        """Pairs of scores."""
        return "pre-post"

    @property
    def citation(self) -> str:
        """Where the decomposition comes from."""
        return (
            "decomposition: Zlotnick, Strauss, Ellis, Abargil, Tishby & Huppert 2020 (verified); "
            "threshold and names are this library's reconstruction"
        )

    @property
    def confidence(self) -> Confidence:
        """How sure each part is."""
        return (("decomposition", "V"), ("threshold and names", "R"))

    @property
    def conventions(self) -> tuple[str, ...]:
        """Where the threshold comes from."""
        return (f"threshold: {self._threshold_words}",)

    @property
    def _threshold_words(self) -> str:
        if self.k is None:
            return str(self.change)
        source = f"from {self.source}" if self.source else "without a source"
        return f"{self.k:g} SD of {self.sd:g}, {source}"

    def _threshold(self, spec: ScoreSpec) -> float:
        if self.k is not None and self.sd is not None:
            return self.k * self.sd
        return self.change.size(spec.low, spec.high)

    def changes(self, series: Observations[PrePost]) -> tuple[Changes, ...]:
        """Both changes of each session, in their order, and whether each may be a drop."""
        needed(self.id, series, self.observes)
        if series.spec is None:
            raise SeriesError(f"{self.id}: the possible range of the scores is needed")
        return tuple(self._changes(series, self._threshold(series.spec)))

    def _changes(self, series: Observations[PrePost], threshold: float) -> Iterator[Changes]:
        last: tuple[int, float] | None = None
        for position, point in enumerate(series):
            pair = point.value or NEITHER
            within = None if pair.pre is None or pair.post is None else pair.post - pair.pre
            why = self._why_not(point, last) if position else "no session is before it"
            between = None if why or last is None or pair.pre is None else pair.pre - last[1]
            yield Changes(
                session=point.session,
                within=within,
                between=between,
                in_session=_drop(within, threshold),
                between_sessions=_drop(between, threshold),
                since=last[0] if last else None,
                first=position == 0,
                why_not_between=why,
            )
            last = last if pair.post is None else (point.session, pair.post)

    def _why_not(self, point: Observation[PrePost], last: tuple[int, float] | None) -> str:
        """Why a session cannot be compared with the one before; empty if it can."""
        if point.value is None or point.value.pre is None:
            return "no score was observed before the session"
        if last is None:
            return "no score was observed at the end of a session before"
        return too_far(last[0], point.session, self.max_gap)

    def flags(self, series: Observations[PrePost]) -> Flags:
        """One flag for each session, in their order; ``why`` tells both changes."""
        changes = self.changes(series)
        assert series.spec
        threshold = self._threshold(series.spec)
        return Flags(
            detector=self.id,
            mode=self.mode,
            flags=tuple(
                self._flag(each, point.value or NEITHER, threshold)
                for each, point in zip(changes, series, strict=True)
            ),
            conventions=self.conventions,
            parameters=parameters_of(self),
            low_information=at_ceiling(series),
        )

    def _flag(self, found: Changes, pair: PrePost, threshold: float) -> Flag:
        parts = [
            _told(found.in_session, found.within, WITHIN, "the beginning of the session"),
            _told(
                found.between_sessions,
                found.between,
                BETWEEN,
                f"the end of session {found.since}",
                found.why_not_between,
            ),
        ]
        parts.sort(key=lambda part: not part.startswith("possible"))
        falls = [-each for each in (found.within, found.between) if each is not None]
        before = None
        if found.in_session and found.since is None and pair.pre is not None:
            before = found.session, pair.pre  # no end of a session before is there to come back to
        return Flag(
            session=found.session,
            flag=found.flag,
            why=f"{'; '.join(parts)}; threshold {threshold:.4g}, {self._threshold_words}",
            statistic=max(falls, default=None),
            threshold=threshold if falls else None,
            before=before,
        )


def _drop(change: float | None, threshold: float) -> bool | None:
    return None if change is None else change <= -threshold + EPSILON


def _told(dropped: bool | None, change: float | None, name: str, since: str, why: str = "") -> str:
    kind = "within the session" if name == WITHIN else "between sessions"
    if change is None:
        return f"{kind}: {why or 'a score was not observed'}"
    if dropped:
        return f"{name}: {-change:.4g} below {since}"
    direction = "below" if change < -EPSILON else "above" if change > EPSILON else ""
    size = f"{abs(change):.4g} {direction} {since}" if direction else "no change"
    return f"{kind}: {size}"
