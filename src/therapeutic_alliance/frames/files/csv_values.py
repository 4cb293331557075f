"""Values as CSV can hold them: what is no number is nothing, and a time has to be one."""

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from therapeutic_alliance.errors import Problem, TableError

_RULE = "a date or time that CSV has no way to write"


def csv_values(batch: pa.RecordBatch, file: str) -> pa.RecordBatch:
    """The rows with null for ``NaN``, which would be text that no reader here takes for a number.

    Raises :class:`TableError` for a column with a time that is none, such as infinity or 24:00:00:
    words of PyArrow's would stand in its place.

    >>> import pyarrow as pa
    >>> csv_values(pa.record_batch({"x": pa.array([1.5, float("nan")])}), "out.csv")[0].to_pylist()
    [1.5, None]
    """
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        if not _is_written(column):
            raise TableError(Problem(file=file, column=name, rule=_RULE))
    return pa.record_batch([*map(_numbers, batch.columns)], batch.schema.names)


def _numbers(column: pa.Array) -> pa.Array:
    if not pa.types.is_floating(column.type):
        return column
    if pa.types.is_float16(column.type):  # it has hardly any kernels
        column = column.cast(pa.float32())
    return pc.if_else(pc.is_nan(column), pa.nulls(1, column.type)[0], column)


def _is_written(column: pa.Array) -> bool:
    """Whether the first and the last of its times can be written, and so all between them."""
    kind = column.type
    if not pa.types.is_temporal(kind) or pa.types.is_duration(kind):
        return True
    ends = pc.min_max(column).values()
    if pa.types.is_timestamp(kind):  # in a time zone, infinity becomes some date
        ends = [end.cast(pa.timestamp(kind.unit)) for end in ends]
    texts = [end.cast(pa.string()).as_py() or "" for end in ends]
    return not any(text.startswith("<") for text in texts)
