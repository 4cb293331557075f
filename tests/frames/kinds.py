"""The kinds of frames that are read, made from plain columns."""

from collections.abc import Callable, Mapping
from typing import Any

import duckdb
import numpy as np
import pandas as pd  # type: ignore[import-untyped]
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]

Columns = Mapping[str, list[float | None]]
Make = Callable[[Columns], Any]


def _numpy(columns: Columns) -> Any:
    return pd.DataFrame({name: np.array(each, dtype="float64") for name, each in columns.items()})


def _object(columns: Columns) -> Any:
    return pd.DataFrame({name: pd.Series(each, dtype="object") for name, each in columns.items()})


def _nullable(columns: Columns) -> Any:
    return pd.DataFrame({name: pd.array(each, dtype="Float64") for name, each in columns.items()})


def _arrow_dtypes(columns: Columns) -> Any:
    kind = pd.ArrowDtype(pa.float64())
    return pd.DataFrame({name: pd.array(each, dtype=kind) for name, each in columns.items()})


def _polars(columns: Columns) -> Any:
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.Float64))


def _pyarrow(columns: Columns) -> Any:
    return pa.table({name: pa.array(each, pa.float64()) for name, each in columns.items()})


MAKES: dict[str, Make] = {
    "pandas": _numpy,
    "pandas-object": _object,
    "pandas-nullable": _nullable,
    "pandas-arrow": _arrow_dtypes,
    "polars": _polars,
    "pyarrow": _pyarrow,
}


def relation(table: Any) -> Any:
    """A relation of DuckDB on a connection of its own, which it keeps."""
    return duckdb.connect().from_arrow(table)


LAZY: dict[str, Make] = {
    "polars-lazy": lambda columns: _polars(columns).lazy(),
    "duckdb": lambda columns: relation(_pyarrow(columns)),
}
"""Computed when the caller asks; DuckDB keeps the order of rows here, for they are few."""
ALL = {**MAKES, **LAZY}
ENGINES: dict[str, Callable[[Any], Any]] = {
    "pandas": pa.Table.to_pandas,
    "pandas-arrow": lambda table: table.to_pandas(types_mapper=pd.ArrowDtype),
    "polars": pl.DataFrame,
    "polars-lazy": lambda table: pl.DataFrame(table).lazy(),
    "pyarrow": lambda table: table,
    "duckdb": relation,
}
"""The same table as each engine has it, with the kinds of its columns kept."""


def in_memory(frame: Any) -> Any:
    """A frame as it is, or computed."""
    if isinstance(frame, duckdb.DuckDBPyRelation):
        return frame.to_arrow_table()
    return frame.collect() if isinstance(frame, pl.LazyFrame) else frame


def plain(frame: Any, name: str) -> list[Any]:
    """A column as Python values, ``None`` for null and ``NaN``."""
    frame = in_memory(frame)
    column = frame[name]
    values = column.to_pylist() if isinstance(frame, pa.Table) else column.to_list()
    return [None if value is pd.NA or value != value else value for value in values]  # noqa: PLR0124


def names(frame: Any) -> list[str]:
    """The columns of a frame."""
    frame = in_memory(frame)
    return frame.column_names if isinstance(frame, pa.Table) else list(frame.columns)


def same(one: Any, other: Any) -> bool:
    """Whether two frames hold the same."""
    one, other = in_memory(one), in_memory(other)
    if isinstance(one, pa.Table):  # it holds NaN unlike itself
        return bool(one.schema == other.schema) and str(one.to_pydict()) == str(other.to_pydict())
    return bool(one.equals(other))


def copied(frame: Any) -> Any:
    """A frame that no change of the other one reaches."""
    frame = in_memory(frame)
    if isinstance(frame, pd.DataFrame):
        return frame.copy(deep=True)
    if isinstance(frame, pl.DataFrame):
        return pl.DataFrame(frame.to_dict(as_series=False), frame.schema)
    columns = zip(frame.columns, frame.schema, strict=True)
    return pa.table({field.name: pa.array(each.to_pylist(), field.type) for each, field in columns})
