"""Every part of the benchmarks of data frames runs, at sizes that say nothing about time."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PARTS = {
    "engines": ("1_000 rows of 12 items", "DuckDB, SQL by hand"),
    "r": ("1_000 rows of 36 items", "psych::scoreFast"),
    "memory": ("1_000 rows", "naive pandas, float64"),
    "curve": ("Cost curve", "PyArrow int8"),
    "files": ("1_000 rows", "decode + encode"),
    "detect": ("ns a session", "rci-drop"),
    "spark": ("1_000 rows", "bare scan"),
}
NEEDS = {"r": "Rscript", "spark": "java"}
pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "part",
    [pytest.param(part, marks=[pytest.mark.spark] * (part == "spark")) for part in PARTS],
)
def test_a_part_prints_its_tables(part: str) -> None:
    needed = NEEDS.get(part)
    if needed and not shutil.which(needed):
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{needed} is not there")
    script = Path(__file__).with_name("frames.py")
    ran = subprocess.run(
        [sys.executable, str(script), part, "--most", "1000", "--rounds", "1"],
        check=False, capture_output=True, text=True,
        env={**os.environ, "SPARK_LOCAL_IP": "127.0.0.1"},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert all(words in ran.stdout for words in PARTS[part])
    assert re.search(r"narwhals \d", ran.stdout.splitlines()[0])
