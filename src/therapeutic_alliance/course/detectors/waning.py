"""Slow decline, told apart from a drop: ``waning``."""

from collections.abc import Iterable, Sequence
from functools import cache, reduce
from itertools import pairwise
from math import fsum, sqrt
from operator import add

from attrs import evolve, frozen

from therapeutic_alliance.course.change import ByReliableChange
from therapeutic_alliance.course.detectors.not_evaluable import not_evaluable, not_observed, too_few
from therapeutic_alliance.course.detectors.online import OnlineDetector
from therapeutic_alliance.course.gaps import too_far
from therapeutic_alliance.course.parameters import whole
from therapeutic_alliance.course.series import EPSILON, Point, SessionScore
from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.model.confidence import Confidence
from therapeutic_alliance.model.finding import Flag, Sign
from therapeutic_alliance.model.scored import ScoreSpec
from therapeutic_alliance.psychometrics.spread import mean


@frozen
class _State:
    threshold: float
    latest: tuple[SessionScore, ...] = ()
    """At most a window of observed sessions."""


@frozen(kw_only=True)
class Waning(ByReliableChange, OnlineDetector[_State]):
    """Flags a slow decline over the last ``window`` observed sessions; a drop is none.

    All of: the mean of the last third of the window lies a reliable change or more below that of
    the first third; the last third lies lower than the middle one; and over the window, taken one
    observed session after the other, a straight decline explains more of the variance of the
    scores (their squared correlation) than any fall that is over within ``slide`` sessions, with
    level scores before and after it. So neither a dip, nor a shift that stays, nor a short slide is
    a waning.

    It is this library's reconstruction and has no source. It needs no later sessions. A possible
    waning is no possible rupture: :attr:`Flags.sign` tells them apart.

    Raises :class:`AllianceError` for a parameter out of range.

    >>> import therapeutic_alliance as ta
    >>> slow = ta.Series.of([4.4, 4.3, 4.2, 4.1, 4.0, 3.9, 3.8, 3.7, 3.6], low=1, high=5)
    >>> Waning().flags(slow).sessions, Waning().flags(slow).sign
    ((9,), 'waning')
    >>> sudden = ta.Series.of([4.3, 4.3, 4.3, 4.3, 4.3, 3.6, 3.6, 3.6, 3.6], low=1, high=5)
    >>> Waning().flags(sudden).sessions
    ()
    """

    window: int = 9
    """Observed sessions that are looked at, a multiple of 3."""
    slide: int = 3
    """A fall over so many sessions or fewer counts as a drop."""
    max_gap: int = 2
    """Most unobserved sessions between two in the window: a drop may hide in a longer gap."""

    def __attrs_post_init__(self) -> None:
        whole(self.id, "window", self.window, 6)
        if self.window % 3:
            raise AllianceError(f"{self.id}: window is a multiple of 3")
        whole(self.id, "slide", self.slide, 1)
        if 2 * self.slide > self.window:
            raise AllianceError(f"{self.id}: slide is at most half of the window")
        whole(self.id, "max_gap", self.max_gap, 0)

    @property
    def id(self) -> str:
        """``waning``."""
        return "waning"

    @property
    def citation(self) -> str:
        """Where the rule comes from."""
        return "this library's reconstruction of a slow decline (no published criterion)"

    @property
    def confidence(self) -> Confidence:
        """How sure each part is."""
        return (("rule", "R"),)

    @property
    def conventions(self) -> tuple[str, ...]:
        """Where threshold and window come from."""
        return (
            f"threshold: {self.change}",
            f"a waning over {self.window} observed sessions: this library's definition, no source",
        )

    @property
    def sign(self) -> Sign:
        """A waning."""
        return "waning"

    def start(self, spec: ScoreSpec) -> _State:
        """No session yet."""
        return _State(self.change.size(spec.low, spec.high))

    def step(self, state: _State, point: Point) -> tuple[_State, Flag]:
        """Move the window on, then look at it."""
        session, value = point.session, point.value
        if value is None:
            return state, not_observed(session)
        latest = (*state.latest, (session, value))[-self.window :]
        if unclear := self._unclear(latest):
            flag = not_evaluable(session, unclear)
        else:
            flag = self._flag(state.threshold, latest)
        return evolve(state, latest=latest), flag

    def _unclear(self, latest: Sequence[SessionScore]) -> str:
        if len(latest) < self.window:
            return too_few(len(latest), self.window)
        gaps = (too_far(one[0], two[0], self.max_gap) for one, two in pairwise(latest))
        return next(filter(None, gaps), "")

    def _flag(self, threshold: float, latest: Sequence[SessionScore]) -> Flag:
        scores, third = [score for _, score in latest], self.window // 3
        parts = (scores[n : n + third] for n in range(0, self.window, third))
        first, middle, last = (_sum(part) / third for part in parts)
        fall = first - last
        flagged = False
        if fall < threshold - EPSILON:
            why = f"a fall of {fall:.4g}, less than the threshold" if fall > EPSILON else "no fall"
        elif last >= middle - EPSILON:
            why = f"a fall of {fall:.4g}, but the last third lies no lower than the middle one"
        else:
            line, drop = explained(scores, self.slide)
            flagged = line > drop + EPSILON
            why = (
                f"a fall of {fall:.4g}; a straight decline explains {line:.3g} of their variance, "
                f"a drop within {self.slide} sessions {drop:.3g}"
            )
        thirds = f"by thirds of {self.window} observed sessions {first:.4g}, {middle:.4g}"
        verdict = "possible waning, worth asking about: " * flagged
        return Flag(
            session=latest[-1][0],
            flag=flagged,
            why=f"{verdict}{thirds}, {last:.4g}: {why}; threshold {threshold:.4g}, {self.change}",
            statistic=fall,
            threshold=threshold,
            before=(latest[0][0], first),
            tolerance=threshold / 4,
        )


def explained(scores: Sequence[float], slide: int) -> tuple[float, float]:
    """Squared correlation with a straight decline, and the largest one with a short fall.

    A correlation of the wrong sign, or with scores that are all equal, counts as 0.
    """
    centre = _sum(scores) / len(scores)
    off = [each - centre for each in scores]
    own = sqrt(_sum(each * each for each in off))
    if own <= EPSILON:
        return 0.0, 0.0
    alike = (
        max(0.0, _sum(a * b for a, b in zip(each, off, strict=True)) / own)
        for each in declines(len(scores), slide)
    )
    line, *drops = (each * each for each in alike)
    return line, max(drops)


def _sum(numbers: Iterable[float]) -> float:
    """From left to right, as over columns; how ``sum`` rounds depends on the version of Python."""
    return reduce(add, numbers)


@cache
def declines(length: int, slide: int) -> tuple[tuple[float, ...], ...]:
    """A straight decline, then every fall over 1 to ``slide`` sessions; centred, of length 1.

    >>> [[round(each, 2) for each in pattern] for pattern in declines(3, 1)]
    [[0.71, 0.0, -0.71], [0.82, -0.41, -0.41], [0.41, 0.41, -0.82]]
    """
    falls = [
        [-min(1.0, max(0.0, (n - last) / over)) for n in range(length)]
        for over in range(1, slide + 1)
        for last in range(length - over)
    ]
    return tuple(map(_normed, ([-float(n) for n in range(length)], *falls)))


def _normed(pattern: Sequence[float]) -> tuple[float, ...]:
    centre = mean(pattern)
    size = sqrt(fsum((each - centre) ** 2 for each in pattern))
    return tuple((each - centre) / size for each in pattern)
