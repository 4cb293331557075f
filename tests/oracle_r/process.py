"""R as a separate process: tables in, one table out, nothing shared but files."""

import csv
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

SCRIPTS = Path(__file__).parent
PACKAGES = "Debian: r-base-core and r-cran-psych"

Found = Mapping[tuple[str, str, int], float | None]
"""What R found, by set, quantity and session or position; ``None`` for its NA."""


def cell(value: Any) -> str:
    """As R reads it: NA where nothing is, and all digits of a number."""
    return "NA" if value is None else str(value)


def write(file: Path, head: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """A table that a script reads."""
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([head, *(map(cell, row) for row in rows)])


def run(script: str, folder: Path) -> Found:
    """Run one script in a folder with its tables, and read the table that it writes."""
    rscript = shutil.which("Rscript")
    if rscript is None:
        _missing("Rscript is not there")
    given = [str(SCRIPTS / script), "found.csv"]
    ran = subprocess.run(
        [str(rscript), "--vanilla", *given], cwd=folder, check=False,
        capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "en"},
    )  # fmt: skip
    if "there is no package called" in ran.stderr:
        _missing("psych, the package of R, is not there")
    assert ran.returncode == 0, ran.stderr
    with (folder / "found.csv").open(encoding="utf-8", newline="") as table:
        return {
            (row["set"], row["what"], int(row["at"])): _number(row["value"])
            for row in csv.DictReader(table)
        }


def _number(text: str) -> float | None:
    return None if text == "NA" else float(text)


def _missing(what: str) -> None:
    """R is no dependency of the library; where everything is to be tested, it has to be there."""
    why = f"{what}, so that nothing is compared with R; {PACKAGES}"
    pytest.fail(why) if os.environ.get("CI") else pytest.skip(why)
