"""The numbers that the two-state model is made of."""

from math import exp

from attrs import frozen

from therapeutic_alliance.course.parameters import is_number, not_negative, positive, whole
from therapeutic_alliance.errors import AllianceError, Problem
from therapeutic_alliance.model.immutable import as_tuples

RULE = "state model"
"""What errors are said of."""
MOST_SPREAD = 2.0
"""Largest SD of a logarithm: the densities of the outermost points stay in the range of a float."""
GRID = (21, 6, 4)
ENTRY = 1 / (1 + exp(3.0))
EXIT = 1 / (1 + exp(0.6))
"""Chances of entry and exit where no cohort has told them: logits -3 and -0.6."""
SPREAD = 0.4
"""SD of the logarithms of SD and depth: a free choice, without a source."""


@frozen(kw_only=True, field_transformer=as_tuples)
class Hyperparameters:
    """How level, SD and depth vary over persons, and states over sessions.

    What they mean, :class:`StateModel` says. Raises :class:`AllianceError` for one out of range.
    """

    mean: float
    """Mean of the levels, 0 to 1, or a little above where scores are near the maximum."""
    between_sd: float
    """SD of the levels; above 0."""
    within_sd: float
    """Median of the SDs within persons, each the scale of a t distribution; above 0."""
    within_spread: float = SPREAD
    """SD of their logarithms, 0 to 2."""
    depth: float
    """Median of the depths; above 0."""
    depth_spread: float = SPREAD
    """SD of their logarithms, 0 to 2."""
    entry: float = ENTRY
    """Chance to be in the second state at a session, not being in it at the one before."""
    exit: float = EXIT
    """Chance not to be in it any more at the next session."""
    grid: tuple[int, int, int] = GRID
    """Points for level, SD and depth."""

    def __attrs_post_init__(self) -> None:
        for name in ("between_sd", "within_sd", "depth"):
            positive(RULE, name, getattr(self, name))
        for name in ("within_spread", "depth_spread"):
            not_negative(RULE, name, getattr(self, name))
        for points in self.grid:
            whole(RULE, "each number of the grid", points, 1)
        if problems := [
            Problem(path=f"{RULE}: {name}", rule=rule)
            for name, (right, rule) in self._limits().items()
            if not right
        ]:
            raise AllianceError(problems)

    def _limits(self) -> dict[str, tuple[bool, str]]:
        """Of each other limit: whether it is kept, and what it is."""
        chance = "is a number between 0 and 1"
        spread = f"is {MOST_SPREAD:g} or less"
        return {
            "mean": (is_number(self.mean), "is a finite number"),
            "within_spread": (self.within_spread <= MOST_SPREAD, spread),
            "depth_spread": (self.depth_spread <= MOST_SPREAD, spread),
            "entry": (is_number(self.entry) and 0 < self.entry < 1, chance),
            "exit": (is_number(self.exit) and 0 < self.exit < 1, chance),
            "grid": (len(self.grid) == 3, "has three numbers of points"),
        }
