"""What came out of one form: its scores."""

from collections.abc import Iterator
from typing import Literal

from attrs import field, frozen

from therapeutic_alliance.errors import UnknownIdError
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.record import Administration
from therapeutic_alliance.model.rule import Missing

Metric = Literal["sum", "mean", "percent", "rating"]
"""``mean``: sum divided by the number of items. ``percent``: of the possible range.
``rating``: one item as it was given."""

ScoreStatus = Literal["scored", "prorated", "not-scorable"]


@frozen
class ScoreSpec:
    """What a score means: its metric and the range that is possible in it.

    >>> ScoreSpec("total", "mean", low=1, high=5, of=12).share(4.0)
    0.75
    """

    id: str
    metric: Metric
    low: float
    high: float
    of: int
    """How many items it has."""
    per_mean: int | None = None
    """What a sum is divided by to make the item mean; ``None`` where there is no such number."""

    @property
    def span(self) -> float:
        """Width of the possible range."""
        return self.high - self.low

    def share(self, value: float) -> float:
        """Where a value lies in the possible range: 0 at its lower end, 1 at its upper end."""
        return (value - self.low) / self.span


@frozen
class Score:
    """One value with how it came about."""

    spec: ScoreSpec = field(repr=False)
    value: float | None
    """Never rounded; ``None`` if not scorable."""
    answered: int
    status: ScoreStatus

    @property
    def id(self) -> str:
        """Score id, such as ``bond``."""
        return self.spec.id

    @property
    def metric(self) -> Metric:
        """``sum``, ``mean`` or ``rating``, as the definition has it."""
        return self.spec.metric

    @property
    def low(self) -> float:
        """Lowest value possible."""
        return self.spec.low

    @property
    def high(self) -> float:
        """Highest value possible."""
        return self.spec.high

    @property
    def of(self) -> int:
        """How many items the score has."""
        return self.spec.of


@frozen
class ScoreSheet:
    """The scores of one form. ``sheet["bond"]`` is one of them.

    Answers are kept for :func:`therapeutic_alliance.explain` and stay out of ``repr``.
    """

    measure: Measure = field(repr=False)
    scores: tuple[Score, ...]
    missing: Missing | None
    """The caller's rule for unanswered items; ``None`` if each score's own rule was applied."""
    answers: tuple[float | None, ...] = field(repr=False)
    """In item order, as given, before reversal."""
    form: Administration | None = field(default=None, repr=False)
    """The administration that was scored, if one was given."""

    def __getitem__(self, score_id: str) -> Score:
        for score in self.scores:
            if score.id == score_id:
                return score
        known = ", ".join(score.id for score in self.scores)
        raise UnknownIdError(f"{self.measure.id} has no score of that id; it has: {known}")

    def __iter__(self) -> Iterator[Score]:
        return iter(self.scores)

    def __len__(self) -> int:
        return len(self.scores)
