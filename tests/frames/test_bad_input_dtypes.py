"""Columns that cannot hold answers are refused by name, whatever stands in them."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal

import pandas as pd  # type: ignore[import-untyped]
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pytest

import therapeutic_alliance as ta
from tests.frames.kinds import ENGINES, copied, plain, relation, same
from tests.privacy.leaks import leaked

ARM = ta.Registry().measure("arm-5")
ITEMS = [str(n) for n in range(1, 6)]
COLUMNS = {item: f"q{item}" for item in ITEMS}
HELD: dict[str, tuple[Any, str]] = {
    "text": (["98321", "4"], "text"),
    "booleans": ([True, False], "booleans"),
    "dates": ([date(2026, 3, 1), None], "dates"),
    "lists": ([[98321], [4]], "nested values"),
    "bytes": ([b"98321", b"4"], "bytes"),
    "structs": ([{"a": 98321}, None], "nested values"),
    "decimals": ([Decimal("4.0"), None], "decimals"),
    "categories of labels": (pa.array(["98321", "often"]).dictionary_encode(), "categories"),
}
OBJECTS = {"lists", "bytes", "structs", "decimals", "dates"}
OBJECTS |= {"text"} if pd.__version__ < "3" else set()
"""What PyArrow makes objects of in pandas with NumPy dtypes: these are judged one by one."""
INVALID: tuple[Literal["raise", "null-and-count"], ...] = ("raise", "null-and-count")


def _frame(engine: str, cells: Any) -> Any:
    good = pa.array([4, 4])
    columns = dict.fromkeys(COLUMNS.values(), good)
    return ENGINES[engine](pa.table({**columns, "q3": pa.array(cells)}))


def _error(frame: Any, invalid: Literal["raise", "null-and-count"]) -> ta.TableError:
    with pytest.raises(ta.TableError) as caught:
        ta.score_frame(ARM, frame, COLUMNS, invalid=invalid)
    return caught.value


@pytest.mark.parametrize(
    ("engine", "held"),
    [
        (engine, held)
        for engine in ENGINES
        for held in HELD
        if engine != "pandas" or held not in OBJECTS
    ],
)
def test_a_column_of_another_dtype(engine: str, held: str) -> None:
    cells, words = HELD[held]
    if engine == "duckdb" and held == "categories of labels":
        words = "text"  # that is what DuckDB makes of it
    frame = _frame(engine, cells)
    before = copied(frame)
    hint = " (cast it to a floating-point type)" if held == "decimals" else ""
    expected = f'item 3, column "q3": holds {words}, numbers are needed{hint}'
    lazy = engine in ("polars-lazy", "duckdb")
    for invalid in INVALID[1:] if lazy else INVALID:
        error = _error(frame, invalid)
        assert str(error) == expected
        assert not leaked(error, "98321", "often")
    assert same(frame, before)


def test_every_such_column_is_named() -> None:
    frame = _frame("polars", ["4", "4"]).with_columns(q1=True)
    assert str(_error(frame, "raise")).splitlines() == [
        'item 1, column "q1": holds booleans, numbers are needed',
        'item 3, column "q3": holds text, numbers are needed',
    ]


def test_labels_of_duckdb() -> None:
    frame = relation(pa.table({name: [4] for name in COLUMNS.values()}))
    frame = frame.project("* replace ('often'::enum('often', 'never') as q3)")
    expected = 'item 3, column "q3": holds categories, numbers are needed'
    assert str(_error(frame, "null-and-count")) == expected


@pytest.mark.parametrize("engine", ["polars", "polars-lazy", "pyarrow", "duckdb"])
def test_whole_numbers_in_a_dictionary(engine: str) -> None:
    """Numbers where the engine has no such dtype and makes them plain."""
    frame = _frame(engine, pa.array([4, 4]).dictionary_encode())
    if engine == "pyarrow":
        assert "holds categories, numbers are needed" in str(_error(frame, "raise"))
    else:
        scored = ta.score_frame(ARM, frame, COLUMNS, invalid="null-and-count")
        assert plain(scored, "arm_5_total") == [4.0, 4.0]


@pytest.mark.parametrize(
    "cells",
    [
        pd.Categorical([4, 4]),
        pd.Categorical(["4", "often"]),
        pd.array([4, None], dtype=pd.ArrowDtype(pa.dictionary(pa.int8(), pa.int64()))),
    ],
)
def test_categories_of_pandas(cells: Any) -> None:
    frame = pd.DataFrame({**dict.fromkeys(COLUMNS.values(), 4), "q3": cells})
    assert "holds categories, numbers are needed" in str(_error(frame, "raise"))


@pytest.mark.parametrize(
    "cells",
    [
        [4 + 1j, 4],
        pd.arrays.SparseArray([4, 4]),
        pd.arrays.IntervalArray.from_breaks([1, 2, 3]),
        pd.period_range("2026", periods=2, freq="D"),
    ],
)
def test_dtypes_that_only_pandas_has(cells: Any) -> None:
    frame = pd.DataFrame({**dict.fromkeys(COLUMNS.values(), 4), "q3": cells})
    expected = 'item 3, column "q3": holds values of another type, numbers are needed'
    assert str(_error(frame, "raise")) == expected


def test_whole_numbers_in_runs_of_arrow() -> None:
    runs = pa.RunEndEncodedArray.from_arrays(pa.array([2], pa.int32()), pa.array([4]))
    table = pa.table({**dict.fromkeys(COLUMNS.values(), pa.array([4, 4])), "q3": runs})
    assert "holds values of another type" in str(_error(table, "raise"))


MIXED = [4, "98321", True, 4.5, Decimal(4), [4], None, float("nan"), 10**400, 8, b"4", pd.NA]
RULES = {
    1: "not a number",
    2: "not a number",
    3: "not a whole number",
    4: "not a number",
    5: "not a number",
    8: "above the highest answer, 7",
    9: "above the highest answer, 7",
    10: "not a number",
}


def _objects(make: str) -> Any:
    frame = pd.DataFrame(4, index=range(len(MIXED)), columns=[*COLUMNS.values()])
    frame["q3"] = pd.Series(MIXED, dtype="object")
    if make == "pandas":
        return frame
    others = pl.from_pandas(frame.drop(columns="q3"))
    return others.with_columns(pl.Series("q3", MIXED, dtype=pl.Object))


@pytest.mark.parametrize("make", ["pandas", "polars"])
def test_objects_are_judged_one_by_one_as_a_form_is(make: str) -> None:
    frame = _objects(make)
    error = _error(frame, "raise")
    assert str(error).splitlines() == [
        f'row {row}, item 3, column "q3": {RULES[row]}' for row in RULES
    ]
    assert {(each.item, each.column) for each in error.problems} == {("3", "q3")}
    assert not leaked(error, "98321")
    for row, rule in RULES.items():
        with pytest.raises(ta.AnswerError, match=rule):
            ta.score(ARM, [4, 4, MIXED[row], 4, 4])
    scored = ta.score_frame(ARM, frame, COLUMNS, invalid="null-and-count")
    assert list(scored["arm_5_invalid"]) == [int(row in RULES) for row in range(len(MIXED))]
    assert list(scored["arm_5_missing"]) == [int(row in (6, 7, 11)) for row in range(len(MIXED))]
    assert scored["arm_5_total"].count() == 1


def test_objects_of_a_lazy_frame_are_refused() -> None:
    expected = 'item 3, column "q3": holds Python objects, numbers are needed'
    assert str(_error(_objects("polars").lazy(), "null-and-count")) == expected


@pytest.mark.parametrize("engine", ENGINES)
def test_a_column_of_nulls_is_not_answered(engine: str) -> None:
    frame = _frame(engine, pa.nulls(2))
    scored = ta.score_frame(ARM, frame, COLUMNS, invalid="null-and-count", missing=ta.Prorate(0.8))
    assert plain(scored, "arm_5_missing") == [1, 1]
    assert plain(scored, "arm_5_total") == [4.0, 4.0]


def test_a_column_of_objects_all_none() -> None:
    nothing = pd.Series([None, None], dtype="object")
    frame = pd.DataFrame({**dict.fromkeys(COLUMNS.values(), 4), "q3": nothing})
    assert list(ta.score_frame(ARM, frame, COLUMNS)["arm_5_missing"]) == [1, 1]
