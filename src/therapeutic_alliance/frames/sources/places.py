"""Where columns come from and where they can go: told by the ending of a name."""

from os import PathLike
from os.path import realpath
from pathlib import Path

from attrs import field, frozen

from therapeutic_alliance.errors import AllianceError, Problem

PARQUET = (".parquet", ".pq")
ARROW = (".arrow", ".feather", ".ipc")
DUCKDB = (".duckdb",)
TEXT = (".csv", ".tsv", ".tab", ".txt")
COLUMNAR = (*PARQUET, *ARROW, *DUCKDB)
"""Endings of files that hold columns."""
WRITTEN = (*PARQUET, *ARROW, ".csv")
"""Endings that an output can have."""


def _dialect(file: "CsvFile", _: object, __: object) -> None:
    """Raise :class:`AllianceError` for marks that are none, or an unknown encoding."""
    delimiter = file.delimiter
    if not (isinstance(delimiter, str) and len(delimiter) == 1 and delimiter.isascii()):
        raise AllianceError("delimiter: one character of ASCII is needed")
    if delimiter in '"\r\n\0':
        raise AllianceError("delimiter: a quote or a line end is none")
    if file.decimal not in (".", ","):
        raise AllianceError("decimal: a point or a comma is needed")
    if not _is_encoding(file.encoding):
        raise AllianceError("encoding: no such encoding of text files")


def _is_encoding(name: str) -> bool:
    try:
        "a".encode(name)
    except (LookupError, TypeError, ValueError):
        return False
    return True


@frozen
class CsvFile:
    """A CSV file, and how it is written.

    The delimiter may be the decimal mark, too, in files where such answers are quoted. Raises
    :class:`AllianceError` for marks that are none, and an unknown encoding.

    >>> CsvFile("answers.csv", delimiter=";", decimal=",").delimiter
    ';'
    """

    path: Path = field(converter=Path)
    delimiter: str = field(kw_only=True)
    """Column separator, one character; default: tab for ``.tsv`` and ``.tab``, else comma."""
    decimal: str = field(default=".", kw_only=True)
    """Decimal mark, ``.`` or ``,``."""
    encoding: str = field(default="utf-8", kw_only=True, validator=_dialect)
    """Of its text, as Python calls it; UTF-8 with or without a byte order mark by default."""

    @delimiter.default
    def _by_name(self) -> str:
        return "\t" if self.path.suffix.lower() in (".tsv", ".tab") else ","


@frozen
class DuckTable:
    """A table, or a view, of a DuckDB database file.

    >>> DuckTable("warehouse.duckdb", "forms").table
    'forms'
    """

    path: Path = field(converter=Path)
    table: str
    """Its name; one in a schema as ``schema.name``, or as ``"schema"."name"``."""


Place = Path | CsvFile | DuckTable


def place_of(source: str | Place) -> Place:
    """What is named, by its ending: a folder or a file that says itself how it is to be read.

    Raises :class:`AllianceError` for an ending that no reader here has, and for what is no path.
    """
    if isinstance(source, CsvFile | DuckTable):
        return source
    path = path_of(source, "source: the path of a file of columns, a CsvFile or a DuckTable")
    suffix = path.suffix.lower()
    if path.is_dir() or suffix in (*PARQUET, *ARROW):
        return path
    if suffix in TEXT:
        return CsvFile(path)
    rule = f"not a file of columns by its name: a folder, {', '.join((*COLUMNAR, *TEXT))}"
    if suffix in DUCKDB:
        rule = "a database: name the table in it (DuckTable, or --table)"
    raise AllianceError(Problem(file=path.name, rule=rule))


def path_of(given: str | PathLike[str], what: str) -> Path:
    """A path; :class:`AllianceError` that says what is needed if it is none."""
    if not isinstance(given, str | PathLike):
        raise AllianceError(f"{what} is needed")
    return Path(given)


def check_out(place: Place, out: Path) -> None:
    """Raise :class:`AllianceError` if the output would have no known kind, or replace the input."""
    source = place if isinstance(place, Path) else place.path
    if out.suffix.lower() not in WRITTEN:
        rule = f"not a file of columns by its name: {', '.join(WRITTEN)}"
        raise AllianceError(Problem(file=out.name, rule=rule))
    same = out.exists() and source.exists() and out.samefile(source)
    real = Path(realpath(out))  # Path.resolve has no answer for a link to itself
    if same or Path(realpath(source)) in (real, real.parent):
        raise AllianceError(Problem(file=out.name, rule="the output is the input, or lies in it"))
