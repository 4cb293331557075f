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
BOTH = [
    ta.Registry().detector("rci-drop"),
    ta.Registry().detector("eb-z", cohort=ta.CohortConstants.illustrative()),
]
"""A rule that Spark computes as a drop, and one that goes over the rows themselves."""
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
    for rule in BOTH:
        frame = told.detect(in_spark(spark, twice), rule)
        with pytest.raises(Exception, match="its case has that session before"):
            frame.collect()


def test_one_rater_and_one_measure_a_call(spark: Any) -> None:
    kinds = "`case` string, session int, value double, measure string, rater string"
    rows = [("c1", 1, 4.0, "m", "client"), ("c1", 2, 3.0, "m", "therapist")]
    table = spark.createDataFrame(rows, kinds)
    where: dict[str, Any] = {"by": "case", "order": "session", "score": "value"}
    where |= {"low": 1, "high": 5}
    for rule in BOTH:
        for rater, words in ((None, "several raters"), ("client", "another rater than client")):
            with pytest.raises(Exception, match=f"names {words}; one rater a call"):
                ta.detect_frame(table, rule, **where, rater=rater).collect()
        kept = table.filter("rater = 'client'")
        assert len(ta.detect_frame(kept, rule, **where, rater="client").collect()) == 1


@pytest.mark.parametrize("rule", BOTH, ids=lambda each: each.id)
def test_names_of_columns_may_be_anything(spark: Any, rule: Any) -> None:
    """They come back, in errors too; a prefix may be anything as well."""
    odd = ["row", "a.b", "*", "`t`", "s.*", 'to "tal"', "_c1"]
    frame = in_spark(spark, SIMULATED[:60]).toDF(*odd)
    where: dict[str, Any] = {"by": ["a.b", "*"], "order": "`t`", "score": "s.*", "low": 1}
    found = ta.detect_frame(frame, rule, **where, high=5, prefix="p.`q`")
    stem = f"p.`q`{rule.id.replace('-', '_')}"
    assert found.columns == [*odd, f"{stem}_flag", f"{stem}_statistic", f"{stem}_threshold"]
    back = sorted(found.collect(), key=lambda row: row[0])
    assert repr([tuple(row)[:7] for row in back]) == repr(list(map(tuple, SIMULATED[:60])))
    want = told.oracle(rule, SIMULATED[:60], "score")
    assert told.same([tuple(row)[7:] for row in back], want)
    with pytest.raises(Exception, match=r'column "s\.\*": outside the possible range, 1 to 1\.5'):
        ta.detect_frame(frame, rule, **where, high=1.5).collect()
