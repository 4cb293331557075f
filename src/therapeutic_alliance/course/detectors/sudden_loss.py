"""Sudden losses: a fall between two sessions that stays, ``sudden-loss``."""

from collections.abc import Iterable, Sequence
from math import sqrt

from attrs import evolve, frozen

from therapeutic_alliance.course.change import ByReliableChange
from therapeutic_alliance.course.detectors.not_evaluable import not_evaluable
from therapeutic_alliance.course.detectors.retrospective import RetrospectiveDetector
from therapeutic_alliance.course.gaps import too_far
from therapeutic_alliance.course.parameters import is_number, whole
from therapeutic_alliance.course.series import EPSILON, SessionScore
from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.model.confidence import Confidence
from therapeutic_alliance.model.finding import Flag
from therapeutic_alliance.model.scored import ScoreSpec
from therapeutic_alliance.psychometrics.spread import mean, variance

CRITICAL = (4.302652729749462, 3.182446305284263, 2.7764451051977987)
"""Quantile .975 of Student's t with 2, 3 and 4 degrees of freedom."""
AROUND = 3
"""Sessions before and after a fall, by their numbers, whose means are compared."""


def reversal_threshold(before: float, after: float) -> float:
    """The score at which half of a fall has been regained: ``before - 0.5 * (before - after)``.

    >>> reversal_threshold(4.5, 3.5)
    4.0
    """
    return before - 0.5 * (before - after)


def stability(before: Sequence[float], after: Sequence[float]) -> tuple[float, float]:
    """How far the mean fell, and how far it must at least: ``t`` pooled SDs.

    2 or 3 scores each. ``t`` is the quantile .975 of Student's t. There is no
    ``sqrt(1 / n1 + 1 / n2)`` in it: it is no t-test, but stricter.

    >>> fell, needed = stability([4.0, 4.5], [3.0, 3.5])
    >>> fell, round(needed, 4)
    (1.0, 1.5212)
    """
    free = len(before) + len(after) - 2
    squares = (len(before) - 1) * variance(before) + (len(after) - 1) * variance(after)
    return mean(before) - mean(after), CRITICAL[free - 2] * sqrt(squares / free)


@frozen(kw_only=True)
class SuddenLoss(ByReliableChange, RetrospectiveDetector):
    """Flags the session after a sudden fall that stays: a shift, not a dip.

    Between the observed sessions n and m, the next, all of: ``x_n - x_m >= RC``;
    ``x_n - x_m >= p * (x_n - low)``, ``low`` being the possible minimum; and
    ``mean(pre) - mean(post) > t * s``, where ``pre`` are the observed sessions n-2 to n, ``post``
    m to m+2 (2 or 3 of each), ``s`` is their pooled SD and ``t`` Student's quantile .975. The
    statistic is the smallest margin of the three, the threshold 0. A dip that recovers at once is
    not flagged, by design.

    Raises :class:`AllianceError` for a parameter out of range.

    >>> import therapeutic_alliance as ta
    >>> series = ta.Series.of([4.3, 4.4, 4.3, 3.4, 3.5, 3.4], low=1, high=5)
    >>> SuddenLoss().flags(series).sessions
    (4,)
    """

    p: float | None = 0.1
    """Least share of what a score can fall. 0.25 in the original, for symptoms; 0.1 is this
    library's choice for alliance scores, which lie high; ``None``: not asked for."""
    max_gap: int = 2
    """Most unobserved sessions between the two that are compared."""

    def __attrs_post_init__(self) -> None:
        whole(self.id, "max_gap", self.max_gap, 0)
        if self.p is not None and not (is_number(self.p) and 0 < self.p <= 1):
            raise AllianceError(f"{self.id}: p is a number above 0, at most 1, or None")

    @property
    def id(self) -> str:
        """``sudden-loss``."""
        return "sudden-loss"

    @property
    def citation(self) -> str:
        """Where the rule comes from."""
        return (
            "Tang & DeRubeis 1999 turned downwards (criteria verified in the code of R "
            f"suddengains, without its fault in criterion 2); p = {self.p} and the reliable change "
            "for the cut-off are this library's reconstruction"
        )

    @property
    def confidence(self) -> Confidence:
        """How sure each part is."""
        return (("three criteria", "V"), ("p, and the reliable change as cut-off", "R"))

    @property
    def conventions(self) -> tuple[str, ...]:
        """Where the threshold of the first criterion comes from."""
        return (f"threshold: {self.change}",)

    def judge(self, observed: Sequence[SessionScore], spec: ScoreSpec) -> Iterable[Flag]:
        """Each session against the one before, and the three sessions on either side."""
        for at in range(1, len(observed)):
            yield self._flag(observed, at, spec)

    def _flag(self, observed: Sequence[SessionScore], at: int, spec: ScoreSpec) -> Flag:
        (before, high), (session, low) = observed[at - 1], observed[at]
        near = observed[max(0, at - AROUND) : at + AROUND]
        pre = [score for n, score in near if before - AROUND < n <= before]
        post = [score for n, score in near if session <= n < session + AROUND]
        unclear = too_far(before, session, self.max_gap) or _too_few(pre, post, before, session)
        if unclear:
            return not_evaluable(session, unclear)
        flag = Flag(session=session, flag=False, why="", threshold=0.0, reference=(before, high))
        criteria = self._criteria(high, low, spec, stability(pre, post))
        drop, flagged = high - low, all(met for met, _, _ in criteria)
        found = f"{drop:.4g} below" if drop > EPSILON else "not below"
        why = f"{found} session {before}: {'; '.join(told for _, _, told in criteria)}"
        if flagged:
            half = f"half of it is regained at {reversal_threshold(high, low):.4g}"
            why = f"{why}: possible rupture, a fall that stayed; {half}"
        return evolve(flag, flag=flagged, why=why, statistic=min(by for _, by, _ in criteria))

    def _criteria(
        self, high: float, low: float, spec: ScoreSpec, means: tuple[float, float]
    ) -> list[tuple[bool, float, str]]:
        """Of each criterion: whether it is met, by how much, and in words."""
        drop, size = high - low, self.change.size(spec.low, spec.high)
        fell, needed = means
        found = [_at_least(drop, size, f"{size:.4g} ({self.change})")]
        if self.p is not None:
            share = self.p * (high - spec.low)
            found.append(_at_least(drop, share, f"{share:.4g}, {self.p:g} of what it could fall"))
        stayed = fell > needed + EPSILON
        told = f"the mean around it fell by {fell:.4g}, {'' if stayed else 'not '}more than"
        return [*found, (stayed, fell - needed, f"{told} {needed:.4g}")]


def _at_least(drop: float, least: float, told: str) -> tuple[bool, float, str]:
    met = drop >= least - EPSILON
    return met, drop - least, f"{'at least' if met else 'less than'} {told}"


def _too_few(pre: Sequence[float], post: Sequence[float], before: int, session: int) -> str:
    """Why the means cannot be compared; empty if they can."""
    for scores, first, last in (
        (pre, before - AROUND + 1, before),
        (post, session, session + AROUND - 1),
    ):
        if len(scores) < 2:
            return f"fewer than 2 scores in the sessions {max(first, 1)} to {last}"
    return ""
