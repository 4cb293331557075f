"""A table of a DuckDB database file, opened for reading only."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import pyarrow as pa  # type: ignore[import-untyped]

from therapeutic_alliance.errors import MissingExtraError, Problem, TableError
from therapeutic_alliance.frames.duckdb_columns import (
    HUGE,
    changed,
    kinds,
    quoted,
    replaced,
    types_of,
)
from therapeutic_alliance.frames.sources.broken import told
from therapeutic_alliance.frames.sources.catalogue import Table, table_of
from therapeutic_alliance.frames.sources.places import DuckTable
from therapeutic_alliance.frames.sources.source import Batches, Source

T = TypeVar("T")
_BROKEN = "cannot be read as a DuckDB database, or another program writes to it"
_DIGITS = "a whole number of more than 38 digits: cast it in a view, as to VARCHAR"


def duckdb_table(place: DuckTable, items: Sequence[str]) -> Source:
    """Its rows, in the order in which they were put in; ``items`` are columns of answers."""
    try:
        import duckdb
    except ImportError:
        raise MissingExtraError.of("a DuckDB table needs", "duckdb") from None
    name = place.path.name
    told(place.path.stat, name, _BROKEN, OSError)
    table = told(lambda: _found(place), name, _BROKEN, duckdb.Error)
    if table is None:
        rule = f'the database has no table or view "{place.table}"'
        raise TableError(Problem(file=name, rule=rule))
    unreadable = f'the {table.kind} "{place.table}" cannot be read: see what DuckDB says of it'

    def read(call: Callable[[], T]) -> T:
        return told(call, name, unreadable, duckdb.Error, pa.ArrowException, OSError)

    schema, total, huge = read(lambda: _looked_at(place, table, items))

    def batches(rows: int) -> Batches:
        given = _batches(place, table, items, rows)
        while (batch := read(lambda: next(given, None))) is not None:
            for column in huge:
                _check_digits(batch, column, name)
            yield batch

    return Source(name=name, schema=schema, total=total, batches=batches)


def _found(place: DuckTable) -> Table | None:
    with _connected(place) as connection:
        return table_of(connection, place.table)


def _looked_at(
    place: DuckTable, table: Table, items: Sequence[str]
) -> tuple[pa.Schema, int, list[str]]:
    """Columns, number of rows, and columns with numbers that may have too many digits."""
    with _connected(place) as connection:
        given = _relation(connection, table, items, place)
        [[total]] = given.aggregate("count(*)").fetchall()
        huge = [column for column, type_ in types_of(given).items() if "hugeint" in kinds(type_)]
        return _reader(given, 1).schema, total, huge


def _batches(place: DuckTable, table: Table, items: Sequence[str], rows: int) -> Batches:
    with _connected(place) as connection:
        yield from _reader(_relation(connection, table, items, place), rows)


def _relation(connection: Any, table: Table, items: Sequence[str], place: DuckTable) -> Any:
    """Its columns and rows; whole numbers of 128 bits in those of answers as doubles.

    Raises :class:`TableError` for each column which would come out as something else.
    """
    whole = connection.sql(f"from {table.quoted}")
    huge = {name for name, type_ in types_of(whole).items() if name in items and type_.id in HUGE}
    given = replaced(whole, {name: f"cast({quoted(name)} as double)" for name in huge})
    rule, file = "cast it in a view, as to VARCHAR", place.path.name
    problems = [
        Problem(file=file, column=at, rule=f"{lost}: {rule}") for at, lost in changed(given)
    ]
    if problems:
        raise TableError(problems)
    return given


def _check_digits(batch: pa.RecordBatch, column: str, file: str) -> None:
    """Raise :class:`TableError` for a number that has more digits than its type has."""
    try:
        batch[column].validate(full=True)
    except pa.ArrowInvalid:
        pass
    else:
        return
    raise TableError(Problem(file=file, column=column, rule=_DIGITS))


def _reader(table: Any, rows: int) -> Any:
    """Rows while they are computed; releases of DuckDB differ in the method's name."""
    read = getattr(table, "to_arrow_reader", None) or table.fetch_record_batch
    return read(rows)


@contextmanager
def _connected(place: DuckTable) -> Iterator[Any]:
    import duckdb

    with duckdb.connect(str(place.path), read_only=True) as connection:
        yield connection
