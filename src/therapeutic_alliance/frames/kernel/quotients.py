"""Scores of sums: one division of whole numbers below 2**53, done at once or kept in a table."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from therapeutic_alliance.frames.kernel.scratch import Scratch
from therapeutic_alliance.frames.kernel.strata import Coding, ScoreSum

LARGEST = 2**16 - 1
"""Most quotients that one table may hold."""
PAIRED = 2**14
"""From so many rows a block is looked up two rows at a time."""


def total(parts: Sequence[Any], out: Any) -> Any:
    """Sum of arrays; wrapping around is exact, as the sum fits."""
    if len(parts) == 1:
        np.copyto(out, parts[0], casting="same_kind")
        return out
    np.add(parts[0], parts[1], out=out, dtype=out.dtype, casting="same_kind")
    for part in parts[2:]:
        np.add(out, part, out=out, casting="same_kind")
    return out


def fill(
    coding: Coding, score: ScoreSum, parts: Sequence[tuple[Any, Any]], out: Any, scratch: Scratch
) -> tuple[Any, Any]:
    """Fill ``out`` with the values of a score, ``NaN`` if not scorable.

    ``parts`` are its strata: sums of codes as keyed, and how many items are answered. Gives back
    how many of all its items are answered, and where that is enough.
    """
    kind = parts[0][1].dtype
    number = total([each for _, each in parts], scratch("number", kind))
    spare = len(score.plan.positions) - score.plan.needed
    level = np.subtract(number, kind.type(score.plan.needed), out=scratch("level", kind))
    enough = np.less_equal(level, kind.type(spare), out=scratch("enough", bool))
    size = (score.most + 1) * (spare + 1)
    if score.plan.even and size <= LARGEST:
        place = total([each for each, _ in parts], scratch("place", np.min_scalar_type(size)))
        _look_up(_table(coding, score), place, level, enough, score.most, out, scratch)
    else:
        _divide(coding, score, parts, enough, out)
    return number, enough


def _look_up(
    table: Any, place: Any, level: Any, enough: Any, most: int, out: Any, scratch: Scratch
) -> None:
    """Quotients at ``1 + level * (most + 1) + sum of codes``; at 0, what is not scorable."""
    number = place.dtype.type
    if len(table) > most + 2:
        line = scratch("line", place.dtype)
        np.multiply(level, number(most + 1), out=line, dtype=place.dtype)
        np.add(place, line, out=place)
    np.add(place, number(1), out=place)
    np.multiply(place, enough.view(np.uint8), out=place)
    even = 0
    if place.dtype == np.uint8 and len(place) >= PAIRED:
        even = len(place) // 2 * 2
        index = scratch("index", np.intp)[: even // 2]
        np.copyto(index, place[:even].view(np.uint16))
        pairs = out[:even].view(np.complex128)
        np.take(_of_pairs(table.tobytes()), index, out=pairs, mode="wrap")
    if even < len(place):
        np.take(table, place[even:], out=out[even:], mode="wrap")


@lru_cache(maxsize=64)
def _table(coding: Coding, score: ScoreSum) -> Any:
    """``NaN``, then quotients by number answered and sum of codes."""
    of = len(score.plan.positions)
    number = np.arange(score.plan.needed, of + 1)[:, None]
    sums = number * coding.base + coding.unit * np.arange(score.most + 1)
    return np.append(np.nan, (of * sums) / (number * score.plan.divisor))


@lru_cache(maxsize=16)
def _of_pairs(table: bytes) -> Any:
    """Two values of a table at once, at the two places as one number of 16 bits."""
    values = np.frombuffer(table)
    places = np.arange(256 * len(values), dtype=np.uint16).view(np.uint8)
    return np.take(values, places, mode="clip").view(np.complex128)


def _divide(
    coding: Coding, score: ScoreSum, parts: Sequence[tuple[Any, Any]], enough: Any, out: Any
) -> None:
    """``(n * W + A * S) / (n * divisor)``, as in :class:`ScorePlan`."""
    number = np.zeros(len(out), np.int64)
    sums, weighted = number.copy(), number.copy()
    absent = np.full(len(out), sum(score.plan.weights), np.int64)
    for (codes, answered), weight in zip(parts, score.weights, strict=True):
        n = answered.astype(np.int64)
        counts = n * coding.base + coding.unit * codes.astype(np.int64)
        number += n
        sums += counts
        weighted += weight * counts
        absent -= weight * n
    out.fill(np.nan)
    numerator = number * weighted + absent * sums
    np.divide(numerator, number * score.plan.divisor, out=out, where=enough)
