"""Every key that is one step away from a given one.

An author's evidence for a key is worth what it would notice: a key that differs from the right
one in a single step has to contradict some of it.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, Literal, NamedTuple, get_args

from attrs import evolve

from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.rule import Aggregate, MissingRule, ScoreRule
from therapeutic_alliance.model.scale import Scale
from therapeutic_alliance.scoring.key import ScoreKey, ScoringKey, compile_key

Part = Literal["answers", "missing", "scale"]
"""What an example must vary to notice a mutant."""


class Mutant(NamedTuple):
    """A wrong key: what is wrong, in words, and what to change for it."""

    what: str
    part: Part
    measure: Measure
    """The right one."""
    changes: Mapping[str, Any]
    item: str = ""
    """The one whose own scale is wrong; empty if it is anything else."""

    def build(self, **more: Any) -> Measure:
        """The wrong measure; :class:`DefinitionError` if the library refuses it outright."""
        return evolve(self.measure, **self.changes, **more)


def mutants(measure: Measure) -> Iterator[Mutant]:
    """The mutants of a measure with no open part, in the order of its definition.

    >>> import therapeutic_alliance as ta
    >>> next(mutants(ta.Registry().measure("arm-5"))).what
    'lowest answer 0'
    """
    yield from _scales(measure)
    yield from _reversals(measure)
    for position, rule in enumerate(measure.scores):
        for what, changed in (*_items(measure, rule), *_parts(measure, position)):
            yield _with_score(measure, position, f"{rule.id} {what}", "answers", changed)
        for aggregate in get_args(Aggregate):
            if aggregate != rule.aggregate:
                changed = evolve(rule, aggregate=aggregate)
                what = f"{rule.id} as a {aggregate}"
                yield _with_score(measure, position, what, "answers", changed)
        for what, missing in _missing_rules(rule.missing):
            changed = evolve(rule, missing=missing)
            yield _with_score(measure, position, f"{rule.id}: {what}", "missing", changed)
    yield from _moves(measure)
    for what, missing in _missing_rules(measure.missing):
        yield _mutant(what, "missing", measure, missing=missing)


def same_key(measure: Measure, other: Measure) -> bool:
    """Whether two measures score every form alike, and accept the same answers.

    >>> import therapeutic_alliance as ta
    >>> measure = ta.Registry().measure("arm-5")
    >>> same_key(measure, measure.stated(low=1, high=7)), same_key(measure, measure.stated(low=0))
    (True, False)
    """
    return _meaning(compile_key(measure)) == _meaning(compile_key(other))


def _meaning(key: ScoringKey) -> object:
    """All that decides a score; the reversal of an item that no score has decides none."""
    scored = {position for score in key.scores for position in score.positions}
    return (
        [(item.id, item.low, item.high, item.step) for item in key.items],
        [item.reversed for position, item in enumerate(key.items) if position in scored],
        [_meaning_of_score(score, key.grid) for score in key.scores],
    )


def _meaning_of_score(score: ScoreKey, grid: int) -> object:
    return (
        score.spec.id,
        score.positions,
        [Fraction(weight * grid, score.divisor) for weight in score.weights],
        score.fillable,
        score.rule(None).needed(len(score.positions)),
    )


def _mutant(what: str, part: Part, measure: Measure, **changes: Any) -> Mutant:
    return Mutant(what, part, measure, changes)


def _with_score(measure: Measure, position: int, what: str, part: Part, rule: ScoreRule) -> Mutant:
    scores = (*measure.scores[:position], rule, *measure.scores[position + 1 :])
    return _mutant(what, part, measure, scores=scores)


def _scales(measure: Measure) -> Iterator[Mutant]:
    """Low, high and step, of the common scale and of each item's own; or no scale of its own."""
    if measure.scale:
        for what, scale in _other_scales(measure.scale):
            yield _mutant(what, "scale", measure, scale=scale)
    for position, own in enumerate(measure.item_scales):
        rest = (*measure.item_scales[:position], *measure.item_scales[position + 1 :])
        for what, scale in _other_scales(own.scale):
            changed = (*rest, evolve(own, scale=scale))
            yield Mutant(what, "scale", measure, {"item_scales": changed}, own.item)
        yield Mutant("the scale of the others", "scale", measure, {"item_scales": rest}, own.item)


def _other_scales(scale: Scale) -> Iterator[tuple[str, Scale]]:
    for end, name in (("low", "lowest"), ("high", "highest")):
        for change in sorted({-1, 1, -scale.step, scale.step}):
            new = round(getattr(scale, end) + change, 6)
            yield f"{name} answer {new:g}", evolve(scale, **{end: new})
    for step in sorted({scale.step / 2, scale.step * 2, 0.1, 0.5, 1, 2} - {scale.step}):
        yield f"steps of {step:g}", evolve(scale, step=step)


def _reversals(measure: Measure) -> Iterator[Mutant]:
    for item in measure.items:
        toggled = set(measure.reverse) ^ {item}
        what = f"item {item} {'reversed' if item in toggled else 'not reversed'}"
        yield _mutant(what, "answers", measure, reverse=sorted(toggled))


def _items(measure: Measure, rule: ScoreRule) -> Iterator[tuple[str, ScoreRule]]:
    """One item dropped, added, or replaced by each one that the score does not have."""
    if not rule.items:
        return
    others = [item for item in measure.items if item not in rule.items]
    for item in rule.items:
        rest = tuple(each for each in rule.items if each != item)
        yield f"without item {item}", evolve(rule, items=rest)
        for other in others:
            yield f"with item {other} for {item}", evolve(rule, items=(*rest, other))
    for other in others:
        yield f"with item {other} too", evolve(rule, items=(*rule.items, other))


def _parts(measure: Measure, position: int) -> Iterator[tuple[str, ScoreRule]]:
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
            yield f"with {other} for {part}", evolve(rule, of=(*rest, other))
    for other in others:
        yield f"with {other} too", evolve(rule, of=(*rule.of, other))
    items = measure.items[1:]
    yield "over all items but the first, not over scores", evolve(rule, of=(), items=items)


def _moves(measure: Measure) -> Iterator[Mutant]:
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
                what = f"item {item} in {taker.id}, not in {giver.id}"
                yield _mutant(what, "answers", measure, scores=tuple(scores))


def _missing_rules(rule: MissingRule | None) -> Iterator[tuple[str, MissingRule | None]]:
    if rule is None:
        for at_most in (1, 2):
            yield f"up to {at_most} missing", MissingRule(at_most=at_most)
        return
    yield "no rule for missing answers", None
    for at_most in (rule.at_most - 1, rule.at_most + 1):
        yield f"up to {at_most} missing", evolve(rule, at_most=at_most)
