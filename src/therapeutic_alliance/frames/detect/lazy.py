"""Frames that an engine computes later.

Polars and Spark hand their rows to the code for frames in memory when they compute; DuckDB has no
way to, and hands them over at once. In DuckDB and Spark, rules that are window expressions need
none of that.
"""

from types import ModuleType
from typing import Any

import narwhals as nw

from therapeutic_alliance.errors import TableError
from therapeutic_alliance.frames.detect import eager, on_duckdb, on_spark, windows
from therapeutic_alliance.frames.detect.drops import drop_of
from therapeutic_alliance.frames.detect.one_of_each import said
from therapeutic_alliance.frames.detect.task import Task
from therapeutic_alliance.frames.dtypes import refuse_other_than_numbers
from therapeutic_alliance.frames.headings import headings, unused
from therapeutic_alliance.frames.plain_names import says_more


def detected(task: Task, frame: Any) -> Any:
    """The lazy frame of Narwhals with the new columns.

    What depends on rows is refused when they are computed: by the errors of frames in memory, or
    by one of the engine, in the same words.
    """
    _refuse_columns(task, frame)
    kind = frame.implementation
    if kind.is_polars():
        return nw.from_native(_on_polars(task, frame.to_native()))
    if not (kind.is_duckdb() or kind.is_pyspark() or kind.is_pyspark_connect()):
        raise TableError("a frame of pandas, Polars, PyArrow, DuckDB or PySpark is needed")
    engine: ModuleType = on_duckdb if kind.is_duckdb() else on_spark
    drop = drop_of(task)
    if drop is None:
        return nw.from_native(engine.by_rows(task, frame.to_native()))
    names = frame.collect_schema().names()
    mark = unused(names)
    judged = windows.detected(task, drop, frame, mark).to_native()
    return nw.from_native(engine.or_error(judged, names, task.names, mark))


def _refuse_columns(task: Task, frame: Any) -> None:
    """What frames in memory refuse by dtype."""
    _refuse_names(task, frame)
    refuse_other_than_numbers(frame, [("order", task.order), ("score", task.score)])
    schema = frame.collect_schema()
    for name in task.by:
        if schema[name].is_nested():
            raise TableError(f'by: column "{name}" holds nested values')


def _refuse_names(task: Task, frame: Any) -> None:
    """What an engine takes for more than a name, where that matters."""
    kind, by_rows = frame.implementation, drop_of(task) is None
    all_matter = kind.is_duckdb() or (kind.is_spark_like() and by_rows)
    for name in headings(frame) if all_matter else (*task.by, task.order, task.score):
        if says_more(frame, name):
            told = "the engine takes this for more than a name: rename it"
            raise TableError(f'column "{name}": {told}')


def _on_polars(task: Task, frame: Any) -> Any:
    """No more than the columns that a rule needs are gathered; the others may stream past."""
    import polars as pl

    kinds = (pl.Boolean, pl.Float64, pl.Float64)
    made = pl.Struct(dict(zip(task.names, kinds, strict=True)))

    def judge(sessions: Any, **_: Any) -> Any:  # Polars tries with a dtype first
        table = nw.from_native(sessions.struct.unnest(), eager_only=True)
        return eager.detected(task, table).to_native().select(task.names).to_struct(task.flag)

    schema = nw.from_native(frame).collect_schema()
    needed = (*task.by, task.order, task.score, *(each.column for each in said(task, schema)))
    judged = pl.struct(*dict.fromkeys(needed)).map_batches(judge, return_dtype=made)
    return frame.with_columns(judged.alias(task.flag)).unnest(task.flag)
