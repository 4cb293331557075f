"""Scores of data frames: the caller's own kind back, and the scores of ``ta.score``."""

from typing import Any

import numpy as np
import pandas as pd  # type: ignore[import-untyped]
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.frames.kinds import MAKES, copied, names, plain, same
from tests.strategies import answers, callers, measures

ARM = ta.Registry().measure("arm-5")
ITEMS = [str(n) for n in range(1, 6)]
ROWS: list[list[float | None]] = [[6, 7, 1, 6, 5], [6, None, 2, 6, 5], [7, 7, 7, 7, 7], [None] * 5]
COLUMNS = {item: list(column) for item, column in zip(ITEMS, zip(*ROWS, strict=True), strict=True)}
NEW = ["total", "total_answered", "invalid", "missing", "uniform"]


@pytest.mark.parametrize("kind", MAKES)
def test_the_same_kind_comes_back_with_its_columns(kind: str) -> None:
    frame = MAKES[kind](COLUMNS)
    before = copied(frame)
    scored = ta.score_frame(ARM, frame)
    assert type(scored) is type(frame)
    assert names(scored) == [*ITEMS, *(f"arm_5_{name}" for name in NEW)]
    assert same(frame, before)
    assert names(frame) == ITEMS
    assert plain(scored, "arm_5_total") == [6.2, None, 5.8, None]
    assert plain(scored, "arm_5_total_answered") == [5, 4, 5, 0]
    assert plain(scored, "arm_5_invalid") == [0, 0, 0, 0]
    assert plain(scored, "arm_5_missing") == [0, 1, 0, 5]
    assert plain(scored, "arm_5_uniform") == [False, False, True, False]
    assert all(plain(scored, item) == COLUMNS[item] for item in ITEMS)


@pytest.mark.parametrize("kind", MAKES)
def test_missing_answers_as_the_caller_asks(kind: str) -> None:
    scored = ta.score_frame(ARM, MAKES[kind](COLUMNS), missing=ta.Prorate(0.8))
    expected = ta.score(ARM, [6, None, 2, 6, 5], missing=ta.Prorate(0.8))["total"].value
    assert plain(scored, "arm_5_total") == [6.2, expected, 5.8, None]


@pytest.mark.parametrize("kind", MAKES)
@given(data=st.data())
def test_a_frame_is_scored_as_its_rows_are(kind: str, data: st.DataObject) -> None:
    measure = data.draw(measures())
    rule = data.draw(callers())
    rows = data.draw(st.lists(answers(measure), max_size=4))
    frame = MAKES[kind]({item: [row[item] for row in rows] for item in measure.items})
    scored = ta.score_frame(measure, frame, missing=rule)
    sheets = [ta.score(measure, row, missing=rule) for row in rows]
    for position, rule_of in enumerate(measure.scores):
        name = f"invented_{rule_of.id.replace('-', '_')}"
        found = plain(scored, name)
        assert found == [sheet.scores[position].value for sheet in sheets]
        assert plain(scored, f"{name}_answered") == [
            sheet.scores[position].answered for sheet in sheets
        ]
    assert plain(scored, "invented_missing") == [sheet.answers.count(None) for sheet in sheets]


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow"])
def test_an_index_and_other_columns_stay(kind: str) -> None:
    named = {f"q{item}": column for item, column in COLUMNS.items()}
    frame = MAKES[kind]({"age": [31, 42, 53, None], **named})
    scored = ta.score_frame(ARM, frame, {item: f"q{item}" for item in ITEMS})
    assert names(scored)[:6] == ["age", *named]
    assert plain(scored, "age") == [31, 42, 53, None]
    assert plain(scored, "arm_5_total")[0] == 6.2


@pytest.mark.parametrize("index", [[7, 7, 7, 7], ["b", "a", "b", "c"], [3, 2, 1, 0]])
def test_a_pandas_index_stays_though_it_repeats(index: list[Any]) -> None:
    frame = MAKES["pandas"](COLUMNS).set_axis(pd.Index(index, name="who"), axis=0)
    scored = ta.score_frame(ARM, frame)
    pd.testing.assert_index_equal(scored.index, frame.index)
    assert plain(scored, "arm_5_total") == [6.2, None, 5.8, None]


def test_a_pandas_slice_with_a_multi_index() -> None:
    frame = MAKES["pandas"](COLUMNS)
    frame.index = pd.MultiIndex.from_tuples([("c1", 1), ("c1", 2), ("c2", 1), ("c1", 1)])
    scored = ta.score_frame(ARM, frame.iloc[::2])
    assert list(scored.index) == [("c1", 1), ("c2", 1)]
    assert plain(scored, "arm_5_total") == [6.2, 5.8]


def test_columns_of_pandas_that_are_numbers() -> None:
    frame = pd.DataFrame([[6, 7, 1, 6, 5]])
    columns: Any = {item: number for number, item in enumerate(ITEMS)}
    assert list(ta.score_frame(ARM, frame, columns)["arm_5_total"]) == [6.2]


@pytest.mark.parametrize(
    "dtype", ["int8", "uint16", "int64", "float16", "float32", "Int8", "UInt32"]
)
def test_whole_numbers_of_any_width(dtype: str) -> None:
    frame = pd.DataFrame([[6, 7, 1, 6, 5]], columns=ITEMS).astype(dtype)
    assert list(ta.score_frame(ARM, frame)["arm_5_total"]) == [6.2]
    polars = pl.from_pandas(frame) if dtype != "float16" else pl.DataFrame({"1": [6]})
    if polars.width == 5:
        assert ta.score_frame(ARM, polars)["arm_5_total"].to_list() == [6.2]


def test_nan_and_null_are_both_not_answered() -> None:
    nan = float("nan")
    frame = pl.DataFrame({item: [6.0, nan, None] for item in ITEMS})
    assert ta.score_frame(ARM, frame)["arm_5_missing"].to_list() == [0, 5, 5]
    mixed = pd.DataFrame({item: [6, nan, None, pd.NA, np.float64("nan")] for item in ITEMS})
    assert list(ta.score_frame(ARM, mixed.astype(object))["arm_5_missing"]) == [0, 5, 5, 5, 5]


@pytest.mark.parametrize("kind", MAKES)
def test_a_frame_without_rows(kind: str) -> None:
    scored = ta.score_frame(ARM, MAKES[kind]({item: [] for item in ITEMS}))
    assert plain(scored, "arm_5_total") == []


def test_chunks_of_arrow() -> None:
    table = pa.table({item: pa.chunked_array([[6], [7, None]]) for item in ITEMS})
    assert plain(ta.score_frame(ARM, table), "arm_5_missing") == [0, 0, 5]
