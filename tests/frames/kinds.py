"""The kinds of frames that are read, made from plain columns."""

from collections.abc import Callable, Mapping
from typing import Any

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


def plain(frame: Any, name: str) -> list[Any]:
    """A column as Python values, ``None`` for null and ``NaN``."""
    column = frame[name]
    values = column.to_pylist() if isinstance(frame, pa.Table) else column.to_list()
    return [None if value is pd.NA or value != value else value for value in values]  # noqa: PLR0124


def names(frame: Any) -> list[str]:
    """The columns of a frame."""
    return frame.column_names if isinstance(frame, pa.Table) else list(frame.columns)


def same(one: Any, other: Any) -> bool:
    """Whether two frames hold the same."""
    return bool(one.equals(other))


def copied(frame: Any) -> Any:
    """A frame that no change of the other one reaches."""
    if isinstance(frame, pd.DataFrame):
        return frame.copy(deep=True)
    return frame.clone() if isinstance(frame, pl.DataFrame) else frame
