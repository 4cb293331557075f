"""Arrow IPC: files and streams."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]

from therapeutic_alliance.frames.files.source import Batches, Source, guarded, read

_BROKEN = "not an Arrow IPC file or stream, or not a whole one"
_MAGIC = b"ARROW1"


def arrow_file(path: Path) -> Source:
    """The batches of a file or a stream; its first bytes say which it is."""
    return Source(
        name=path.name,
        schema=read(lambda: _schema(path), path.name, _BROKEN),
        batches=lambda _rows: guarded(_batches(path), path.name, _BROKEN),
    )


def _schema(path: Path) -> pa.Schema:
    with _opened(path) as reader:
        return reader.schema


def _batches(path: Path) -> Batches:
    with _opened(path) as reader:
        if isinstance(reader, pa.RecordBatchFileReader):
            yield from map(reader.get_batch, range(reader.num_record_batches))
        else:
            yield from reader


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    with path.open("rb") as file:
        kept = file.read(len(_MAGIC)) == _MAGIC
        file.seek(0)
        with pa.PythonFile(file) as bytes_:
            opened = pa.ipc.open_file if kept else pa.ipc.open_stream
            with opened(bytes_) as reader:
                yield reader
