"""What only Spark can do with its frames."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import narwhals as nw
from attrs import evolve, frozen

from therapeutic_alliance.errors import PluginError, Problem, TableError
from therapeutic_alliance.frames.detect import eager
from therapeutic_alliance.frames.detect.task import Task
from therapeutic_alliance.frames.plain_names import plainly


def or_error(frame: Any, kept: Mapping[str, str], judged: Mapping[str, str], refused: str) -> Any:
    """The columns ``kept``, and those that were ``judged``, under the names that each is to have.

    Those that were judged fail where the column ``refused`` has words.
    """
    from pyspark.sql.functions import col, raise_error, when

    words = col(_quoted(refused))
    return frame.select(
        *(col(_quoted(name)).alias(own) for name, own in kept.items()),
        *(
            when(words.isNotNull(), raise_error(words)).otherwise(col(_quoted(name))).alias(new)
            for name, new in judged.items()
        ),
    )


def by_rows(task: Task, frame: Any) -> Any:
    """Whole cases brought together in partitions, each judged as a frame in memory."""
    from pyspark.sql import types

    kinds = (types.BooleanType(), types.DoubleType(), types.DoubleType())
    made = [types.StructField(name, kind) for name, kind in zip(task.names, kinds, strict=True)]
    schema = types.StructType([*frame.schema.fields, *made])
    plain, names = plainly(nw.from_native(frame))
    together = plain.to_native().repartition(*(_quoted(names[name]) for name in task.by))
    found = _in_python(together, Partition(task, tuple(names)), schema)
    if found is not None:
        return found
    rule = "Spark cannot hand its values to Python: leave it out, or cast it to text"
    raise TableError(
        Problem(column=field.name, rule=rule)
        for field in frame.schema.fields
        if _in_python(together, lambda batches: batches, types.StructType([field])) is None
    )


def _in_python(frame: Any, judge: Callable[[Iterator[Any]], Iterator[Any]], schema: Any) -> Any:
    """``None`` if PySpark cannot hand such columns to Python and back."""
    try:
        return frame.mapInArrow(judge, schema)
    except NotImplementedError:
        return None


@frozen
class Partition:
    """What executors do; they need this library with NumPy, Narwhals and PyArrow."""

    task: Task
    names: tuple[str, ...]
    """What the caller calls the columns."""

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:
        """The record batches of a partition, whose cases are whole, with the new columns.

        Errors name no rows: those of a partition are not those of the caller's frame.
        """
        import pyarrow as pa  # type: ignore[import-untyped]

        given = list(batches)
        if not given:
            return
        rows = pa.Table.from_batches(given).rename_columns(list(self.names))
        table = nw.from_native(rows, eager_only=True)
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
