"""Detectors on frames of Spark: what ``flags`` says, bit for bit, in few jobs."""

from typing import Any

import pytest

import therapeutic_alliance as ta
from tests.frames.detect import told
from tests.frames.detect.invented import Lowest, Steps
from tests.frames.detect.told import NAMES, Row, Told
from tests.frames.detect.windowed import WINDOWS

pytestmark = [
    pytest.mark.spark,
    pytest.mark.slow,
]
SIMULATED = told.simulated(40)
OTHERS = WINDOWS[1:2] + WINDOWS[3:6]
KINDS = "row long, clinic string, `case` int, session int, score double, total double, note string"


def in_spark(spark: Any, rows: list[Row]) -> Any:
    """In several partitions, cases torn apart."""
    return spark.createDataFrame(rows, KINDS).repartition(3)


def collected(frame: Any) -> Any:
    """The rows, in their order, as a frame in memory."""
    import polars as pl

    return pl.from_dicts(
        [each.asDict() for each in frame.collect()], infer_schema_length=None
    ).sort("row")


def test_online_rules_of_the_library_and_those_of_plugins(spark: Any) -> None:
    """One job: each rule adds its columns, and keeps what stands there."""
    frame = in_spark(spark, SIMULATED)
    rules = [*told.online(), Lowest(), Steps()]
    for rule in told.online():
        frame = told.detect(frame, rule)
    for rule in (Lowest(), Steps()):
        with pytest.warns(ta.frames.PerCaseWarning, match=rule.id):
            frame = told.detect(frame, rule)
    kinds = ["bigint", "string", "int", "int", "double", "double", "string"]
    assert [kind for _, kind in frame.dtypes] == kinds + ["boolean", "double", "double"] * len(
        rules
    )
    back = collected(frame)
    assert repr(back.select(NAMES).rows()) == repr(list(map(tuple, SIMULATED)))
    for rule in rules:
        want = told.oracle(rule, SIMULATED, told.column_of(rule))
        assert told.same(told.found(back, rule), want), rule.id


def test_window_expressions_with_other_parameters(spark: Any) -> None:
    """Nothing is sent to Python; one job."""
    import pyspark.sql.functions as F  # noqa: N812

    whole = None
    for number, rule in enumerate(OTHERS):
        frame = told.detect(in_spark(spark, SIMULATED), rule)
        stem = rule.id.replace("-", "_")
        columns = [f"{stem}_{name}" for name in ("flag", "statistic", "threshold")]
        part = frame.select(
            "row",
            F.lit(number).alias("rule"),
            *(F.col(name).alias(name[len(stem) :]) for name in columns),
        )
        whole = part if whole is None else whole.union(part)
    assert whole is not None
    plan = whole._jdf.queryExecution().executedPlan().toString()
    assert "Python" not in plan
    assert "Arrow" not in plan
    back = {(row["rule"], row["row"]): row[2:] for row in whole.collect()}
    for number, rule in enumerate(OTHERS):
        want = told.oracle(rule, SIMULATED, told.column_of(rule))
        found: list[Told] = [tuple(back[number, row]) for row in range(len(SIMULATED))]
        assert told.same(found, want), rule


def test_what_is_refused_is_refused_when_it_is_computed(spark: Any) -> None:
    twice = [*SIMULATED, SIMULATED[0]._replace(row=len(SIMULATED))]
    for rule in (
        ta.Registry().detector("rci-drop"),
        ta.Registry().detector("eb-z", cohort=ta.CohortConstants.illustrative()),
    ):
        frame = told.detect(in_spark(spark, twice), rule)
        with pytest.raises(Exception, match="its case has that session before"):
            frame.collect()


def test_one_rater_and_one_measure_a_call(spark: Any) -> None:
    kinds = "`case` string, session int, value double, measure string, rater string"
    rows = [("c1", 1, 4.0, "m", "client"), ("c1", 2, 3.0, "m", "therapist")]
    table = spark.createDataFrame(rows, kinds)
    where: dict[str, Any] = {"by": "case", "order": "session", "score": "value"}
    where |= {"low": 1, "high": 5}
    cohort = ta.CohortConstants.illustrative()
    by_rows = ta.Registry().detector("eb-z", cohort=cohort)
    for rule in (WINDOWS[0], by_rows):
        for rater, words in ((None, "several raters"), ("client", "another rater than client")):
            with pytest.raises(Exception, match=f"names {words}; one rater a call"):
                ta.detect_frame(table, rule, **where, rater=rater).collect()
        kept = table.filter("rater = 'client'")
        assert len(ta.detect_frame(kept, rule, **where, rater="client").collect()) == 1
