"""The key of a measure as plain whole numbers: what every evaluator of columns follows.

A plan holds nothing but numbers and names, so it pickles and can be sent to another process.
"""

from functools import lru_cache
from math import gcd
from typing import Literal

from attrs import frozen

from therapeutic_alliance.errors import DefinitionError
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.rule import Missing, check_missing
from therapeutic_alliance.scoring.key import ItemKey, ScoreKey, compile_key, no_measure

EXACT = 2**53
"""Whole numbers below it are exact as 64-bit floats, so that a quotient of two is rounded once."""
Invalid = Literal["raise", "null-and-count"]
"""What becomes of refused answers."""


@frozen(kw_only=True)
class ItemPlan:
    """One item. An answer ``x`` is accepted if ``x == count / grid`` for one of its counts."""

    id: str
    low: int
    high: int
    step: int
    """Accepted counts, in units of the plan's grid: ``low``, ``low + step``, ... ``high``."""
    reversed: bool
    """``low + high - count`` counts."""


@frozen(kw_only=True)
class ScorePlan:
    """One score over ``k`` items, of which ``n`` are answered, if ``n`` is at least ``needed``.

    With the counts ``c`` of the answered items, ``S = sum(c)``, ``W = sum(weight * c)`` and
    ``A`` the sum of the weights of the others, it is ``(n * W + A * S) / (n * divisor)``: both
    whole, divided once. Where all weights are 1 that is ``k * S / (n * divisor)``.
    """

    id: str
    positions: tuple[int, ...]
    """Indices of its items."""
    weights: tuple[int, ...]
    divisor: int
    needed: int
    """At least 1, at most ``k``; ``k`` wherever the ranges of the items differ."""

    @property
    def even(self) -> bool:
        """All weights are 1."""
        return set(self.weights) == {1}


@frozen(kw_only=True)
class Plan:
    """A measure and a missing rule, ready for columns."""

    measure: str
    """Id."""
    grid: int
    """How many counts make 1."""
    unit: int
    """Largest number of counts that divides every step."""
    items: tuple[ItemPlan, ...]
    """In printed order."""
    scores: tuple[ScorePlan, ...]

    @property
    def stem(self) -> str:
        """How the names of the new columns begin."""
        return self.measure.replace("-", "_")

    def value(self, score: ScorePlan) -> str:
        """Name of the column of a score's value: float, null if not scorable."""
        return f"{self.stem}_{score.id.replace('-', '_')}"

    def answered(self, score: ScorePlan) -> str:
        """Name of the column that counts a score's answered items: 16-bit whole number."""
        return f"{self.value(score)}_answered"

    @property
    def invalid(self) -> str:
        """Name of the column that counts refused answers: 16-bit whole number."""
        return f"{self.stem}_invalid"

    @property
    def missing(self) -> str:
        """Name of the column that counts items that were not answered: 16-bit whole number."""
        return f"{self.stem}_missing"

    @property
    def uniform(self) -> str:
        """Name of the column that says whether all of two or more answers are alike."""
        return f"{self.stem}_uniform"

    @property
    def names(self) -> tuple[str, ...]:
        """Every new column, in order."""
        scores = [name for each in self.scores for name in (self.value(each), self.answered(each))]
        return (*scores, self.invalid, self.missing, self.uniform)


def plan(measure: Measure, missing: Missing | None) -> Plan:
    """The plan of a measure under the caller's missing rule, or else the author's.

    Raises :class:`DefinitionError` while a part of the key is open, where two new columns would
    have one name, and where the scores of a measure need more than 53 bits; :class:`AllianceError`
    if ``missing`` is no rule.

    >>> import therapeutic_alliance as ta
    >>> made = plan(ta.Registry().measure("wai-sr"), ta.Prorate(0.8))
    >>> [(score.id, len(score.positions), score.needed) for score in made.scores]
    [('task', 4, 4), ('bond', 4, 4), ('goal', 4, 4), ('total', 12, 10)]
    """
    if not isinstance(measure, Measure):
        raise no_measure()
    check_missing(missing)
    return _made(measure, tuple(score.needed(missing) for score in compile_key(measure).scores))


@lru_cache(maxsize=128)
def _made(measure: Measure, needed: tuple[int, ...]) -> Plan:
    key = compile_key(measure)
    items = tuple(_item(item, key.grid) for item in key.items)
    made = Plan(
        measure=measure.id,
        grid=key.grid,
        unit=gcd(*(item.step for item in items)),
        items=items,
        scores=tuple(map(_score, key.scores, needed)),
    )
    shared = sorted({name for name in made.names if made.names.count(name) > 1})
    if shared:
        raise DefinitionError(f"{measure.id}: two columns of scores are called {', '.join(shared)}")
    if any(_largest(made, score) >= EXACT for score in made.scores):
        raise DefinitionError(
            f"{measure.id}: its numbers are too large for data frames; ta.score takes them"
        )
    return made


def _item(item: ItemKey, grid: int) -> ItemPlan:
    low, high, step = (round(number * grid) for number in (item.low, item.high, item.step))
    return ItemPlan(id=item.id, low=low, high=high, step=step, reversed=item.reversed)


def _score(score: ScoreKey, needed: int) -> ScorePlan:
    return ScorePlan(
        id=score.spec.id,
        positions=score.positions,
        weights=score.weights,
        divisor=score.divisor,
        needed=needed,
    )


def _largest(made: Plan, score: ScorePlan) -> int:
    """No whole number on the way to a score is larger."""
    ends = [made.items[position] for position in score.positions]
    counts = sum(max(abs(item.low), abs(item.high)) for item in ends)
    return len(ends) * max(2 * sum(score.weights) * counts, score.divisor)
