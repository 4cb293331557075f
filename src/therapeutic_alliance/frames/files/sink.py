"""Where batches are written: Parquet, Arrow IPC, CSV."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.csv as pc  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from therapeutic_alliance.frames.files.categories import Categories
from therapeutic_alliance.frames.files.faults import told
from therapeutic_alliance.frames.files.places import ARROW, PARQUET
from therapeutic_alliance.whole_file import replacing_bytes

T = TypeVar("T")
Write = Callable[[pa.RecordBatch], None]


@contextmanager
def writing(out: Path, schema: pa.Schema) -> Iterator[Write]:
    """Takes batches; the file is there, whole, once the block has ended well.

    Raises :class:`TableError` for a column that this kind of file cannot hold.
    """
    rule = f"a column is of a type, or holds something, that {out.suffix} files cannot hold"

    def heard(call: Callable[[], T]) -> T:
        return told(call, out.name, rule, pa.ArrowException)

    with replacing_bytes(out) as file:
        writer = heard(lambda: _writer(out, file, schema))
        with _closed(writer):
            put = _write(writer)
            yield lambda batch: heard(lambda: put(batch))


def _writer(out: Path, file: BinaryIO, schema: pa.Schema) -> Any:
    suffix = out.suffix.lower()
    if suffix in PARQUET:
        return pq.ParquetWriter(file, schema)
    if suffix in ARROW:
        return pa.ipc.new_file(
            file, schema, options=pa.ipc.IpcWriteOptions(emit_dictionary_deltas=True)
        )
    return pc.CSVWriter(file, schema)


def _write(writer: Any) -> Write:
    if not isinstance(writer, pa.ipc.RecordBatchFileWriter):
        return cast("Write", writer.write_batch)
    grown = Categories()
    return lambda batch: writer.write_batch(grown(batch))


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
