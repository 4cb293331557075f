"""Forms and items are told apart by the bytes of their text, whatever an engine thinks."""

from collections.abc import Iterator

import duckdb
import pytest

import therapeutic_alliance as ta

MEASURE = ta.Registry().measure("arm-5")
LONG = ta.frames.LongTable(by=("who", "session"))
ANSWERS = [
    *(("Ab", 1, item, 6) for item in "123"),
    *(("aB", 1, item, 5) for item in "45"),
    *(("é", 2, item, 4) for item in "12345"),
    (None, 2, "1", 3),
]
TABLES = {
    "of the column": "CREATE TABLE answers "
    "(who VARCHAR COLLATE nocase, session INT, item VARCHAR COLLATE nocase, answer INT)",
    "of the database": "SET default_collation = 'nocase'; "
    "CREATE TABLE answers (who VARCHAR, session INT, item VARCHAR, answer INT)",
    "none": "CREATE TABLE answers (who VARCHAR, session INT, item VARCHAR, answer INT)",
}


@pytest.fixture(params=[*TABLES.values()], ids=[*TABLES])
def connection(request: pytest.FixtureRequest) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(request.param)
        yield connection


def test_forms_are_those_of_frames_in_memory(connection: duckdb.DuckDBPyConnection) -> None:
    """And their keys keep their collation."""
    connection.executemany("INSERT INTO answers VALUES (?, ?, ?, ?)", ANSWERS)
    answers = connection.table("answers")
    found = ta.score_frame(MEASURE, answers, LONG, invalid="null-and-count")
    want = ta.score_frame(MEASURE, answers.pl(), LONG, invalid="null-and-count")
    assert sorted(found.fetchall(), key=repr) == sorted(want.rows(), key=repr)
    before, after = (each.filter("who = 'AB'").project("who") for each in (answers, found))
    assert set(after.fetchall()) == set(before.fetchall())


def test_items_are_those_of_frames_in_memory(connection: duckdb.DuckDBPyConnection) -> None:
    """An answer to ``A`` is none to item ``a``."""
    measure = ta.Measure(
        id="x",
        version="1",
        name="x",
        raters=("client",),
        items=("a", "b"),
        scale=ta.Scale(low=1, high=7),
        scores=(ta.ScoreRule(id="total", items=("a", "b"), aggregate="sum"),),
    )
    rows = [("c", 1, "a", 6), ("c", 1, "A", 5), ("c", 1, "b", 4)]
    connection.executemany("INSERT INTO answers VALUES (?, ?, ?, ?)", rows)
    answers = connection.table("answers")
    found = ta.score_frame(measure, answers, LONG, invalid="null-and-count")
    want = ta.score_frame(measure, answers.pl(), LONG, invalid="null-and-count")
    assert found.fetchall() == want.rows()
    assert found.project("x_stray").fetchall() == [(1,)]
