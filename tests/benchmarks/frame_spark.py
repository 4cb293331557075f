"""Scores in Spark, two workers in one process, against a scan that does nothing else."""

import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from typing import Any

import psutil  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
from frame_data import Answers, ours
from timing import table

ROWS, ITEMS = (1_000_000, 10_000_000), 12
SCAN, OURS = "bare scan", "ours, expressions"


def show(rows: Iterable[int], rounds: int) -> None:
    """A table for each size; the result goes to Spark's sink that keeps nothing."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.log.level", "ERROR").getOrCreate()
    with tempfile.TemporaryDirectory() as folder:
        for n in rows:
            _show(session, Path(folder) / f"{n}.parquet", n, rounds)
    session.stop()


def _show(session: Any, file: Path, rows: int, rounds: int) -> None:
    answers = Answers.simulated(ITEMS, rows)
    pq.write_table(answers.arrow(), file, row_group_size=max(1, rows // 8))
    scan = session.read.parquet(str(file))
    jobs: dict[str, Callable[[], None]] = {
        SCAN: lambda: scan.write.format("noop").mode("overwrite").save(),
        OURS: lambda: ours(answers, scan)().write.format("noop").mode("overwrite").save(),
    }
    spent: dict[str, list[float]] = {name: [] for name in jobs}
    for turn in range(rounds + 2):  # two turns until Java has compiled
        for name, job in jobs.items():
            before = _cpu()
            job()
            if turn > 1:
                spent[name].append(_cpu() - before)
    figures = {name: median(times) for name, times in spent.items()}
    cells = [
        [name, f"{cpu / rows * 1e9:.0f}", f"{cpu / figures[SCAN]:.2f}"]
        for name, cpu in figures.items()
    ]
    table(
        f"Spark, {rows:_} rows of {ITEMS} items, CPU time of all processes",
        ("", "ns a row", "ratio"),
        cells,
    )


def _cpu() -> float:
    """Seconds of this process and those that it started, Java's too."""
    here = psutil.Process()
    times = [each.cpu_times() for each in (here, *here.children(recursive=True))]
    return float(sum(each.user + each.system for each in times))
