"""Long tables: each row is one answer. Any order of rows gives the scores of the forms."""

from itertools import pairwise
from typing import Any

import pandas as pd  # type: ignore[import-untyped]
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.frames.kinds import copied, in_memory, names, plain, relation, same
from tests.frames.long.long_tables import (
    ALL,
    ARM,
    EAGER,
    FORMS,
    ITEMS,
    LONG,
    Row,
    by_form,
    rows_of,
    table_of,
)
from tests.strategies import answers, callers, measures

NEW = ["total", "total_answered", "invalid", "missing", "uniform", "stray"]
NAN = float("nan")
SCORED: dict[Any, list[Any]] = {
    ("s1", 9): [6.2, 5, 0, 0, False, 0],
    ("s0", 8): [None, 4, 0, 1, True, 0],
    ("s1", 7): [None, 0, 0, 5, False, 0],
    ("s0", 6): [5.8, 5, 0, 0, True, 0],
}


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("dtype", [pa.int8(), pa.uint64(), pa.float32(), pa.float64()])
def test_one_row_a_form(kind: str, dtype: Any) -> None:
    frame = ALL[kind](table_of(rows_of(FORMS)[::-1], dtype))
    before = copied(frame)
    scored = ta.score_frame(ARM, frame, LONG, invalid="null-and-count")
    assert isinstance(scored, type(frame))
    columns = [f"arm_5_{name}" for name in NEW]
    assert names(scored) == ["case", "session", *ITEMS, *columns]
    assert by_form(scored, columns) == SCORED
    assert by_form(scored, ITEMS) == dict(zip(SCORED, FORMS, strict=True))
    assert same(frame, before)


@pytest.mark.parametrize("kind", EAGER)
def test_forms_stand_as_they_appear_first(kind: str) -> None:
    rows = rows_of(FORMS)
    mixed = [rows[0], rows[6], *rows[10:15], *rows[1:6], *rows[15:], *rows[7:10]]
    scored = ta.score_frame(ARM, EAGER[kind](table_of(mixed)), LONG)
    assert plain(scored, "session") == [9, 8, 7, 6]
    if isinstance(scored, pd.DataFrame):
        assert list(scored.index) == [0, 1, 2, 3]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ALL)
@settings(max_examples=15, phases=(Phase.explicit, Phase.generate))
@given(data=st.data())
def test_a_long_table_is_scored_as_its_forms_are(kind: str, data: st.DataObject) -> None:
    measure = data.draw(measures())
    rule = data.draw(callers())
    forms = data.draw(st.lists(answers(measure), min_size=1, max_size=3))
    rows: list[Row] = [
        (str(at), at, item, answer)
        for at, form in enumerate(forms)
        for item, answer in form.items()
        if answer is not None or item == measure.items[0]
    ]
    frame = ALL[kind](table_of(data.draw(st.permutations(rows))))
    scored = ta.score_frame(measure, frame, LONG, missing=rule, invalid="null-and-count")
    sheets = {(str(n), n): ta.score(measure, form, missing=rule) for n, form in enumerate(forms)}
    columns = [f"invented_{each.id.replace('-', '_')}" for each in measure.scores]
    expected = {key: [each.value for each in sheet.scores] for key, sheet in sheets.items()}
    assert by_form(scored, columns) == expected


def test_an_item_without_any_row_is_not_answered() -> None:
    rows = [row for row in rows_of(FORMS) if row[2] != "3"]
    scored = ta.score_frame(ARM, pl.DataFrame(table_of(rows)), LONG, missing=ta.Prorate(0.8))
    assert scored["3"].to_list() == [None] * 4
    assert scored["arm_5_missing"].to_list() == [1, 2, 5, 1]


@pytest.mark.parametrize("kind", ALL)
def test_a_row_without_an_answer_says_only_that_the_form_is_there(kind: str) -> None:
    empty: list[Row] = [
        ("s1", 9, item, nothing) for item in ("1", "1", "9", None) for nothing in (None, NAN)
    ]
    frame = ALL[kind](table_of([*empty, *rows_of(FORMS[:1]), *empty, ("s3", 1, "2", NAN)]))
    scored = ta.score_frame(ARM, frame, LONG, invalid="null-and-count")
    columns = [f"arm_5_{name}" for name in NEW]
    nothing = [None, 0, 0, 5, False, 0]
    assert by_form(scored, columns) == {("s1", 9): SCORED["s1", 9], ("s3", 1): nothing}
    if kind in EAGER:
        assert by_form(ta.score_frame(ARM, frame, LONG), columns) == by_form(scored, columns)


@pytest.mark.parametrize("kind", [kind for kind in ALL if kind != "pandas-object"])
def test_item_ids_that_are_whole_numbers(kind: str) -> None:
    table = table_of(rows_of(FORMS))
    for dtype in (pa.int8(), pa.uint64(), pa.int64()):
        at = table.column_names.index("item")
        numbered = table.set_column(at, "item", table["item"].cast(dtype))
        scored = ta.score_frame(ARM, ALL[kind](numbered), LONG, invalid="null-and-count")
        assert by_form(scored, [f"arm_5_{name}" for name in NEW]) == SCORED


@pytest.mark.parametrize("kind", [kind for kind in ALL if kind != "pandas-nullable"])
def test_item_ids_that_are_categories(kind: str) -> None:
    table = table_of([*rows_of(FORMS), ("s1", 9, "9", 3), ("s1", 9, None, 3)])
    at = table.column_names.index("item")
    coded = table.set_column(at, "item", table["item"].dictionary_encode())
    scored = ta.score_frame(ARM, ALL[kind](coded), LONG, invalid="null-and-count")
    found = by_form(scored, [f"arm_5_{name}" for name in NEW])
    assert found == {**SCORED, ("s1", 9): [*SCORED["s1", 9][:-1], 2]}


def test_item_ids_of_a_list_of_duckdb() -> None:
    """Its categories refuse to be compared with what is not among them."""
    frame = relation(table_of([row for row in rows_of(FORMS) if row[2] != "5"]))
    labels = frame.project("* replace (item::enum('1', '2', '3', '4') as item)")
    scored = ta.score_frame(ARM, labels, LONG, invalid="null-and-count")
    assert set(plain(scored, "arm_5_total_answered")) == {4, 3, 0}


def test_a_key_of_one_column_and_of_other_names() -> None:
    table = table_of(rows_of(FORMS)).rename_columns(["wave", "value", "who", "note", "question"])
    long = ta.frames.LongTable(by="wave", item="question", answer="value")
    scored = ta.score_frame(ARM, table, long)
    assert names(scored)[:2] == ["wave", "1"]
    assert plain(scored, "arm_5_total") == [6.2, None, None, 5.8]


def test_labels_of_pandas_that_are_no_text() -> None:
    frame = table_of(rows_of(FORMS)).to_pandas()
    frame.columns = range(5)
    long = ta.frames.LongTable(by=(2, 0), item=4, answer=1)  # type: ignore[arg-type]
    scored = ta.score_frame(ARM, frame, long)
    assert list(scored.columns[:3]) == [2, 0, "1"]
    assert plain(scored, "arm_5_total") == [6.2, None, None, 5.8]


@pytest.mark.parametrize("kind", ALL)
def test_no_rows(kind: str) -> None:
    frame = ALL[kind](table_of(rows_of(FORMS)).slice(0, 0))
    scored = ta.score_frame(ARM, frame, LONG, invalid="null-and-count")
    assert plain(scored, "arm_5_total") == []
    assert names(scored)[:3] == ["case", "session", "1"]


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow", "duckdb"])
def test_dtypes_of_the_new_columns(kind: str) -> None:
    scored = ta.score_frame(
        ARM, ALL[kind](table_of(rows_of(FORMS))), LONG, invalid="null-and-count"
    )
    table = in_memory(scored)
    table = table if isinstance(table, pa.Table) else pa.table(table)
    kinds = [str(table.schema.field(f"arm_5_{name}").type) for name in NEW]
    assert kinds == ["double", "int16", "int16", "int16", "bool", "int64"]


def test_counts_do_not_overflow() -> None:
    """More strays than 16 bits can count, in one form that is none."""
    many = 70_000
    frame = pl.DataFrame({"case": [None] * many, "item": ["1"] * many, "answer": [3] * many})
    frame = frame.with_columns(pl.col("case").cast(pl.String))
    long = ta.frames.LongTable(by="case")
    for each in (frame, frame.lazy()):
        scored = in_memory(ta.score_frame(ARM, each, long, invalid="null-and-count"))
        assert scored["arm_5_stray"].to_list() == [many]
        assert scored["arm_5_missing"].to_list() == [5]
    twice = frame.with_columns(case=pl.lit("c1"))
    scored = ta.score_frame(ARM, twice, long, invalid="null-and-count")
    assert scored.row(0)[-6:] == (None, 0, 1, 4, False, 0)
    assert all(one < other for one, other in pairwise([0, scored["arm_5_missing"][0]]))
