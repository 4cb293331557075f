"""Memory does not grow with a file, but for 16 bytes a row where forms are compared."""

import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from tests.cli.commands import ALLIANCE
from tests.frames.files.forms import ITEMS, PUT, forms
from therapeutic_alliance.frames.sources.places import DuckTable

SMALL, LARGE = 1_000_000, 3_000_000
MIB = 1 << 20
CHILD = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def _peak(folder: Path, kind: str, rows: int, suffix: str, *said: str) -> int:
    """Peak resident bytes of a run over so many simulated forms."""
    inner = folder / f"{kind}-{rows}"
    inner.mkdir(exist_ok=True)
    if not [*inner.iterdir()]:
        table = forms(rows).select(["case", "session", *ITEMS])
        if kind == "parquet":
            pq.write_table(table, inner / "in.parquet", row_group_size=1 << 17)
        else:
            PUT[kind](table, inner)
    [file] = (each for each in inner.iterdir() if not each.name.startswith("out"))
    table_ = ("--table", DuckTable(file, "forms").table) if kind == "database" else ()
    command = [ALLIANCE, "score", str(file), *table_, "--measure", "wai-sr", *said]
    ran = subprocess.run(
        [sys.executable, "-c", CHILD, *command, "-o", str(inner / f"out{suffix}")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return 1024 * int(ran.stdout)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "suffix"), [("parquet", ".parquet"), ("parquet", ".arrow"), ("csv", ".parquet")]
)
def test_memory_does_not_grow_with_rows(tmp_path: Path, kind: str, suffix: str) -> None:
    """2 million rows more are 140 MiB more of columns."""
    small, large = (_peak(tmp_path, kind, rows, suffix, "--trust-keys") for rows in (SMALL, LARGE))
    assert large - small < 32 * MIB


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_compared_forms_need_16_bytes_a_row(tmp_path: Path, kind: str) -> None:
    """And some for each 64th part of them, which is compared at once."""
    small, large = (_peak(tmp_path, kind, rows, ".parquet") for rows in (SMALL, LARGE))
    assert large - small < 32 * MIB + 18 * (LARGE - SMALL)
