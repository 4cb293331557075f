"""Answers out of range, of every width and kind: the right result or one clear error."""

from typing import Any

import numpy as np
import pandas as pd  # type: ignore[import-untyped]
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.frames.kinds import ALL, ENGINES, LAZY, MAKES, copied, plain, same
from therapeutic_alliance.scoring.key import compile_key

ARM = ta.Registry().measure("arm-5")
ITEMS = [str(n) for n in range(1, 6)]
NEW = ("total", "total_answered", "invalid", "missing", "uniform")

WHOLE = {
    "int8": (-128, -1, 0, 127),
    "uint8": (0, 8, 255),
    "int16": (-32768, 300, 259, 32767),
    "uint16": (0, 300, 65535),
    "int32": (-(2**31), 2**31 - 1),
    "uint32": (2**32 - 1, 2**24 + 1),
    "int64": (-(2**63), 2**63 - 1, 2**53 + 1, 2**56 + 4),
    "uint64": (2**64 - 1, 2**63, 2**53 + 1),
}
"""Refused answers; among them those that a cast to 8 bits would make acceptable."""
FLOATS = (3.5, 300.0, -1.0, 0.999, 7.000001, 1e300, -1e300, float("inf"), float("-inf"), 260.0)


def _table(cells: Any) -> Any:
    good = pa.array([4] * len(cells), pa.int8())
    return pa.table({**dict.fromkeys(ITEMS, good), "3": cells})


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("dtype", WHOLE)
def test_whole_numbers_out_of_range(engine: str, dtype: str) -> None:
    cells = [4, *WHOLE[dtype]]
    frame = ENGINES[engine](_table(pa.array(cells, dtype)))
    before = copied(frame)
    scored = ta.score_frame(ARM, frame, invalid="null-and-count")
    assert plain(scored, "arm_5_invalid") == [0] + [1] * (len(cells) - 1)
    assert plain(scored, "arm_5_total") == [4.0] + [None] * (len(cells) - 1)
    assert plain(scored, "arm_5_missing") == [0] * len(cells)
    assert same(frame, before)
    if engine not in LAZY:
        with pytest.raises(ta.TableError) as caught:
            ta.score_frame(ARM, frame)
        ends = ("below the lowest answer, 1", "above the highest answer, 7")
        assert str(caught.value).splitlines() == [
            f"row {row}, item 3: {ends[cell > 4]}" for row, cell in enumerate(cells) if row
        ]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_floats_that_are_no_answer(engine: str, dtype: str) -> None:
    cells = [4.0, *(x for x in FLOATS if dtype == "float64" or abs(x) < 1e38), float("nan"), None]
    refused = len(cells) - 3
    frame = ENGINES[engine](_table(pa.array(cells, dtype)))
    scored = ta.score_frame(ARM, frame, invalid="null-and-count")
    assert plain(scored, "arm_5_invalid") == [0, *[1] * refused, 0, 0]
    assert plain(scored, "arm_5_missing") == [0, *[0] * refused, 1, 1]
    assert plain(scored, "arm_5_total") == [4.0, *[None] * (refused + 2)]


@pytest.mark.parametrize("kind", ALL)
@given(data=st.data())
def test_counts_and_words_are_those_of_the_key(kind: str, data: st.DataObject) -> None:
    """Anything a column of floats can hold, against the rules of the single form."""
    cell = st.one_of(st.none(), st.floats(), st.integers(-1, 9).map(float))
    rows = data.draw(st.lists(st.lists(cell, min_size=5, max_size=5), max_size=3))
    frame = ALL[kind]({item: [row[at] for row in rows] for at, item in enumerate(ITEMS)})
    scored = ta.score_frame(ARM, frame, invalid="null-and-count")
    gone = [[x is None or x != x for x in row] for row in rows]  # noqa: PLR0124
    words = [
        ["" if no else key.refuses(x) for x, no, key in zip(row, out, _KEYS, strict=True)]
        for row, out in zip(rows, gone, strict=True)
    ]
    assert plain(scored, "arm_5_missing") == [sum(each) for each in gone]
    assert plain(scored, "arm_5_invalid") == [sum(map(bool, each)) for each in words]
    if kind in MAKES and any(map(any, words)):
        with pytest.raises(ta.TableError) as caught:
            ta.score_frame(ARM, frame)
        assert str(caught.value).splitlines() == [
            f"row {row}, item {item}: {rule}"
            for row, rules in enumerate(words)
            for item, rule in zip(ITEMS, rules, strict=True)
            if rule
        ]


_KEYS = compile_key(ARM).items


@pytest.mark.parametrize("kind", MAKES)
def test_twenty_lines_then_how_many_more(kind: str) -> None:
    frame = MAKES[kind]({item: [4.0, 9.0, 4.0, 9.0, *[0.0] * 9] for item in ITEMS})
    with pytest.raises(ta.TableError) as caught:
        ta.score_frame(ARM, frame)
    lines = str(caught.value).splitlines()
    assert lines[0] == "row 1, item 1: above the highest answer, 7"
    assert lines[19] == "row 5, item 5: below the lowest answer, 1"
    assert len(lines) == 21
    assert lines[20].endswith(" 35 more")


SIXTY = tuple(str(n) for n in range(1, 61))
LARGE = ta.Measure(
    id="invented",
    version="1",
    name="Invented",
    raters=("client",),
    items=SIXTY,
    scale=ta.Scale(low=0, high=100),
    reverse=SIXTY[:2],
    scores=(ta.ScoreRule(id="total", items=SIXTY, aggregate="sum"),),
)


@pytest.mark.parametrize("engine", ENGINES)
def test_sums_of_8_bit_numbers_do_not_overflow(engine: str) -> None:
    table = pa.table({item: pa.array([100, 100, 0, None], pa.int8()) for item in SIXTY})
    scored = ta.score_frame(LARGE, ENGINES[engine](table), invalid="null-and-count")
    assert plain(scored, "invented_total") == [5800.0, 5800.0, 200.0, None]
    assert plain(scored, "invented_missing") == [0, 0, 0, 60]


@pytest.mark.parametrize("kind", ALL)
def test_rows_without_any_answer(kind: str) -> None:
    frame = ALL[kind]({item: [None, 4.0, None] for item in ITEMS})
    scored = ta.score_frame(ARM, frame, invalid="null-and-count", missing=ta.Prorate(0.05))
    found = [plain(scored, f"arm_5_{name}") for name in NEW]
    zero = [None, 0, 0, 5, False]
    assert [list(row) for row in zip(*found, strict=True)] == [zero, [4.0, 5, 0, 0, True], zero]


@pytest.mark.parametrize("kind", ALL)
def test_no_rows(kind: str) -> None:
    scored = ta.score_frame(ARM, ALL[kind]({item: [] for item in ITEMS}), invalid="null-and-count")
    assert all(plain(scored, f"arm_5_{name}") == [] for name in NEW)


def test_arrow_in_chunks_and_slices() -> None:
    rows: list[list[int | None]] = [
        [6, 7, 1, 6, 5],
        [7, None, 7, 7, 7],
        [9, 7, 7, 7, 7],
        [7, 7, 7, 7, 7],
    ]
    table = pa.table({item: [row[at] for row in rows] for at, item in enumerate(ITEMS)})
    empty = table.slice(0, 0)
    chunked = pa.concat_tables([empty, table.slice(1, 1), table.slice(3), empty, table.slice(0, 3)])
    scored = ta.score_frame(ARM, chunked.slice(1, 4), invalid="null-and-count")
    assert plain(scored, "arm_5_total") == [5.8, 6.2, None, None]
    assert plain(scored, "arm_5_missing") == [0, 0, 1, 0]
    assert plain(scored, "arm_5_invalid") == [0, 0, 0, 1]


def test_chunks_of_columns_that_do_not_match() -> None:
    columns: Any = {item: pa.chunked_array([[6], [7, 7, None], [1]]) for item in ITEMS}
    columns["2"] = pa.chunked_array([[6, 7], [7], [None, 1]])
    columns["4"] = pa.chunked_array([[6.0, 7.0, 7.0, None, 1.0]])
    scored = ta.score_frame(ARM, pa.table(columns))
    same_rows = ta.score_frame(ARM, pa.table(columns).combine_chunks())
    assert all(plain(scored, f"arm_5_{n}") == plain(same_rows, f"arm_5_{n}") for n in NEW)


def test_views_of_arrays() -> None:
    """Every second row from the end, and columns that are not contiguous."""
    cells: Any = np.array(
        [[6, 7, 1, 6, 5], [9, 9, 9, 9, 9], [7, 7, 7, 7, 7], [0, 0, 0, 0, 0]], "int8"
    )
    frame = pd.DataFrame(cells, columns=ITEMS).iloc[::-2]
    swapped = pd.DataFrame(cells[::2].astype(">i2"), columns=ITEMS)
    for each in (frame, frame.iloc[[0]], swapped.iloc[:1]):
        before = each.copy(deep=True)
        with_scores = ta.score_frame(ARM, each, invalid="null-and-count")
        pd.testing.assert_frame_equal(each, before)
        assert len(with_scores) == len(each)
    polars = pl.DataFrame(cells, ITEMS, orient="row").gather_every(2)
    assert ta.score_frame(ARM, polars)["arm_5_total"].to_list() == [6.2, 5.8]
    assert list(ta.score_frame(ARM, swapped)["arm_5_total"]) == [6.2, 5.8]
