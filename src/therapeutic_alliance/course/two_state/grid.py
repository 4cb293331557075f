"""Points in place of the distributions of the two-state model. Needs NumPy."""

from functools import lru_cache
from statistics import NormalDist

from attrs import frozen

from therapeutic_alliance.course.sd_floor import SD_FLOOR
from therapeutic_alliance.course.two_state.arrays import Array, np
from therapeutic_alliance.course.two_state.hyperparameters import Hyperparameters


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


def points(model: Hyperparameters) -> Grid:
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
