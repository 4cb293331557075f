"""A plan as sums of small codes: each answer one code, items that count alike one stratum."""

from functools import lru_cache
from math import gcd
from typing import Any

import numpy as np
from attrs import frozen

from therapeutic_alliance.frames.plan import ItemPlan, Plan, ScorePlan


@frozen
class Coding:
    """Counts as codes from 0, one origin for all items: ``count = base + unit * code``."""

    grid: int
    """How many counts make 1."""
    base: int
    unit: int
    top: int
    """Largest code of any item."""
    counts: np.dtype
    """Narrowest kind that holds every accepted count."""
    codes: np.dtype
    """Narrowest kind that holds every code."""


@frozen
class Stratum:
    """Items that have the same weight in every score and are keyed alike."""

    positions: tuple[int, ...]
    mirror: int | None
    """Of reversed items: ``mirror - code`` counts."""
    sums: np.dtype
    """Narrowest kind that holds every sum of codes."""

    def turn(self, codes: Any, numbers: Any) -> None:
        """Sums of codes as answered become sums of codes as keyed; wrapping around is exact."""
        if self.mirror is not None:
            mirror = self.sums.type(self.mirror % 2 ** (8 * self.sums.itemsize))
            mirrored = np.multiply(numbers, mirror, dtype=self.sums, casting="same_kind")
            np.subtract(mirrored, codes, out=codes)


@frozen
class ScoreSum:
    """One score as a sum over strata."""

    plan: ScorePlan
    strata: tuple[int, ...]
    weights: tuple[int, ...]
    """Of each stratum."""
    most: int
    """Largest sum of codes, each counted once."""


@frozen
class Strata:
    """All that the kernel needs of a plan."""

    coding: Coding
    items: tuple[ItemPlan, ...]
    strata: tuple[Stratum, ...]
    """Every item is in exactly one."""
    scores: tuple[ScoreSum, ...]
    numbers: np.dtype
    """Narrowest kind that holds a number of items."""
    sums: np.dtype
    """Narrowest kind that holds the sum of codes of all items."""


@lru_cache(maxsize=128)
def strata(plan: Plan) -> Strata:
    """The plan, regrouped."""
    coding = _coding(plan)
    weights = [dict(zip(each.positions, each.weights, strict=True)) for each in plan.scores]
    alike: dict[tuple[int | None, ...], list[int]] = {}
    for position, item in enumerate(plan.items):
        sign = (_mirror(item, coding), *(weight.get(position, 0) for weight in weights))
        alike.setdefault(sign, []).append(position)
    parts = tuple(
        Stratum(tuple(positions), sign[0], np.min_scalar_type(coding.top * len(positions)))
        for sign, positions in alike.items()
    )
    return Strata(
        coding=coding,
        items=plan.items,
        strata=parts,
        scores=tuple(
            _sum(score, weight, parts, coding)
            for score, weight in zip(plan.scores, weights, strict=True)
        ),
        numbers=np.min_scalar_type(len(plan.items)),
        sums=np.min_scalar_type(coding.top * len(plan.items)),
    )


def _coding(plan: Plan) -> Coding:
    base = min(item.low for item in plan.items)
    highest = max(item.high for item in plan.items)
    unit = gcd(plan.unit, *(item.low - base for item in plan.items))
    top = (highest - base) // unit
    ends = highest if base >= 0 else min(base, -1 - highest)
    return Coding(plan.grid, base, unit, top, np.min_scalar_type(ends), np.min_scalar_type(top))


def _mirror(item: ItemPlan, coding: Coding) -> int | None:
    return (item.low + item.high - 2 * coding.base) // coding.unit if item.reversed else None


def _sum(
    score: ScorePlan, weight: dict[int, int], parts: tuple[Stratum, ...], coding: Coding
) -> ScoreSum:
    chosen = [number for number, part in enumerate(parts) if part.positions[0] in weight]
    return ScoreSum(
        plan=score,
        strata=tuple(chosen),
        weights=tuple(weight[parts[number].positions[0]] for number in chosen),
        most=coding.top * len(score.positions),
    )
