"""The columns of ``by`` come back as the caller has them: each value, and the dtype."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd  # type: ignore[import-untyped]
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pytest

import therapeutic_alliance as ta
from tests.frames.kinds import plain
from tests.frames.long.long_tables import ARM, ITEMS

COUNTED: Any = {"invalid": "null-and-count"}
ANSWERS = [6, 7, 1, 6, 5]
BY_CASE = ta.frames.LongTable(by="case")
LARGE = 2**53 + 1
"""The next lower whole number is the same as a 64-bit float."""


def _each(*keys: Any) -> list[Any]:
    return [key for key in keys for _ in ITEMS]


def _in_pandas(case: Any) -> Any:
    forms = len(case) // 5
    return pd.DataFrame({"case": case, "item": ITEMS * forms, "answer": ANSWERS * forms})


KEYS: list[list[Any]] = [
    [LARGE, LARGE - 1, None],
    [LARGE, LARGE - 1, 2.5],
    [LARGE, float(LARGE - 1)],
    [2**70, 2**70 + 1],
    ["a", None, 7],
    [True, "True"],
    [date(2026, 1, 5), datetime(2026, 1, 5, 9, 30)],  # noqa: DTZ001 - as files have them
]


@pytest.mark.parametrize("keys", KEYS)
@pytest.mark.parametrize("by", [("case",), ("case", "session")])
def test_objects_of_pandas(keys: list[Any], by: tuple[str, ...]) -> None:
    frame = _in_pandas(pd.Series(_each(*keys), dtype=object)).assign(session=1)
    scored = ta.score_frame(ARM, frame, ta.frames.LongTable(by=by), **COUNTED)
    assert scored["case"].dtype == object
    assert [(key, type(key)) for key in scored["case"]] == [(key, type(key)) for key in keys]
    assert plain(scored, "arm_5_total") == [None if key is None else 6.2 for key in keys]


@pytest.mark.parametrize(
    "dtype",
    ["object", "str", "string", "category", pd.ArrowDtype(pa.string())],
    ids=str,
)
def test_dtypes_of_pandas(dtype: Any) -> None:
    case = pd.Series(_each("b", "a")).astype(dtype)
    scored = ta.score_frame(ARM, _in_pandas(case).set_index(pd.Index([9] * 10)), BY_CASE)
    assert (scored["case"].dtype, scored["case"].tolist()) == (case.dtype, ["b", "a"])
    assert list(scored.index) == [0, 1]


@pytest.mark.parametrize("keys", KEYS)
def test_a_second_answer_under_an_object_of_pandas(keys: list[Any]) -> None:
    keys = [key for key in keys if key is not None]
    case = pd.Series([*_each(*keys), *keys], dtype=object)
    items = [*ITEMS * len(keys), *["3"] * len(keys)]
    frame = pd.DataFrame({"case": case, "item": items, "answer": 4})
    with pytest.raises(ta.TableError) as caught:
        ta.score_frame(ARM, frame, BY_CASE)
    assert str(caught.value).splitlines() == [
        f"row {5 * len(keys) + at}, item 3: stands twice in one form, first in row {5 * at + 2}"
        for at in range(len(keys))
    ]


UUIDS = [bytes(range(16)), bytes(range(1, 17))]
ARROW: dict[str, Callable[[list[int]], Any]] = {
    "uuid": lambda cases: pa.ExtensionArray.from_storage(
        pa.uuid(), pa.array([UUIDS[case] for case in cases], pa.binary(16))
    ),
    "half float": lambda cases: pa.array(np.array(cases, np.float16) + np.float16(0.5)),
    "dictionary": lambda cases: pa.array(["ab"[case] for case in cases]).dictionary_encode(),
    "dictionary of numbers": lambda cases: pa.array(cases).dictionary_encode(),
}


def _arrow_dtypes(table: Any) -> Any:
    columns = {name: pd.arrays.ArrowExtensionArray(table[name]) for name in table.column_names}
    return pd.DataFrame({name: pd.Series(column) for name, column in columns.items()})


MAKES: dict[str, Callable[[Any], Any]] = {"pyarrow": lambda table: table, "pandas": _arrow_dtypes}


def _dtype(frame: Any) -> Any:
    return frame["case"].type if isinstance(frame, pa.Table) else frame["case"].dtype.pyarrow_dtype


@pytest.mark.parametrize("make", MAKES)
@pytest.mark.parametrize("kind", ARROW)
def test_dtypes_of_arrow(make: str, kind: str) -> None:
    case = ARROW[kind]([0] * 5 + [1] * 5)
    table = pa.table({"case": case, "item": ITEMS * 2, "answer": ANSWERS * 2})
    halves = pa.concat_tables([table[:3], table[3:]])
    scored = ta.score_frame(ARM, MAKES[make](halves), BY_CASE)
    assert _dtype(scored) == case.type
    own = scored["case"] if make == "pyarrow" else scored["case"].array.__arrow_array__()
    assert own.to_pylist() == [case[0].as_py(), case[5].as_py()]
    assert plain(scored, "arm_5_total") == [6.2, 6.2]
    with pytest.raises(ta.TableError, match=r"^row 10, item 1: stands twice .* in row 0$"):
        ta.score_frame(ARM, MAKES[make](pa.concat_tables([table, table[:1]])), BY_CASE)


@pytest.mark.parametrize("make", MAKES)
@pytest.mark.parametrize("kind", ARROW)
def test_dtypes_of_arrow_as_cases(make: str, kind: str) -> None:
    case = ARROW[kind]([0, 0, 0, 1, 1, 1])
    table = pa.table({"case": case, "t": [1, 2, 3] * 2, "x": [4.0, 3.0, 4.0] * 2})
    for by in ("case", ["case", "unit"]):
        frame = MAKES[make](table.append_column("unit", pa.array([7] * 6)))
        rule = ta.Registry().detector("rci-drop")
        found = ta.detect_frame(frame, rule, by=by, order="t", score="x", low=1, high=5)
        assert _dtype(found) == case.type
        assert plain(found, "rci_drop_statistic") == [None, 1.0, -1.0] * 2


@pytest.mark.parametrize("make", MAKES)
def test_keys_that_are_all_null(make: str) -> None:
    frame = MAKES[make](pa.table({"case": pa.nulls(5), "item": ITEMS, "answer": ANSWERS}))
    with pytest.raises(ta.TableError, match=r'^row 0: column "case" is empty'):
        ta.score_frame(ARM, frame, BY_CASE)
    assert plain(ta.score_frame(ARM, frame, BY_CASE, **COUNTED), "arm_5_stray") == [5]


TENSOR = pa.fixed_shape_tensor(pa.int8(), [2])
NESTED = {
    "map": pa.array([[("quokka", 1)]] * 5, pa.map_(pa.string(), pa.int8())),
    "tensor": pa.ExtensionArray.from_storage(
        TENSOR, pa.array([[1, 2]] * 5, pa.list_(pa.int8(), 2))
    ),
    "sparse union": pa.UnionArray.from_sparse(pa.array([0] * 5, pa.int8()), [pa.array([7] * 5)]),
    "dense union": pa.UnionArray.from_dense(
        pa.array([0] * 5, pa.int8()), pa.array(range(5), pa.int32()), [pa.array([7] * 5)]
    ),
}


@pytest.mark.parametrize("make", MAKES)
@pytest.mark.parametrize("kind", NESTED)
def test_what_is_nested(make: str, kind: str) -> None:
    table = pa.table({"case": NESTED[kind], "item": ITEMS, "answer": ANSWERS, "t": range(1, 6)})
    with pytest.raises(ta.TableError) as caught:
        ta.score_frame(ARM, MAKES[make](table), BY_CASE)
    assert str(caught.value) == 'column "case": it cannot tell forms apart by its dtype'
    where: Any = {"by": "case", "order": "t", "score": "answer", "low": 1, "high": 7}
    with pytest.raises(ta.TableError) as caught:
        ta.detect_frame(MAKES[make](table), ta.Registry().detector("rci-drop"), **where)
    assert str(caught.value) == 'by: column "case" holds nested values'


WIDE = [2**100, 2**100, 2**100 + 1, 2**100 + 1]


@pytest.mark.parametrize("frame", [pl.DataFrame, pl.LazyFrame])
@pytest.mark.parametrize("by", ["case", ["case", "unit"]])
def test_whole_numbers_of_128_bits_as_cases(frame: Any, by: Any) -> None:
    case = pl.Series(WIDE, dtype=pl.Int128)
    given = frame({"case": case, "unit": 7, "t": [1, 2] * 2, "x": [4.0, 3.0, 5.0, 3.0]})
    rule = ta.Registry().detector("rci-drop")
    found = ta.detect_frame(given, rule, by=by, order="t", score="x", low=1, high=5)
    assert plain(found, "rci_drop_statistic") == [None, 1.0, None, 2.0]
    assert plain(found, "case") == WIDE


def test_objects_of_polars_are_no_cases() -> None:
    case = pl.Series([object(), object()], dtype=pl.Object)
    frame = pl.DataFrame({"case": case, "t": [1, 2], "x": [4.0, 3.0]})
    rule = ta.Registry().detector("rci-drop")
    with pytest.raises(ta.TableError) as caught:
        ta.detect_frame(frame, rule, by="case", order="t", score="x", low=1, high=5)
    assert str(caught.value) == 'by: column "case" holds Python objects'
