"""The new columns of scores: their memory, and how truth values and nulls stand in it."""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any, Literal

import numpy as np
from attrs import frozen

ALIGNED = 64
"""Columns begin at multiples of so many bytes, as Arrow recommends."""

Nulls = Literal["nan", "mask", "bits"]
"""How the frame marks what is null: by ``NaN`` alone, a mask of what is null, or bits of what is
there, as Arrow does; with bits, truth values are bits as well."""


@frozen(eq=False)
class Scored:
    """The new columns, by row."""

    values: Sequence[Any]
    """Of each score; ``NaN`` if not scorable."""
    nulls: Sequence[Any]
    """Of each score: mask, or bits, or nothing."""
    answered: Sequence[Any]
    """Of each score."""
    invalid: Any
    missing: Any
    uniform: Any

    def columns(self) -> Iterator[tuple[Any, Any]]:
        """Values and nulls of each column, in order."""
        nulls = self.nulls or [None] * len(self.values)
        for values, null, answered in zip(self.values, nulls, self.answered, strict=True):
            yield values, null
            yield answered, None
        yield self.invalid, None
        yield self.missing, None
        yield self.uniform, None


def room(scores: int, rows: int, nulls: Nulls) -> Scored:
    """New columns of so many scores and rows, not filled in yet."""
    flags, flag = (rows, np.dtype(bool)) if nulls != "bits" else (-(-rows // 8), np.dtype("u1"))
    values = _together([(rows, np.dtype(np.float64))] * scores)
    counts = [(rows, np.dtype(np.int16))] * (scores + 2)
    marks = [(flags, flag)] * (1 + scores * (nulls != "nan"))
    made = _together([*counts, *marks])
    answered, rest = made[:scores], made[scores + 3 :]
    return Scored(values, rest, answered, *made[scores : scores + 3])


def _together(columns: list[tuple[int, Any]]) -> list[Any]:
    """Arrays in one piece of memory: the system hands out a large one in large pages."""
    sizes = [-(-length * kind.itemsize // ALIGNED) * ALIGNED for length, kind in columns]
    memory = np.empty(sum(sizes), np.uint8)
    return [
        memory[end - size :][: length * kind.itemsize].view(kind)
        for end, size, (length, kind) in zip(accumulate(sizes), sizes, columns, strict=True)
    ]


def put_flags(out: Any, flags: Any, nulls: Nulls, start: int, stop: int) -> None:
    """Fill in the truth values, or marks of nulls, of some rows."""
    if nulls == "bits":
        out[start // 8 : -(-stop // 8)] = np.packbits(flags, bitorder="little")
    else:
        out[start:stop] = flags
