"""The two-state model that is most likely, given the scores of a cohort. Needs NumPy and SciPy."""

from collections.abc import Iterable, Sequence
from math import exp, log
from typing import TypeVar

from attrs import evolve

from therapeutic_alliance.course.two_state.arrays import NEEDED, ROWS, Array, np
from therapeutic_alliance.course.two_state.grid import Grid, points
from therapeutic_alliance.course.two_state.hyperparameters import Hyperparameters
from therapeutic_alliance.course.two_state.recursions import Belief, advance, unknown
from therapeutic_alliance.course.two_state.steps import Steps
from therapeutic_alliance.errors import MissingExtraError

Model = TypeVar("Model", bound=Hyperparameters)
FAR = 4.0
"""SDs of a prior that the search may go away from where it begins."""
DECIMALS = 9
"""That fractions of the range are rounded to before fitting, so that the metric is no matter."""


def most_likely(start: Model, cases: Iterable[Steps]) -> Model:
    """``start`` with the hyper-parameters that :meth:`StateModel.fit` looks for."""
    try:
        from scipy.optimize import minimize  # type: ignore[import-untyped]
    except ImportError:
        raise MissingExtraError(NEEDED) from None
    observed = [_rounded(each) for each in cases]
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


def _rounded(case: Steps) -> Steps:
    """So that sums, means and percent are the same numbers."""
    return evolve(case, scores=tuple(round(each, DECIMALS) for each in case.scores))


def _size(case: Steps) -> tuple[int, Steps]:
    """How cases are sorted, so that sums do not depend on the order they came in."""
    return len(case.scores), case


def _columns(cases: Sequence[Steps]) -> list[tuple[Array, Array]]:
    """Scores and steps of the first session of all cases, of the second, ...; the longest first."""
    return [
        (
            np.array([each.scores[t] for each in cases if t < len(each.scores)]),
            np.array([float(each.steps[t]) for each in cases if t < len(each.steps)]),
        )
        for t in range(len(cases[0].scores))
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


def _searched(model: Hyperparameters) -> Array:
    """What the search changes: logarithms of what is above 0, logits of chances."""
    sizes = (model.between_sd, model.within_sd, model.within_spread, model.depth)
    chances = (model.entry, model.exit)
    return np.array([model.mean, *map(log, sizes), *(log(each / (1 - each)) for each in chances)])


def _model(start: Model, values: Array) -> Model:
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
