"""Scores WAI-SR forms on Spark and writes them as Parquet.

Only the driver needs this library: ``spark-submit examples/spark_scoring.py scores.parquet``.
Without ``--answers`` the forms are simulated: no person ever gave these answers.
"""

import argparse

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f

import therapeutic_alliance as ta

MEASURE = ta.Registry().measure("wai-sr")
ONE_IN = 1000
"""So many simulated answers have one that the measure does not offer."""


def simulated(spark: SparkSession, forms: int) -> DataFrame:
    """Ten forms of each case, in a table with a column for each item."""
    number = f.col("id")
    return spark.range(forms).select(
        f.format_string("sim-%07d", f.floor(number / 10)).alias("case"),
        (number % 10 + 1).cast("int").alias("session"),
        *(answer(int(item)).alias(item) for item in MEASURE.items),
    )


def answer(item: int):  # noqa: ANN201, a column of Spark
    """An answer from 1 to 5, three in a hundred missing, a few out of range."""
    chance = f.rand(seed=item)
    given = f.floor(f.rand(seed=100 + item) * 5 + 1).cast("tinyint")
    out_of_range = f.lit(9).cast("tinyint")
    return f.when(chance < 1 / ONE_IN, out_of_range).when(chance < 0.97, given)


def main() -> None:
    """Read or simulate, score, write, and say how it went."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("output", help="folder of Parquet files to be written")
    arguments.add_argument("--answers", help="Parquet with a column for each item, 1 to 12")
    arguments.add_argument("--forms", type=int, default=100_000, help="how many to simulate")
    chosen = arguments.parse_args()

    spark = SparkSession.builder.appName("WAI-SR").getOrCreate()
    forms = spark.read.parquet(chosen.answers) if chosen.answers else simulated(spark, chosen.forms)
    scored = ta.score_frame(MEASURE, forms, missing=ta.Prorate(0.8), invalid="null-and-count")
    scored.write.mode("errorifexists").parquet(chosen.output)

    written = spark.read.parquet(chosen.output)
    counts = written.agg(
        f.count("*").alias("forms"),
        f.count("wai_sr_total").alias("with a total"),
        f.sum("wai_sr_invalid").alias("answers refused"),
        f.sum("wai_sr_missing").alias("answers missing"),
        f.sum(f.col("wai_sr_uniform").cast("int")).alias("forms with uniform answers"),
    )
    for name, count in counts.first().asDict().items():
        print(f"{name}: {count or 0}")
    spark.stop()


if __name__ == "__main__":
    main()
