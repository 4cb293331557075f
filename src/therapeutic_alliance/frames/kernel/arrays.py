"""The answers to one item, however they stand in memory: numbers and what is missing, by block."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, Protocol

import numpy as np
from attrs import frozen


class Answers(Protocol):
    """The answers to one item, by row."""

    @property
    def kind(self) -> Any:
        """NumPy's kind of the numbers."""

    def block(self, start: int, stop: int) -> tuple[Any, Any]:
        """Numbers, and which of them are missing (or ``None``: none is). ``NaN`` is missing."""

    def answer(self, row: int) -> object:
        """One answer as a plain value, ``None`` or ``NaN`` if it is missing."""


@frozen(eq=False)
class Array:
    """A NumPy array, maybe with a mask of what is missing."""

    values: Any
    missing: Any = None

    @property
    def kind(self) -> Any:
        """Of the array."""
        return self.values.dtype

    def block(self, start: int, stop: int) -> tuple[Any, Any]:
        """Views."""
        return self.values[start:stop], None if self.missing is None else self.missing[start:stop]

    def answer(self, row: int) -> object:
        """A number of Python."""
        missing = self.missing is not None and self.missing[row]
        return None if missing else self.values[row].item()


@frozen(eq=False)
class Bitmapped:
    """A chunk of Arrow: values, and one bit for each that says that it is there."""

    values: Any
    bits: Any
    """Bytes with the bit of row 0 at ``offset``."""
    offset: int

    @property
    def kind(self) -> Any:
        """Of the values."""
        return self.values.dtype

    def block(self, start: int, stop: int) -> tuple[Any, Any]:
        """A view, and the bits of its rows unpacked."""
        first, shift = divmod(start + self.offset, 8)
        last = (stop + self.offset + 7) // 8
        missing = np.unpackbits(~self.bits[first:last], bitorder="little")
        return self.values[start:stop], missing[shift : shift + stop - start].view(bool)

    def answer(self, row: int) -> object:
        """A number of Python."""
        values, missing = self.block(row, row + 1)
        return None if missing[0] else values[0].item()


class Chunks:
    """Several chunks, as one."""

    def __init__(self, chunks: Sequence[Answers], lengths: Sequence[int]) -> None:
        self.chunks = chunks
        self.ends = list(accumulate(lengths))

    @property
    def kind(self) -> Any:
        """One for all."""
        return self.chunks[0].kind

    def block(self, start: int, stop: int) -> tuple[Any, Any]:
        """Views within one chunk; across chunks, copies."""
        parts = []
        number = bisect_right(self.ends, start)
        while start < stop:
            begin = self.ends[number - 1] if number else 0
            end = min(stop, self.ends[number])
            parts.append(self.chunks[number].block(start - begin, end - begin))
            start = end
            number += 1
        return parts[0] if len(parts) == 1 else _joined(parts)

    def answer(self, row: int) -> object:
        """A number of Python."""
        number = bisect_right(self.ends, row)
        return self.chunks[number].answer(row - (self.ends[number - 1] if number else 0))


@frozen(eq=False)
class Cells:
    """Values of Python, each judged for itself."""

    cells: Sequence[object]
    values: Any
    """As floats: ``inf`` for what is no number, which no item accepts."""

    @property
    def kind(self) -> Any:
        """Floats."""
        return self.values.dtype

    def block(self, start: int, stop: int) -> tuple[Any, Any]:
        """Floats."""
        return self.values[start:stop], None

    def answer(self, row: int) -> object:
        """The value itself."""
        return None if np.isnan(self.values[row]) else self.cells[row]


def _joined(parts: Sequence[tuple[Any, Any]]) -> tuple[Any, Any]:
    values = np.concatenate([values for values, _ in parts])
    if all(missing is None for _, missing in parts):
        return values, None
    missing = [np.zeros(len(v), bool) if mask is None else mask for v, mask in parts]
    return values, np.concatenate(missing)
