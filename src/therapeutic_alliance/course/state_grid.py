"""The two-state model on a grid of points: filter, smoother, likelihood. Needs NumPy.

Each grid point is a person that the case might be: level, SD and depth are known there, and a
chain of two states is left, whose recursions are exact. The points are weighed by how well they
explain the scores, in logarithms, so that no weight is ever lost. For the recursions see Rabiner
1989, Proc IEEE 77:257-286 (general knowledge). Arrays have a row for each case.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from math import exp, isqrt, log
from operator import sub
from statistics import NormalDist
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from therapeutic_alliance.course.change import SD_FLOOR
from therapeutic_alliance.errors import MissingExtraError

if TYPE_CHECKING:
    from therapeutic_alliance.course.series import Series
    from therapeutic_alliance.course.state_model import StateModel

try:
    import numpy as np
    from numpy.typing import NDArray
except ImportError:
    raise MissingExtraError(
        "the state model needs the extra: pip install 'therapeutic-alliance[stats]'"
    ) from None

DEGREES = 8
ROWS = 64
"""Cases at a time: their arrays fit in a processor's cache."""
KEPT = 64
"""Least number of sessions that the smoother keeps at a time; of long courses the root."""
FAR = 4.0
"""SDs of a prior that the search may go away from where it begins."""
DECIMALS = 9
"""That fractions of the range are rounded to before fitting, so that the metric is no matter."""

Array = NDArray[np.float64]


@frozen(eq=False)
class Grid:
    """The points of a model, by pairs of level and SD (rows) and by depth (columns)."""

    level: Array
    sd: Array
    depth: Array
    """In SDs of the point."""
    inside: float
    """Share of time that a chain spends in the second state in the long run."""
    decay: float
    """What one session leaves of the difference from it."""


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


def points(model: "StateModel") -> Grid:
    """The points of a model: quantiles of its distributions, all equally likely."""
    levels, sds, depths = map(_quantiles, model.grid)
    level, sd = np.meshgrid(
        model.mean + model.between_sd * levels,
        np.maximum(SD_FLOOR, model.within_sd * np.exp(model.within_spread * sds)),
        indexing="ij",
    )
    depth = model.depth * np.exp(model.depth_spread * depths)
    return Grid(
        level=level.reshape(-1, 1),
        sd=sd.reshape(-1, 1),
        depth=depth / sd.reshape(-1, 1),
        inside=model.entry / (model.entry + model.exit),
        decay=1 - model.entry - model.exit,
    )


grid_of = lru_cache(maxsize=16)(points)
"""The same, kept for the next session."""


def _quantiles(count: int) -> Array:
    normal = NormalDist()
    return np.array([normal.inv_cdf((n + 0.5) / count) for n in range(count)])


def unknown(grid: Grid, cases: int = 1) -> Belief:
    """Before session 1: all points alike, and nobody in the second state."""
    return Belief(*np.zeros((2, cases, *grid.depth.shape)))


def unpacked(grid: Grid, packed: bytes) -> Belief:
    """What :meth:`Belief.packed` gave for one case; nothing given, nothing known."""
    if not packed:
        return unknown(grid)
    return Belief(*np.frombuffer(packed).reshape(2, 1, *grid.depth.shape))


def after(model: "StateModel", packed: bytes, score: float, steps: int) -> tuple[bytes, float]:
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


def statistics(
    model: "StateModel", cases: Iterable["Series"], *, smooth: bool = False
) -> list[tuple[float | None, ...]]:
    """The statistics of many series at once, one for each point, ``None`` where not observed.

    Those of ``state-probability``, or of ``state-probability-smoothed`` if ``smooth``, up to
    rounding; cases with equally many scores are computed together.

    >>> from therapeutic_alliance import Series
    >>> from therapeutic_alliance.course.state_model import StateModel
    >>> model = StateModel(mean=0.8, between_sd=0.15, within_sd=0.06, depth=0.2, source="invented")
    >>> series = Series.of([4.2, 4.3, None, 3.1], low=1, high=5)
    >>> [share is not None and share > 0.3 for share in statistics(model, [series])[0]]
    [False, False, False, True]
    """
    cases = list(cases)
    grid, judge = grid_of(model), smoothed if smooth else filtered
    found: dict[int, Iterator[float]] = {}
    observed = [_steps(model, _shares(each)) for each in cases]
    for positions, scores, steps in _together(observed):
        for position, row in zip(positions, judge(grid, scores, steps).tolist(), strict=True):
            found[position] = iter(row)
    return [
        tuple(None if point.value is None else next(found[n]) for point in series)
        for n, series in enumerate(cases)
    ]


def in_hindsight(model: "StateModel", observed: Sequence[tuple[int, float]]) -> list[float]:
    """The smoothed statistics of one case, from sessions and scores as fractions of the range."""
    [(_, scores, steps)] = _together([_steps(model, observed)])
    found: list[float] = smoothed(grid_of(model), scores, steps)[0].tolist()
    return found


_Steps = tuple[tuple[float, ...], tuple[int, ...]]
"""Scores of a case, as fractions of the range less growth, and steps between their sessions."""


def _shares(series: "Series") -> list[tuple[int, float]]:
    return [(each.session, series.share(each.value)) for each in series if each.value is not None]


def _steps(model: "StateModel", observed: Sequence[tuple[int, float]]) -> _Steps:
    scores = tuple(share - model.expected_growth(session) for session, share in observed)
    sessions = [session for session, _ in observed]
    return scores, tuple(map(sub, sessions, [0, *sessions]))


def _together(
    cases: Sequence[_Steps],
) -> Iterator[tuple[list[int], Array, Array]]:
    """Positions, scores and steps of cases that have equally many scores; none has none."""
    alike: dict[int, list[int]] = {}
    for position, (scores, _) in enumerate(cases):
        alike.setdefault(len(scores), []).append(position)
    alike.pop(0, None)
    for positions in alike.values():
        for first in range(0, len(positions), ROWS):
            part = positions[first : first + ROWS]
            values, steps = (np.array([cases[n][i] for n in part], np.float64) for i in (0, 1))
            yield part, values, steps


def most_likely(start: "StateModel", cases: Iterable["Series"]) -> "StateModel":
    """``start`` with the hyper-parameters that :meth:`StateModel.fit` looks for."""
    from scipy.optimize import minimize  # type: ignore[import-untyped]

    observed = [_rounded(_steps(start, _shares(each))) for each in cases]
    observed.sort(key=_size, reverse=True)
    parts = [_columns(observed[first : first + ROWS]) for first in range(0, len(observed), ROWS)]
    centre = _searched(start)

    def surprise(away: Array) -> float:
        values = centre + away * _PRIOR
        grid = points(_model(start, values))
        return -_log_prior(centre, values) - sum(_log_likelihood(grid, each) for each in parts)

    # no limit to any cohort, only to a search that goes astray
    limits = [(-FAR, FAR)] * len(centre)
    options = {"eps": 1e-5, "ftol": 1e-8, "gtol": 1e-3, "maxiter": 100}
    none = np.zeros_like(centre)
    away = minimize(surprise, none, method="L-BFGS-B", bounds=limits, options=options).x
    return _model(start, centre + away * _PRIOR)


def _rounded(case: _Steps) -> _Steps:
    """So that sums, means and percent are the same numbers."""
    scores, steps = case
    return tuple(round(each, DECIMALS) for each in scores), steps


def _size(case: _Steps) -> tuple[int, _Steps]:
    """How cases are sorted, so that sums do not depend on the order they came in."""
    return len(case[0]), case


def _columns(cases: Sequence[_Steps]) -> list[tuple[Array, Array]]:
    """Scores and steps of the first session of all cases, of the second, ...; the longest first."""
    return [
        (
            np.array([scores[t] for scores, _ in cases if t < len(scores)]),
            np.array([float(steps[t]) for _, steps in cases if t < len(steps)]),
        )
        for t in range(len(cases[0][0]))
    ]


def _log_likelihood(grid: Grid, columns: Sequence[tuple[Array, Array]]) -> float:
    """Of some cases together, persons and states summed out, up to a constant."""
    belief = unknown(grid, len(columns[0][0]))
    for score, steps in columns:
        going = slice(len(score))
        so_far = Belief(belief.log_weight[going], belief.inside[going])
        moved = advance(grid, so_far, score, steps)
        belief.log_weight[going], belief.inside[going] = moved.log_weight, moved.inside
    most = belief.log_weight.max(axis=(1, 2))
    shares = np.exp(belief.log_weight - most[:, None, None]).mean(axis=(1, 2))
    return float((most + np.log(shares)).sum())


_PRIOR: Array = np.array([0.1, 0.5, 0.5, 0.3, 0.3, 0.5, 0.5])
"""SDs of the priors of what the search changes."""


def _searched(model: "StateModel") -> Array:
    """What the search changes: logarithms of what is above 0, logits of chances."""
    sizes = (model.between_sd, model.within_sd, model.within_spread, model.depth)
    chances = (model.entry, model.exit)
    return np.array([model.mean, *map(log, sizes), *(log(each / (1 - each)) for each in chances)])


def _model(start: "StateModel", values: Array) -> "StateModel":
    between, within, spread, depth = map(exp, values[1:5])
    entry, exit_ = (1 / (1 + exp(-each)) for each in values[5:])
    return evolve(
        start,
        mean=float(values[0]),
        between_sd=between,
        within_sd=within,
        within_spread=spread,
        depth=depth,
        entry=entry,
        exit=exit_,
    )


def _log_prior(start: Array, values: Array) -> float:
    """Normal, around where the search starts; the depth is a multiple of the SD within persons."""
    centre = start.copy()
    centre[4] += values[2] - start[2]
    return -float((((values - centre) / _PRIOR) ** 2).sum()) / 2
