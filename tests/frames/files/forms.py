"""Simulated WAI-SR forms as columns, and the files in which they stand."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.csv as pc  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

import therapeutic_alliance as ta
from therapeutic_alliance.frames.sources.places import DuckTable, Place

WAI = ta.Registry().measure("wai-sr")
ITEMS = tuple(WAI.items)


def forms(rows: int, seed: int = 1, missing: float = 0.03) -> pa.Table:
    """Forms of cases with sessions 1, 2, 3, ..., and a column of text that no key has."""
    random = np.random.default_rng(seed)
    answers = {
        item: pa.array(
            random.integers(1, 6, rows).astype("int8"), mask=random.random(rows) < missing
        )
        for item in ITEMS
    }
    at = np.arange(rows)
    who = {
        "case": pa.array([f"sim{each}" for each in at // 10]),
        "session": pa.array(at % 10 + 1),
        "rater": pa.array(["client"] * rows),
        "note": pa.array(["", "a,b", 'q"', None] * (rows // 4) + [None] * (rows % 4)),
    }
    return pa.table({**who, **answers})


def parquet(table: pa.Table, folder: Path) -> Place:
    path = folder / "in.parquet"
    pq.write_table(table, path, row_group_size=max(1, len(table) // 3))
    return path


def parquet_folder(table: pa.Table, folder: Path) -> Place:
    """Named so that the order by name is not the one in which they were written."""
    inner = folder / "parts"
    inner.mkdir()
    third = len(table) // 3
    for name, part in (
        ("part-2.parquet", table.slice(2 * third)),
        ("part-0.parquet", table.slice(0, third)),
        ("part-1.parquet", table.slice(third, third)),
    ):
        pq.write_table(part, inner / name)
    (inner / "_SUCCESS").touch()
    (inner / ".part.crc").touch()
    return inner


def arrow(table: pa.Table, folder: Path) -> Place:
    path = folder / "in.arrow"
    with pa.ipc.new_file(path, table.schema) as writer:
        writer.write_table(table, max_chunksize=max(1, len(table) // 5))
    return path


def arrow_stream(table: pa.Table, folder: Path) -> Place:
    path = folder / "in.ipc"
    with pa.ipc.new_stream(path, table.schema) as writer:
        writer.write_table(table)
    return path


def csv(table: pa.Table, folder: Path) -> Place:
    path = folder / "in.csv"
    pc.write_csv(table, path)
    return path


def database(table: pa.Table, folder: Path) -> Place:
    path = folder / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.register("given", table)
        connection.execute("create table forms as select * from given")
    return DuckTable(path, "forms")


Put = Callable[[pa.Table, Path], Place]
PUT: dict[str, Put] = {
    each.__name__: each for each in (parquet, parquet_folder, arrow, arrow_stream, csv, database)
}


def get(path: Path) -> pa.Table:
    """What a file holds, read by PyArrow."""
    if path.suffix == ".parquet":
        return pq.ParquetFile(path).read()
    if path.suffix == ".arrow":
        with pa.OSFile(str(path)) as file, pa.ipc.open_file(file) as reader:
            return reader.read_all()
    return pc.read_csv(path)


def as_read(kind: str, table: pa.Table) -> pa.Table:
    """The table as a kind of file has it: in CSV, what says whose form it is is text."""
    if kind == "csv":
        at = table.column_names.index("session")
        table = table.set_column(at, "session", table["session"].cast(pa.string()))
    return table


def rows(table: pa.Table) -> list[dict[str, Any]]:
    """Rows as Python values; in CSV a null text and an empty one are alike."""
    return [
        {name: None if value == "" else value for name, value in row.items()}
        for row in table.to_pylist()
    ]
