"""Batches of an even size, whatever size they are read in."""

from collections.abc import Iterator

import pyarrow as pa  # type: ignore[import-untyped]

from therapeutic_alliance.frames.sources.source import Batches

ROWS = 1 << 17
"""Of a batch, and of a row group that is written."""
_CELLS = 1 << 23
"""At most in a batch: about 64 MiB of numbers."""


def rows_at_once(columns: int) -> int:
    """How many rows a batch has, so that wide tables need no more memory than narrow ones."""
    return max(1 << 10, min(ROWS, _CELLS // max(1, columns)))


def evenly(batches: Batches, rows: int) -> Iterator[pa.RecordBatch]:
    """The same rows in batches of ``rows`` at most; small ones are put together.

    >>> import pyarrow as pa
    >>> sizes = [2, 0, 9, 1]
    >>> batches = (pa.record_batch({"x": pa.array(range(size))}) for size in sizes)
    >>> [len(batch) for batch in evenly(batches, 4)]
    [4, 4, 4]
    """
    held: list[pa.RecordBatch] = []
    room = rows
    for batch in batches:
        start = 0
        while len(batch) - start >= room:
            yield _one([*held, batch.slice(start, room)])
            start, held, room = start + room, [], rows
        if start < len(batch):
            held.append(batch.slice(start))
            room -= len(batch) - start
    if held:
        yield _one(held)


def _one(batches: list[pa.RecordBatch]) -> pa.RecordBatch:
    if len(batches) == 1:
        return batches[0]
    [batch] = pa.Table.from_batches(batches).combine_chunks().to_batches()
    return batch
