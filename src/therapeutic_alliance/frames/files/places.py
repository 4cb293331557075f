"""Where columns come from and where they can go: told by the ending of a name."""

from pathlib import Path

from attrs import field, frozen

from therapeutic_alliance.errors import AllianceError, MissingExtraError, Problem

PARQUET = (".parquet", ".pq")
ARROW = (".arrow", ".feather", ".ipc")
DUCKDB = (".duckdb",)
TEXT = (".csv", ".tsv", ".tab", ".txt")
COLUMNAR = (*PARQUET, *ARROW, *DUCKDB)
"""Endings of files that hold columns."""
WRITTEN = (*PARQUET, *ARROW, ".csv")
"""Endings that an output can have."""


@frozen
class CsvFile:
    """A CSV file, and how it is written.

    >>> CsvFile("answers.csv", delimiter=";", decimal=",").delimiter
    ';'
    """

    path: Path = field(converter=Path)
    delimiter: str = field(kw_only=True)
    """Column separator; default: tab for ``.tsv`` and ``.tab``, else comma."""
    decimal: str = field(default=".", kw_only=True)
    """Decimal mark, ``.`` or ``,``."""
    encoding: str = field(default="utf-8", kw_only=True)

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
    """Its name; one in a schema as ``schema.name``."""


Place = Path | CsvFile | DuckTable


def place_of(source: str | Place) -> Place:
    """What is named, by its ending: a folder or a file that says itself how it is to be read.

    Raises :class:`AllianceError` for an ending that no reader here has.
    """
    if isinstance(source, CsvFile | DuckTable):
        return source
    path = Path(source)
    suffix = path.suffix.lower()
    if path.is_dir() or suffix in (*PARQUET, *ARROW):
        return path
    if suffix in TEXT:
        return CsvFile(path)
    rule = f"not a file of columns by its name: a folder, {', '.join((*COLUMNAR, *TEXT))}"
    if suffix in DUCKDB:
        rule = "a database: name the table in it (DuckTable, or --table)"
    raise AllianceError(Problem(file=path.name, rule=rule))


def check_out(place: Place, out: Path) -> None:
    """Raise :class:`AllianceError` if the output would have no known kind, or replace the input."""
    source = place if isinstance(place, Path) else place.path
    if out.suffix.lower() not in WRITTEN:
        rule = f"not a file of columns by its name: {', '.join(WRITTEN)}"
        raise AllianceError(Problem(file=out.name, rule=rule))
    same = out.exists() and source.exists() and out.samefile(source)
    if same or source.resolve() in (out.resolve(), out.resolve().parent):
        raise AllianceError(Problem(file=out.name, rule="the output is the input, or lies in it"))


def needs(extra: str) -> MissingExtraError:
    """The error that names the extra of this distribution which files need."""
    hint = f"pip install 'therapeutic-alliance[{extra}]'"
    what = {"files": "files of columns need", "duckdb": "a DuckDB table needs"}[extra]
    return MissingExtraError(f"{what} the extra: {hint}")
