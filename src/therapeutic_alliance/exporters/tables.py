"""Rows to CSV, TSV and JSON text."""

import csv
import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol, TextIO

from therapeutic_alliance.errors import AllianceError

_FORMULA = re.compile(r"'*[=+\-@\t\r\0]")

Row = Mapping[str, Any]


class TableWriter(Protocol):
    """Writes rows of the same columns, one at a time, and closes what it opened."""

    def row(self, row: Row) -> None:
        """Write one row."""

    def end(self) -> None:
        """Write what comes after the last row."""


def guarded(value: object) -> object:
    """Text that a spreadsheet would run as a formula gets one quote; numbers are untouched.

    >>> guarded("=1+1"), guarded("'-x"), guarded(-3), guarded("c1")
    ("'=1+1", "''-x", -3, 'c1')
    """
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


class _LineFeeds:
    """Ends rows with a line feed; the csv module quotes a carriage return only if it ends them."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, row: str) -> None:
        """Write one row."""
        self._file.write(row.removesuffix("\r\n") + "\n")


class CsvWriter:
    """RFC 4180 quoting, line feeds, dot decimals, empty cells for what is not known."""

    def __init__(self, file: TextIO, columns: Sequence[str], delimiter: str = ",") -> None:
        self._columns = columns
        self._writer = csv.writer(_LineFeeds(file), delimiter=delimiter, lineterminator="\r\n")
        self._writer.writerow(map(guarded, columns))

    def row(self, row: Row) -> None:
        """Write one row; whole numbers are written without a point."""
        self._writer.writerow([_cell(row[column]) for column in self._columns])

    def end(self) -> None:
        """Nothing comes after the last row."""


class JsonWriter:
    """A JSON array with one object a line."""

    def __init__(self, file: TextIO, columns: Sequence[str]) -> None:
        self._file = file
        self._columns = columns
        self._before = "[\n"

    def row(self, row: Row) -> None:
        """Write one object."""
        text = json.dumps(
            {column: row[column] for column in self._columns}, allow_nan=False, ensure_ascii=False
        )
        self._file.write(self._before + text)
        self._before = ",\n"

    def end(self) -> None:
        """Close the array."""
        self._file.write("[]\n" if self._before == "[\n" else "\n]\n")


def writer_for(suffix: str, file: TextIO, columns: Sequence[str]) -> TableWriter:
    """The writer that fits a file's suffix: ``.csv``, ``.tsv``, ``.json``.

    Raises :class:`AllianceError` for any other.
    """
    if suffix == ".json":
        return JsonWriter(file, columns)
    if suffix in (".csv", ".tsv"):
        return CsvWriter(file, columns, "\t" if suffix == ".tsv" else ",")
    raise AllianceError("an output file ends in .csv, .tsv or .json")


def _cell(value: object) -> object:
    if isinstance(value, str):
        return _guarded_text(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


@lru_cache(maxsize=4096)
def _guarded_text(value: str) -> object:
    """The same few texts stand in most rows."""
    return guarded(value)
