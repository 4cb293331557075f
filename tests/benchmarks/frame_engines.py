"""Scores of frames in memory: ours, by hand, and the limit, in one process."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

import by_hand_polars
import by_hand_sql
import duckdb
import naive_pandas
import numpy as np
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
from bandwidth import limit
from frame_data import HIGH, LOW, SCORED_BYTES, SHARE, Answers, ours
from timing import cpu_of, interleaved, table

ROWS, ITEMS = (100_000, 1_000_000, 10_000_000), (4, 12, 36)
ROOM = 6 * 2**30
"""Methods that need more bytes than this are left out."""
NAIVE = "naive pandas, float64"
INT8_LIMIT, FLOAT_LIMIT = "limit, 8 bits", "limit, float64"
INT8_PIECE, FLOAT_PIECE = "limit in one piece, 8 bits", "limit in one piece, float64"
BESIDE = {
    "naive pandas, int8": NAIVE,
    "Polars lazy, ours": "Polars lazy, by hand",
    "Polars streaming, ours": "Polars streaming, by hand",
    "DuckDB, ours": "DuckDB, SQL by hand",
}
"""What a method is compared with, besides naive pandas and the limits."""
Job = Callable[[], Any]


def jobs(answers: Answers) -> Mapping[str, Job]:
    """Everything that is timed and fits; the first one is what the others are checked against."""
    items, rows = answers.coded.shape
    cells, new = items * rows, [size * rows for size in SCORED_BYTES]
    arrow, polars = answers.arrow(), answers.polars()
    made: dict[str, Job] = {
        "PyArrow int8, ours": ours(answers, arrow),
        "Polars int8, ours": ours(answers, polars),
        "pandas NumPy int8, ours": ours(answers, answers.numpy()),
        "pandas masked Int8, ours": ours(answers, answers.masked()),
        INT8_LIMIT: limit(cells, new),
        INT8_PIECE: limit(cells, [sum(new)]),
    }
    if 16 * cells + 3 * sum(new) < ROOM:
        made |= {"pandas float64, ours": ours(answers, answers.floats())}
        made |= {FLOAT_LIMIT: limit(8 * cells, new), FLOAT_PIECE: limit(8 * cells, [sum(new)])}
    if 40 * cells < ROOM:
        made |= {NAIVE: partial(naive_pandas.scored, answers, answers.floats())}
        made |= {"naive pandas, int8": partial(naive_pandas.scored, answers, answers.numpy())}
    return made | _lazy(answers, polars.lazy(), arrow)


def _lazy(answers: Answers, frame: pl.LazyFrame, arrow: Any) -> dict[str, Job]:
    by_hand = by_hand_polars.scored(
        frame, answers.scales, low=LOW, high=HIGH, reverse=answers.reverse, share=SHARE
    )
    query = by_hand_sql.query(
        "answers", answers.scales, low=LOW, high=HIGH, reverse=answers.reverse, share=SHARE
    )
    connection = duckdb.connect()
    connection.register("answers", arrow)
    relation, plan = connection.table("answers"), ours(answers, frame)
    return {
        "Polars lazy, ours": lambda: plan().collect(),
        "Polars lazy, by hand": by_hand.collect,
        "Polars streaming, ours": lambda: plan().collect(engine="streaming"),
        "Polars streaming, by hand": lambda: by_hand.collect(engine="streaming"),
        "DuckDB, ours": lambda: ours(answers, relation)().to_arrow_table(),
        "DuckDB, SQL by hand": lambda: connection.sql(query).to_arrow_table(),
    }


def check(found: Mapping[str, Job]) -> None:
    """All values of all methods are equal, bit for bit."""
    expected: Mapping[str, Any] = {}
    for name, job in found.items():
        if name.startswith("limit"):
            continue
        columns = plain(job(), coded="NumPy int8" in name or name.endswith("pandas, int8"))
        for column, values in columns.items():
            if column in expected:
                assert np.array_equal(values, expected[column], equal_nan=True), (name, column)
        expected = expected or columns


def plain(frame: Any, *, coded: bool) -> Mapping[str, Any]:
    """The new columns as NumPy arrays; of coded answers without what counts as missing."""
    names = list(frame.column_names if isinstance(frame, pa.Table) else frame.columns)
    names = [each for each in names if not each.startswith("q")]
    if isinstance(frame, pa.Table):
        frame = pl.from_arrow(frame)
    found = {name.removeprefix("timed_"): frame[name].to_numpy() for name in names}
    unequal = ("invalid", "missing") if coded else ()
    return {name: values for name, values in found.items() if name not in unequal}


def show(rows: Iterable[int], rounds: int) -> None:
    """A table for each size."""
    for n in rows:
        for k in ITEMS:
            answers = Answers.simulated(k, n)
            found = jobs(answers)
            check(found)
            timed = {name: partial(cpu_of, job) for name, job in found.items()}
            _show(f"{n:_} rows of {k} items", n, interleaved(timed, rounds if n < 10**7 else 3))


def _show(title: str, rows: int, figures: Mapping[str, float]) -> None:
    cells = []
    for name, cpu in figures.items():
        floats = "float64" in name and FLOAT_LIMIT in figures
        floor, piece = (FLOAT_LIMIT, FLOAT_PIECE) if floats else (INT8_LIMIT, INT8_PIECE)
        other = BESIDE.get(name)
        cells.append([
            name,
            f"{cpu / rows * 1e9:.1f}",
            f"{figures[NAIVE] / cpu:.1f}" if NAIVE in figures else "",
            f"{cpu / figures[floor]:.2f}",
            f"{cpu / figures[piece]:.2f}",
            f"{cpu / figures[other]:.2f}" if other else "",
        ])  # fmt: skip
    headings = ("", "ns a row", "naive / it", "it / limit", "it / one piece", "it / by hand")
    table(f"Scores in memory, {title}, CPU time", headings, cells)
