"""A table of a DuckDB database file, opened for reading only."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from therapeutic_alliance.errors import MissingExtraError, Problem, TableError
from therapeutic_alliance.frames.sources.broken import told
from therapeutic_alliance.frames.sources.places import DuckTable
from therapeutic_alliance.frames.sources.source import Batches, Source

_BROKEN = "cannot be read as a DuckDB database, or another program writes to it"


def duckdb_table(place: DuckTable) -> Source:
    """Its rows, in the order in which they were put in."""
    try:
        import duckdb
    except ImportError:
        raise MissingExtraError.of("a DuckDB table needs", "duckdb") from None
    name, faults = place.path.name, duckdb.Error
    told(place.path.stat, name, _BROKEN, OSError)
    found = told(lambda: _looked_at(place), name, _BROKEN, faults)
    if found is None:
        raise TableError(Problem(file=name, rule="the database has no such table"))
    schema, total = found

    def batches(rows: int) -> Batches:
        read = _batches(place, rows)
        while (batch := told(lambda: next(read, None), name, _BROKEN, faults)) is not None:
            yield batch

    return Source(name=name, schema=schema, total=total, batches=batches)


def _looked_at(place: DuckTable) -> tuple[Any, int] | None:
    """Columns and number of rows; ``None`` if there is no such table."""
    import duckdb

    if not all(place.table.split(".")):
        return None
    with _connected(place) as connection:
        try:
            table = _table(connection, place)
        except duckdb.CatalogException:
            return None
        [[total]] = table.aggregate("count(*)").fetchall()
        return _reader(table, 1).schema, total


def _batches(place: DuckTable, rows: int) -> Batches:
    with _connected(place) as connection:
        yield from _reader(_table(connection, place), rows)


def _table(connection: Any, place: DuckTable) -> Any:
    """Its columns and rows; each part of the name is quoted, so that it can be nothing else."""
    quoted = (part.replace('"', '""') for part in place.table.split("."))
    return connection.sql("from " + ".".join(f'"{part}"' for part in quoted))


def _reader(table: Any, rows: int) -> Any:
    """Rows while they are computed; releases of DuckDB differ in the method's name."""
    read = getattr(table, "to_arrow_reader", None) or table.fetch_record_batch
    return read(rows)


@contextmanager
def _connected(place: DuckTable) -> Iterator[Any]:
    import duckdb

    with duckdb.connect(str(place.path), read_only=True) as connection:
        yield connection
