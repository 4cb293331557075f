"""What is asked of a frame: a rule, the columns it needs, and the score that they hold."""

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

from therapeutic_alliance.course.series import Series
from therapeutic_alliance.errors import TableError
from therapeutic_alliance.model.contracts import Detector
from therapeutic_alliance.model.measure import Measure


@frozen(kw_only=True)
class Task:
    """One detector, and where a frame has what it looks at. It pickles if its detector does."""

    detector: Detector[Any]
    by: tuple[str, ...]
    """Columns that together name a case."""
    order: str
    """Column of session numbers."""
    score: str
    """Column of scores."""
    course: Series
    """A course without sessions: score, range, measure and rater of each."""

    @property
    def stem(self) -> str:
        """How the names of the new columns begin."""
        return self.detector.id.replace("-", "_")

    @property
    def flag(self) -> str:
        """Name of the column of flags: Boolean, null where not evaluable."""
        return f"{self.stem}_flag"

    @property
    def statistic(self) -> str:
        """Name of the column of statistics: float, null where there is none."""
        return f"{self.stem}_statistic"

    @property
    def threshold(self) -> str:
        """Name of the column of thresholds: float, null where there is none."""
        return f"{self.stem}_threshold"

    @property
    def names(self) -> tuple[str, str, str]:
        """Every new column, in order."""
        return self.flag, self.statistic, self.threshold


def column_of_score(score: str | Mapping[str, str], measure: Measure | None) -> tuple[str, str]:
    """Column, and id of the score that it holds.

    >>> import therapeutic_alliance as ta
    >>> column_of_score("wai_sr_bond", ta.Registry().measure("wai-sr"))
    ('wai_sr_bond', 'bond')
    >>> column_of_score({"bond": "felt"}, None)
    ('felt', 'bond')
    """
    if isinstance(score, Mapping):
        if len(score) != 1:
            raise TableError("score: one column, or {id of a score: column}")
        [(name, column)] = score.items()
        return column, name
    if measure is None:
        return score, "total"
    stem = measure.id.replace("-", "_")
    for each in measure.scores:
        if score == f"{stem}_{each.id.replace('-', '_')}":
            return score, each.id
    raise TableError(
        f"score: no score of {measure.id} has a column of that name; give {{id of a score: column}}"
    )


def as_names(by: str | Sequence[str]) -> tuple[str, ...]:
    """The columns that name a case."""
    names = (by,) if isinstance(by, str) else tuple(by)
    if not names:
        raise TableError("by: at least one column that names a case")
    return names
