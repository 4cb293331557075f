"""Scores by the book, in exact fractions. Nothing here is shared with the library's key."""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil
from typing import NamedTuple

import therapeutic_alliance as ta

Answers = Mapping[str, float | None]


class Expected(NamedTuple):
    value: Fraction | None
    answered: int
    of: int
    status: str


def exact(number: float) -> Fraction:
    """The decimal as it was typed: .1 is one tenth."""
    return Fraction(repr(number))


def keyed(measure: ta.Measure, item: str, answer: float) -> Fraction:
    scale = measure.scale_of(item)
    if item in measure.reverse:
        return exact(scale.low) + exact(scale.high) - exact(answer)
    return exact(answer)


def members(measure: ta.Measure, score_id: str) -> list[str]:
    """The items of a score, those of its parts included, each once."""
    rule = next(rule for rule in measure.scores if rule.id == score_id)
    below = [item for part in rule.of for item in members(measure, part)]
    return list(dict.fromkeys([*rule.items, *below]))


def worth(measure: ta.Measure, score_id: str, points: Mapping[str, Fraction]) -> Fraction:
    """The score of complete points: parts first, then the total of their values."""
    rule = next(rule for rule in measure.scores if rule.id == score_id)
    values = [points[item] for item in rule.items]
    values += [worth(measure, part, points) for part in rule.of]
    return sum(values, Fraction(0)) / (len(values) if rule.aggregate == "mean" else 1)


def needed(rule: ta.MissingRule | ta.Prorate | None, count: int) -> int:
    if rule is None:
        return count
    if isinstance(rule, ta.Prorate):
        return ceil(exact(rule.share) * count)
    return max(1, count - rule.at_most)


def score(
    measure: ta.Measure, score_id: str, answers: Answers, caller: ta.Prorate | None = None
) -> Expected:
    own = next(rule for rule in measure.scores if rule.id == score_id)
    items = members(measure, score_id)
    points = {
        item: keyed(measure, item, answer)
        for item in items
        if (answer := answers.get(item)) is not None
    }
    count = len(points)
    if count == len(items):
        return Expected(worth(measure, score_id, points), count, count, "scored")
    ranges = {(measure.scale_of(item).low, measure.scale_of(item).high) for item in items}
    enough = count >= max(1, needed(caller or own.missing or measure.missing, len(items)))
    if not enough or len(ranges) > 1:
        return Expected(None, count, len(items), "not-scorable")
    mean = sum(points.values(), Fraction(0)) / count
    filled = {item: points.get(item, mean) for item in items}
    return Expected(worth(measure, score_id, filled), count, len(items), "prorated")
