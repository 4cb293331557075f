"""Scores far below the person's own straight line: ``trend-residual``."""

from collections.abc import Iterator, Sequence
from math import fsum, sqrt

from attrs import evolve, frozen

from therapeutic_alliance.course.detectors.not_evaluable import not_evaluable, too_few
from therapeutic_alliance.course.detectors.own_sd import FLOORED
from therapeutic_alliance.course.detectors.retrospective import RetrospectiveDetector
from therapeutic_alliance.course.parameters import positive, whole
from therapeutic_alliance.course.sd_floor import sd_floor
from therapeutic_alliance.course.series import EPSILON, SessionScore
from therapeutic_alliance.model.confidence import Confidence
from therapeutic_alliance.model.finding import Flag
from therapeutic_alliance.model.scored import ScoreSpec
from therapeutic_alliance.psychometrics.line import line
from therapeutic_alliance.psychometrics.spread import mean


@frozen(kw_only=True)
class TrendResidual(RetrospectiveDetector):
    """Flags a score at least ``k`` standard errors below the line through the person's scores.

    Least squares of score on session number, over ``n`` observed sessions:
    ``z_t = (x_t - (a + b * t)) / s`` with ``s = max(sqrt(SSE / (n - 2)), 0.0375 * (high - low))``,
    flagged if ``z_t <= -k``. A single score pulls the line towards itself, so that ``|z_t|`` is
    at most ``sqrt((n - 2) * (1 - h_t))``, where ``h_t`` is its leverage: sessions where that is
    below ``k`` are not evaluable. A lasting shift tilts the line and hides itself.

    The statistic is ``-z_t``. Raises :class:`AllianceError` for a parameter out of range.

    >>> from therapeutic_alliance import Series
    >>> series = Series.of([4.2, 4.1, 4.2, 4.3, 3.0, 4.2, 4.1, 4.3], low=1, high=5)
    >>> TrendResidual().flags(series).sessions
    (5,)
    """

    k: float = 1.5
    """How many standard errors below the line; 2 is the other choice, and neither a norm."""
    min_sessions: int = 6
    """Fewest observed sessions; at least 4."""

    def __attrs_post_init__(self) -> None:
        positive(self.id, "k", self.k)
        whole(self.id, "min_sessions", self.min_sessions, 4)

    @property
    def id(self) -> str:
        """``trend-residual``."""
        return "trend-residual"

    @property
    def citation(self) -> str:
        """Where the rule comes from, and how sure that is."""
        return (
            "deviations from the client's own regression line, after the family of Stiles et al. "
            "2004, JCCP 72:81-92 (general knowledge, confident), who called it ad hoc and "
            "preliminary; a threshold of 2 SD: second-hand (Gumz et al. 2012, BMC Med Res "
            "Methodol 12:10); of 1.5: general knowledge, weak; floor and least number of "
            "sessions: this library's reconstruction"
        )

    @property
    def confidence(self) -> Confidence:
        """How sure each part is."""
        return (
            ("family", "M+"),
            ("threshold of 2 SD", "V-ind"),
            ("threshold of 1.5 SD", "M-"),
            ("floor, and least number of sessions", "R"),
        )

    @property
    def conventions(self) -> tuple[str, ...]:
        """The threshold, the least number of sessions, and the floor of the SD."""
        return (
            f"threshold: {self.k:g} standard errors, a choice without a verified source",
            f"fewest observed sessions: {self.min_sessions}, a convention",
            FLOORED,
        )

    def judge(self, observed: Sequence[SessionScore], spec: ScoreSpec) -> Iterator[Flag]:
        """Each score against the line through all."""
        n = len(observed)
        if n < self.min_sessions:
            why = too_few(n, self.min_sessions)
            yield from (not_evaluable(session, why) for session, _ in observed)
            return
        # times from the first session on: late numbers would cost digits
        times = [session - observed[0][0] for session, _ in observed]
        scores = [score for _, score in observed]
        fitted, centre, level = line(times, scores), mean(times), mean(scores)
        across = fsum((time - centre) ** 2 for time in times)
        error = max(sqrt(fitted.rss / (n - 2)), sd_floor(spec.low, spec.high))
        for time, (session, score) in zip(times, observed, strict=True):
            expected = level + fitted.slope * (time - centre)
            leverage = 1 / n + (time - centre) ** 2 / across
            limit = sqrt(max(0.0, (n - 2) * (1 - leverage)))
            flag = self._judged((session, score), expected, error)
            if limit < self.k - EPSILON:
                why = (
                    f"of {n} scores this one can lie at most {limit:.4g} standard errors off "
                    f"their line, and {self.k:g} are needed"
                )
                flag = evolve(flag, flag=None, why=why)
            yield flag

    def _judged(self, now: SessionScore, expected: float, error: float) -> Flag:
        session, value = now
        below = (expected - value) / error
        flagged = below >= self.k - EPSILON
        if flagged:
            verdict = f"{below:.4g} standard errors below the person's own line: possible rupture"
        elif below > EPSILON:
            verdict = f"{below:.4g} standard errors below the person's own line, fewer than needed"
        else:
            verdict = "not below the person's own line"
        return Flag(
            session=session,
            flag=flagged,
            why=f"{verdict}; {value:.4g} where the line has {expected:.4g}, standard error "
            f"{error:.4g}, threshold {self.k:g}",
            statistic=below,
            threshold=self.k,
        )
