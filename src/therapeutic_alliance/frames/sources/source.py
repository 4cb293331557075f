"""A table of columns that is read piece by piece, whatever file it stands in."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

import pyarrow as pa  # type: ignore[import-untyped]
from attrs import field, frozen

from therapeutic_alliance.frames.sources.answer_cells import AnswerCells
from therapeutic_alliance.frames.sources.broken import told

T = TypeVar("T")
Batches = Iterator[pa.RecordBatch]


@frozen(kw_only=True)
class Source:
    """Its columns, and how to come by its rows."""

    name: str
    schema: pa.Schema
    batches: Callable[[int], Batches]
    """Its rows in order, in batches of about so many."""
    total: int | None = None
    """How many rows it has, where that is known beforehand."""
    cells: AnswerCells = field(factory=AnswerCells)
    """Where batches have answers as text, and the schema numbers: how to get from one to the
    other."""
    parts: tuple[tuple[int, str], ...] = ()
    """For a folder: the first row of each file, and the file's name."""
    metadata: tuple[Mapping[bytes, bytes], ...] = ()
    """For a folder: the metadata of each file's schema, in the order of ``parts``."""

    def at(self, row: int) -> tuple[str, int]:
        """File and row in it, both from the row of the whole."""
        if not self.parts:
            return self.name, row
        first, name = self.parts[bisect_right(self.parts, row, key=lambda part: part[0]) - 1]
        return name, row - first


def read(call: Callable[[], T], name: str, rule: str) -> T:
    """What PyArrow gives; :class:`TableError` with the rule if the file is not what it should be.

    An ``OSError`` of the system is told in its own words.
    """
    return told(call, name, rule, OSError, pa.ArrowException, UnicodeError, EOFError)


def guarded(batches: Batches, name: str, rule: str) -> Batches:
    """The batches, each read under the eyes of :func:`read`."""
    while (batch := read(lambda: next(batches, None), name, rule)) is not None:
        yield batch
