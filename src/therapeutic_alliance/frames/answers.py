"""Columns of answers as NumPy arrays, looked at in place wherever the frame allows."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from itertools import accumulate
from typing import Any, Protocol

import narwhals as nw
import numpy as np
from attrs import frozen

from therapeutic_alliance.frames.dtypes import kind_of
from therapeutic_alliance.scoring.key import as_number

SHORT = 2**15
"""Chunks of fewer rows on average are copied into one."""


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


def answers(frame: Any, name: str) -> Answers:
    """Of a column of a frame of Narwhals."""
    kind = frame.implementation
    if kind.is_pandas():
        return _of_pandas(frame.to_native()[name])
    column = frame.get_column(name)
    if isinstance(column.dtype, _CELLS):
        return _of_cells(_cells(column))
    if kind.is_pyarrow():
        return of_arrays(column.to_native().chunks)
    if kind.is_polars() and has_arrow():
        return of_arrays([chunk.to_arrow() for chunk in column.to_native().get_chunks()])
    if kind_of(frame, name, column.dtype) == "nulls":
        return _of_nothing(len(column))
    return Array(column.fill_null(0).to_numpy(), column.is_null().to_numpy())


@cache
def has_arrow() -> bool:
    """PyArrow is there; Polars shares its memory with it without any copy."""
    return find_spec("pyarrow") is not None


_CELLS = (nw.Object, nw.Int128, nw.UInt128)
"""What is of no kind of NumPy's numbers."""


def _of_pandas(series: Any) -> Answers:
    dtype = series.dtype
    if isinstance(dtype, np.dtype) and dtype.kind in "iuf":
        return Array(series.to_numpy().astype(dtype.newbyteorder("="), copy=False))
    if type(dtype).__name__ == "ArrowDtype":
        return of_arrays(series.array.__arrow_array__().chunks)
    if hasattr(series.array, "_mask"):
        return Array(series.array._data, series.array._mask)  # noqa: SLF001 (no copy)
    return _of_cells(_cells(nw.from_native(series, series_only=True)))


def _of_nothing(rows: int) -> Array:
    return Array(np.zeros(rows, np.int8), np.ones(rows, bool))


def _cells(column: Any) -> list[object]:
    gone = column.is_null().to_list()
    return [None if lost else cell for cell, lost in zip(column.to_list(), gone, strict=True)]


def _of_cells(cells: Sequence[object]) -> Cells:
    """Answers of a column that holds any values of Python."""
    return Cells(cells, np.fromiter(map(_as_float, cells), "f8", len(cells)))


def of_arrays(arrays: Sequence[Any]) -> Answers:
    """Of arrays of PyArrow, one after the other."""
    chunks = [array for array in arrays if len(array)]
    if not chunks:
        return Array(np.zeros(0, np.int8))
    if len(chunks) > 1 and sum(map(len, chunks)) < SHORT * len(chunks):
        import pyarrow as pa  # type: ignore[import-untyped]

        chunks = [pa.concat_arrays(chunks)]
    parts = [_of_array(chunk) for chunk in chunks]
    return parts[0] if len(parts) == 1 else Chunks(parts, [*map(len, chunks)])


def _of_array(array: Any) -> Array | Bitmapped:
    import pyarrow as pa

    if pa.types.is_null(array.type):
        return _of_nothing(len(array))
    bits, data = array.buffers()
    values = np.frombuffer(data, array.type.to_pandas_dtype())
    values = values[array.offset : array.offset + len(array)]
    if not array.null_count:
        return Array(values)
    return Bitmapped(values, np.frombuffer(bits, "u1"), array.offset)


def _joined(parts: Sequence[tuple[Any, Any]]) -> tuple[Any, Any]:
    values = np.concatenate([values for values, _ in parts])
    if all(missing is None for _, missing in parts):
        return values, None
    missing = [np.zeros(len(v), bool) if mask is None else mask for v, mask in parts]
    return values, np.concatenate(missing)


def _as_float(cell: object) -> float:
    if cell is None or type(cell).__name__ in ("NAType", "NaTType"):  # of pandas, elsewhere
        return float("nan")
    number = as_number(cell)
    if number is None:
        return float("inf")
    try:
        return float(number)
    except OverflowError:
        return float("inf")
