"""Flags, statistics and thresholds onto a frame, as columns of the caller's kind."""

from typing import Any

import narwhals as nw
import numpy as np

from therapeutic_alliance.frames.attach import nulls_of
from therapeutic_alliance.frames.detect.courses import Codes, Floats, Truths
from therapeutic_alliance.frames.detect.task import Task


def attached(
    task: Task, frame: Any, flag: Codes, statistic: Floats, threshold: Floats | float
) -> Any:
    """The frame with the new columns last; what it had is shared, not copied.

    All have a row for each of the frame, in its order, as :class:`Found` has them. In pandas nulls
    are those of the kind of the column of scores; where that is one of NumPy, flags are ``boolean``
    all the same, since NumPy has no third truth value.
    """
    nulls, nan = nulls_of(frame, task.score), np.isnan(statistic)
    none = nan
    if not isinstance(threshold, float):
        none = np.isnan(threshold)
    elif nulls == "nan":
        threshold = np.where(nan, np.nan, threshold)
    else:
        threshold = np.full(len(nan), threshold)
    columns = ((flag == 1, flag < 0), (statistic, nan), (threshold, none))
    made = [
        nw.from_native(_column(frame, nulls, name, *each), series_only=True).alias(name)
        for name, each in zip(task.names, columns, strict=True)
    ]
    return frame.with_columns(*made)


def _column(frame: Any, nulls: str, name: str, values: Any, null: Truths) -> Any:
    """Of the caller's kind."""
    kind = frame.implementation
    if kind.is_pandas():
        return _pandas(frame.to_native().index, nulls, name, values, null)
    if kind.is_pyarrow():
        import pyarrow as pa  # type: ignore[import-untyped]

        return pa.chunked_array([_arrow(values, null)])
    import polars as pl

    if nulls == "bits":
        return pl.Series(name, _arrow(values, null))
    return pl.Series(name, values).set(pl.Series(null), None)


def _arrow(values: Any, null: Truths) -> Any:
    """Over the same memory; truth values are packed into bits, as nulls are."""
    import pyarrow as pa

    valid = pa.py_buffer(np.packbits(~null, bitorder="little"))
    if values.dtype == np.bool_:
        bits = pa.py_buffer(np.packbits(values, bitorder="little"))
        return pa.Array.from_buffers(pa.bool_(), len(values), [valid, bits])
    return pa.Array.from_buffers(pa.float64(), len(values), [valid, pa.py_buffer(values)])


def _pandas(index: Any, nulls: str, name: str, values: Any, null: Truths) -> Any:
    import pandas as pd  # type: ignore[import-untyped]

    if nulls == "bits":
        values = pd.arrays.ArrowExtensionArray(_arrow(values, null))
    elif values.dtype == np.bool_:
        values = pd.arrays.BooleanArray(values, null)
    elif nulls == "mask":
        values = pd.arrays.FloatingArray(values, null)
    return pd.Series(values, index, name=name, copy=False)
