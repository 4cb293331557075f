"""Every kind of frame that is scored: made from an invented table, read back as plain values."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import duckdb
import numpy as np
import pandas as pd  # type: ignore[import-untyped]
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]

from tests.frames.generated import Column, Table

ROW = "row"
"""A column of the caller's: engines that keep no order are sorted by it."""
Scored = Mapping[str, list[Any]]
Score = Callable[[Any], Any]
Engine = Callable[[Table, Score], Scored]
"""Makes its frame, has it scored and gives the columns that come back, null as ``None``."""

_ARROW = {"int8": pa.int8(), "int64": pa.int64(), "float32": pa.float32(), "float64": pa.float64()}
_POLARS = {"int8": pl.Int8, "int64": pl.Int64, "float32": pl.Float32, "float64": pl.Float64}


def arrow(table: Table) -> Any:
    """In two chunks where there are two rows, with nulls and ``NaN`` as they are."""
    columns = {name: pa.array(each.answers, _ARROW[each.kind]) for name, each in _columns(table)}
    whole = pa.table({**columns, ROW: pa.array(range(table.rows), pa.int64())})
    half = table.rows // 2
    return pa.concat_tables([whole[:half], whole[half:]])


def _columns(table: Table) -> list[tuple[str, Column]]:
    return list(table.columns.items())


def _pandas(table: Table, series: Callable[[Column], Any]) -> Any:
    columns = {name: series(each) for name, each in _columns(table)}
    return pd.DataFrame({**columns, ROW: np.arange(table.rows)})


def _numpy(column: Column) -> Any:
    """Whole numbers stay so only where none is missing: NumPy has no null."""
    kind = "float64" if None in column.answers else column.kind
    return np.array([np.nan if each is None else each for each in column.answers], dtype=kind)


def _masked(column: Column) -> Any:
    return pd.array(column.answers, dtype=column.kind.replace("i", "I").replace("f", "F"))


def _arrow_dtype(column: Column) -> Any:
    return pd.array(
        pa.array(column.answers, _ARROW[column.kind]), dtype=pd.ArrowDtype(_ARROW[column.kind])
    )


def _object(column: Column) -> Any:
    return pd.Series(column.answers, dtype="object")


def _polars(table: Table) -> pl.DataFrame:
    columns = [pl.Series(name, each.answers, _POLARS[each.kind]) for name, each in _columns(table)]
    return pl.DataFrame([*columns, pl.Series(ROW, range(table.rows), pl.Int64)])


def numpy_frame(table: Table) -> Any:
    """Of pandas; a column with nulls is one of floats."""
    return _pandas(table, _numpy)


def from_pandas(scored: Any) -> Scored:
    """Columns as plain values."""
    return {name: [None if pd.isna(v) else v for v in scored[name]] for name in scored.columns}


def by_row(names: Sequence[str], rows: Sequence[Any]) -> Scored:
    """Columns of rows in any order."""
    at = list(names).index(ROW)
    ordered = sorted(rows, key=lambda row: row[at])
    return {name: [row[n] for row in ordered] for n, name in enumerate(names)}


def _duckdb(table: Table, score: Score) -> Scored:
    with duckdb.connect() as connection:
        scored = score(connection.from_arrow(arrow(table)))
        return by_row(scored.columns, scored.fetchall())


def on_spark(session: Any) -> Engine:
    """PySpark on a running session."""
    from pyspark.sql import types as kinds

    of = {
        "int8": kinds.ByteType(),
        "int64": kinds.LongType(),
        "float32": kinds.FloatType(),
        "float64": kinds.DoubleType(),
    }

    def engine(table: Table, score: Score) -> Scored:
        fields = [kinds.StructField(name, of[each.kind]) for name, each in _columns(table)]
        rows = zip(*(each.answers for _, each in _columns(table)), range(table.rows), strict=True)
        schema = kinds.StructType([*fields, kinds.StructField(ROW, kinds.LongType())])
        scored = score(session.createDataFrame(list(rows), schema))
        return by_row(scored.columns, scored.collect())

    return engine


IN_PROCESS: Mapping[str, Engine] = {
    "pandas NumPy": lambda table, score: from_pandas(score(numpy_frame(table))),
    "pandas masked": lambda table, score: from_pandas(score(_pandas(table, _masked))),
    "pandas Arrow": lambda table, score: from_pandas(score(_pandas(table, _arrow_dtype))),
    "pandas object": lambda table, score: from_pandas(score(_pandas(table, _object))),
    "Polars": lambda table, score: score(_polars(table)).to_dict(as_series=False),
    "Polars lazy": lambda table, score: (
        score(_polars(table).lazy()).collect().to_dict(as_series=False)
    ),
    "Polars streaming": lambda table, score: (
        score(_polars(table).lazy()).collect(engine="streaming").to_dict(as_series=False)
    ),
    "PyArrow": lambda table, score: score(arrow(table)).to_pydict(),
    "DuckDB": _duckdb,
}
LAZY = ("Polars lazy", "Polars streaming", "DuckDB", "PySpark", "Dask", "Ibis")
"""They cannot raise before they are computed."""
