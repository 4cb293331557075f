"""Long tables that are wrong: rows are named in memory, and counted wherever that is asked for."""

from typing import Any

import pandas as pd  # type: ignore[import-untyped]
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pytest

import therapeutic_alliance as ta
from tests.frames.kinds import in_memory, plain
from tests.frames.long.long_tables import (
    ALL,
    EAGER,
    FORMS,
    ITEMS,
    LAZY,
    LONG,
    by_form,
    rows_of,
    table_of,
)
from tests.privacy.leaks import leaked

ARM = ta.Registry().measure("arm-5")
GOOD = rows_of(FORMS)
COUNTS = ["arm_5_invalid", "arm_5_missing", "arm_5_stray"]


def _error(frame: Any, long: ta.frames.LongTable = LONG, **kwargs: Any) -> str:
    with pytest.raises(ta.TableError) as caught:
        ta.score_frame(ARM, frame, long, **kwargs)
    assert not leaked(caught.value, "98321", "quokka", "s1")
    return str(caught.value)


BAD: Any = [
    ("s1", 9, "2", 4.0),
    ("s1", 9, "1", 6.0),
    (None, 9, "1", 4.0),
    ("s0", None, "1", 4.0),
    ("s0", 8, None, 4.0),
    ("s0", 8, "quokka", 98321.0),
    ("s0", 8, "2", 4.0),
    ("s1", 9, "2", None),
]


@pytest.mark.parametrize("kind", EAGER)
def test_rows_that_belong_nowhere_and_second_answers(kind: str) -> None:
    assert _error(EAGER[kind](table_of([*BAD[:1], *GOOD, *BAD[1:]]))).splitlines() == [
        "row 2, item 2: stands twice in one form, first in row 0",
        "row 21, item 1: stands twice in one form, first in row 1",
        'row 22: column "case" is empty',
        'row 23: column "session" is empty',
        'row 24: column "item" is empty',
        'row 25: column "item": no item of arm-5, which has 5 items, 1 to 5',
    ]


@pytest.mark.parametrize("kind", ALL)
def test_they_are_counted_where_that_is_asked_for(kind: str) -> None:
    frame = ALL[kind](table_of([*GOOD, *BAD]))
    scored = in_memory(ta.score_frame(ARM, frame, LONG, invalid="null-and-count"))
    assert by_form(scored, COUNTS) == {
        ("s1", 9): [2, 0, 0],
        ("s0", 8): [0, 0, 2],
        ("s1", 7): [0, 5, 0],
        ("s0", 6): [0, 0, 0],
        (None, 9): [0, 5, 1],
        ("s0", None): [0, 5, 1],
    }
    total = by_form(scored, ["1", "2", "arm_5_total", "arm_5_total_answered"])
    assert total["s1", 9] == [None, None, None, 3]
    assert total[None, 9] == [None, None, None, 0]


@pytest.mark.parametrize("kind", EAGER)
def test_refused_answers_are_named_by_their_own_rows(kind: str) -> None:
    rows: Any = [("s0", 6, "2", 98321.0), ("s1", 9, "5", 4.25), ("s1", 9, "1", 0.0)]
    given = [row for row in GOOD if row[:3] not in {each[:3] for each in rows}]
    frame = EAGER[kind](table_of([*given[:3], rows[0], *given[3:], *rows[1:]]))
    assert _error(frame).splitlines() == [
        'row 3, item 2, column "answer": above the highest answer, 7',
        'row 18, item 5, column "answer": not a whole number',
        'row 19, item 1, column "answer": below the lowest answer, 1',
    ]
    scored = ta.score_frame(ARM, frame, LONG, invalid="null-and-count")
    assert by_form(scored, COUNTS)["s1", 9] == [2, 0, 0]


def test_very_many_refused_answers() -> None:
    """The first of them are named, as in wide tables, and all are counted."""
    rows: Any = [("s1", at, item, 9.0) for at in range(300) for item in "54321"]
    lines = _error(pl.DataFrame(table_of(rows))).splitlines()
    assert lines[0] == 'row 0, item 5, column "answer": above the highest answer, 7'
    assert lines[-1] == "... and 1480 more"


def test_item_ids_of_column_names_are_told_what_ids_look_like() -> None:
    rows: Any = [("s1", 9, f"q{item}", 4.0) for item in "12"]
    assert _error(pl.DataFrame(table_of(rows))).splitlines() == [
        f'row {row}: column "item": no item of arm-5, which has 5 items, 1 to 5' for row in (0, 1)
    ]


def test_objects_that_are_no_numbers() -> None:
    frame = table_of(GOOD).to_pandas()
    frame["answer"] = frame["answer"].astype(object)
    frame.loc[4, "answer"] = "quokka"
    frame.loc[5, "answer"] = True
    assert _error(frame).splitlines() == [
        'row 4, item 5, column "answer": not a number',
        'row 5, item 1, column "answer": not a number',
    ]


@pytest.mark.parametrize("kind", LAZY)
def test_a_lazy_table_that_should_raise_is_refused_at_once(kind: str) -> None:
    assert _error(LAZY[kind](table_of(GOOD))).startswith(
        "a lazy frame, or an engine's table, holds no"
    )


@pytest.mark.parametrize("kind", ALL)
def test_columns_that_are_not_there(kind: str) -> None:
    long = ta.frames.LongTable(by=("case", "wave"), item="question")
    assert _error(ALL[kind](table_of(GOOD)), long, invalid="null-and-count").splitlines() == [
        'the frame has no column "wave"',
        'the frame has no column "question"',
    ]


@pytest.mark.parametrize(
    ("column", "cells", "rule"),
    [
        ("answer", ["4"], 'column "answer": holds text, numbers are needed'),
        ("answer", [True], 'column "answer": holds booleans, numbers are needed'),
        ("item", [1.0], 'column "item": item ids are text or whole numbers by their dtype'),
        ("item", [True], 'column "item": item ids are text or whole numbers by their dtype'),
        ("case", [[1]], 'column "case": it cannot tell forms apart by its dtype'),
    ],
)
@pytest.mark.parametrize("kind", ["polars", "polars-lazy", "pyarrow", "duckdb", "pandas-arrow"])
def test_dtypes(kind: str, column: str, cells: list[Any], rule: str) -> None:
    table = table_of(GOOD[:1])
    changed = table.set_column(table.column_names.index(column), column, pa.array(cells))
    assert _error(ALL[kind](changed), invalid="null-and-count") == rule


def test_names_that_the_new_columns_need() -> None:
    frame = pl.DataFrame({"1": ["c1"], "arm_5_stray": [1], "arm_5_total": [1], "item": ["1"]})
    frame = frame.with_columns(answer=pl.lit(4))
    for name, rule in {
        "1": 'by: a new column will be called "1"',
        "arm_5_stray": 'by: a new column will be called "arm_5_stray"',
        "arm_5_total": "the frame has a column arm_5_total already: rename it",
    }.items():
        assert _error(frame, ta.frames.LongTable(by=name)) == rule


@pytest.mark.parametrize("kind", ALL)
def test_an_item_that_is_called_as_a_new_column(kind: str) -> None:
    measure = ta.Measure(
        id="z",
        version="1",
        name="Invented",
        raters=("client",),
        items=("z_total",),
        scale=ta.Scale(low=0, high=3),
        scores=(ta.ScoreRule(id="total", items=("z_total",), aggregate="sum"),),
    )
    with pytest.raises(ta.TableError) as caught:
        ta.score_frame(measure, ALL[kind](table_of(GOOD)), LONG, invalid="null-and-count")
    assert str(caught.value) == "two new columns will be called z_total"


@pytest.mark.parametrize(
    "given", [{"by": ()}, {"by": ("a", "a")}, {"by": "item"}, {"by": "a", "item": "answer"}]
)
def test_uses_that_contradict_each_other(given: Any) -> None:
    with pytest.raises(ta.TableError):
        ta.frames.LongTable(**given)


@pytest.mark.parametrize("given", [None, {"c1"}, [["c1"]], {"c1": 1}])
@pytest.mark.parametrize("use", ["by", "item", "answer"])
def test_what_names_no_column(use: str, given: Any) -> None:
    names: Any = {"by": "case", use: given}
    kind = type(given[0] if use == "by" and isinstance(given, list) else given).__name__
    with pytest.raises(ta.TableError) as caught:
        ta.frames.LongTable(**names)
    assert str(caught.value) == f"{use}: the name of a column is needed, not a {kind}"


def test_labels_of_pandas_that_are_no_text() -> None:
    frame = pd.DataFrame({7: ["c1"] * 5, 8: ITEMS, 9: [6, 7, 1, 6, 5]})
    by_number: Any = {"by": 7, "item": 8, "answer": 9}
    scored = ta.score_frame(ARM, frame, ta.frames.LongTable(**by_number))
    assert (scored[7].tolist(), scored["arm_5_total"].tolist()) == (["c1"], [6.2])


@pytest.mark.parametrize("kind", EAGER)
def test_a_session_that_is_nan_is_no_session(kind: str) -> None:
    table = table_of(GOOD)
    nan = pa.array([float("nan"), *([1.0] * (len(GOOD) - 1))])
    at = table.column_names.index("session")
    changed = EAGER[kind](table.set_column(at, "session", nan))
    assert _error(changed, ta.frames.LongTable(by=("session", "note"))).splitlines()[0] == (
        'row 0: column "session" is empty'
    )


def test_the_frame_of_the_caller_keeps_its_index() -> None:
    frame = table_of(GOOD).to_pandas().set_axis(pd.Index([7] * len(GOOD)), axis=0)
    before = frame.copy(deep=True)
    scored = ta.score_frame(ARM, frame, LONG)
    pd.testing.assert_frame_equal(frame, before)
    assert plain(scored, "arm_5_total") == [6.2, None, None, 5.8]
