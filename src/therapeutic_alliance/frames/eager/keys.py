"""Columns that tell rows apart, in encodings that their values alone decide."""

from typing import Any

import narwhals as nw

_NESTED = ("map<", "sparse_union<", "dense_union<")
_NOT_TAKEN = ("run_end_encoded", "string_view", "binary_view")


def plain_key(column: Any) -> Any:
    """A column of a frame of Narwhals in memory; of PyArrow, also in pandas, with plain values."""
    chunked = _chunked(column)
    if chunked is None:
        return column
    plain = _decoded(chunked)
    if plain is chunked:
        return column
    native = plain if column.implementation.is_pyarrow() else _in_pandas(plain, column.to_native())
    return nw.from_native(native, series_only=True).alias(column.name)


def own_values(column: Any, rows: Any) -> Any:
    """Some of its values in its own dtype, but for runs and views: PyArrow takes none of those."""
    chunked = _chunked(column)
    dtype = "" if chunked is None else str(chunked.type)
    return (plain_key(column) if dtype.startswith(_NOT_TAKEN) else column)[rows]


def unfit(column: Any) -> str:
    """What it holds that rows cannot be brought together by, in words; empty if they can.

    >>> import polars
    >>> unfit(nw.from_native(polars.Series([[1], [1]]), series_only=True))
    'nested values'
    """
    first = plain_key(column.head(0))
    if first.dtype.is_nested() or _is_nested(_chunked(first)):
        return "nested values"
    if type(column.dtype).__name__ != "Object":
        return ""
    if not column.implementation.is_pandas():
        return "Python objects"
    return "" if all(map(_has_hash, column)) else "nested values"


def _is_nested(chunked: Any) -> bool:
    """What Narwhals has no type for, or not always had."""
    return chunked is not None and str(chunked.type).startswith(_NESTED)


def _has_hash(value: object) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True


def _chunked(column: Any) -> Any:
    """The chunked array of PyArrow that a column is, also in pandas; else ``None``."""
    native = column.to_native()
    if column.implementation.is_pyarrow():
        return native
    if column.implementation.is_pandas() and type(native.dtype).__name__ == "ArrowDtype":
        return native.array.__arrow_array__()
    return None


def _in_pandas(chunked: Any, like: Any) -> Any:
    import pandas as pd  # type: ignore[import-untyped]

    return pd.Series(pd.arrays.ArrowExtensionArray(chunked), index=like.index)


def _decoded(column: Any) -> Any:
    """A chunked array of PyArrow of types that it can group by and join on."""
    import pyarrow as pa  # type: ignore[import-untyped]
    import pyarrow.compute as pc  # type: ignore[import-untyped]

    kind = column.type
    if pa.types.is_dictionary(kind):
        chunks = [
            _decoded(pa.chunked_array([chunk.dictionary])).combine_chunks().take(chunk.indices)
            for chunk in column.chunks
        ]
        return pa.chunked_array(chunks) if chunks else column.cast(kind.value_type)
    if pa.types.is_run_end_encoded(kind):
        return _decoded(pc.run_end_decode(column))
    if isinstance(kind, pa.BaseExtensionType):
        stored = [chunk.storage for chunk in column.chunks]
        return _decoded(pa.chunked_array(stored, kind.storage_type))
    other = {
        pa.null(): pa.bool_(),
        pa.string_view(): pa.large_string(),
        pa.binary_view(): pa.large_binary(),
        pa.float16(): pa.float32(),
    }
    return column.cast(other[kind]) if kind in other else column
