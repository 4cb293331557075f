"""What only Spark can do with its frames."""

from collections.abc import Iterable, Iterator
from typing import Any

import narwhals as nw
from attrs import evolve, frozen

from therapeutic_alliance.errors import PluginError, TableError
from therapeutic_alliance.frames.detect import eager
from therapeutic_alliance.frames.detect.task import Task


def or_error(frame: Any, names: Iterable[str], judged: Iterable[str], refused: str) -> Any:
    """The columns, of which those that were judged fail where the column ``refused`` has words."""
    from pyspark.sql.functions import col, raise_error, when

    words = col(_quoted(refused))
    return frame.select(
        *(col(_quoted(name)) for name in names),
        *(
            when(words.isNotNull(), raise_error(words)).otherwise(col(_quoted(name))).alias(name)
            for name in judged
        ),
    )


def by_rows(task: Task, frame: Any) -> Any:
    """Whole cases brought together in partitions, each judged as a frame in memory."""
    from pyspark.sql import types

    kinds = (types.BooleanType(), types.DoubleType(), types.DoubleType())
    made = [types.StructField(name, kind) for name, kind in zip(task.names, kinds, strict=True)]
    schema = types.StructType([*frame.schema.fields, *made])
    together = frame.repartition(*map(_quoted, task.by))
    return together.mapInArrow(Partition(task), schema)


@frozen
class Partition:
    """What executors do; they need this library with NumPy, Narwhals and PyArrow."""

    task: Task

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:
        """The record batches of a partition, whose cases are whole, with the new columns.

        Errors name no rows: those of a partition are not those of the caller's frame.
        """
        import pyarrow as pa  # type: ignore[import-untyped]

        given = list(batches)
        if not given:
            return
        table = nw.from_native(pa.Table.from_batches(given), eager_only=True)
        try:
            detected = eager.detected(self.task, table)
        except (TableError, PluginError) as error:
            kind, problems = type(error), error.problems
        else:
            yield from detected.to_native().to_batches()
            return
        raise kind(dict.fromkeys(evolve(each, row=None) for each in problems))


def _quoted(name: str) -> str:
    return f"`{name.replace('`', '``')}`"
