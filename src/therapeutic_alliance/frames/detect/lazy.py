"""Frames that an engine computes later.

Polars and Spark hand their rows to the code for frames in memory when they compute; DuckDB has no
way to, and hands them over at once. In DuckDB and Spark, rules that are window expressions need
none of that.
"""

from types import ModuleType
from typing import Any

import narwhals as nw
from attrs import evolve

from therapeutic_alliance.errors import TableError
from therapeutic_alliance.frames.detect import eager, on_duckdb, on_spark, windows
from therapeutic_alliance.frames.detect.drops import Drop, drop_of
from therapeutic_alliance.frames.detect.one_of_each import said
from therapeutic_alliance.frames.detect.task import Task
from therapeutic_alliance.frames.dtypes import refuse_other_than_numbers
from therapeutic_alliance.frames.exact_text import exactly
from therapeutic_alliance.frames.headings import unused
from therapeutic_alliance.frames.plain_names import called, plainly


def detected(task: Task, frame: Any) -> Any:
    """The lazy frame of Narwhals with the new columns.

    What depends on rows is refused when they are computed: by the errors of frames in memory, or
    by one of the engine, in the same words.
    """
    _refuse_columns(task, frame)
    kind = frame.implementation
    if kind.is_polars():
        return _on_polars(task, frame)
    if not (kind.is_duckdb() or kind.is_pyspark() or kind.is_pyspark_connect()):
        raise TableError("a frame of pandas, Polars, PyArrow, DuckDB or PySpark is needed")
    engine: ModuleType = on_duckdb if kind.is_duckdb() else on_spark
    drop = drop_of(task)
    if drop is None:
        return nw.from_native(engine.by_rows(task, frame.to_native()))
    return _by_windows(task, drop, frame, engine)


def _refuse_columns(task: Task, frame: Any) -> None:
    """What frames in memory refuse by dtype."""
    refuse_other_than_numbers(frame, [("order", task.order), ("score", task.score)])
    schema = frame.collect_schema()
    for name in task.by:
        held = "nested values" if schema[name].is_nested() else ""
        if type(schema[name]).__name__ == "Object":  # of Polars
            held = "Python objects"
        if held:
            raise TableError(f'by: column "{name}" holds {held}')


def _on_polars(task: Task, frame: Any) -> Any:
    """No more than the columns that a rule needs are gathered; the others may stream past."""
    import polars as pl

    kinds = (pl.Boolean, pl.Float64, pl.Float64)
    made = pl.Struct(dict(zip(task.names, kinds, strict=True)))

    def judge(sessions: Any, **_: Any) -> Any:  # Polars tries with a dtype first
        table = nw.from_native(sessions.struct.unnest(), eager_only=True)
        return eager.detected(task, table).to_native().select(task.names).to_struct(task.flag)

    also = (each.column for each in said(task, frame.collect_schema()))
    needed = dict.fromkeys((*task.by, task.order, task.score, *also))
    plain, names = plainly(frame)
    own = pl.struct(*(pl.col(names[name]).alias(name) for name in needed))
    judged = own.map_batches(judge, return_dtype=made).alias(task.flag)
    found = nw.from_native(plain.to_native().with_columns(judged).unnest(task.flag))
    return found if plain is frame else called(found, [*names, *task.names])


def _by_windows(task: Task, drop: Drop, frame: Any, engine: ModuleType) -> Any:
    """Under names that mean nothing else to the engine, also of the new columns, and back."""
    plain, names = plainly(frame)
    mark = unused(names.values())
    inner = evolve(
        task,
        by=tuple(names[name] for name in task.by),
        order=names[task.order],
        score=names[task.score],
        prefix=mark,
    )
    compared = (*task.by, *(each.column for each in said(task, frame.collect_schema())))
    exact, as_they_were = exactly(plain, [names[name] for name in compared], mark)
    own = {name: own for own, name in names.items()}
    judged = windows.detected(inner, drop, exact, mark, own).to_native()
    kept = {as_they_were.get(name, name): name for name in own}
    new = dict(zip(inner.names, task.names, strict=True))
    found = nw.from_native(engine.or_error(judged, kept, new, mark))
    return found if plain is frame else called(found, [*names, *task.names])
