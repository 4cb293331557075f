"""Scores of sums: one division of whole numbers below 2**53, done at once or kept in a table."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from therapeutic_alliance.frames.kernel.scratch import Scratch
from therapeutic_alliance.frames.kernel.strata import Coding, ScoreSum

LARGEST = 2**16 - 1
"""Most quotients that one table may hold."""
BYTE = 2**8
PAIRED = 2**14
"""From so many rows a block is looked up two rows at a time."""


def total(parts: Sequence[Any], out: Any) -> Any:
    """Sum of arrays, in ``out`` if there are several; wrapping around is exact, as the sum fits."""
    if len(parts) == 1:
        return parts[0].astype(out.dtype, copy=False)
    np.add(parts[0], parts[1], out=out, dtype=out.dtype, casting="same_kind")
    for part in parts[2:]:
        np.add(out, part, out=out, casting="same_kind")
    return out


def fill(
    coding: Coding, score: ScoreSum, parts: Sequence[tuple[Any, Any]], out: Any, scratch: Scratch
) -> Any:
    """Fill ``out`` with the values of a score, ``NaN`` if not scorable.

    ``parts`` are its strata: sums of codes as keyed, and how many items are answered. Gives back
    how many of all its items are answered.
    """
    kind = parts[0][1].dtype
    number = total([each for _, each in parts], scratch("number", kind))
    first, size = _lines(score)
    if not score.plan.even or size > LARGEST:
        _divide(coding, score, parts, out)
        return number
    line = number
    if first:
        least = scratch("least", kind)  # an array: NumPy is slow at a maximum with one number
        least.fill(first)
        line = np.maximum(number, least, out=scratch("line", kind))
        np.subtract(line, least, out=line)
    kind = np.min_scalar_type(size - 1)
    sums = total([each for each, _ in parts], scratch("sums", kind))
    width = kind.type(score.most + 1)
    place = np.multiply(line, width, out=scratch("place", kind), dtype=kind)
    _look_up(_table(coding, score), np.add(place, sums, out=place), out, scratch)
    return number


def _lines(score: ScoreSum) -> tuple[int, int]:
    """The number answered of a table's first line, and how many quotients it holds.

    All numbers have a line, those that are too few of ``NaN``; or these share one line, if a
    place would not fit into a byte otherwise.
    """
    of, width = len(score.plan.positions), score.most + 1
    first = 0 if (of + 1) * width <= BYTE else score.plan.needed - 1
    return first, (of + 1 - first) * width


def _look_up(table: Any, place: Any, out: Any, scratch: Scratch) -> None:
    """Values of a table at places."""
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
    """Quotients by line and sum of codes."""
    of = len(score.plan.positions)
    number = np.arange(_lines(score)[0], of + 1)[:, None]
    sums = number * coding.base + coding.unit * np.arange(score.most + 1)
    values = (of * sums) / (np.maximum(number, 1) * score.plan.divisor)
    return np.where(number < score.plan.needed, np.nan, values).ravel()


@lru_cache(maxsize=16)
def _of_pairs(table: bytes) -> Any:
    """Two values of a table at once, at the two places as one number of 16 bits."""
    values = np.frombuffer(table)
    places = np.arange(256 * len(values), dtype=np.uint16).view(np.uint8)
    return np.take(values, places, mode="clip").view(np.complex128)


def _divide(coding: Coding, score: ScoreSum, parts: Sequence[tuple[Any, Any]], out: Any) -> None:
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
    enough = number >= score.plan.needed
    np.divide(numerator, number * score.plan.divisor, out=out, where=enough)
