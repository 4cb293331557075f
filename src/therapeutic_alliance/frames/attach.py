"""New columns onto a frame, as columns of the caller's kind; what it had is shared, not copied."""

from collections.abc import Iterator
from typing import Any

import narwhals as nw
import numpy as np

from therapeutic_alliance.frames.answers import has_arrow
from therapeutic_alliance.frames.kernel import Nulls, Scored
from therapeutic_alliance.frames.plan import Plan


def nulls_of(frame: Any, column: str) -> Nulls:
    """How nulls are marked: in pandas as the column of the first item does it."""
    kind = frame.implementation
    if not kind.is_pandas():
        return "bits" if kind.is_pyarrow() or (kind.is_polars() and has_arrow()) else "nan"
    dtype = frame.to_native()[column].dtype
    if type(dtype).__name__ == "ArrowDtype":
        return "bits"
    return "mask" if hasattr(dtype, "numpy_dtype") else "nan"


def attached(plan: Plan, frame: Any, scored: Scored, nulls: Nulls) -> Any:
    """The frame of Narwhals with the new columns last."""
    columns = dict(zip(plan.names, _columns(scored), strict=True))
    kind, native = frame.implementation, frame.to_native()
    if kind.is_pandas():
        return nw.from_native(_onto_pandas(native, columns, nulls))
    if nulls == "nan":
        new = [nw.new_series(name, array, backend=kind) for name, (array, _) in columns.items()]
        values = [nw.col(plan.value(score)) for score in plan.scores]
        there = [nw.when(~value.is_nan()).then(value) for value in values]
        return frame.with_columns(*new).with_columns(*there)
    arrays = {name: _arrow(*column, len(frame)) for name, column in columns.items()}
    if kind.is_polars():
        import polars as pl

        return nw.from_native(native.with_columns(*[pl.Series(*each) for each in arrays.items()]))
    for name, array in arrays.items():
        native = native.append_column(name, array)
    return nw.from_native(native)


def _columns(scored: Scored) -> Iterator[tuple[Any, Any]]:
    """Values and nulls of every new column, in order."""
    nulls = scored.nulls or [None] * len(scored.values)
    for values, null, answered in zip(scored.values, nulls, scored.answered, strict=True):
        yield values, null
        yield answered, None
    yield scored.invalid, None
    yield scored.missing, None
    yield scored.uniform, None


def _arrow(values: Any, bits: Any, rows: int) -> Any:
    """An array over the same memory; truth values are bits already."""
    import pyarrow as pa  # type: ignore[import-untyped]

    types = {"f": pa.float64(), "i": pa.int16(), "u": pa.bool_()}
    valid = None if bits is None else pa.py_buffer(bits)
    return pa.Array.from_buffers(types[values.dtype.kind], rows, [valid, pa.py_buffer(values)])


def _onto_pandas(native: Any, columns: dict[str, tuple[Any, Any]], nulls: Nulls) -> Any:
    """Side by side: all at once is several times quicker than one by one."""
    import pandas as pd  # type: ignore[import-untyped]

    as_column = {"nan": _plain, "mask": _masked, "bits": _of_arrow}[nulls]
    arrays = {name: as_column(*column, len(native)) for name, column in columns.items()}
    new = pd.DataFrame(arrays, native.index, copy=False)
    new.attrs, new.columns.name = native.attrs, native.columns.name
    return pd.concat([native, new], axis=1)


def _plain(values: Any, _null: Any, _rows: int) -> Any:
    return values


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
