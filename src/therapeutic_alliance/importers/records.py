"""Records of a CSV or TSV file with the row on which each begins."""

import csv
from collections.abc import Iterator
from pathlib import Path

from therapeutic_alliance.errors import Problem, TableError
from therapeutic_alliance.importers.lines import lines, opened
from therapeutic_alliance.importers.mapping import TableMap

Record = tuple[int, list[str]]
"""Row (line) number, and cells."""


def records(path: Path, table: TableMap) -> Iterator[Record]:
    """Header first; blank lines are left out. Raises :class:`TableError` with the row.

    A cell holds at most 128 KiB, a line 1 MiB.
    """
    delimiter = table.delimiter or ("\t" if path.suffix in (".tsv", ".tab") else ",")
    with opened(path, table.encoding) as file:
        reader = csv.reader(
            lines(file, path.name, table.encoding), delimiter=delimiter, strict=True
        )
        row = 1
        while (cells := _next(reader, path.name, row)) is not None:
            if any(cells):
                yield row, cells
            row = reader.line_num + 1


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
