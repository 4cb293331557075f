"""Where batches are written: Parquet, Arrow IPC, CSV."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.csv as pc  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from therapeutic_alliance.errors import Problem, TableError
from therapeutic_alliance.frames.files.categories import Categories
from therapeutic_alliance.frames.files.csv_values import csv_values
from therapeutic_alliance.frames.sources.places import ARROW, PARQUET
from therapeutic_alliance.whole_file import replacing_bytes

T = TypeVar("T")
Write = Callable[[pa.RecordBatch], None]


@contextmanager
def writing(out: Path, schema: pa.Schema) -> Iterator[Write]:
    """Takes batches; the file is there, whole, once the block has ended well.

    Raises :class:`TableError` that names a column that this kind of file cannot hold.
    """
    with replacing_bytes(out) as file:
        writer = _held(out, schema, [], lambda: _writer(out, file, schema))
        with _closed(writer):
            put = _write(writer, out.name)
            yield lambda batch: _held(out, schema, [batch], lambda: put(batch))


def _held(out: Path, schema: pa.Schema, rows: list[pa.RecordBatch], call: Callable[[], T]) -> T:
    """What a call gives; :class:`TableError` with the column that cannot be written."""
    with suppress(pa.ArrowException):
        return call()
    table = pa.Table.from_batches(rows, schema)
    for position, column in enumerate(schema):
        if not _holds(out, table.select([position])):
            rule = f"{column.type}, which {out.suffix} files cannot hold"
            raise TableError(Problem(file=out.name, column=column.name, rule=rule))
    raise TableError(Problem(file=out.name, rule=f"{out.suffix} files cannot hold these columns"))


def _holds(out: Path, column: pa.Table) -> bool:
    """Whether one column alone can be written."""
    with suppress(pa.ArrowException):
        writer = _writer(out, BytesIO(), column.schema)
        with _closed(writer):
            writer.write_table(column)
        return True
    return False


def _writer(out: Path, file: BinaryIO, schema: pa.Schema) -> Any:
    suffix = out.suffix.lower()
    if suffix in PARQUET:
        return pq.ParquetWriter(file, schema)
    if suffix in ARROW:
        return pa.ipc.new_file(
            file, schema, options=pa.ipc.IpcWriteOptions(emit_dictionary_deltas=True)
        )
    return pc.CSVWriter(file, schema)


def _write(writer: Any, file: str) -> Write:
    if isinstance(writer, pc.CSVWriter):
        return lambda batch: writer.write_batch(csv_values(batch, file))
    if isinstance(writer, pa.ipc.RecordBatchFileWriter):
        grown = Categories()
        return lambda batch: writer.write_batch(grown(batch))
    return cast("Write", writer.write_batch)


@contextmanager
def _closed(writer: Any) -> Iterator[None]:
    """Close a writer; where something went wrong before, that is what is told."""
    try:
        yield
    except BaseException:
        with suppress(OSError, ValueError, pa.ArrowException):
            writer.close()
        raise
    writer.close()
