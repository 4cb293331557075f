"""Limits of a control chart for single scores, and the rules that judge scores by them."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from attrs import frozen

from therapeutic_alliance.course.gaps import too_far
from therapeutic_alliance.course.sd_floor import SD_FLOOR
from therapeutic_alliance.course.series import EPSILON, SessionScore
from therapeutic_alliance.model.finding import Flag

SPAN = 1.128
"""Mean range of two draws from a normal distribution, in its SDs (``d2`` of control charts)."""
FLOOR = f"sigma: at least {SD_FLOOR} of the possible range, the library's convention"
"""What every chart rests on, in words."""
NO_RANGE = "no two observed sessions lie near enough for a moving range"
CITATION = (
    "control-chart family named by Eubanks-Carter, Gorman & Muran 2012, Psychother Res "
    "22:621-637 (verified); chart arithmetic: JMP manual and qcc documentation (verified); "
    "the choice of limits is this library's reconstruction"
)


@frozen
class Run:
    """A run rule: so many of the latest scores lie beyond a line, the judged one among them."""

    sigmas: float | None
    """How far below the centre the line lies; ``None``: as far as the limit of the chart."""
    need: int
    of: int

    def __str__(self) -> str:
        if self.of == self.need:
            return "" if self.of == 1 else f"{self.need} scores in a row are "
        return f"{self.need} of the last {self.of} scores are "


RUNS: Mapping[str, Run] = MappingProxyType(
    {"R1": Run(None, 1, 1), "R2": Run(2.0, 2, 3), "R3": Run(1.0, 4, 5), "R4": Run(0.0, 8, 8)}
)
"""The Western Electric rules. That the judged score must itself lie beyond the line, so that a
recovered one is not flagged, is this library's reconstruction."""


@frozen
class Limits:
    """Centre and sigma of a chart, in the metric of the series."""

    centre: float
    sigma: float

    def line(self, sigmas: float) -> float:
        """The score that lies so many sigma below the centre."""
        return self.centre - sigmas * self.sigma


def moving_range(before: SessionScore, now: SessionScore, max_gap: int) -> float | None:
    """How far two successive observed scores lie apart; ``None`` if too many are missing between.

    >>> moving_range((1, 4.0), (2, 3.5), 2), moving_range((1, 4.0), (5, 3.5), 2)
    (0.5, None)
    """
    return None if too_far(before[0], now[0], max_gap) else abs(now[1] - before[1])


def judged(
    observed: Sequence[SessionScore], limits: Limits, furthest: float, rules: Sequence[str]
) -> Iterator[Flag]:
    """A flag for each observed session, by the run rules named; the first that holds tells why."""
    runs = [RUNS[rule] for rule in sorted(set(rules))]
    lines = [furthest if run.sigmas is None else run.sigmas for run in runs]
    for position, (session, score) in enumerate(observed):
        statistic = (limits.centre - score) / limits.sigma
        said = f"centre {limits.centre:.4g}, sigma {limits.sigma:.4g}"
        for run, sigmas in zip(runs, lines, strict=True):
            latest = observed[max(0, position + 1 - run.of) : position + 1]
            line = limits.line(sigmas)
            below = [each for _, each in latest if each < line - EPSILON]
            if len(below) >= run.need and score < line - EPSILON:
                why = f"{run}below {line:.4g}, {sigmas:g} sigma under the centre: possible rupture"
                yield Flag(
                    session=session, flag=True, why=f"{score:.4g}: {why}; {said}",
                    statistic=statistic, threshold=sigmas,
                )  # fmt: skip
                break
        else:
            line = limits.line(lines[0])
            where = "below" if score < line - EPSILON else "not below"
            why = f"{score:.4g}: {where} {line:.4g}, {lines[0]:g} sigma under the centre"
            alone = ", and too few of the scores before it are" * (where == "below")
            yield Flag(
                session=session, flag=False, why=f"{why}{alone}; {said}",
                statistic=statistic, threshold=lines[0],
            )  # fmt: skip
