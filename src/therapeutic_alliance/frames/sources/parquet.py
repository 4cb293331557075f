"""Parquet: one file, or a folder of them."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from therapeutic_alliance.errors import Problem, TableError
from therapeutic_alliance.frames.sources.joined import refuse_joined
from therapeutic_alliance.frames.sources.places import PARQUET
from therapeutic_alliance.frames.sources.same_columns import fitted, one_schema
from therapeutic_alliance.frames.sources.source import Batches, Source, guarded, read

_BROKEN = "not a Parquet file, or not a whole one"
_MAGIC = b"PAR1"
_BUFFER = 1 << 18
"""Bytes read at once of each column, so that memory does not grow with a row group."""


def parquet_file(path: Path) -> Source:
    """One file."""
    schema, total = read(lambda: _looked_at(path), path.name, _BROKEN)
    return Source(
        name=path.name,
        schema=schema,
        total=total,
        batches=lambda rows: guarded(_batches(path, rows), path.name, _BROKEN),
    )


def parquet_folder(folder: Path, items: Sequence[str]) -> Source:
    """The files of a folder, sorted by name, as one table; ``items`` are columns of answers."""
    files = [parquet_file(path) for path in _members(folder)]
    schema = one_schema({each.name: each.schema for each in files}, items)
    counts = [each.total or 0 for each in files]
    starts = accumulate(counts[:-1], initial=0)
    return Source(
        name=folder.name,
        schema=schema,
        total=sum(counts),
        parts=tuple(zip(starts, (each.name for each in files), strict=True)),
        metadata=tuple(each.schema.metadata or {} for each in files),
        batches=lambda rows: (
            fitted(batch, schema, each.name) for each in files for batch in each.batches(rows)
        ),
    )


def _looked_at(path: Path) -> tuple[Any, int]:
    """Columns and number of rows."""
    with _opened(path) as file:
        schema, metadata = file.schema_arrow, file.metadata
    with path.open("rb") as bytes_:
        refuse_joined(bytes_, _end(metadata), _MAGIC, path.name)
    return schema, metadata.num_rows


def _end(metadata: Any) -> int:
    """Where the rows end, in bytes."""
    if not metadata.num_row_groups:
        return 0
    last = metadata.row_group(metadata.num_row_groups - 1)
    columns = (last.column(at) for at in range(last.num_columns))
    return max((_begin(each) + each.total_compressed_size for each in columns), default=0)


def _begin(column: Any) -> int:
    """Where the pages of a column begin, those of a dictionary first."""
    pages: int = column.data_page_offset
    return min(pages, column.dictionary_page_offset or pages)


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    # as bytes: a name that is no text has no other
    with (
        pa.OSFile(os.fsencode(path)) as bytes_,
        pq.ParquetFile(bytes_, pre_buffer=False, buffer_size=_BUFFER) as file,
    ):
        yield file


def _batches(path: Path, rows: int) -> Batches:
    with _opened(path) as file:
        # one thread: more of them cost a tenth of the time of decoding
        yield from file.iter_batches(batch_size=rows, use_threads=False)


def _members(folder: Path) -> list[Path]:
    """Files of a folder but those that engines hide or mark, such as ``_SUCCESS``."""
    inside = read(lambda: [*folder.iterdir()], folder.name, "cannot be read")
    shown = sorted(each for each in inside if each.name[0] not in "._")
    strange = [each for each in shown if each.suffix.lower() not in PARQUET or not each.is_file()]
    if strange:
        rule = f"a folder of Parquet files is needed, and {strange[0].name} is none"
        raise TableError(Problem(file=folder.name, rule=rule))
    if not shown:
        raise TableError(Problem(file=folder.name, rule="the folder has no Parquet file"))
    return shown
