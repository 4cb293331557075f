"""The detector ``partition``: stretches of sessions at a lower level than the stretch before."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import fsum, isfinite

from attrs import frozen

import therapeutic_alliance as ta
from therapeutic_alliance_changepoint.breaks import breaks, can_break

DECIMALS = 12
"""Of scores as fractions of their range: the same scores in another metric, such as the sum
instead of the mean, differ in the last bits and must be divided in the same way."""


@frozen
class _Stretch:
    """Observed sessions in a row that have one level."""

    sessions: tuple[int, ...]
    mean: float

    def __str__(self) -> str:
        first, last = self.sessions[0], self.sessions[-1]
        named = f"session {first}" if first == last else f"sessions {first} to {last}"
        return f"{named} (mean {self.mean:.4g})"


@frozen(kw_only=True)
class Partition(ta.ByReliableChange, ta.RetrospectiveDetector):
    """Flags every session of a stretch whose mean is a reliable change below the stretch before.

    The course is divided so that the sum of squares within stretches, and ``c * var * ln(n)``
    for each break, are together as small as can be: ``n`` observed scores, ``var`` their
    variance (divisor ``n - 1``). Sessions that were not observed are passed over. The flags of
    all sessions depend on the whole course and can change with every new session.

    The first ``min_size`` observed sessions are not evaluable: no stretch lies before them. None
    is, where so few were observed that no course of that length could show a break.

    With ``sd``, ``reliability``, ``kind`` and ``source`` all given, the reliable change is
    computed (:class:`therapeutic_alliance.ReliableChange`); otherwise it is the library's
    convention. Raises :class:`therapeutic_alliance.AllianceError` for a parameter out of range.

    >>> series = ta.Series.of([4.2, 4.1, 3.0, 4.2], low=1, high=5)
    >>> flags = Partition().flags(series)
    >>> flags.sessions, [flag.flag for flag in flags]
    ((3,), [None, False, True, False])
    """

    c: float = 1.0
    """Weight of the penalty for each break, above 0; higher finds fewer."""
    min_size: int = 1
    """Fewest observed sessions of a stretch; with 2, a single low session cannot be one."""

    def __attrs_post_init__(self) -> None:
        number = isinstance(self.c, int | float) and not isinstance(self.c, bool)
        if not (number and isfinite(self.c) and self.c > 0):
            raise ta.AllianceError("partition: c is a finite number above 0")
        if type(self.min_size) is not int or self.min_size < 1:
            raise ta.AllianceError("partition: min_size is a whole number of sessions, 1 or more")

    @property
    def id(self) -> str:
        """``partition``."""
        return "partition"

    @property
    def citation(self) -> str:
        """Where the rule comes from."""
        return (
            "change points by penalised least squares, solved by the package ruptures (Truong, "
            "Oudre & Vayatis); that a lower stretch is a possible rupture is a reconstruction "
            "without a published criterion"
        )

    @property
    def confidence(self) -> tuple[tuple[str, str], ...]:
        """What is a design choice; the search itself is exact arithmetic."""
        return (("that a lower stretch is a possible rupture", "R"),)

    @property
    def conventions(self) -> tuple[str, ...]:
        """Threshold, penalty and shortest stretch."""
        return (
            f"threshold: {self.change}",
            f"penalty: {self.c:g} * var * ln(n) for each break, a convention",
            f"fewest observed sessions of a stretch: {self.min_size}, a convention",
        )

    def judge(self, observed: Sequence[tuple[int, float]], spec: ta.ScoreSpec) -> Iterator[ta.Flag]:
        """Each session by the stretch that it lies in."""
        if not can_break(len(observed), c=self.c, min_size=self.min_size):
            why = (
                f"too few observed sessions to show a break: {len(observed)} (c {self.c:g}, "
                f"min_size {self.min_size})"
            )
            yield from (ta.Flag(session=session, flag=None, why=why) for session, _ in observed)
            return
        threshold = self.change.size(spec.low, spec.high)
        stretches = self._stretches(observed, spec)
        yield from self._first(stretches[0])
        for before, stretch in pairwise(stretches):
            yield from self._compared(stretch, before, threshold)

    def _stretches(
        self, observed: Sequence[tuple[int, float]], spec: ta.ScoreSpec
    ) -> list[_Stretch]:
        sessions, scores = zip(*observed, strict=True)
        shares = [round(spec.share(score), DECIMALS) for score in scores]
        ends = pairwise((0, *breaks(shares, c=self.c, min_size=self.min_size), len(scores)))
        return [
            _Stretch(sessions[first:last], fsum(scores[first:last]) / (last - first))
            for first, last in ends
        ]

    def _first(self, stretch: _Stretch) -> Iterator[ta.Flag]:
        """There is nothing that the first stretch could lie below."""
        for position, session in enumerate(stretch.sessions):
            if position < self.min_size:
                why = "no stretch of sessions lies before it"
                yield ta.Flag(session=session, flag=None, why=why)
            else:
                why = f"no break before it: in the first stretch, {stretch}"
                yield ta.Flag(session=session, flag=False, why=why)

    def _compared(self, stretch: _Stretch, before: _Stretch, threshold: float) -> Iterator[ta.Flag]:
        fall = before.mean - stretch.mean
        flagged = fall >= threshold - ta.EPSILON
        if flagged:
            verdict = f"{fall:.4g} below {before}: possible rupture"
        elif fall > ta.EPSILON:
            verdict = f"{fall:.4g} below {before}, less than the threshold"
        else:
            verdict = f"not below {before}"
        for session in stretch.sessions:
            yield ta.Flag(
                session=session,
                flag=flagged,
                why=f"in {stretch}, {verdict}; threshold {threshold:.4g}, {self.change}",
                statistic=fall,
                threshold=threshold,
            )
