"""Frames whose columns are not as they should be, and lazy frames that cannot be refused."""

from typing import Any, assert_type

import duckdb
import narwhals as nw
import pandas as pd  # type: ignore[import-untyped]
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pytest
from narwhals.stable import v1, v2

import therapeutic_alliance as ta
from tests.frames.kinds import ALL, LAZY, MAKES, copied, names, plain, relation, same
from tests.privacy.leaks import leaked

ARM = ta.Registry().measure("arm-5")
ITEMS = [str(n) for n in range(1, 6)]
GOOD: dict[str, list[float | None]] = {item: [4, 4] for item in ITEMS}


def _error(frame: Any, columns: Any = None, **kwargs: Any) -> str:
    with pytest.raises(ta.TableError) as caught:
        ta.score_frame(ARM, frame, columns, **{"invalid": "null-and-count", **kwargs})
    assert not leaked(caught.value, "98321")
    return str(caught.value)


@pytest.mark.parametrize("kind", ALL)
def test_columns_that_are_not_there(kind: str) -> None:
    frame = ALL[kind]({item: GOOD[item] for item in ITEMS[:3]})
    assert _error(frame) == "the frame has no column for item 4, 5; name it in columns"
    named = {"1": "q1", "4": "q4"}
    assert _error(frame, named).splitlines() == [
        'item 1: the frame has no column "q1"',
        'item 4: the frame has no column "q4"',
        "the frame has no column for item 5; name it in columns",
    ]


@pytest.mark.parametrize("kind", ALL)
def test_no_columns_at_all(kind: str) -> None:
    # DuckDB has no relation without columns
    frame = ALL[kind]({"age": [31, 42]} if kind == "duckdb" else {})
    assert _error(frame) == "the frame has no column for item 1, 2, 3, 4, 5; name it in columns"


@pytest.mark.parametrize("kind", ALL)
def test_columns_besides_stay_where_they_are(kind: str) -> None:
    frame = ALL[kind]({"age": [31, None], **GOOD, "6": [98321, 0]})
    before = copied(frame)
    scored = ta.score_frame(ARM, frame, invalid="null-and-count")
    assert names(scored)[:7] == ["age", *ITEMS, "6"]
    assert plain(scored, "6") == [98321, 0]
    assert plain(scored, "arm_5_total") == [4.0, 4.0]
    assert same(frame, before)
    assert names(frame) == ["age", *ITEMS, "6"]


@pytest.mark.parametrize("name", ["3", "age"])
def test_two_columns_of_one_name(name: str) -> None:
    expected = f'the frame has several columns of one name: "{name}"'
    wide = [*ITEMS, "age", name]
    frame = pd.DataFrame([[4] * 7, [98321] * 7], columns=wide)
    assert _error(frame) == expected
    assert _error(pa.table([pa.array([4])] * 7, names=wide)) == expected
    cells = ", ".join(f'4 as "{each}"' for each in wide)
    with duckdb.connect() as connection:
        assert _error(connection.sql(f"select {cells}")) == expected


def test_duckdb_does_not_tell_names_apart_by_small_letters() -> None:
    with duckdb.connect() as connection:
        twice = connection.sql("select 4 as q1, 4 as Q1")
        assert "several columns of one name" in _error(twice)
    taken = relation(pa.table({**GOOD, "ARM_5_TOTAL": [1, 2]}))
    assert _error(taken) == "the frame has a column arm_5_total already: rename it"
    polars = pl.DataFrame({**GOOD, "ARM_5_TOTAL": [1, 2]})
    assert ta.score_frame(ARM, polars)["ARM_5_TOTAL"].to_list() == [1, 2]


def test_labels_of_several_levels() -> None:
    labels = pd.MultiIndex.from_product([["form"], ITEMS])
    frame = pd.DataFrame([[4] * 5], columns=labels)
    expected = "the frame has column labels of several levels: give it one level"
    assert _error(frame) == expected
    assert _error(frame, {item: ("form", item) for item in ITEMS}) == expected


def test_one_label_that_is_a_tuple() -> None:
    frame = pd.DataFrame([[4] * 6], columns=[*ITEMS, ("form", "6")])
    assert _error(frame) == "the frame has a column label that is a tuple: rename it"


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("new", ["total", "total_answered", "invalid", "missing", "uniform"])
def test_a_column_is_never_replaced(kind: str, new: str) -> None:
    frame = ALL[kind]({**GOOD, f"arm_5_{new}": [1, 2]})
    assert _error(frame) == f"the frame has a column arm_5_{new} already: rename it"


@pytest.mark.parametrize(
    ("columns", "rule"),
    [
        ({"9": "1"}, "columns: no item of arm-5: 9; it has 5 items, 1 to 5"),
        ({1: "1"}, "columns: no item of arm-5: 1 (item ids are text); it has 5 items, 1 to 5"),
        ({"1": "2"}, "columns: one column for the items 1, 2"),
        (["1", "2"], "columns: a mapping of item ids to column names is needed"),
        ("1", "columns: a mapping of item ids to column names is needed"),
    ],
)
@pytest.mark.parametrize("kind", ALL)
def test_columns_that_say_something_else(kind: str, columns: Any, rule: str) -> None:
    assert _error(ALL[kind](GOOD), columns) == rule


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("invalid", ["ignore", None, "Raise", True])
def test_another_word_for_invalid(kind: str, invalid: Any) -> None:
    assert _error(ALL[kind](GOOD), invalid=invalid) == "invalid is 'raise' or 'null-and-count'"


@pytest.mark.parametrize("kind", LAZY)
def test_a_lazy_frame_that_should_raise_is_refused_at_once(kind: str) -> None:
    expected = (
        "a lazy frame, or an engine's table, holds no answers yet that could be refused: "
        "give invalid='null-and-count', and look at arm_5_invalid"
    )
    with pytest.raises(ta.TableError) as caught:
        ta.score_frame(ARM, LAZY[kind](GOOD))
    assert str(caught.value) == expected


def test_a_lazy_frame_whose_own_steps_cannot_be_resolved() -> None:
    frame = pl.LazyFrame(GOOD).filter(pl.col("98321") == 98321)
    assert _error(frame) == "the frame's own earlier steps fail: collect it to see where"
    long = ta.frames.LongTable(by="1", item="2", answer="3")
    assert _error(frame, long) == "the frame's own earlier steps fail: collect it to see where"


def test_a_lazy_frame_that_fails_only_when_computed() -> None:
    """The engine's own error, as it would be without scores."""
    cells = pl.LazyFrame({**GOOD, "3": ["4", "often"]})
    scored = ta.score_frame(ARM, cells.with_columns(pl.col("3").cast(pl.Int8)), **COUNT)
    with pytest.raises(pl.exceptions.InvalidOperationError):
        scored.collect()
    table = relation(pa.table({**GOOD, "3": ["4", "often"]}))
    with pytest.raises(duckdb.ConversionException):
        ta.score_frame(ARM, table.project('* replace ("3"::tinyint as "3")'), **COUNT).fetchall()


COUNT: dict[str, Any] = {"invalid": "null-and-count"}
RCI_DROP = ta.Registry().detector("rci-drop")
WHERE: dict[str, Any] = {"by": "case", "order": "t", "score": "x", "low": 1, "high": 5}


@pytest.mark.parametrize("version", [nw, v1, v2], ids=lambda each: each.__name__)
@pytest.mark.parametrize("kind", ALL)
def test_a_frame_of_narwhals_comes_back_as_one(kind: str, version: Any) -> None:
    frame = version.from_native(ALL[kind](GOOD))
    scored = ta.score_frame(ARM, frame, **COUNT)
    assert type(scored) is type(frame)
    assert plain(scored.to_native(), "arm_5_total") == [4.0, 4.0]
    sessions = version.from_native(ALL[kind]({"case": [1, 1], "t": [1, 2], "x": [4, 3]}))
    found = ta.detect_frame(sessions, RCI_DROP, **WHERE)
    assert type(found) is type(sessions)
    assert plain(found.to_native(), "rci_drop_flag") == [None, True]


def test_what_comes_back_is_typed_as_what_was_given() -> None:
    """For mypy, which reads the tests."""
    frame = pl.DataFrame(GOOD)
    assert_type(ta.score_frame(ARM, frame), pl.DataFrame)
    lazy = frame.lazy()
    assert_type(ta.score_frame(ARM, lazy, **COUNT), pl.LazyFrame)
    sessions = pl.DataFrame({"case": [1], "t": [1], "x": [4]})
    assert_type(ta.detect_frame(sessions, RCI_DROP, **WHERE), pl.DataFrame)


@pytest.mark.parametrize(
    "index",
    [
        pd.Index([7, 7, 1], name="who"),
        pd.Index(["b", None, "b"]),
        pd.MultiIndex.from_tuples([("c1", 1), ("c1", 1), ("c2", 1)]),
        pd.date_range("2026-03-01", periods=3)[[2, 0, 2]],
    ],
)
@pytest.mark.parametrize("kind", [kind for kind in MAKES if kind.startswith("pandas")])
def test_an_index_that_repeats_comes_back(kind: str, index: Any) -> None:
    cells: dict[str, list[float | None]] = {item: [6, None, 7] for item in ITEMS}
    frame = MAKES[kind](cells).set_axis(index, axis=0)
    before = frame.copy(deep=True)
    scored = ta.score_frame(ARM, frame, invalid="null-and-count")
    pd.testing.assert_index_equal(scored.index, index)
    pd.testing.assert_frame_equal(frame, before)
    pd.testing.assert_frame_equal(scored[ITEMS], before)
    assert plain(scored, "arm_5_missing") == [0, 5, 0]
