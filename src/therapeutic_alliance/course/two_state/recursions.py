"""Filter and smoother of the two-state model at the points of a grid. Needs NumPy.

Each grid point is a person that the case might be: level, SD and depth are known there, and a
chain of two states is left, whose recursions are exact. The points are weighed by how well they
explain the scores, in logarithms, so that no weight is ever lost. For the recursions see Rabiner
1989, Proc IEEE 77:257-286 (general knowledge). Arrays have a row for each case.
"""

from math import isqrt

from attrs import frozen

from therapeutic_alliance.course.two_state.arrays import Array, np
from therapeutic_alliance.course.two_state.grid import Grid, grid_of
from therapeutic_alliance.course.two_state.hyperparameters import Hyperparameters

DEGREES = 8
KEPT = 64
"""Least number of sessions that the smoother keeps at a time; of long courses the root."""


@frozen(eq=False)
class Belief:
    """What the scores so far say of each case: of each point, and of the state at it."""

    log_weight: Array
    """Of each point, up to a constant of the case."""
    inside: Array
    """At each point, the chance to be in the second state at the last observed session."""

    def statistic(self) -> Array:
        """The chance to be in the second state, over all points; one number a case."""
        return _mean(self.inside, _weights(self.log_weight))

    def packed(self) -> bytes:
        """As a value that can be kept."""
        return self.log_weight.tobytes() + self.inside.tobytes()


def unknown(grid: Grid, cases: int = 1) -> Belief:
    """Before session 1: all points alike, and nobody in the second state."""
    return Belief(*np.zeros((2, cases, *grid.depth.shape)))


def unpacked(grid: Grid, packed: bytes) -> Belief:
    """What :meth:`Belief.packed` gave for one case; nothing given, nothing known."""
    if not packed:
        return unknown(grid)
    return Belief(*np.frombuffer(packed).reshape(2, 1, *grid.depth.shape))


def stepped(model: Hyperparameters, packed: bytes, score: float, steps: int) -> tuple[bytes, float]:
    """One case's belief after a score, and its statistic; see :func:`advance`."""
    grid = grid_of(model)
    moved = advance(grid, unpacked(grid, packed), np.array([score]), np.array([float(steps)]))
    return moved.packed(), float(moved.statistic()[0])


def advance(grid: Grid, belief: Belief, score: Array, steps: Array) -> Belief:
    """The belief after one more observed score of each case, ``steps`` session numbers later.

    ``score`` is a fraction of the range, less the growth expected.
    """
    before = _later(grid, belief.inside, steps)
    deviation = (score[:, None, None] - grid.level) / grid.sd
    out = (1 - before) * (_density(deviation) / grid.sd)
    inside = before * (_density(deviation + grid.depth) / grid.sd)
    both = out + inside
    log_weight = belief.log_weight + np.log(both)
    return Belief(log_weight, inside / both)


def _later(grid: Grid, inside: Array | float, steps: Array) -> Array:
    """The chance of the second state, some sessions later, without having seen a score."""
    left = np.power(grid.decay, steps)[:, None, None]
    later: Array = grid.inside + left * (inside - grid.inside)
    return later


def _density(deviation: Array) -> Array:
    """Of the t distribution with 8 degrees of freedom, up to a constant."""
    spread = 1 + deviation * deviation / DEGREES
    square = spread * spread
    density: Array = 1 / (square * square * np.sqrt(spread))
    return density


def _weights(log_weight: Array) -> Array:
    """Of points; each case's sum to 1."""
    weights = np.exp(log_weight - log_weight.max(axis=(1, 2), keepdims=True))
    total: Array = weights / weights.sum(axis=(1, 2), keepdims=True)
    return total


def _mean(values: Array, weights: Array) -> Array:
    mean: Array = (values * weights).sum(axis=(1, 2))
    return mean


def filtered(grid: Grid, scores: Array, steps: Array) -> Array:
    """The statistic of each session, from scores up to it."""
    found = np.empty_like(scores)
    belief = unknown(grid, len(scores))
    for t in range(scores.shape[1]):
        belief = advance(grid, belief, scores[:, t], steps[:, t])
        found[:, t] = belief.statistic()
    return found


def smoothed(grid: Grid, scores: Array, steps: Array) -> Array:
    """The statistic of each session, from all scores.

    One pass forward keeps a belief now and then; one backward, block by block, restores those in
    between, so that memory grows with the root of the sessions only.
    """
    sessions = scores.shape[1]
    size = max(KEPT, isqrt(sessions) + 1)
    belief, marks = unknown(grid, len(scores)), []
    for t in range(sessions):
        if t % size == 0:
            marks.append(belief)
        belief = advance(grid, belief, scores[:, t], steps[:, t])
    weights = _weights(belief.log_weight)
    found = np.empty_like(scores)
    after = belief.inside
    for block in reversed(range(len(marks))):
        first, last = block * size, min((block + 1) * size, sessions)
        known = []
        belief = marks[block]
        for t in range(first, last):
            belief = advance(grid, belief, scores[:, t], steps[:, t])
            known.append(belief.inside)
        for t in reversed(range(first, last)):
            if t < sessions - 1:
                after = _looking_back(grid, known[t - first], after, steps[:, t + 1])
            found[:, t] = _mean(after, weights)
    return found


def _looking_back(grid: Grid, inside: Array, after: Array, steps: Array) -> Array:
    """The chance of the second state at a session, given what is known of the next observed one."""
    expected = _later(grid, inside, steps)
    stays = _later(grid, 1.0, steps)
    back: Array = inside * (stays * after / expected + (1 - stays) * (1 - after) / (1 - expected))
    return back
