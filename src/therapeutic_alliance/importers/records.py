"""Records of a CSV or TSV file with the row on which each begins."""

import csv
from collections.abc import Iterator
from pathlib import Path

from therapeutic_alliance.errors import Problem, TableError
from therapeutic_alliance.importers.lines import MAX_LINE, lines, opened
from therapeutic_alliance.importers.mapping import TableMap

MAX_CELLS = 10_000
Record = tuple[int, list[str]]
"""Row (line) number, and cells."""


def records(path: Path, table: TableMap) -> Iterator[Record]:
    """Header first; blank lines are left out. Raises :class:`TableError` with the row.

    A cell holds at most 128 KiB, a line or a record of several lines 1 MiB, in 10,000 cells.
    """
    delimiter = table.delimiter or ("\t" if path.suffix in (".tsv", ".tab") else ",")
    with opened(path, table.encoding) as file:
        limited = _Limited(lines(file, path.name, table.encoding), path.name)
        reader = csv.reader(limited, delimiter=delimiter, strict=True)
        while (cells := _next(reader, path.name, limited.row)) is not None:
            if len(cells) > MAX_CELLS:
                rule = f"more than {MAX_CELLS} cells"
                raise TableError(Problem(file=path.name, row=limited.row, rule=rule))
            if any(cells):
                yield limited.row, cells
            limited.begin(reader.line_num + 1)


class _Limited:
    """Lines, refused once those of one record are too many; its quotes may never close."""

    def __init__(self, given: Iterator[str], name: str) -> None:
        self._given = given
        self._name = name
        self.begin(1)

    def begin(self, row: int) -> None:
        """A record begins at this row."""
        self.row = row
        self._held = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._given:
            self._held += len(line)
            if self._held > MAX_LINE:
                rule = f"a record longer than {MAX_LINE} characters: are its quotes closed?"
                raise TableError(Problem(file=self._name, row=self.row, rule=rule))
            yield line


def _next(reader: "Iterator[list[str]]", name: str, row: int) -> list[str] | None:
    try:
        return next(reader, None)
    except csv.Error as fault:
        rule = (
            "a cell is too long"
            if "limit" in str(fault)
            else "a quoted cell is not closed properly"
        )
    raise TableError(Problem(file=name, row=row, rule=rule))
