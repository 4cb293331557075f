"""Columns of frames in memory as NumPy arrays, looked at in place wherever the frame allows."""

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import Any

import narwhals as nw
import numpy as np

from therapeutic_alliance.frames.dtypes import kinds_of
from therapeutic_alliance.frames.kernel.arrays import Answers, Array, Bitmapped, Cells, Chunks
from therapeutic_alliance.scoring.key import as_number

SHORT = 2**15
"""Chunks of fewer rows on average are copied into one."""


def answers(frame: Any, name: str) -> Answers:
    """Of a column of a frame of Narwhals."""
    kind, native = frame.implementation, frame.to_native()
    if kind.is_pandas():
        return _of_pandas(native[name])
    if kind.is_pyarrow():
        return of_arrays(native[name].chunks)
    column = frame.get_column(name)
    if str(column.dtype) in _CELLS:
        return _of_cells(_cells(column))
    if kind.is_polars() and has_arrow():
        return of_arrays([chunk.to_arrow() for chunk in column.to_native().get_chunks()])
    if kinds_of(frame, [name])[name] == "nulls":
        return _of_nothing(len(column))
    column = column.alias("answers")  # see plain_names
    return Array(column.fill_null(0).to_numpy(), column.is_null().to_numpy())


@cache
def has_arrow() -> bool:
    """PyArrow is there; Polars shares its memory with it without any copy."""
    return find_spec("pyarrow") is not None


_CELLS = ("Object", "Int128", "UInt128")
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
    gone = column.alias("answers").is_null().to_list()  # see plain_names
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
