"""What is asked of a frame: a rule, the columns it needs, and the score that they hold."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from attrs import frozen

from therapeutic_alliance.course.series import Series, refuse_metric, refuse_outcome
from therapeutic_alliance.errors import TableError
from therapeutic_alliance.model.contracts import Detector
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.scored import Metric
from therapeutic_alliance.model.validity import ROLES
from therapeutic_alliance.scoring.key import compile_key


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
    prefix: str = ""
    """How the names of the new columns begin, before the detector's id."""

    @property
    def stem(self) -> str:
        """How the names of the new columns begin."""
        return self.prefix + self.detector.id.replace("-", "_")

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


def column_of_score(
    score: str | Mapping[str, str], measure: Measure | None, metric: Metric | None = None
) -> tuple[str, str]:
    """Column, and id of the score that it holds.

    Raises :class:`TableError` for a column that ``score_frame`` does not make of that measure, or
    not in that metric; what is in a mapping may be anything.

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
    if not isinstance(score, Hashable):
        raise TableError("score: the name of a column, or {id of a score: column}")
    if measure is None:
        return score, "total"
    refuse_outcome(measure)
    if metric is not None:
        refuse_metric(metric)
    specs = [each.spec for each in compile_key(measure).scores]
    stem = measure.id.replace("-", "_")
    made = {f"{stem}_{spec.id.replace('-', '_')}": spec for spec in specs}
    if score not in made:
        raise TableError(
            f"score: the columns of {measure.id} are {', '.join(made)}; "
            "for one of another name, give {id of the score: column}"
        )
    spec = made[score]
    if metric not in (None, spec.metric):
        raise TableError(
            f'metric: column "{score}" holds the {spec.metric}, as score_frame makes it; for '
            f'another metric, give {{"{spec.id}": column}}'
        )
    return score, spec.id


def refuse_rater(rater: str | None, measure: Measure | None) -> None:
    """Raise :class:`TableError` for a rater that is no role, or that the measure does not accept.

    >>> import therapeutic_alliance as ta
    >>> refuse_rater("therapist", ta.Registry().measure("wai-sr"))
    Traceback (most recent call last):
        ...
    therapeutic_alliance.errors.TableError: rater: wai-sr accepts these raters only: client
    """
    if rater is None:
        return
    if not (isinstance(rater, str) and rater in ROLES):
        raise TableError(f"rater: one of {', '.join(ROLES)}, and no name of a column")
    if measure is not None and rater not in measure.raters:
        accepted = ", ".join(measure.raters)
        raise TableError(f"rater: {measure.id} accepts these raters only: {accepted}")


def refuse_prefix(prefix: str) -> None:
    """Raise :class:`TableError` for what is no text."""
    if not isinstance(prefix, str):
        raise TableError("prefix: text, such as 'bond_'")


def as_names(by: str | Sequence[str]) -> tuple[str, ...]:
    """The columns that name a case."""
    if not isinstance(by, Sequence):
        raise TableError("by: the name of a column, or a list of several")
    names = (by,) if isinstance(by, str) else tuple(by)
    if not names:
        raise TableError("by: at least one column that names a case")
    return names
