"""Columns out of frames and onto them: in place, of the caller's kind, with real nulls."""

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd  # type: ignore[import-untyped]
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pytest

import therapeutic_alliance as ta
from therapeutic_alliance.frames.eager import answers, attach

ARM = ta.Registry().measure("arm-5")
ITEMS = [str(n) for n in range(1, 6)]
ROWS = 1000
CHANCE = np.random.default_rng(7)
CELLS = CHANCE.integers(0, 9, (5, ROWS)).astype(np.int8)
GONE = CHANCE.random((5, ROWS)) < 0.1
RULE = ta.Prorate(0.6)

ARRAYS = {
    item: pa.array(cells, mask=lost) for item, cells, lost in zip(ITEMS, CELLS, GONE, strict=True)
}
MASKED = pd.DataFrame(
    {
        item: pd.arrays.IntegerArray(cells, lost)
        for item, cells, lost in zip(ITEMS, CELLS, GONE, strict=True)
    }
)
FRAMES: dict[str, Any] = {
    "pandas floats": MASKED.astype("float64"),
    "pandas small floats": MASKED.astype("float32").astype("float16"),
    "pandas of the other byte order": MASKED.astype("float64").astype(">f8"),
    "pandas by rows": pd.DataFrame(np.where(GONE, np.nan, CELLS).T.copy(), columns=ITEMS),
    "pandas objects": MASKED.astype(object),
    "pandas masked": MASKED,
    "pandas masked floats": MASKED.astype("Float32"),
    "pandas Arrow": MASKED.astype("int8[pyarrow]"),
    "pandas Arrow floats": MASKED.astype("double[pyarrow]"),
    "Polars": pl.DataFrame(ARRAYS),
    "Polars floats": pl.DataFrame(ARRAYS).cast(pl.Float32),
    "Polars wide": pl.DataFrame(ARRAYS).cast(pl.Int128),
    "PyArrow": pa.table(ARRAYS),
}
EXPECTED = ta.score_frame(ARM, FRAMES["PyArrow"], missing=RULE, invalid="null-and-count")
EXPECTED = EXPECTED.select(EXPECTED.column_names[5:]).to_pydict()


def new_columns(scored: Any) -> dict[str, list[Any]]:
    """Those that are new, null and ``NaN`` as ``None``."""
    if isinstance(scored, pa.Table):
        return dict(scored.select(scored.column_names[-5:]).to_pydict())
    if isinstance(scored, pl.DataFrame):
        return scored[:, -5:].to_dict(as_series=False)
    new = scored.iloc[:, -5:].astype(object)
    return {name: list(new[name].where(new[name].notna(), None)) for name in new}


def counted(frame: Any) -> Any:
    return ta.score_frame(ARM, frame, missing=RULE, invalid="null-and-count")


@pytest.mark.parametrize("kind", FRAMES)
def test_every_kind_of_column(kind: str) -> None:
    assert new_columns(counted(FRAMES[kind])) == EXPECTED
    assert None in EXPECTED["arm_5_total"]
    assert {0, 1} <= set(EXPECTED["arm_5_invalid"]) & set(EXPECTED["arm_5_missing"])


@pytest.mark.parametrize("kind", ["Polars", "Polars floats"])
def test_polars_without_pyarrow(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "has_arrow", lambda: False)
    monkeypatch.setattr(attach, "has_arrow", lambda: False)
    scored = counted(FRAMES[kind])
    assert new_columns(scored) == EXPECTED
    assert scored["arm_5_total"].null_count() == EXPECTED["arm_5_total"].count(None)


@pytest.mark.parametrize(
    ("kind", "dtypes"),
    [
        ("pandas floats", ["float64", "int16", "int16", "int16", "bool"]),
        ("pandas masked", ["Float64", "Int16", "Int16", "Int16", "boolean"]),
        ("pandas Arrow", ["double[pyarrow]", *["int16[pyarrow]"] * 3, "bool[pyarrow]"]),
        ("Polars", ["Float64", "Int16", "Int16", "Int16", "Boolean"]),
        ("PyArrow", ["double", "int16", "int16", "int16", "bool"]),
    ],
)
def test_new_columns_are_of_the_kind_of_the_answers(kind: str, dtypes: list[str]) -> None:
    scored = counted(FRAMES[kind])
    found = scored.schema.types if isinstance(scored, pa.Table) else list(scored.dtypes)
    assert [*map(str, found[-5:])] == dtypes


def test_real_nulls() -> None:
    unscorable = EXPECTED["arm_5_total"].count(None)
    assert counted(FRAMES["Polars"])["arm_5_total"].null_count() == unscorable
    assert counted(FRAMES["PyArrow"])["arm_5_total"].null_count == unscorable
    for kind in ("pandas floats", "pandas masked", "pandas Arrow"):
        assert counted(FRAMES[kind])["arm_5_total"].isna().sum() == unscorable
    counted(FRAMES["PyArrow"]).validate(full=True)


@pytest.mark.parametrize("kind", ["PyArrow", "Polars", "pandas Arrow"])
@pytest.mark.parametrize("cuts", [[0, 1, 3, 9, ROWS], [0, 501, 501, ROWS], [13, 500], [7, 8]])
@pytest.mark.parametrize("short", [1, 2**15])
def test_chunks_and_slices(
    kind: str, cuts: list[int], short: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "SHORT", short)
    table = FRAMES["PyArrow"]
    table = pa.concat_tables([table.slice(a, b - a) for a, b in pairwise(cuts)])
    if kind == "pandas Arrow":
        table = table.to_pandas(types_mapper=pd.ArrowDtype)
    elif kind == "Polars":
        table = pl.from_arrow(table, rechunk=False)
    wanted = {name: cells[cuts[0] : cuts[-1]] for name, cells in EXPECTED.items()}
    assert new_columns(counted(table)) == wanted


def test_chunks_that_differ_from_item_to_item(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "SHORT", 1)
    columns = {
        item: pa.chunked_array([array[: n * 100], array[n * 100 : n * 150], array[n * 150 :]])
        for n, (item, array) in enumerate(ARRAYS.items())
    }
    assert new_columns(counted(pa.table(columns))) == EXPECTED


@pytest.mark.parametrize("first", [pa.float64(), pa.null()])
def test_chunks_and_columns_of_nulls(first: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "SHORT", 1)
    nulls = pa.nulls(3, first)
    last = pa.array([4.0, None, 8.0] if first == pa.float64() else [None] * 3, first)
    for make in (lambda table: table, pl.from_arrow, lambda table: table.to_pandas()):
        filled = {item: pa.array([4.0] * 6) for item in ITEMS[1:]}
        scored = new_columns(
            counted(make(pa.table({"1": pa.chunked_array([nulls, last]), **filled})))
        )
        there = first == pa.float64()
        assert scored["arm_5_missing"] == [1, 1, 1, int(not there), 1, int(not there)]
        assert scored["arm_5_invalid"] == [0, 0, 0, 0, 0, int(there)]


def test_nothing_of_a_pandas_frame_is_copied_or_lost() -> None:
    frame = FRAMES["pandas floats"].rename_axis(columns="item")
    frame.attrs["note"] = "invented"
    scored = counted(frame)
    if pd.__version__ >= "3":  # before, pandas copies
        assert all(np.shares_memory(frame[item], scored[item]) for item in ITEMS)
    assert scored.columns.name == "item"
    assert scored.attrs == {"note": "invented"}
    scored.loc[:, "arm_5_total"] = 0.0
    scored["1"] = 4
    assert frame["1"].isna().any()


def test_refused_answers_are_listed_up_to_a_limit() -> None:
    with pytest.raises(ta.TableError) as caught:
        ta.score_frame(ARM, FRAMES["Polars"])
    refused = ((CELLS < 1) | (CELLS > 7)) & ~GONE
    named = [(problem.row, problem.item) for problem in caught.value.problems]
    assert named == [(row, ITEMS[item]) for row, item in np.argwhere(refused.T)][:1000]
    with pytest.raises(ta.TableError) as caught:
        ta.score_frame(ARM, pl.DataFrame(dict.fromkeys(ITEMS, [99] * ROWS)))
    assert (len(caught.value.problems), caught.value.count) == (1000, 5000)
    lines = str(caught.value).splitlines()
    assert lines[0] == "row 0, item 1: above the highest answer, 7"
    assert (len(lines), lines[-1]) == (21, "... and 4980 more")
