"""Detectors on frames that engines compute later: what ``flags`` says, bit for bit."""

from collections.abc import Callable
from itertools import pairwise
from math import nan
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.frames.detect import told
from tests.frames.detect.invented import Lowest, RciDropOfMine, Steps
from tests.frames.detect.told import NAMES, Row, Told
from tests.frames.detect.windowed import WINDOWS

ONLINE = told.online()
SCHEMA = {
    "row": pl.Int64,
    "clinic": pl.String,
    "case": pl.Int32,
    "session": pl.Int16,
    "score": pl.Float64,
    "total": pl.Float64,
    "note": pl.String,
}
Engine = Callable[[list[Row], Any], list[Told]]


def polars(rows: list[Row]) -> pl.DataFrame:
    return pl.DataFrame(rows, SCHEMA, orient="row")


def default(rows: list[Row], detector: Any) -> list[Told]:
    lazy = told.detect(polars(rows).lazy(), detector)
    assert isinstance(lazy, pl.LazyFrame)
    frame = lazy.collect()
    assert frame.schema == lazy.collect_schema()
    assert frame.select(NAMES).equals(polars(rows))
    return told.found(frame, detector)


def streaming(rows: list[Row], detector: Any) -> list[Told]:
    frame = told.detect(polars(rows).lazy(), detector).collect(engine="streaming")
    return told.found(frame, detector)


def in_duckdb(rows: list[Row], detector: Any) -> list[Told]:
    with duckdb.connect() as connection:
        frame = polars(rows)
        relation = connection.from_arrow(frame.to_arrow())
        detected = told.detect(relation, detector)
        assert isinstance(detected, duckdb.DuckDBPyRelation)
        assert detected.columns[: len(NAMES)] == list(NAMES)
        assert detected.types[: len(NAMES)] == relation.types
        assert list(map(str, detected.types[len(NAMES) :])) == ["BOOLEAN", "DOUBLE", "DOUBLE"]
        back = detected.order("row").pl()
        assert back.select(NAMES).cast(SCHEMA).equals(frame)
        return told.found(back, detector)


ENGINES: tuple[Engine, ...] = (default, streaming, in_duckdb)
SIMULATED = told.simulated(60)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("detector", ONLINE, ids=lambda each: each.id)
def test_online_rules_of_the_library(engine: Engine, detector: Any) -> None:
    want = told.oracle(detector, SIMULATED, told.column_of(detector))
    assert any(flag for flag, _, _ in want)
    assert told.same(engine(SIMULATED, detector), want)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("detector", [Lowest(), Steps(), RciDropOfMine()], ids=lambda each: each.id)
@pytest.mark.filterwarnings("ignore::therapeutic_alliance.frames.PerCaseWarning")
def test_rules_of_plugins(engine: Engine, detector: Any) -> None:
    want = told.oracle(detector, SIMULATED, "score")
    assert told.same(engine(SIMULATED, detector), want)


near = st.sampled_from(
    [3.0, 3.0 + 1e-10, 3.0 + 9e-10, 3.0 + 1e-9, 3.0 + 2e-9, 3.6, 0.1 + 0.2 + 3.3]
)
scores = st.none() | st.just(nan) | near | st.floats(told.LOW, told.HIGH)
courses = st.lists(
    st.lists(st.tuples(st.integers(1, 12), scores), max_size=9, unique_by=lambda each: each[0]),
    max_size=4,
)


@pytest.mark.slow
@given(st.sampled_from(WINDOWS), courses)
def test_window_expressions_are_the_rules(detector: Any, drawn: Any) -> None:
    """Or refuse: where scores creep up by less than the tolerance of comparisons."""
    rows = told.rows(drawn)
    want = told.oracle(detector, rows, told.column_of(detector))
    try:
        found = in_duckdb(rows, detector)
    except duckdb.InvalidInputException as error:
        assert "creep" in str(error)  # noqa: PT017
        assert _creeps(rows, told.column_of(detector))
    else:
        assert told.same(found, want)


def _creeps(rows: list[Row], column: str) -> bool:
    """Whether a case has two different scores that are no more than the tolerance apart."""
    values = sorted(value for each in rows if (value := getattr(each, column)) is not None)
    return any(0 < b - a <= 2 * ta.EPSILON for a, b in pairwise(values))
