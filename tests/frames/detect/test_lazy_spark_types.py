"""What Spark alone has: collations of columns, and types that it does not hand to Python."""

from typing import Any

import pyspark
import pytest

import therapeutic_alliance as ta

pytestmark = [pytest.mark.spark, pytest.mark.slow]
collations = pytest.mark.skipif(
    pyspark.__version__.startswith("3."), reason="Spark has collations since version 4"
)
WINDOW = ta.Registry().detector("rci-drop")
BEST = ta.Registry().detector("drop-from-best")
BY_ROWS = ta.Registry().detector("eb-z", cohort=ta.CohortConstants.illustrative())
WHERE: dict[str, Any] = {"by": "who", "order": "session", "score": "score", "low": 1, "high": 5}
VISITS = """
    SELECT collate(who, 'UTF8_LCASE') AS who, session, double(score) AS score,
        collate(rater, 'UTF8_LCASE') AS rater
    FROM VALUES ('Zoe', 1, 5, 'client'), ('zoe', 2, 4, 'client'), ('Zoe', 3, 2, 'client'),
        ('zoe', 4, 3, 'client') AS t (who, session, score, rater)
"""
ANSWERS = """
    SELECT collate(who, 'UTF8_LCASE') AS who, collate(item, 'UTF8_LCASE') AS item, answer
    FROM VALUES ('Zoe', '1', 6), ('Zoe', '2', 7), ('zoe', '3', 1), ('zoe', '4', 5), ('zoe', '5', 4)
        AS t (who, item, answer)
"""


@collations
@pytest.mark.parametrize("detector", [WINDOW, BEST, BY_ROWS], ids=lambda each: each.id)
def test_cases_are_those_of_frames_in_memory(spark: Any, detector: Any) -> None:
    visits = spark.sql(VISITS)
    found = ta.detect_frame(visits, detector, **WHERE)
    assert found.schema.fields[:4] == visits.schema.fields
    want = ta.detect_frame(visits.toArrow(), detector, **WHERE).to_pydict()
    rows = list(zip(*want.values(), strict=True))
    assert sorted(map(tuple, found.collect()), key=lambda row: row[1]) == rows


@collations
def test_raters_are_told_apart_by_the_bytes_of_their_text(spark: Any) -> None:
    visits = spark.sql(VISITS).selectExpr("* EXCEPT (rater)", "upper(rater) AS rater")
    with pytest.raises(Exception, match="names another rater than client"):
        ta.detect_frame(visits, WINDOW, **WHERE, rater="client").collect()


@collations
def test_forms_are_those_of_frames_in_memory(spark: Any) -> None:
    measure, long = ta.Registry().measure("arm-5"), ta.frames.LongTable(by="who")
    answers = spark.sql(ANSWERS)
    found = ta.score_frame(measure, answers, long, invalid="null-and-count")
    assert found.schema["who"].dataType == answers.schema["who"].dataType
    want = ta.score_frame(measure, answers.toArrow(), long, invalid="null-and-count").to_pydict()
    rows = set(zip(*want.values(), strict=True))
    assert set(map(tuple, found.collect())) == rows


def test_types_that_spark_does_not_hand_to_python_are_refused_by_name(spark: Any) -> None:
    query = "SELECT 'a' AS who, 1 AS session, 4D AS score, interval '1' year AS `a.b`, 2 AS two"
    visits = spark.sql(query)
    assert ta.detect_frame(visits, WINDOW, **WHERE).count() == 1
    with pytest.raises(ta.TableError) as error:
        ta.detect_frame(visits, BY_ROWS, **WHERE)
    [problem] = error.value.problems
    assert str(problem) == (
        'column "a.b": Spark cannot hand its values to Python: leave it out, or cast it to text'
    )
    assert error.value.__context__ is None


@pytest.mark.parametrize("session", ["9223372036854775807L", "31337e300D"])
@pytest.mark.parametrize("ansi", ["true", "false"])
def test_sessions_without_room_are_refused_in_the_words_of_the_rule(
    spark: Any, session: str, ansi: str
) -> None:
    before = spark.conf.get("spark.sql.ansi.enabled")
    spark.conf.set("spark.sql.ansi.enabled", ansi)
    try:
        visits = spark.sql(f"SELECT 'a' AS who, {session} AS session, 4D AS score")
        with pytest.raises(Exception, match="session number is a whole number from 1") as error:
            ta.detect_frame(visits, WINDOW, **WHERE).collect()
    finally:
        spark.conf.set("spark.sql.ansi.enabled", before)
    assert "31337" not in str(error.value).replace(session, "")
