"""The compiled key: the one place where reversal, missing rules and totals are decided.

Answers become whole numbers on a decimal grid, sums are taken in integers, and each score is
one division at the very end. Other evaluators that follow the same key therefore agree with
this one to the last bit.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from math import isfinite, lcm
from operator import index, itemgetter, mul
from types import MappingProxyType
from typing import Any, NamedTuple, SupportsFloat, SupportsIndex

from attrs import frozen

from therapeutic_alliance.errors import DefinitionError, UnknownIdError
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.rule import (
    AllAnswered,
    Missing,
    NothingToFillWith,
    ScoreRule,
    needed,
)
from therapeutic_alliance.model.scale import places
from therapeutic_alliance.model.scored import Score, ScoreSpec


@frozen(kw_only=True, eq=False, repr=False)
class ItemKey:
    """One item: which answers it accepts and what each counts, in units of the grid."""

    id: str
    low: float
    high: float
    step: float
    reversed: bool
    keyed: Mapping[object, int]
    """Accepted answer -> its count after reversal."""

    def refuses(self, answer: object) -> str:
        """Why an answer is not accepted, in words that do not quote it; empty if it is."""
        number = as_number(answer)
        if number is None:
            return "not a number"
        if isinstance(number, float) and not isfinite(number):
            return "not a finite number"
        if number < self.low:
            return f"below the lowest answer, {self.low:g}"
        if number > self.high:
            return f"above the highest answer, {self.high:g}"
        if number not in self.keyed:
            return "not a whole number" if self.step == 1 else f"not on a step of {self.step:g}"
        return ""


@frozen(kw_only=True, eq=False, repr=False)
class ScoreKey:
    """One score: ``sum(weight * count) / divisor`` over its items."""

    spec: ScoreSpec
    positions: tuple[int, ...]
    """Indices of its items."""
    weights: tuple[int, ...]
    divisor: int
    even: bool
    """All weights are 1."""
    fillable: bool
    """Its items share one range, so that a mean of them can stand for a missing one."""
    missing: Missing
    """The author's rule, or that every item is needed."""
    pick: Callable[[list[int | None]], Sequence[int | None]]
    """Takes the counts of its items out of those of the form."""

    def score(self, counts: list[int | None], missing: Missing | None) -> Score:
        """The score of keyed counts, under the caller's missing rule or else the key's."""
        chosen = self.pick(counts)
        if None not in chosen:
            total = sum(chosen) if self.even else sum(map(mul, self.weights, chosen))  # type: ignore[arg-type]
            return Score(self.spec, total / self.divisor, len(chosen), "scored")
        answered = [count for count in chosen if count is not None]
        if len(answered) < self.needed(missing):
            return Score(self.spec, None, len(answered), "not-scorable")
        present = [
            weight for weight, count in zip(self.weights, chosen, strict=True) if count is not None
        ]
        absent = sum(self.weights) - sum(present)
        weighted = sum(weight * count for weight, count in zip(present, answered, strict=True))
        numerator = len(answered) * weighted + absent * sum(answered)
        return Score(
            self.spec, numerator / (len(answered) * self.divisor), len(answered), "prorated"
        )

    def rule(self, missing: Missing | None) -> Missing:
        """The missing rule that holds: the caller's, else the key's, where a gap can be filled."""
        if not self.fillable:
            return NothingToFillWith()
        return self.missing if missing is None else missing

    def needed(self, missing: Missing | None) -> int:
        """How many of its items must be answered under the rule that holds: at least 1."""
        return needed(self.rule(missing), len(self.positions))


@frozen(kw_only=True, eq=False, repr=False)
class ScoringKey:
    """A measure, compiled once: what every evaluator and exporter follows."""

    measure: Measure
    items: tuple[ItemKey, ...]
    scores: tuple[ScoreKey, ...]
    grid: int
    """How many units make 1: every low, high and step is a whole number of them."""
    lookups: tuple[Callable[[object], int | None], ...]
    """For each item, the count of an accepted answer; ``None`` for any other."""
    ids: tuple[str, ...]
    """Item ids in printed order."""
    id_set: frozenset[str]
    in_order: Callable[[Mapping[str, object]], tuple[object, ...]]
    """Takes the answers in item order; ``KeyError`` if an id is absent."""

    def spec(self, score_id: str) -> ScoreSpec:
        """Metric and range of a score; :class:`UnknownIdError` if the measure has none such."""
        for score in self.scores:
            if score.spec.id == score_id:
                return score.spec
        known = ", ".join(score.spec.id for score in self.scores)
        raise UnknownIdError(f"{self.measure.id} has no score of that id; it has: {known}")

    def __reduce__(self) -> "tuple[Callable[[Measure], ScoringKey], tuple[Measure]]":
        return compile_key, (self.measure,)  # pickled as its measure, compiled again on arrival


def as_number(answer: object) -> float | None:
    """An answer as a plain number: anything with ``__index__`` or a float, never a bool.

    >>> as_number(3), as_number(3.0), as_number(True), as_number("3")
    (3, 3.0, None, None)
    """
    if isinstance(answer, bool) or type(answer).__name__ in ("bool", "bool_"):  # NumPy's, too
        return None
    if isinstance(answer, int | float):
        return answer
    try:
        kind = getattr(getattr(answer, "dtype", None), "kind", "")
        if isinstance(answer, SupportsIndex):
            return index(answer)
        if kind == "f" and isinstance(answer, SupportsFloat):
            return float(answer)
    except Exception:  # noqa: BLE001, S110 - an array of several numbers; a class of the caller's
        pass
    return None


def no_measure() -> DefinitionError:
    """The error for what is none; to be raised before a key is asked for what has no hash."""
    return DefinitionError("a Measure is needed, such as Registry().measure('wai-sr')")


def items_in_words(ids: Sequence[str]) -> str:
    """How many items there are, and what their ids look like.

    >>> items_in_words(["1", "2", "3", "4", "5"]), items_in_words(["goals", "bond"])
    ('5 items, 1 to 5', '2 items: goals, bond')
    """
    if len(ids) < 5:
        return f"{len(ids)} items: {', '.join(ids)}"
    return f"{len(ids)} items, {ids[0]} to {ids[-1]}"


@lru_cache(maxsize=512)
def compile_key(measure: Measure) -> ScoringKey:
    """The key of a measure, compiled on first use and kept.

    Raises :class:`DefinitionError` while a part of the key is open.

    >>> import therapeutic_alliance as ta
    >>> key = compile_key(ta.Registry().measure("wai-sr"))
    >>> [(score.spec.id, score.spec.low, score.spec.high) for score in key.scores]
    [('task', 4.0, 20.0), ('bond', 4.0, 20.0), ('goal', 4.0, 20.0), ('total', 12.0, 60.0)]
    """
    if not isinstance(measure, Measure):
        raise no_measure()
    if measure.open:
        raise DefinitionError(measure.what_is_open())
    scales = [measure.scale_of(item) for item in measure.items]
    grid = 10 ** max(
        places(number) for scale in scales for number in (scale.low, scale.high, scale.step)
    )
    items = tuple(_item(measure, item, grid) for item in measure.items)
    sums: dict[str, _Weighted] = {}
    scores = []
    for rule in measure.scores:
        sums[rule.id] = _weighted(measure, rule, sums)
        missing = rule.missing or measure.missing or AllAnswered()
        scores.append(_score(rule, sums[rule.id], items, grid, missing))
    return ScoringKey(
        measure=measure,
        items=items,
        scores=tuple(scores),
        grid=grid,
        lookups=tuple(item.keyed.get for item in items),
        ids=measure.items,
        id_set=frozenset(measure.items),
        in_order=_each(measure.items),
    )


def _each(keys: Sequence[Any]) -> Callable[[Any], tuple[Any, ...]]:
    """``itemgetter`` that gives a tuple for a single key too."""
    if len(keys) > 1:
        return itemgetter(*keys)
    return partial(_only, keys[0])


def _only(key: Any, container: Any) -> tuple[Any]:
    return (container[key],)


def _item(measure: Measure, item: str, grid: int) -> ItemKey:
    scale = measure.scale_of(item)
    low, high, step = (round(number * grid) for number in (scale.low, scale.high, scale.step))
    flip = item in measure.reverse
    keyed: dict[object, int] = {
        count / grid: (low + high - count if flip else count)
        for count in range(low, high + 1, step)
    }
    return ItemKey(
        id=item,
        low=scale.low,
        high=scale.high,
        step=scale.step,
        reversed=flip,
        keyed=MappingProxyType(keyed),
    )


class _Weighted(NamedTuple):
    """``sum(weight * answer) / divisor`` over item positions, in whole numbers."""

    weights: dict[int, int]
    divisor: int


def _weighted(measure: Measure, rule: ScoreRule, known: Mapping[str, _Weighted]) -> _Weighted:
    if rule.items:
        positions = [measure.items.index(item) for item in rule.items]
        divisor = len(positions) if rule.aggregate == "mean" else 1
        return _Weighted(dict.fromkeys(positions, 1), divisor)
    parts = [known[part] for part in rule.of]
    divisor = lcm(*(part.divisor for part in parts))
    total: dict[int, int] = {}
    for part in parts:
        for position, weight in part.weights.items():
            total[position] = total.get(position, 0) + weight * (divisor // part.divisor)
    return _Weighted(total, divisor * (len(parts) if rule.aggregate == "mean" else 1))


def _score(
    rule: ScoreRule, sums: _Weighted, items: tuple[ItemKey, ...], grid: int, missing: Missing
) -> ScoreKey:
    positions = tuple(sorted(sums.weights))
    weights = tuple(sums.weights[position] for position in positions)
    chosen = [items[position] for position in positions]
    divisor = sums.divisor * grid
    low, high = (
        sum(weight * round(end * grid) for weight, end in zip(weights, ends, strict=True)) / divisor
        for ends in ([item.low for item in chosen], [item.high for item in chosen])
    )
    assert rule.aggregate is not None  # an open key never gets here
    even = set(weights) == {1}
    per_mean = len(positions) if even and sums.divisor in (1, len(positions)) else None
    return ScoreKey(
        spec=ScoreSpec(rule.id, rule.aggregate, low, high, len(positions), per_mean),
        positions=positions,
        weights=weights,
        divisor=divisor,
        even=even,
        fillable=len({(item.low, item.high) for item in chosen}) == 1,
        missing=missing,
        pick=_each(positions),
    )
