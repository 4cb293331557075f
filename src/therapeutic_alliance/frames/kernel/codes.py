"""Answers of one item as codes: which are accepted, and how many units above the lowest."""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from therapeutic_alliance.frames.kernel.scratch import Scratch
from therapeutic_alliance.frames.kernel.strata import Coding
from therapeutic_alliance.frames.plan import ItemPlan

Read = Callable[[Any, Any, Any, Scratch], None]
"""Fills codes and which are accepted from values; what is not accepted gets any code."""


def reader(coding: Coding, item: ItemPlan, kind: Any) -> Read:
    """How answers of one kind of number are read.

    Exact for whole and floating numbers of any width: a float is accepted if it *is* the 64-bit
    float nearest to one of the item's counts over the grid.
    """
    if kind.kind != "f" and coding.grid == 1:
        return _whole(coding, item, kind)
    counted = _whole(coding, item, coding.counts)

    def read(values: Any, code: Any, accepted: Any, scratch: Scratch) -> None:
        counts = scratch("counts", coding.counts)
        exact = _count(coding, values, counts, scratch)
        counted(counts, code, accepted, scratch)
        np.logical_and(accepted, exact, out=accepted)

    return read


def _count(coding: Coding, values: Any, counts: Any, scratch: Scratch) -> Any:
    """Fill in the nearest counts; give back which of them are exactly what was answered.

    A cast of a number too large gives some other number, which the comparison refuses.
    """
    values = values.astype(np.float64, copy=False)
    exact = scratch("exact", bool)
    if coding.grid == 1:
        np.copyto(counts, values, casting="unsafe")
        return np.equal(counts, values, out=exact)
    near = scratch("near", np.float64)
    np.rint(np.multiply(values, coding.grid, out=near), out=near)
    np.copyto(counts, near, casting="unsafe")
    np.equal(counts, near, out=exact)
    on_grid = np.equal(np.divide(near, coding.grid, out=near), values, out=scratch("grid", bool))
    return np.logical_and(exact, on_grid, out=exact)


def _whole(coding: Coding, item: ItemPlan, kind: Any) -> Read:
    """Whole counts: subtraction wraps around, so that one comparison tests both ends.

    That is right as long as the accepted counts are among those the kind of numbers can hold.
    """
    unsigned, lowest, highest = _limits(kind)
    number, wraps = unsigned.type, 2 ** (8 * kind.itemsize)
    low = max(item.low, lowest) - coding.base
    high = min(item.high, highest) - coding.base
    if high < low:
        return _refuse
    if high >= wraps:
        wide = _whole(coding, item, np.dtype(np.int64))
        return lambda values, *out: wide(values.astype(np.int64), *out)
    base, first, span = number(coding.base % wraps), number(low), number(high - low)
    same = unsigned == coding.codes

    def read(values: Any, code: Any, accepted: Any, scratch: Scratch) -> None:
        offset = code if same else scratch("offset", unsigned)
        np.subtract(values.view(unsigned), base, out=offset)
        np.less_equal(offset - first if low else offset, span, out=accepted)
        if item.step > 1:
            on_step = (offset - number(item.low - coding.base)) % number(item.step) == 0
            np.logical_and(accepted, on_step, out=accepted)
        if coding.unit > 1:
            np.floor_divide(offset, number(coding.unit), out=offset)
        if not same:
            np.copyto(code, offset, casting="unsafe")

    return read


@cache
def _limits(kind: Any) -> tuple[Any, int, int]:
    """A kind of whole number: its unsigned brother, its lowest and its highest number."""
    ends = np.iinfo(kind)
    return np.dtype(f"u{kind.itemsize}"), int(ends.min), int(ends.max)


def _refuse(_values: Any, code: Any, accepted: Any, _scratch: Scratch) -> None:
    code.fill(0)
    accepted.fill(False)
