"""CSV: the columns of items are answers, all others stay the text that they are."""

import csv
from collections.abc import Iterator, Sequence
from io import BytesIO, TextIOWrapper
from itertools import chain

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.csv as pc  # type: ignore[import-untyped]

from therapeutic_alliance.errors import Problem, TableError
from therapeutic_alliance.frames.sources.answer_cells import AnswerCells
from therapeutic_alliance.frames.sources.broken import told
from therapeutic_alliance.frames.sources.csv_records import BrokenCsvError, Records
from therapeutic_alliance.frames.sources.places import CsvFile
from therapeutic_alliance.frames.sources.source import Batches, Source
from therapeutic_alliance.frames.sources.utf8 import utf8_blocks
from therapeutic_alliance.scoring.cells import AnswerReader, unguarded

_UNREADABLE = "cannot be read as a table of cells"
_ENCODING = "not text in the encoding that was said (default: UTF-8)"


def csv_file(file: CsvFile, items: Sequence[str], words: Sequence[str]) -> Source:
    """A CSV file with a heading.

    ``items`` are the columns of answers; ``words`` stand there for not answered, such as
    ``missed``.
    """
    names = _Reader(file).heading()
    kinds = [pa.float64() if name in items else pa.string() for name in names]
    return Source(
        name=file.path.name,
        schema=pa.schema([*zip(names, kinds, strict=True)]),
        batches=lambda _rows: _Reader(file).batches(),
        cells=AnswerCells(
            columns=tuple(name for name in names if name in items),
            reader=AnswerReader(decimal=file.decimal, missing=frozenset(words)),
        ),
    )


class _Reader:
    """Reads a file once, from its beginning."""

    def __init__(self, file: CsvFile) -> None:
        self._file = file
        blocks = utf8_blocks(file.path, file.encoding)
        self._pieces = Records(file.delimiter).pieces(blocks)
        self._done = -1
        """Rows that were read; the heading is none."""
        if file.path.exists() and not file.path.is_file():  # a pipe can be read only once
            raise self._error("cannot be read: not a regular file")

    def heading(self) -> list[str]:
        """The names of the columns."""
        return self._first()[0]

    def batches(self) -> Batches:
        """The rows, each cell as text."""
        names, first = self._first()
        for piece in chain([first], iter(self._next, None)):
            table = self._table(piece, names)
            self._done += len(table)
            yield from table.to_batches()

    def _first(self) -> tuple[list[str], bytes]:
        """The heading, read as that of a scores table, and all records of the piece it is in."""
        while (piece := self._next()) is not None:
            if names := next(self._records(piece), None):
                return [unguarded(name.strip()) for name in names], piece.lstrip(b"\r\n")
        raise self._error("the file is empty")

    def _next(self) -> bytes | None:
        name, rule, before = self._file.path.name, _ENCODING, b""
        try:
            return told(lambda: next(self._pieces, None), name, _UNREADABLE, OSError)
        except BrokenCsvError as fault:
            rule, before = str(fault), fault.before
        except UnicodeError:
            pass
        raise self._error(rule, len([*self._records(before + b"x")]) - 1)

    def _table(self, piece: bytes, names: list[str]) -> pa.Table:
        """The rows of a piece."""
        heading = self._done < 0
        options = pc.ReadOptions(
            block_size=len(piece), column_names=names, skip_rows_after_names=int(heading)
        )
        parse = pc.ParseOptions(delimiter=self._file.delimiter, newlines_in_values=True)
        as_text = pc.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), check_utf8=False
        )
        try:
            table = pc.read_csv(pa.BufferReader(piece), options, parse, as_text)
        except pa.ArrowException:
            table = None
        if table is None:
            raise self._uneven(piece, len(names))
        self._done += heading
        return table

    def _uneven(self, piece: bytes, width: int) -> TableError:
        """The error that names the first record with more or fewer cells than the heading."""
        for at, cells in enumerate(self._records(piece)):
            if len(cells) != width:
                return self._error(f"{len(cells)} cells where the heading has {width}", at)
        return self._error(_UNREADABLE)

    def _records(self, piece: bytes) -> Iterator[list[str]]:
        """One after the other, without blank lines."""
        text = TextIOWrapper(BytesIO(piece), encoding="utf-8", newline="")
        try:
            yield from filter(None, csv.reader(text, delimiter=self._file.delimiter))
        except csv.Error:
            pass
        else:
            return
        raise TableError(Problem(file=self._file.path.name, rule=_UNREADABLE))

    def _error(self, rule: str, at: int = 0) -> TableError:
        """With the row of a record that comes so many after those that were read."""
        row = self._done + at
        return TableError(
            Problem(file=self._file.path.name, row=row if row >= 0 else None, rule=rule)
        )
