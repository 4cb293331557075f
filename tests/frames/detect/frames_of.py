"""Frames of sessions of every eager kind, from an invented table."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd  # type: ignore[import-untyped]
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]

from tests.frames.detect.every_online import Table

Names = Callable[[int], Mapping[str, Any]]
"""Columns that together name a case, from its number."""

NAMED: Mapping[str, Names] = {
    "numbers": lambda n: {"case": 3 * n - 4},
    "text": lambda n: {"case": f"case {n}"},
    "wide": lambda n: {"case": (n % 2 * 2 - 1) * (2**62 + n)},
    "two": lambda n: {"clinic": "ab"[n % 2], "client": n // 2},
    "two wide": lambda n: {"clinic": (n % 2 * 2 - 1) * (2**62), "client": n // 2 * 2**58},
    "floats": lambda n: {"case": n / 4},
    "truth": lambda n: {"even": n % 2 == 0, "client": n // 2},
}

Columns = Mapping[str, Sequence[Any]]


def _floats(dtype: Any) -> Callable[[Columns], Any]:
    def made(columns: Columns) -> Any:
        frame = {name: pd.Series(each) for name, each in columns.items() if name != "score"}
        return pd.DataFrame({**frame, "score": pd.Series(columns["score"], dtype=dtype)})

    return made


def _arrow_table(columns: Columns) -> Any:
    whole = pa.table({**columns, "score": pa.array(columns["score"], pa.float64())})
    half = len(columns["score"]) // 2
    return pa.concat_tables([whole.slice(0, half), whole.slice(half)])


def _polars(columns: Columns) -> Any:
    whole = pl.DataFrame(columns, schema_overrides={"score": pl.Float64})
    half = len(columns["score"]) // 2
    return pl.concat([whole[:half], whole[half:]], rechunk=False)


MADE: Mapping[str, Callable[[Columns], Any]] = {
    "pandas": _floats("float64"),
    "pandas-object": _floats("object"),
    "pandas-nullable": _floats("Float64"),
    "pandas-arrow": _floats(pd.ArrowDtype(pa.float64())),
    "polars": _polars,
    "pyarrow": _arrow_table,
}


def columns_of(table: Table, names: Names) -> Columns:
    named = [names(case) for case in table.case]
    by = {key: [each[key] for each in named] for key in names(0)}
    return {**by, "session": list(table.session), "score": list(table.value)}


def told(frame: Any, stem: str) -> list[tuple[Any, Any, Any]]:
    """Flag, statistic and threshold of each row."""
    parts = (_plain(frame[f"{stem}_{part}"]) for part in ("flag", "statistic", "threshold"))
    return list(zip(*parts, strict=True))


def _plain(column: Any) -> list[Any]:
    cells = column.to_pylist() if isinstance(column, pa.ChunkedArray) else column.to_list()
    return [None if cell is pd.NA or cell != cell else cell for cell in cells]  # noqa: PLR0124
