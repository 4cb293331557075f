"""Lazy frames and engines: the plan as staged Narwhals expressions.

Stage by stage, so that no engine computes a part twice: the count of each item as answered; sums
over cells, groups of items that every score weighs alike; the scores, each one division of two
whole numbers. Both are columns, never one a constant: by a constant Polars divides inexactly, as
it multiplies by the reciprocal.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from math import gcd
from typing import Any

import narwhals as nw
from attrs import frozen

from therapeutic_alliance.frames.headings import unused
from therapeutic_alliance.frames.lazy.counts import Asked, asked, missing
from therapeutic_alliance.frames.plain_names import called, plainly
from therapeutic_alliance.frames.plan import Plan, ScorePlan

WIDE = 64
"""So many counts are summed by one expression at most: engines limit how deep one may be."""


@frozen
class Cell:
    """Items that every score weighs alike, and that are all reversed in one range or not at all."""

    counts: tuple[str, ...]
    """Names of the columns of their counts as answered."""
    weights: tuple[int, ...]
    """One for each score, 0 where it does not count them."""
    mirror: int | None
    """A reversed count is this less the count as answered."""
    sum: str
    """Name of the column of the sum of the counts as answered."""
    answered: str
    """Name of the column that says how many answers are accepted."""

    @property
    def n(self) -> Any:
        """How many answers are accepted, as 64-bit floats."""
        return nw.col(self.answered).cast(nw.Float64)

    @property
    def total(self) -> Any:
        """The sum of the counts after reversal, as 64-bit floats, which hold it exactly."""
        straight = nw.col(self.sum).cast(nw.Float64)
        return straight if self.mirror is None else self.n * float(self.mirror) - straight

    def columns(self) -> Iterator[Any]:
        """Its two columns."""
        kept = [nw.col(count) for count in self.counts]
        refused = _how_many(each.is_null() for each in kept)
        yield nw.sum_horizontal(*kept).alias(self.sum)
        yield (len(kept) - refused).cast(nw.Int16).alias(self.answered)


def scored(plan: Plan, frame: Any, columns: tuple[str, ...]) -> Any:
    """The frame of Narwhals, lazy, with the new columns: refused answers count as not answered."""
    plain, names = plainly(frame)
    made = _staged(plan, plain, tuple(names[column] for column in columns))
    return made if plain is frame else called(made, [*names, *plan.names])


def _staged(plan: Plan, frame: Any, columns: tuple[str, ...]) -> Any:
    names = frame.collect_schema().names()
    mark = unused(names)
    items = asked(plan, frame, columns, mark)
    for stage in zip_longest(*(each.stages() for each in items)):
        frame = frame.with_columns(*(each for each in stage if each is not None))
    cells = _cells(plan, items, mark)
    frame = frame.select(
        *names,
        *(column for cell in cells for column in cell.columns()),
        _highest([each.count for each in items]).alias(f"{mark}highest"),
        _how_many(map(missing, items)).alias(f"{mark}missing"),
    )
    return frame.select(*names, *_scores(plan, cells), *_quality(plan, cells, mark))


def _cells(plan: Plan, items: Sequence[Asked], mark: str) -> list[Cell]:
    """Each item is in one cell; large cells are split."""
    alike: dict[tuple[tuple[int, ...], int | None], list[str]] = {}
    by_score = [dict(zip(each.positions, each.weights, strict=True)) for each in plan.scores]
    for position, (item, each) in enumerate(zip(plan.items, items, strict=True)):
        weights = tuple(score.get(position, 0) for score in by_score)
        mirror = item.low + item.high if item.reversed else None
        alike.setdefault((weights, mirror), []).append(each.count)
    parts = [
        (tuple(counts[start : start + WIDE]), *kind)
        for kind, counts in alike.items()
        for start in range(0, len(counts), WIDE)
    ]
    return [Cell(*part, f"{mark}sum{n}", f"{mark}answered{n}") for n, part in enumerate(parts)]


def _highest(counts: Sequence[str]) -> Any:
    first, *others = map(nw.col, counts)
    return nw.max_horizontal(first, *others) if others else first


def _scores(plan: Plan, cells: Sequence[Cell]) -> Iterator[Any]:
    for number, score in enumerate(plan.scores):
        own = [(cell, cell.weights[number]) for cell in cells if cell.weights[number]]
        answered = _plus(nw.col(cell.answered) for cell, _ in own).cast(nw.Int16)
        value = nw.when(answered >= score.needed).then(_value(score, own))
        yield value.alias(plan.value(score))
        yield answered.alias(plan.answered(score))


def _value(score: ScorePlan, own: Sequence[tuple[Cell, int]]) -> Any:
    """The value where enough items are answered."""
    weighted = _plus(_times(cell.total, weight) for cell, weight in own)
    of = len(score.positions)
    n = _plus(cell.n for cell, _ in own)
    if score.even or score.needed == of:
        common = gcd(of, score.divisor)
        return _times(weighted, of // common) / _times(n, score.divisor // common)
    absent = _plus(_times(float(len(cell.counts)) - cell.n, weight) for cell, weight in own)
    plain = _plus(cell.total for cell, _ in own)
    return (n * weighted + absent * plain) / _times(n, score.divisor)


def _quality(plan: Plan, cells: Sequence[Cell], mark: str) -> Iterator[Any]:
    answered = _plus(nw.col(cell.answered) for cell in cells)
    absent = nw.col(f"{mark}missing")
    yield (len(plan.items) - answered - absent).cast(nw.Int16).alias(plan.invalid)
    yield absent.cast(nw.Int16).alias(plan.missing)
    largest = answered * nw.col(f"{mark}highest")  # which the sum is if all are alike
    alike = (_plus(nw.col(cell.sum) for cell in cells) == largest) & (answered > 1)
    yield alike.fill_null(value=False).alias(plan.uniform)


def _how_many(truths: Iterable[Any]) -> Any:
    return _plus(truth.cast(nw.Int16) for truth in truths)


def _plus(terms: Iterable[Any]) -> Any:
    """The sum, halved and halved again, so that it is not deep."""
    each = list(terms)
    half = len(each) // 2
    return _plus(each[:half]) + _plus(each[half:]) if half else each[0]


def _times(number: Any, by: int) -> Any:
    return number if by == 1 else number * float(by)
