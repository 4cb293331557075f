"""Every example runs, and the simulated caseload is what its script prints."""

import subprocess
import sys
from pathlib import Path

import pytest

import therapeutic_alliance as ta

ROOT = Path(__file__).parents[2]
SUBMITTED = ROOT / "examples" / "spark_scoring.py"
"""Runs in tests/frames/lazy/test_spark_submit.py, as Spark runs it."""
EXAMPLES = sorted({*(ROOT / "examples").glob("*.py")} - {SUBMITTED})


@pytest.mark.parametrize("script", EXAMPLES, ids=[script.stem for script in EXAMPLES])
def test_an_example_runs(script: Path, tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-W", "error", str(script)],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr == ""
    assert ran.stdout


def test_the_caseload_is_what_its_script_prints() -> None:
    program = [sys.executable, str(ROOT / "examples" / "make_caseload.py")]
    printed = subprocess.run(program, capture_output=True, check=True).stdout
    shipped = Path(ta.__file__).parent / "simulated" / "caseload.csv"
    assert printed == shipped.read_bytes()
