"""Scores far below the person's own straight line: ``trend-residual``, and its return rule."""

from collections.abc import Iterator, Sequence
from math import fsum, sqrt

from attrs import evolve, frozen

from therapeutic_alliance.course.change import sd_floor
from therapeutic_alliance.course.detectors.own_sd import FLOORED
from therapeutic_alliance.course.detectors.retrospective import RetrospectiveDetector, Session
from therapeutic_alliance.course.parameters import positive, whole
from therapeutic_alliance.course.series import EPSILON
from therapeutic_alliance.model.finding import Flag, Flags
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
    def conventions(self) -> tuple[str, ...]:
        """The threshold, the least number of sessions, and the floor of the SD."""
        return (
            f"threshold: {self.k:g} standard errors, a choice without a verified source",
            f"fewest observed sessions: {self.min_sessions}, a convention",
            FLOORED,
        )

    def judge(self, observed: Sequence[Session], spec: ScoreSpec) -> Iterator[Flag]:
        """Each score against the line through all."""
        n = len(observed)
        if n < self.min_sessions:
            why = f"{n} scores were observed, fewer than {self.min_sessions}"
            yield from (Flag(session=session, flag=None, why=why) for session, _ in observed)
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

    def _judged(self, now: Session, expected: float, error: float) -> Flag:
        session, value = now
        below = (expected - value) / error
        flagged = below >= self.k - EPSILON
        if flagged:
            verdict = f"{below:.4g} standard errors below the own line: possible rupture"
        elif below > EPSILON:
            verdict = f"{below:.4g} standard errors below the own line, fewer than needed"
        else:
            verdict = "not below the own line"
        return Flag(
            session=session,
            flag=flagged,
            why=f"{verdict}; {value:.4g} where the line has {expected:.4g}, standard error "
            f"{error:.4g}, threshold {self.k:g}",
            statistic=below,
            threshold=self.k,
        )


@frozen(kw_only=True)
class Return:
    """Whether a score came back to the line after it had been flagged below it."""

    onset: int
    """The flagged session."""
    returned: bool | None
    """``None``: fewer observed sessions left than the window."""
    session: int | None
    """The session it was back at."""


def returns(flags: Flags, *, window: int = 3, near: float = 0.5) -> tuple[Return, ...]:
    """The returns to the line, from the flags of ``trend-residual``: its own, narrower repair.

    A score has returned at the first of the ``window`` observed sessions after the onset that is
    not flagged and at most ``near`` standard errors below the line. Flags up to then, or up to
    the end of the window, belong to the same onset. A reconstruction of this library;
    :func:`therapeutic_alliance.episodes` gives the recovery that all rules share.

    Raises :class:`AllianceError` for a parameter out of range.

    >>> from therapeutic_alliance import Series
    >>> series = Series.of([4.2, 4.1, 4.2, 4.3, 3.0, 4.2, 4.1, 4.3], low=1, high=5)
    >>> returns(TrendResidual().flags(series))
    (Return(onset=5, returned=True, session=6),)
    """
    whole("returns", "window", window, 1)
    positive("returns", "near", near)
    seen = [(flag, flag.statistic) for flag in flags if flag.statistic is not None]
    found: list[Return] = []
    position = 0
    while position < len(seen):
        onset = seen[position][0]
        position += 1
        if not onset.flag:
            continue
        after = seen[position : position + window]
        back = next(
            (n for n, (flag, z) in enumerate(after) if not flag.flag and z <= near + EPSILON), None
        )
        if back is None:
            complete = len(after) == window
            found.append(
                Return(onset=onset.session, returned=False if complete else None, session=None)
            )
            position += len(after)
        else:
            found.append(Return(onset=onset.session, returned=True, session=after[back][0].session))
            position += back + 1
    return tuple(found)
