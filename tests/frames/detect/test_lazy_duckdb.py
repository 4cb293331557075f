"""What DuckDB alone has: types that Python changes, numbers of 128 bits, names, settings."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

import therapeutic_alliance as ta
from tests.frames.detect import told

WINDOW = ta.Registry().detector("rci-drop")
BY_ROWS = ta.Registry().detector("eb-z", cohort=ta.CohortConstants.illustrative())
BOTH = pytest.mark.parametrize("detector", [WINDOW, BY_ROWS], ids=lambda each: each.id)
ROWS = (
    "SELECT 'a' AS clinic, 1 AS \"case\", i AS session, (6 - i)::DOUBLE AS score "
    "FROM range(1, 4) t (i)"
)
REFUSED = (ta.TableError, duckdb.InvalidInputException)


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def made(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Tables and views of the caller."""
    query = (
        "SELECT table_name FROM duckdb_tables() UNION "
        "SELECT view_name FROM duckdb_views() WHERE NOT internal"
    )
    return {name for (name,) in connection.execute(query).fetchall()}


def test_types_of_columns_that_went_through_memory_are_kept(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    relation = connection.sql(
        'SELECT \'a\' AS clinic, 1 AS "case", i::UTINYINT AS "session", 4.5::FLOAT AS score,'
        " uuid() AS u, 170141183460469231731687303715884105727::HUGEINT AS h,"
        " 'x'::ENUM ('x', 'y') AS e, INTERVAL 3 DAY AS v, {'a': [1]} AS s, NULL AS n"
        " FROM range(1, 4) t (i)"
    )
    kept = told.detect(relation, BY_ROWS)
    assert kept.columns[:10] == relation.columns
    assert kept.types[:10] == relation.types
    assert kept.project("h, e, v, s").fetchall() == relation.project("h, e, v, s").fetchall()


@pytest.mark.parametrize(
    "value",
    [
        "'0101'::BIT",
        "'12:00:00+05:30'::TIMETZ",
        "['12:00:00+05:30'::TIMETZ]",
        "{'a': MAP {'k': '0101'::BIT}}",
        "['0101'::BIT]::BIT[1]",
        "340282366920938463463374607431768211455::UHUGEINT",
        "1::BIGNUM",
    ],
)
def test_types_that_python_would_change_are_refused_by_name(
    connection: duckdb.DuckDBPyConnection, value: str
) -> None:
    relation = connection.sql(ROWS).project(f'*, {value} AS "a""b"')
    with pytest.raises(ta.TableError, match=r'column "a"b": .* does not come back') as error:
        told.detect(relation, BY_ROWS)
    assert "35211455" not in str(error.value)
    window = told.detect(relation, WINDOW)
    assert window.project('"a""b"').fetchall() == relation.project('"a""b"').fetchall()
    told.detect(relation.project('* REPLACE ("a""b"::VARCHAR AS "a""b")'), BY_ROWS)


@BOTH
@pytest.mark.parametrize("wide", ["HUGEINT", "UHUGEINT"])
def test_numbers_of_128_bits_are_numbers(
    connection: duckdb.DuckDBPyConnection, detector: Any, wide: str
) -> None:
    """As ``sum`` makes them of whole numbers."""
    relation = connection.sql(ROWS)
    cast = f"* REPLACE (session::{wide} AS session, score::{wide} AS score)"
    found = told.detect(relation.project(cast), detector)
    assert [str(kind) for kind in found.types[2:4]] == [wide, wide]
    want = told.detect(relation, detector).order("session").fetchall()
    assert found.order("session").fetchall() == want


@BOTH
@pytest.mark.parametrize(
    "session", ["'9223372036854775808'::UBIGINT", "31337000000000000000000::HUGEINT", "31337e300"]
)
def test_sessions_without_room_are_refused_in_the_words_of_the_rule(
    connection: duckdb.DuckDBPyConnection, detector: Any, session: str
) -> None:
    relation = connection.sql(ROWS).project(f"* REPLACE ({session} AS session)")
    with pytest.raises(REFUSED, match="session number is a whole number from 1") as error:
        told.detect(relation, detector).fetchall()
    assert not any(secret in str(error.value) for secret in ("31337", "9223372036854775808"))


@pytest.mark.parametrize("kind", ["TABLE", "VIEW", "TEMP VIEW", "TEMP TABLE"])
@pytest.mark.parametrize("name", ["rows", "view"])
def test_no_table_of_the_caller_is_read_or_replaced(
    connection: duckdb.DuckDBPyConnection, kind: str, name: str
) -> None:
    taken = f"Therapeutic_Alliance_{name}"
    connection.execute(f"CREATE {kind} {taken} AS SELECT 31337 AS mine")
    with pytest.raises(ta.TableError, match=f"view {taken.lower()}: rename it"):
        told.detect(connection.sql(ROWS), BY_ROWS)
    assert connection.table(taken).fetchall() == [(31337,)]


def test_nothing_is_left_in_the_database(connection: duckdb.DuckDBPyConnection) -> None:
    """Two results live side by side."""
    connection.execute(f"CREATE TABLE visits AS {ROWS}")
    one = told.detect(connection.table("visits"), BY_ROWS)
    two = told.detect(connection.table("visits").filter("session > 1"), BY_ROWS)
    assert (len(one.fetchall()), len(two.fetchall())) == (3, 2)
    assert made(connection) == {"visits"}


def _without_replacements(folder: Path) -> duckdb.DuckDBPyConnection:  # noqa: ARG001
    connection = duckdb.connect()
    connection.execute("SET python_enable_replacements = false")
    return connection


def _without_external_access(folder: Path) -> duckdb.DuckDBPyConnection:  # noqa: ARG001
    return duckdb.connect(config={"enable_external_access": "false"})


def _read_only(folder: Path) -> duckdb.DuckDBPyConnection:
    duckdb.connect(folder / "a.duckdb").close()
    return duckdb.connect(folder / "a.duckdb", read_only=True)


@pytest.mark.parametrize("opened", [_without_replacements, _without_external_access, _read_only])
def test_what_keeps_duckdb_from_reading_the_rows_is_named_with_a_way_out(
    opened: Callable[[Path], duckdb.DuckDBPyConnection], tmp_path: Path
) -> None:
    """Version 2 takes a database that is only read."""
    with opened(tmp_path) as connection:
        relation = connection.sql(ROWS)
        try:
            rows = told.detect(relation, BY_ROWS).fetchall()
        except ta.TableError as error:
            assert "enable_external_access" in str(error)  # noqa: PT017
            assert error.__context__ is None  # noqa: PT017
        else:
            assert opened is _read_only
            assert len(rows) == 3
        assert told.detect(relation.to_arrow_table(), BY_ROWS).num_rows == 3
