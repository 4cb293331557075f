"""Scores of PySpark frames, on Spark itself."""

from functools import partial
from math import inf, nan
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.frames.by_hand import bits, by_hand
from tests.frames.engines import on_spark
from tests.frames.generated import Column, Table
from tests.strategies import answers

pytestmark = [pytest.mark.spark, pytest.mark.slow]
REGISTRY = ta.Registry()
WAI = REGISTRY.measure("wai-sr")
ARM = REGISTRY.measure("arm-5")
ITEMS = ARM.items
OUTSIDE = {"tinyint": -128, "smallint": 263, "int": 65543, "bigint": 2**32 + 7, "float": 1e38}
"""What would be 7, or raise, in a narrower column."""
ODD = [3.5, 300.0, -1.0, 0.0, 259.0, 2.0**62, 1e300, inf, -inf, nan, None]
NEW = ("total", "total_answered", "invalid", "missing", "uniform")


@settings(max_examples=1)
@given(rows=st.lists(answers(WAI), min_size=30, max_size=30))
def test_every_missing_rule_gives_the_scores_of_plain_python(
    spark: Any, rows: list[dict[str, float | None]]
) -> None:
    columns = {item: Column("float64", tuple(row[item] for row in rows)) for item in WAI.items}
    for rule in (None, ta.Prorate(0.5), ta.Prorate(0.8), ta.Prorate(1)):
        table = Table(WAI, rule, columns, len(rows))
        score = partial(ta.score_frame, WAI, missing=rule, invalid="null-and-count")
        scored, expected = on_spark(spark)(table, score), by_hand(table)
        assert bits({name: scored[name] for name in expected}) == bits(expected)


def test_what_is_no_answer_is_counted(spark: Any) -> None:
    rows = [(number, *([6.0] * 4), answer) for number, answer in enumerate(ODD)]
    kinds = ", ".join(f"`{name}` double" for name in ITEMS)
    frame = spark.createDataFrame(rows, f"row int, {kinds}")
    scored = ta.score_frame(ARM, frame, missing=ta.Prorate(0.8), invalid="null-and-count")
    assert scored.columns == ["row", *ITEMS, *(f"arm_5_{name}" for name in NEW)]
    found = [tuple(row[-5:]) for row in scored.orderBy("row").collect()]
    value = ta.score(ARM, [6, 6, 6, 6, None], missing=ta.Prorate(0.8))["total"].value
    refused, absent = (value, 4, 1, 0, True), (value, 4, 0, 1, True)
    assert found == [*[refused] * (len(ODD) - 2), absent, absent]


@pytest.mark.parametrize("kind", OUTSIDE)
def test_every_kind_of_number(spark: Any, kind: str) -> None:
    seven = 7.0 if kind == "float" else 7
    rows = [(*[seven] * 4, last) for last in (seven, OUTSIDE[kind], None)]
    frame = spark.createDataFrame(rows, ", ".join(f"`{item}` {kind}" for item in ITEMS))
    scored = ta.score_frame(ARM, frame, invalid="null-and-count")
    assert [tuple(row[-5:]) for row in scored.collect()] == [
        (ta.score(ARM, [7] * 5)["total"].value, 5, 0, 0, True),
        (None, 4, 1, 0, True),
        (None, 4, 0, 1, True),
    ]
    assert [scored.schema[f"arm_5_{name}"].dataType.simpleString() for name in NEW] == [
        *("double", "smallint", "smallint", "smallint", "boolean")
    ]


def test_nothing_runs_in_python_and_files_are_pushed_into(spark: Any, tmp_path: Path) -> None:
    path = str(tmp_path / "forms.parquet")
    pq.write_table(pa.table({"case": ["c1"], **{item: [6] for item in ITEMS}}), path)
    scored = ta.score_frame(ARM, spark.read.parquet(path), invalid="null-and-count")
    plan = scored._jdf.queryExecution().executedPlan().toString()
    assert "arm_5_total" in plan
    assert "Python" not in plan
    assert "Exchange" not in plan  # rows stay where they are
    narrow = scored.select("arm_5_missing")._jdf.queryExecution().executedPlan().toString()
    assert "case" not in narrow  # a column that nobody asks for is not read


def test_a_dot_in_the_name_of_a_column(spark: Any) -> None:
    frame = spark.createDataFrame([(6, 7, 1, 6, 5, "x")], [*ITEMS[:4], "q.5", "a`b"])
    scored = ta.score_frame(ARM, frame, {"5": "q.5"}, invalid="null-and-count")
    assert scored.columns[:6] == [*ITEMS[:4], "q.5", "a`b"]
    assert tuple(scored.collect()[0]) == (6, 7, 1, 6, 5, "x", 6.2, 5, 0, 0, False)


def test_a_long_table(spark: Any) -> None:
    rows = [("c1", item, answer) for item, answer in zip(ITEMS, [6, 7, 1, 6, 5], strict=True)]
    rows += [("c2", item, 7) for item in ITEMS[:4]]
    frame = spark.createDataFrame(rows, "client string, item string, answer int")
    long = ta.frames.LongTable(by="client")
    scored = ta.score_frame(ARM, frame, long, invalid="null-and-count")
    chosen = scored.orderBy("client").select("client", "arm_5_total", "arm_5_missing")
    assert [tuple(row) for row in chosen.collect()] == [("c1", 6.2, 0), ("c2", None, 1)]


def test_a_frame_that_would_have_to_raise_is_refused_at_once(spark: Any) -> None:
    with pytest.raises(ta.TableError, match="null-and-count"):
        ta.score_frame(ARM, spark.range(1))
