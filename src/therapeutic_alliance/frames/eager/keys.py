"""Columns that tell rows apart, in encodings that their values alone decide."""

from typing import Any

import narwhals as nw


def plain_key(column: Any) -> Any:
    """A column of a frame of Narwhals in memory; of PyArrow, also in pandas, with plain values."""
    native = column.to_native()
    if column.implementation.is_pyarrow():
        plain = _decoded(native)
        return column if plain is native else _named(plain, column.name)
    if column.implementation.is_pandas() and type(native.dtype).__name__ == "ArrowDtype":
        chunked = native.array.__arrow_array__()
        plain = _decoded(chunked)
        return column if plain is chunked else _named(_in_pandas(plain, native.index), column.name)
    return column


def have_hashes(column: Any) -> bool:
    """Whether values of a column of Python objects, in pandas, can be told apart; others can."""
    return type(column.dtype).__name__ != "Object" or all(map(_has_hash, column))


def _has_hash(value: object) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True


def _named(native: Any, name: Any) -> Any:
    return nw.from_native(native, series_only=True).alias(name)


def _in_pandas(chunked: Any, index: Any) -> Any:
    import pandas as pd  # type: ignore[import-untyped]

    return pd.Series(pd.arrays.ArrowExtensionArray(chunked), index=index)


def _decoded(column: Any) -> Any:
    """A chunked array of PyArrow without dictionaries, runs and views."""
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
    views = {pa.string_view(): pa.large_string(), pa.binary_view(): pa.large_binary()}
    return column.cast(views[kind]) if kind in views else column
