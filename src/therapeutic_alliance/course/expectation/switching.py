"""What is expected of a person's next score if it is not in a rupture: a filter of two states."""

import sys
from collections.abc import Sequence
from functools import reduce
from itertools import product
from math import exp, log, sqrt
from operator import add

from attrs import frozen

from therapeutic_alliance.course.cohort import CohortConstants
from therapeutic_alliance.course.expectation.expected import Expected
from therapeutic_alliance.course.sd_floor import SD_FLOOR

SPREADS = (0.60, 0.91, 1.38)
"""SDs that a person may have, in parts of the SD within persons of the cohort: the middles of the
thirds of a lognormal distribution with mean 1 and SD .45."""
WIDER = 1.5
"""The variance of levels between persons is taken to be so many times the cohort's, so that a
person unlike the cohort is learned sooner. Chosen on simulated courses."""
NEVER_RULED_OUT = 1e-12
"""Least weight of a possibility, so that a course can always come to speak for it."""


@frozen(kw_only=True)
class Assumed:
    """What is assumed of ruptures and of ordinary sessions."""

    depth: float
    """How far a rupture lies below the level, in SDs within persons of the cohort."""
    entry: float
    """Probability per session that a rupture begins."""
    exit: float
    """Probability per session that one ends."""
    persisting: float
    """Share of a session's deviation that is expected in the next."""

    def inside(self, before: bool, sessions: int) -> float:
        """Probability of a rupture so many sessions after one, or after none.

        >>> usual = Assumed(depth=2, entry=0.05, exit=0.4, persisting=0.25)
        >>> [round(usual.inside(before, sessions=1), 3) for before in (False, True)]
        [0.05, 0.6]
        """
        in_the_long_run = self.entry / (self.entry + self.exit)
        kept = (1 - self.entry - self.exit) ** sessions
        return in_the_long_run + (before - in_the_long_run) * kept


@frozen
class _Normal:
    """A normal distribution, and how much weight it has."""

    weight: float
    mean: float
    variance: float


@frozen
class _Person:
    """One SD that the person may have, and the level that then goes with each state."""

    sd: float
    levels: tuple[_Normal, _Normal]


@frozen
class Switching:
    """Level of a person, learned mostly from sessions that do not look like a rupture.

    For each of three SDs a level is normal, once given that the last session was outside a
    rupture and once that it was inside. A score weighs the four ways from state to state by its
    likelihood; those that end in one state are merged to one normal distribution of the same mean
    and variance (the interacting multiple model of tracking). Constant time and memory.
    """

    assumed: Assumed
    depth: float
    """Of a rupture, as a part of the range."""
    persons: tuple[_Person, ...]
    last: tuple[int, float] | None = None
    """Number of the last session, and its score."""

    @classmethod
    def of(cls, cohort: CohortConstants, assumed: Assumed) -> "Switching":
        """Before the first score of a person: the level of the cohort, and no rupture."""
        within = sqrt(cohort.within_variance)
        between = WIDER * cohort.between_variance
        outside = _Normal(1 / len(SPREADS), cohort.mean, between)
        inside = _Normal(0.0, cohort.mean, between)
        persons = (_Person(max(part * within, SD_FLOOR), (outside, inside)) for part in SPREADS)
        return cls(assumed, assumed.depth * within, tuple(persons))

    def expected(self, session: int) -> Expected:
        """What is expected of the score of a session, if it is not in a rupture."""
        moved = self._moved(session)
        mean = square = rupture = 0.0
        for person, before in product(self.persons, (0, 1)):
            level = person.levels[before]
            score, variance, _ = self._predicted(person, before, 0, session)
            mean += level.weight * score
            square += level.weight * (score * score + variance)
            rupture += level.weight * moved[before]
        start = self.assumed.entry
        suspicion = log(rupture / (1 - rupture)) - log(start / (1 - start))
        return Expected(mean, sqrt(max(square - mean * mean, SD_FLOOR**2)), suspicion)

    def after(self, session: int, score: float) -> "Switching":
        """After the score of a session."""
        moved = self._moved(session)
        ways = [
            self._way(person, before, now, session, score, (1 - moved[before], moved[before])[now])
            for person in self.persons
            for now in (0, 1)
            for before in (0, 1)
        ]
        most = max(likelihood for _, likelihood in ways)
        levels = [
            _Normal(level.weight * exp(by - most), level.mean, level.variance) for level, by in ways
        ]
        whole = reduce(add, (each.weight for each in levels))  # ``sum`` rounds as the version does
        merged = [_merged(levels[at : at + 2], whole) for at in range(0, len(levels), 2)]
        persons = (
            _Person(person.sd, (merged[2 * at], merged[2 * at + 1]))
            for at, person in enumerate(self.persons)
        )
        return Switching(self.assumed, self.depth, tuple(persons), (session, score))

    def _moved(self, session: int) -> tuple[float, float]:
        """Probability of a rupture in a session, after a session outside one and inside one."""
        since = session - self.last[0] if self.last else 1
        return self.assumed.inside(False, since), self.assumed.inside(True, since)

    def _predicted(
        self, person: _Person, before: int, now: int, session: int
    ) -> tuple[float, float, float]:
        """Mean and variance of a score, and the part of the level in it."""
        level = person.levels[before]
        own, carried = 1.0, 0.0
        if self.last:
            kept = self.assumed.persisting ** (session - self.last[0])
            own, carried = 1 - kept, kept * (self.last[1] + before * self.depth)
        spread = person.sd * person.sd * (1 - (1 - own) * (1 - own))
        mean = own * level.mean + carried - now * self.depth
        return mean, own * own * level.variance + spread, own

    def _way(
        self, person: _Person, before: int, now: int, session: int, score: float, odds: float
    ) -> tuple[_Normal, float]:
        """The level after a score, if states followed so; and the log likelihood of that."""
        level = person.levels[before]
        mean, variance, own = self._predicted(person, before, now, session)
        gain = level.variance * own / variance
        rest = score - mean
        after = _Normal(
            level.weight * odds, level.mean + gain * rest, level.variance * (1 - gain * own)
        )
        return after, -(rest * rest / variance + log(variance)) / 2


def _merged(levels: Sequence[_Normal], whole: float) -> _Normal:
    """One normal distribution with mean and variance of a mixture."""
    one, two = levels
    of_one, of_two = (max(level.weight, sys.float_info.min) for level in levels)
    total = of_one + of_two
    mean = (of_one * one.mean + of_two * two.mean) / total
    off, away = one.mean - mean, two.mean - mean
    variance = of_one * (one.variance + off * off) + of_two * (two.variance + away * away)
    return _Normal(max(total / whole, NEVER_RULED_OUT), mean, variance / total)
