"""Arrow IPC: files and streams."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import RawIOBase
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa  # type: ignore[import-untyped]

from therapeutic_alliance.errors import Problem, TableError
from therapeutic_alliance.frames.sources.source import Batches, Source, guarded, read

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
        with pa.PythonFile(file if kept else _Watched(file, path.name), mode="r") as bytes_:
            opened = pa.ipc.open_file if kept else pa.ipc.open_stream
            with opened(bytes_) as reader:
                yield reader


class _Watched(RawIOBase):
    """A stream that may not end before its mark of the end.

    PyArrow takes the end of the bytes for the end of the stream, where there is a mark or none.
    After the mark it reads no more.
    """

    def __init__(self, file: BinaryIO, name: str) -> None:
        super().__init__()
        self._file = file
        self._name = name

    def readable(self) -> bool:
        """It is, and no more than that."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Some bytes."""
        found = self._file.read(size)
        if size and not found:
            rule = "ends before its end mark: cut short"
            raise TableError(Problem(file=self._name, rule=rule))
        return found
