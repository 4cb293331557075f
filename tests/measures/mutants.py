"""Every key that is one step away from a given one.

A mutant is told as (what was changed, how to build it); building may be refused by the library.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, get_args

from attrs import evolve

import therapeutic_alliance as ta
from therapeutic_alliance.model.rule import Aggregate

AGGREGATES = get_args(Aggregate)


class Mutant(NamedTuple):
    what: str
    build: Callable[[], ta.Measure]
    equivalent: bool = False
    """Provably the same key; the generator says how it knows."""


def mutants(measure: ta.Measure) -> Iterator[Mutant]:
    yield from _scales(measure)
    yield from _reversals(measure)
    for position, rule in enumerate(measure.scores):
        for what, changed in (
            *_items(measure, rule),
            *_parts(measure, position),
        ):
            yield _with_score(measure, position, f"{rule.id}: {what}", changed)
        yield from _aggregates(measure, position)
        yield from _missing_of_score(measure, position)
    yield from _moves(measure)
    yield from _missing_of_measure(measure)


def _with(measure: ta.Measure, what: str, equivalent: bool = False, **changes: Any) -> Mutant:
    return Mutant(what, lambda: evolve(measure, **changes), equivalent)


def _with_score(
    measure: ta.Measure, position: int, what: str, rule: ta.ScoreRule, *, equivalent: bool = False
) -> Mutant:
    scores = (*measure.scores[:position], rule, *measure.scores[position + 1 :])
    return _with(measure, what, equivalent, scores=scores)


def _scales(measure: ta.Measure) -> Iterator[Mutant]:
    """Low, high and step, of the common scale and of each item's own."""
    assert not measure.item_scales, "no built-in has them; mutate them here once one does"
    scale = measure.scale
    assert scale is not None
    for end in ("low", "high"):
        old = getattr(scale, end)
        for change in sorted({-1, 1, -scale.step, scale.step}):
            new = round(old + change, 6)
            changed = lambda end=end, new=new: evolve(  # noqa: E731
                measure, scale=evolve(scale, **{end: new})
            )
            yield Mutant(f"{end} {new:g}", changed)
    for step in sorted({scale.step / 2, scale.step * 2, 0.1, 0.5, 1, 2} - {scale.step}):
        finer = lambda step=step: evolve(measure, scale=evolve(scale, step=step))  # noqa: E731
        yield Mutant(f"step {step:g}", finer)


def _reversals(measure: ta.Measure) -> Iterator[Mutant]:
    for item in measure.items:
        toggled = set(measure.reverse) ^ {item}
        yield _with(measure, f"reversal of {item} toggled", reverse=sorted(toggled))


def _items(measure: ta.Measure, rule: ta.ScoreRule) -> Iterator[tuple[str, ta.ScoreRule]]:
    """One item dropped, added, or replaced by each one that the score does not have."""
    if not rule.items:
        return
    others = [item for item in measure.items if item not in rule.items]
    for item in rule.items:
        rest = tuple(each for each in rule.items if each != item)
        yield f"drop {item}", evolve(rule, items=rest)
        for other in others:
            yield f"{other} for {item}", evolve(rule, items=(*rest, other))
    for other in others:
        yield f"add {other}", evolve(rule, items=(*rule.items, other))


def _parts(measure: ta.Measure, position: int) -> Iterator[tuple[str, ta.ScoreRule]]:
    """The same for a total and the scores that it is made of."""
    rule = measure.scores[position]
    if not rule.of:
        return
    before = [each.id for each in measure.scores[:position]]
    others = [part for part in before if part not in rule.of]
    for part in rule.of:
        rest = tuple(each for each in rule.of if each != part)
        yield f"without {part}", evolve(rule, of=rest)
        for other in others:
            yield f"{other} for {part}", evolve(rule, of=(*rest, other))
    for other in others:
        yield f"with {other}", evolve(rule, of=(*rule.of, other))
    yield "items for parts", evolve(rule, of=(), items=measure.items[1:])


def _aggregates(measure: ta.Measure, position: int) -> Iterator[Mutant]:
    """Sum, mean, rating. Over one single item the three are the same number."""
    rule = measure.scores[position]
    for aggregate in AGGREGATES:
        if aggregate == rule.aggregate:
            continue
        changed = evolve(rule, aggregate=aggregate)
        same = len(rule.items) == 1 and not measure.never_sum
        yield _with_score(measure, position, f"{rule.id}: {aggregate}", changed, equivalent=same)


def _moves(measure: ta.Measure) -> Iterator[Mutant]:
    """One item out of one score and into another."""
    with_items = [(n, rule) for n, rule in enumerate(measure.scores) if rule.items]
    for source, giver in with_items:
        for target, taker in with_items:
            for item in giver.items if source != target else ():
                if item in taker.items:
                    continue
                scores = list(measure.scores)
                scores[source] = evolve(giver, items=tuple(i for i in giver.items if i != item))
                scores[target] = evolve(taker, items=(*taker.items, item))
                what = f"{item} from {giver.id} to {taker.id}"
                yield _with(measure, what, scores=tuple(scores))


def _missing_of_measure(measure: ta.Measure) -> Iterator[Mutant]:
    """A rule for scores of one item is no rule: one answer is always needed."""
    pointless = all(len(rule.items) == 1 for rule in measure.scores)
    for what, changed in _missing_rules(measure.missing):
        yield _with(measure, what, pointless, missing=changed)


def _missing_of_score(measure: ta.Measure, position: int) -> Iterator[Mutant]:
    """A rule of the score goes before that of the measure, so the same one changes nothing."""
    rule = measure.scores[position]
    in_force = rule.missing or measure.missing
    for what, changed in _missing_rules(rule.missing):
        same = changed == in_force
        yield _with_score(
            measure, position, f"{rule.id}: {what}", evolve(rule, missing=changed), equivalent=same
        )


def _missing_rules(rule: ta.MissingRule | None) -> Iterator[tuple[str, ta.MissingRule | None]]:
    if rule is None:
        for at_most in (1, 2):
            yield f"up to {at_most} missing", ta.MissingRule(at_most=at_most)
        return
    yield "no missing rule", None
    for at_most in (rule.at_most - 1, rule.at_most + 1):
        yield f"up to {at_most} missing", evolve(rule, at_most=at_most)
