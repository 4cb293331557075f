"""Level of every person, learned mostly outside ruptures: a :class:`Switching` for each case.

Arrays have the axes SD that a person may have, state, case; those of the four ways from state to
state: SD, state now, state before, case. NumPy's own exponential and logarithm differ from those of
Python in the last bit, by processor, so Python's are used.
"""

import math
import sys
from collections.abc import Callable
from functools import reduce
from operator import add
from typing import NamedTuple

import numpy as np
from attrs import evolve, frozen

from therapeutic_alliance.course.expectation.switching import (
    NEVER_RULED_OUT,
    Assumed,
    Switching,
)
from therapeutic_alliance.course.sd_floor import SD_FLOOR
from therapeutic_alliance.frames.rules.courses import Floats, Ints


class _Normals(NamedTuple):
    """Normal distributions with weights."""

    weight: Floats
    mean: Floats
    variance: Floats


class _Predicted(NamedTuple):
    """Of the next scores, outside a rupture."""

    mean: Floats
    variance: Floats
    own: Floats
    """The part of the level in them."""


@frozen
class Switchings:
    """Of cases with equally many scores."""

    assumed: Assumed
    depth: float
    square: Floats
    """The SDs, squared; with two more axes of length 1."""
    levels: _Normals
    last: tuple[Ints, Floats] | None = None
    """Numbers of the last sessions, and their scores."""

    @classmethod
    def of(cls, prior: Switching, cases: int) -> "Switchings":
        """Before the first scores."""
        levels = [[(n.weight, n.mean, n.variance) for n in p.levels] for p in prior.persons]
        spread = np.moveaxis(np.array(levels), 2, 0)[..., None] + np.zeros(cases)
        square = np.array([person.sd * person.sd for person in prior.persons])
        return cls(prior.assumed, prior.depth, square[:, None, None], _Normals(*spread))

    def of_first(self, cases: int) -> "Switchings":
        """Of the first cases only."""
        levels = _Normals(*(each[..., :cases] for each in self.levels))
        last = self.last and (self.last[0][:cases], self.last[1][:cases])
        return evolve(self, levels=levels, last=last)

    def expected(self, session: Ints) -> tuple[Floats, Floats, Floats]:
        """Mean, scale and suspicion of the next scores."""
        known, weight = self._predicted(session), self.levels.weight
        mean = _sum(weight * known.mean)
        square = _sum(weight * (known.mean * known.mean + known.variance))
        rupture = _sum(weight * self._moved(session))
        start = self.assumed.entry
        odds = _each(math.log, rupture / (1 - rupture)) - math.log(start / (1 - start))
        return mean, np.sqrt(np.maximum(square - mean * mean, SD_FLOOR**2)), odds

    def after(self, session: Ints, score: Floats) -> "Switchings":
        """After a score of each case."""
        known, levels, moved = self._predicted(session), self.levels, self._moved(session)
        weight = levels.weight[:, None] * np.stack([1 - moved, moved])
        gain = levels.variance * known.own / known.variance
        rest = score - np.stack([known.mean, known.mean - self.depth], axis=1)
        mean = levels.mean[:, None] + gain[:, None] * rest
        variance = (levels.variance * (1 - gain * known.own))[:, None]
        spread = known.variance[:, None]
        by = -(rest * rest / spread + _each(math.log, spread)) / 2
        with np.errstate(under="ignore"):  # a way that is all but ruled out, see NEVER_RULED_OUT
            weight = weight * _each(math.exp, by - by.max(axis=(0, 1, 2)))
            merged = _merged(_Normals(weight, mean, np.broadcast_to(variance, mean.shape)))
        return evolve(self, levels=merged, last=(session, score))

    def _moved(self, session: Ints) -> Floats:
        """Probability of a rupture now, by the state before."""
        since = np.ones(1, np.int64) if self.last is None else session - self.last[0]
        steps, at = np.unique(since, return_inverse=True)
        inside = [
            [self.assumed.inside(before, step) for step in steps.tolist()]
            for before in (False, True)
        ]
        return np.array(inside)[:, at]

    def _predicted(self, session: Ints) -> _Predicted:
        own, carried = np.ones(1), np.zeros(1)
        if self.last is not None:
            kept = _powers(self.assumed.persisting, session - self.last[0])
            own = 1 - kept
            carried = kept * np.stack([self.last[1], self.last[1] + self.depth])
        spread = self.square * (1 - (1 - own) * (1 - own))
        mean = own * self.levels.mean + carried
        return _Predicted(mean, own * own * self.levels.variance + spread, own)


def _merged(ways: _Normals) -> _Normals:
    """One normal distribution for each state now, with mean and variance of the mixture."""
    whole = _sum(ways.weight)
    weight = np.maximum(ways.weight, sys.float_info.min)
    total = weight[:, :, 0] + weight[:, :, 1]
    mean = weight * ways.mean
    mean = (mean[:, :, 0] + mean[:, :, 1]) / total
    off = ways.mean - mean[:, :, None]
    variance = weight * (ways.variance + off * off)
    variance = (variance[:, :, 0] + variance[:, :, 1]) / total
    return _Normals(np.maximum(total / whole, NEVER_RULED_OUT), mean, variance)


def _sum(values: Floats) -> Floats:
    """Over all axes but the cases, from left to right."""
    return reduce(add, values.reshape(-1, values.shape[-1]), np.zeros(1))


def _powers(base: float, exponent: Ints) -> Floats:
    """Python's powers, once for each exponent that there is."""
    found, at = np.unique(exponent, return_inverse=True)
    return np.array([base**each for each in found.tolist()])[at]


def _each(function: Callable[[float], float], values: Floats) -> Floats:
    """A function of Python for each number."""
    flat = values.ravel().tolist()
    return np.fromiter(map(function, flat), np.float64, len(flat)).reshape(values.shape)
