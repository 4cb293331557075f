"""The example, sent to two workers that have no Python at all."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pyspark
import pytest

import therapeutic_alliance as ta

pytestmark = [pytest.mark.spark, pytest.mark.slow]
EXAMPLE = Path(__file__).parents[3] / "examples" / "spark_scoring.py"
WAI = ta.Registry().measure("wai-sr")
SOON = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.log.level": "ERROR",
    "spark.driver.host": "127.0.0.1",
    "spark.network.timeout": "600s",
    "spark.driver.extraJavaOptions": SOON,
    "spark.executor.extraJavaOptions": SOON,
    "spark.pyspark.driver.python": sys.executable,
    "spark.pyspark.python": "/nowhere/python",
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """PySpark's folder, in which workers would otherwise keep what they write."""
    folder = tmp_path / "spark"
    folder.mkdir()
    for each in Path(pyspark.__file__).parent.iterdir():
        if each.name != "work":
            (folder / each.name).symlink_to(each)
    return folder


@pytest.mark.usefixtures("java")
def test_the_example_runs_on_two_workers_without_python(home: Path, tmp_path: Path) -> None:
    output = tmp_path / "scores.parquet"
    command = [home / "bin" / "spark-submit", "--master", "local-cluster[2,1,1024]"]
    command += [part for pair in SETTINGS.items() for part in ("--conf", "=".join(pair))]
    done = subprocess.run(
        [*map(str, command), str(EXAMPLE), str(output), "--forms", "500"],
        env=os.environ
        | {
            "SPARK_HOME": str(home),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "PYSPARK_DRIVER_PYTHON": sys.executable,
        },
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = dict(re.findall(r"^(.+): (\d+)$", done.stdout, re.MULTILINE))
    rows = pq.read_table(output).to_pylist()
    assert int(told["forms"]) == len(rows) == 500
    for row in rows:
        given = {item: row[item] if row[item] != 9 else None for item in WAI.items}
        sheet = ta.score(WAI, given, missing=ta.Prorate(0.8))
        found = [row[f"wai_sr_{score.id}"] for score in sheet.scores]
        assert found == [score.value for score in sheet.scores]
    refused = sum([row[item] for item in WAI.items].count(9) for row in rows)
    assert int(told["answers refused"]) == refused > 0
    assert len(list((home / "work").glob("app-*/*"))) == 2  # a folder for each executor
