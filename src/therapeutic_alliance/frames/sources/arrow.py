"""Arrow IPC: files and streams."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import RawIOBase
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa  # type: ignore[import-untyped]

from therapeutic_alliance.errors import Problem, TableError
from therapeutic_alliance.frames.sources.joined import refuse_joined
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
    with _opened(path) as (reader, _):
        return reader.schema


def _batches(path: Path) -> Batches:
    with _opened(path) as (reader, file):
        if isinstance(reader, pa.RecordBatchFileReader):
            file.reached = 0
            yield from map(reader.get_batch, range(reader.num_record_batches))
            refuse_joined(file.file, file.reached, _MAGIC, path.name)
        else:
            yield from reader
            _check_end(file, path.name)


@contextmanager
def _opened(path: Path) -> Iterator[tuple[Any, "_Watched"]]:
    with path.open("rb") as file:
        kept = file.read(len(_MAGIC)) == _MAGIC
        file.seek(0)
        watched = _Watched(file)
        with pa.PythonFile(watched, mode="r") as bytes_:
            opened = pa.ipc.open_file if kept else pa.ipc.open_stream
            with opened(bytes_) as reader:
                yield reader, watched


def _check_end(file: "_Watched", name: str) -> None:
    """Raise :class:`TableError` if a stream that was read does not end with its end mark.

    PyArrow takes the end of the bytes for the end of the stream, where there is a mark or none.
    After the mark it reads no more.
    """
    if file.short:
        raise TableError(Problem(file=name, rule="ends before its end mark: cut short"))
    if file.file.read(1):
        rule = "goes on after its end mark: several streams, or something else behind it"
        raise TableError(Problem(file=name, rule=rule))


class _Watched(RawIOBase):
    """A file that knows how far it was read."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self.file = file
        self.reached = 0
        """The furthest byte that was read."""
        self.short = False
        """Whether more was asked for than there is."""

    def readable(self) -> bool:
        """It is, and no more than that."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Some bytes."""
        found = self.file.read(size)
        self.short |= len(found) < size
        self.reached = max(self.reached, self.file.tell())
        return found

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a byte."""
        return self.file.seek(offset, whence)

    def tell(self) -> int:
        """The byte that is next."""
        return self.file.tell()
