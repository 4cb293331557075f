"""New columns onto a frame, as columns of the caller's kind; what it had is shared, not copied."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import narwhals as nw
import numpy as np

from therapeutic_alliance.frames.eager.answers import has_arrow
from therapeutic_alliance.frames.kernel.scored import Nulls


class Column(NamedTuple):
    """A new column, with a value for each row of the frame."""

    values: Any
    """64-bit floats, 16-bit whole numbers, or truth values, which are bits if nulls are."""
    null: Any = None
    """Mask of what is null, or bits of what is there; without either, ``NaN`` is null."""


def nulls_of(frame: Any, column: str) -> Nulls:
    """How nulls are marked: in pandas as a column that the frame has does it."""
    kind = frame.implementation
    if not kind.is_pandas():
        return "bits" if kind.is_pyarrow() or (kind.is_polars() and has_arrow()) else "nan"
    dtype = frame.to_native()[column].dtype
    if type(dtype).__name__ == "ArrowDtype":
        return "bits"
    return "mask" if hasattr(dtype, "numpy_dtype") else "nan"


def attached(frame: Any, columns: Mapping[str, Column], nulls: Nulls) -> Any:
    """The frame of Narwhals with the new columns last.

    With nulls that are ``NaN``, truth values may have a mask all the same: NumPy has no third one,
    so that pandas gets a column of ``boolean``.
    """
    kind, native = frame.implementation, frame.to_native()
    if kind.is_pandas():
        return nw.from_native(_onto_pandas(native, columns, nulls))
    if nulls == "nan":
        return frame.with_columns(*(_series(kind, name, *each) for name, each in columns.items()))
    arrays = {name: _arrow(*column, len(frame)) for name, column in columns.items()}
    if kind.is_polars():
        import polars as pl

        return nw.from_native(native.hstack([pl.Series(*each) for each in arrays.items()]))
    for name, array in arrays.items():
        native = native.append_column(name, array)
    return nw.from_native(native)


def _series(kind: Any, name: str, values: Any, null: Any) -> Any:
    series = nw.new_series(name, values, backend=kind)
    if values.dtype.kind == "f":
        null = np.isnan(values)
    if null is None:
        return series
    there = nw.new_series("there", ~null, backend=kind)
    return nw.when(there).then(series).alias(name)


def _arrow(values: Any, bits: Any, rows: int) -> Any:
    """An array over the same memory; truth values are bits already."""
    import pyarrow as pa  # type: ignore[import-untyped]

    types = {"f": pa.float64(), "i": pa.int16(), "u": pa.bool_()}
    valid = None if bits is None else pa.py_buffer(bits)
    return pa.Array.from_buffers(types[values.dtype.kind], rows, [valid, pa.py_buffer(values)])


def _onto_pandas(native: Any, columns: Mapping[str, Column], nulls: Nulls) -> Any:
    """Side by side: all at once is several times quicker than one by one."""
    import pandas as pd  # type: ignore[import-untyped]

    as_column = {"nan": _plain, "mask": _masked, "bits": _of_arrow}[nulls]
    arrays = {name: as_column(*column, len(native)) for name, column in columns.items()}
    new = pd.DataFrame(arrays, native.index, copy=False)
    new.attrs, new.columns.name = native.attrs, native.columns.name
    return pd.concat([native, new], axis=1)


def _plain(values: Any, null: Any, rows: int) -> Any:
    return values if null is None else _masked(values, null, rows)


def _masked(values: Any, null: Any, rows: int) -> Any:
    import pandas as pd

    kinds = {
        "f": pd.arrays.FloatingArray,
        "i": pd.arrays.IntegerArray,
        "b": pd.arrays.BooleanArray,
    }
    return kinds[values.dtype.kind](values, np.zeros(rows, bool) if null is None else null)


def _of_arrow(values: Any, bits: Any, rows: int) -> Any:
    import pandas as pd

    return pd.arrays.ArrowExtensionArray(_arrow(values, bits, rows))
