"""Columns by which forms are told apart, and cases: only their values count, not how they stand."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd  # type: ignore[import-untyped]
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

import therapeutic_alliance as ta
from tests.frames.kinds import plain
from tests.frames.long.long_tables import ALL, ARM, ITEMS
from tests.privacy.leaks import leaked

COUNTED: Any = {"invalid": "null-and-count"}
ANSWERS = [6, 7, 1, 6, 5]
BY_CASE = ta.frames.LongTable(by="case")
FRAMES = {kind: make for kind, make in ALL.items() if kind != "pandas-object"}
RULES = ["rci-drop", "individuals-chart-past"]
"""One that engines compute as a drop, and one that goes over the rows themselves."""


def _table(case: Any, item: Any = ITEMS, answer: Any = ANSWERS) -> Any:
    return pa.table({"case": case, "item": item, "answer": answer})


def _flags(frame: Any, rule: str = "rci-drop") -> Any:
    found = ta.detect_frame(
        frame, ta.Registry().detector(rule), by="case", order="t", score="x", low=1, high=5
    )
    return plain(found, f"{rule.replace('-', '_')}_statistic")


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("width", [pa.float32(), pa.float64()])
def test_zero_has_no_sign(kind: str, width: Any) -> None:
    frame = ALL[kind](_table(pa.array([0.0, -0.0, -0.0, 0.0, 0.0], width)))
    scored = ta.score_frame(ARM, frame, BY_CASE, **COUNTED)
    assert plain(scored, "case") == [0.0]
    assert plain(scored, "arm_5_total") == [6.2]


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("kind", FRAMES)
def test_zero_has_no_sign_as_a_case(kind: str, rule: str) -> None:
    case = pa.array([0.0, -0.0, 0.0, -0.0] * 3)
    table = pa.table({"case": case, "t": range(1, 13), "x": [4.0, 3.0, 4.5, 2.0] * 3})
    want = _flags(table.set_column(0, "case", pa.array(["a"] * 12)), rule)
    assert any(want)
    assert _flags(FRAMES[kind](table), rule) == want


ENCODED: dict[str, Callable[[list[str]], Any]] = {
    "a dictionary": lambda values: pa.array(values).dictionary_encode(),
    "a dictionary with a value twice": lambda values: pa.DictionaryArray.from_arrays(
        [at % 2 * 2 + (value != values[0]) for at, value in enumerate(values)],
        [values[0], values[-1], values[0], values[-1]],
    ),
    "a dictionary of views": lambda values: pa.DictionaryArray.from_arrays(
        [int(value != values[0]) for value in values],
        pa.array([values[0], values[-1]], pa.string_view()),
    ),
    "runs": lambda values: pc.run_end_encode(pa.array(values)),
    "views": lambda values: pa.array(values, pa.string_view()),
    "an extension": lambda values: pa.ExtensionArray.from_storage(
        pa.opaque(pa.string(), "invented", "test"), pa.array(values)
    ),
}


def _in_pandas(table: Any) -> Any:
    columns = {name: pd.arrays.ArrowExtensionArray(table[name]) for name in table.column_names}
    return pd.DataFrame({name: pd.Series(column) for name, column in columns.items()})


@pytest.mark.parametrize("kind", ["pyarrow", "pandas"])
@pytest.mark.parametrize("encoding", ENCODED)
def test_every_encoding_of_arrow(kind: str, encoding: str) -> None:
    make = pa.Table.from_batches if kind == "pyarrow" else _in_pandas
    encoded = ENCODED[encoding](["c1"] * 5 + ["c2"] * 5)
    table = _table(encoded, ITEMS * 2, ANSWERS * 2)
    frame = table if kind == "pyarrow" else make(table)
    scored = ta.score_frame(ARM, frame, BY_CASE)
    assert (plain(scored, "case"), plain(scored, "arm_5_total")) == (["c1", "c2"], [6.2, 6.2])
    courses = pa.table({"case": encoded, "t": [*range(1, 6)] * 2, "x": [4.0, 3.0, 4.0, 3.5, 4] * 2})
    frame = courses if kind == "pyarrow" else make(courses)
    assert _flags(frame) == [None, 1.0, -1.0, 0.5, -0.5] * 2


def test_row_groups_with_dictionaries_of_their_own(tmp_path: Path) -> None:
    cases = [f"c{at // 5}" for at in range(20)]
    pq.write_table(_table(cases, ITEMS * 4, ANSWERS * 4), tmp_path / "a.parquet", row_group_size=3)
    read = pq.read_table(tmp_path / "a.parquet", read_dictionary=["case", "item"])
    assert read["case"].num_chunks > 1
    scored = ta.score_frame(ARM, pa.concat_tables([read, read[:0]]), BY_CASE)
    assert plain(scored, "case") == ["c0", "c1", "c2", "c3"]
    assert plain(scored, "arm_5_total") == [6.2] * 4


def test_a_run_without_a_value_is_no_case() -> None:
    table = _table(pc.run_end_encode(pa.array(["c1", "c1", "c1", "c1", None])))
    with pytest.raises(ta.TableError) as caught:
        ta.score_frame(ARM, table, BY_CASE)
    assert str(caught.value) == 'row 4: column "case" is empty'


@pytest.mark.parametrize("kind", ALL)
def test_ids_of_items_that_are_very_large_numbers(kind: str) -> None:
    item = pa.array([1, 2, 3, 4, 5, 2**63 + 98321], pa.uint64())
    frame = ALL[kind](_table(["c1"] * 6, item, [*ANSWERS, 4]))
    if "object" in kind:
        frame["item"] = frame["item"].astype("uint64")
    scored = ta.score_frame(ARM, frame, BY_CASE, **COUNTED)
    assert plain(scored, "arm_5_total") == [6.2]
    assert plain(scored, "arm_5_stray") == [1]


@pytest.mark.parametrize(
    "cells", [[7] * 5, [Decimal("7.5")] * 5, [("a", 1)] * 5, [7, 7.0, 7, 7, 7]]
)
def test_objects_of_pandas(cells: list[Any]) -> None:
    frame = pd.DataFrame({"case": pd.Series(cells, dtype=object)})
    frame["item"], frame["answer"] = ITEMS, ANSWERS
    scored = ta.score_frame(ARM, frame, BY_CASE)
    assert (scored["case"].tolist(), scored["arm_5_total"].tolist()) == ([cells[0]], [6.2])


@pytest.mark.parametrize("cell", [[98321], {"quokka": 1}])
def test_objects_that_no_one_can_tell_apart(cell: Any) -> None:
    frame = pd.DataFrame({"case": [cell] * 5, "item": ITEMS, "answer": ANSWERS})
    frame["t"], frame["x"] = range(1, 6), 4.0
    with pytest.raises(ta.TableError) as caught:
        ta.score_frame(ARM, frame, BY_CASE)
    assert str(caught.value) == 'column "case": it cannot tell forms apart by its dtype'
    with pytest.raises(ta.TableError) as caught:
        _flags(frame)
    assert str(caught.value) == 'by: column "case" holds nested values'
    assert not leaked(caught.value, "98321", "quokka")


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame])
def test_an_object_that_is_no_number_becomes_null(make: Any) -> None:
    answer = [6, "quokka", 1, None, Decimal(5)]
    column: Any = pd.Series(answer, dtype=object)
    if make is pl.DataFrame:
        column = pl.Series(answer, dtype=pl.Object)
    frame = make({"case": ["c1"] * 5, "item": ITEMS, "answer": column})
    scored = ta.score_frame(ARM, frame, BY_CASE, **COUNTED)
    assert [plain(scored, item)[0] for item in ITEMS] == [6.0, None, 1.0, None, None]
    assert plain(scored, "arm_5_invalid") == [2]
    assert plain(scored, "arm_5_missing") == [1]
