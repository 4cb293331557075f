"""A second way to a score: the arithmetic of a manual, written out for one form."""

from collections.abc import Mapping

from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.rule import ScoreRule


def items_of(measure: Measure, rule: ScoreRule) -> frozenset[str]:
    """The items that a score counts, itself or through the scores that it is made of."""
    parts = [each for each in measure.scores if each.id in rule.of]
    return frozenset(rule.items).union(*(items_of(measure, part) for part in parts))


def by_hand(measure: Measure, rule: ScoreRule, form: Mapping[str, float | None]) -> float | None:
    """The value of a score; ``None`` if more answers are missing than its rule allows.

    >>> import therapeutic_alliance as ta
    >>> measure = ta.Registry().measure("arm-5")
    >>> by_hand(measure, measure.scores[0], {"1": 7, "2": 7, "3": 1, "4": 7, "5": 6})
    6.8
    """
    items = items_of(measure, rule)
    given = {item: answer for item in items if (answer := form[item]) is not None}
    keyed = {item: _keyed(measure, item, answer) for item, answer in given.items()}
    if len(items) - len(keyed) > _allowed(measure, rule, items):
        return None
    mean = sum(keyed.values()) / len(keyed)
    return _value(measure, rule, {item: keyed.get(item, mean) for item in items})


def _keyed(measure: Measure, item: str, answer: float) -> float:
    scale = measure.scale_of(item)
    return scale.low + scale.high - answer if item in measure.reverse else answer


def _allowed(measure: Measure, rule: ScoreRule, items: frozenset[str]) -> int:
    """How many answers may be missing; none where items of different ranges have no mean."""
    ranges = {(scale.low, scale.high) for scale in map(measure.scale_of, items)}
    missing = rule.missing or measure.missing
    return min(missing.at_most, len(items) - 1) if missing and len(ranges) == 1 else 0


def _value(measure: Measure, rule: ScoreRule, keyed: Mapping[str, float]) -> float:
    parts = [each for each in measure.scores if each.id in rule.of]
    values = [keyed[item] for item in rule.items] + [_value(measure, each, keyed) for each in parts]
    return sum(values) / len(values) if rule.aggregate == "mean" else sum(values)
