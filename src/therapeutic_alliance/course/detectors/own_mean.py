"""Scores far below the person's own mean: ``own-mean-sd`` and ``own-mean-sd-online``."""

from collections.abc import Iterator, Sequence
from math import sqrt

from attrs import evolve, frozen

from therapeutic_alliance.course.detectors.not_evaluable import not_evaluable, not_observed, too_few
from therapeutic_alliance.course.detectors.online import OnlineDetector
from therapeutic_alliance.course.detectors.own_sd import FLOORED, own_sd
from therapeutic_alliance.course.detectors.retrospective import RetrospectiveDetector
from therapeutic_alliance.course.parameters import positive
from therapeutic_alliance.course.sd_floor import sd_floor
from therapeutic_alliance.course.series import EPSILON, Point, SessionScore
from therapeutic_alliance.model.confidence import Confidence
from therapeutic_alliance.model.finding import Flag
from therapeutic_alliance.model.scored import ScoreSpec
from therapeutic_alliance.psychometrics.spread import mean

LEAST_BEFORE = 3
"""Earlier observed scores that the online variant needs: this library's convention."""
_SOURCE = (
    "2 SD below the patient's own mean: JCCP 2024, 92(2):129-133 (verified in the abstract; a "
    "difference between groups of sessions, no validated sensitivity)"
)


def farthest(n: int) -> float:
    """How many SDs one of ``n`` scores can lie from their mean: ``(n - 1) / sqrt(n)``.

    >>> round(farthest(5), 3), round(farthest(6), 3)
    (1.789, 2.041)
    """
    return (n - 1) / sqrt(n)


@frozen(kw_only=True)
class OwnMeanSd(RetrospectiveDetector):
    """Flags a score more than ``k`` SDs below the mean of the person's own scores.

    ``x_t < mean - k * max(SD, 0.0375 * (high - low))``, with mean and sample SD over all observed
    sessions. No one of ``n`` scores lies more than ``(n - 1) / sqrt(n)`` SDs from their mean:
    where ``k`` is above that, no session is evaluable; with ``k`` 2 that is so for up to 5 scores.
    A low score lowers the mean and widens the SD, so that two ruptures hide each other.

    The statistic is ``(mean - x_t) / SD``. Raises :class:`AllianceError` for a ``k`` out of range.

    >>> from therapeutic_alliance import Series
    >>> OwnMeanSd().flags(Series.of([4.2, 4.1, 4.2, 4.3, 4.2, 4.1, 3.0], low=1, high=5)).sessions
    (7,)
    """

    k: float = 2.0
    """How many SDs below the mean."""

    def __attrs_post_init__(self) -> None:
        positive(self.id, "k", self.k)

    @property
    def id(self) -> str:
        """``own-mean-sd``."""
        return "own-mean-sd"

    @property
    def citation(self) -> str:
        """Where the rule comes from, and how sure that is."""
        return f"{_SOURCE}; which SD, over which sessions: this library's reconstruction"

    @property
    def confidence(self) -> Confidence:
        """How sure each part is."""
        return (("own mean, and 2 SD", "V"), ("which SD, over which sessions", "R"))

    @property
    def conventions(self) -> tuple[str, ...]:
        """Which mean and SD, and the floor of the SD."""
        return ("mean and SD: the person's own, of all sessions", FLOORED)

    def judge(self, observed: Sequence[SessionScore], spec: ScoreSpec) -> Iterator[Flag]:
        """Each score against the mean of all."""
        centre = mean([score for _, score in observed])
        spread = own_sd(observed, spec)
        limit = farthest(len(observed))
        reason = ""
        if self.k > limit + EPSILON:
            reason = (
                f"of {len(observed)} scores none can lie more than {limit:.4g} SD from their "
                f"mean, and {self.k:g} are needed"
            )
        for now in observed:
            flag = _judged(now, centre, spread, self.k, "all sessions")
            yield evolve(flag, flag=None, why=reason) if reason else flag


@frozen
class _Past:
    """Welford's running mean and sum of squares: exact enough for any length."""

    floor: float
    n: int = 0
    mean: float = 0.0
    squares: float = 0.0

    @property
    def sd(self) -> float:
        return max(sqrt(self.squares / (self.n - 1)), self.floor)

    def with_(self, value: float) -> "_Past":
        n = self.n + 1
        centre = self.mean + (value - self.mean) / n
        squares = self.squares + (value - self.mean) * (value - centre)
        return _Past(self.floor, n, centre, squares)


@frozen(kw_only=True)
class OwnMeanSdOnline(OnlineDetector[_Past]):
    """Flags a score more than ``k`` SDs below the mean of the person's scores before it.

    ``x_t < mean - k * max(SD, 0.0375 * (high - low))``, with mean and sample SD over the observed
    sessions before ``t``, of which there must be 3. The statistic is ``(mean - x_t) / SD``.

    Raises :class:`AllianceError` for a ``k`` out of range.

    >>> from therapeutic_alliance import Series
    >>> OwnMeanSdOnline().flags(Series.of([4.2, 4.1, 4.2, 3.0], low=1, high=5)).sessions
    (4,)
    """

    k: float = 2.0
    """How many SDs below the mean."""

    def __attrs_post_init__(self) -> None:
        positive(self.id, "k", self.k)

    @property
    def id(self) -> str:
        """``own-mean-sd-online``."""
        return "own-mean-sd-online"

    @property
    def citation(self) -> str:
        """Where the rule comes from, and how sure that is."""
        return f"{_SOURCE}; which SD, and past sessions only: this library's reconstruction"

    @property
    def confidence(self) -> Confidence:
        """How sure each part is."""
        return (("own mean, and 2 SD", "V"), ("which SD, and past sessions only", "R"))

    @property
    def conventions(self) -> tuple[str, ...]:
        """Which mean and SD, and the floor of the SD."""
        return ("mean and SD: the person's own, of the sessions before", FLOORED)

    def start(self, spec: ScoreSpec) -> _Past:
        """No score yet."""
        return _Past(sd_floor(spec.low, spec.high))

    def step(self, state: _Past, point: Point) -> tuple[_Past, Flag]:
        """Compare a score with those before, then count it."""
        session, value = point.session, point.value
        if value is None:
            return state, not_observed(session)
        if state.n < LEAST_BEFORE:
            why = too_few(state.n, LEAST_BEFORE, "earlier scores")
            flag = not_evaluable(session, why)
        else:
            flag = _judged((session, value), state.mean, state.sd, self.k, "the sessions before")
        return state.with_(value), flag


def _judged(now: SessionScore, centre: float, sd: float, k: float, over: str) -> Flag:
    session, value = now
    limit = centre - k * sd
    flagged = value < limit - EPSILON
    verdict = f"below {limit:.4g}: possible rupture" if flagged else f"not below {limit:.4g}"
    return Flag(
        session=session,
        flag=flagged,
        why=f"{value:.4g} is {verdict}; the person's own mean {centre:.4g} less {k:g} times "
        f"their own SD {sd:.4g}, of {over}",
        statistic=(centre - value) / sd,
        threshold=k,
    )
