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
from therapeutic_alliance.frames.detect.task import Task
from therapeutic_alliance.frames.dtypes import refuse_other_than_numbers
from therapeutic_alliance.frames.headings import unused


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
    refuse_other_than_numbers(frame, [("order, ", task.order), ("score, ", task.score)])
    schema = frame.collect_schema()
    for name in task.by:
        if schema[name].is_nested():
            raise TableError(f'by: column "{name}" holds nested values')


def _on_polars(task: Task, frame: Any) -> Any:
    """No more than the columns that a rule needs are gathered; the others may stream past."""
    import polars as pl

    kinds = (pl.Boolean, pl.Float64, pl.Float64)
    made = pl.Struct(dict(zip(task.names, kinds, strict=True)))

    def judge(sessions: Any) -> Any:
        table = nw.from_native(sessions.struct.unnest(), eager_only=True)
        return eager.detected(task, table).to_native().select(task.names).to_struct(task.flag)

    judged = pl.struct(*task.by, task.order, task.score).map_batches(judge, return_dtype=made)
    return frame.with_columns(judged.alias(task.flag)).unnest(task.flag)
