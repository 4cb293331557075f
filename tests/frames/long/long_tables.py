"""Invented long tables of every kind, and their scores read back form by form."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd  # type: ignore[import-untyped]
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]

import therapeutic_alliance as ta
from tests.frames.kinds import in_memory, plain, relation

ARM = ta.Registry().measure("arm-5")
ITEMS = [str(n) for n in range(1, 6)]
LONG = ta.frames.LongTable(by=("case", "session"))
Row = tuple[str | None, int | None, str | None, float | None]


def _pandas_objects(table: Any) -> Any:
    return table.to_pandas().astype({"case": object, "item": object, "answer": object})


EAGER: dict[str, Callable[[Any], Any]] = {
    "pandas": pa.Table.to_pandas,
    "pandas-object": _pandas_objects,
    "pandas-nullable": lambda table: table.to_pandas().convert_dtypes(),
    "pandas-arrow": lambda table: table.to_pandas(types_mapper=pd.ArrowDtype),
    "polars": pl.DataFrame,
    "pyarrow": lambda table: table,
}
LAZY: dict[str, Callable[[Any], Any]] = {
    "polars-lazy": lambda table: pl.DataFrame(table).lazy(),
    "duckdb": relation,
}
ALL = {**EAGER, **LAZY}


def table_of(rows: Sequence[Row], answer: Any = None) -> Any:
    """A PyArrow table of them; ``answer`` is the type of the answers, else 64-bit floats."""
    case, session, item, given_ = list(zip(*rows, strict=True)) or [(), (), (), ()]
    return pa.table(
        {
            "session": pa.array(session, pa.int16()),
            "answer": pa.array(given_, answer or pa.float64()),
            "case": pa.array(case, pa.string()),
            "note": ["98321"] * len(rows),
            "item": pa.array(item, pa.string()),
        }
    )


def rows_of(forms: Sequence[Sequence[float | None]]) -> list[Row]:
    """The rows of forms of cases s1, s0 in turn, in sessions from 9 down."""
    return [
        (f"s{1 - at % 2}", 9 - at, item, answer)
        for at, form in enumerate(forms)
        for item, answer in zip(ITEMS, form, strict=True)
    ]


def by_form(scored: Any, columns: Sequence[str]) -> dict[Any, list[Any]]:
    """The columns of each form, by case and session."""
    scored = in_memory(scored)  # once: each time the engine may order the forms another way
    rows = zip(*(plain(scored, name) for name in ("case", "session", *columns)), strict=True)
    return {(case, session): list(rest) for case, session, *rest in rows}


FORMS: list[list[float | None]] = [
    [6, 7, 1, 6, 5],
    [7, None, 7, 7, 7],
    [None] * 5,
    [7, 7, 7, 7, 7],
]
