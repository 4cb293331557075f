"""``alliance score`` on wide tables of simulated WAI-SR forms: time a form, peak memory."""

import csv
import subprocess
import sys
from pathlib import Path
from random import Random

_USER = """
import csv, sys
with open(sys.argv[1], newline="") as source, open(sys.argv[2], "w", newline="") as target:
    out = csv.writer(target)
    for row in csv.DictReader(source):
        for score, items in (
            ("task", (1, 2, 10, 12)),
            ("bond", (3, 5, 7, 9)),
            ("goal", (4, 6, 8, 11)),
            ("total", range(1, 13)),
        ):
            value = sum(int(row[str(item)]) for item in items)
            out.writerow([row["case"], row["session"], row["rater"], score, value])
"""
_LIMIT = """
import csv, sys
with open(sys.argv[1], newline="") as source, open(sys.argv[2], "w", newline="") as target:
    out = csv.writer(target)
    for row in csv.reader(source):
        for _ in range(4):
            out.writerow(row + row[:4])
"""


def write_table(path: Path, forms: int) -> None:
    """A wide table of ``forms`` simulated WAI-SR forms, ten sessions a case."""
    random = Random(forms)  # noqa: S311, a simulation
    with path.open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["case", "session", "rater", *map(str, range(1, 13))])
        for form in range(forms):
            answers = random.choices(range(1, 6), k=12)
            table.writerow([f"sim{form // 10}", form % 10 + 1, "client", *answers])


def programs(table: Path, out: Path) -> dict[str, list[str]]:
    """What is run on a table."""
    ours = [sys.executable, "-m", "therapeutic_alliance.cli", "score", str(table)]
    ours += ["--measure", "wai-sr", "-o", str(out)]
    return {
        "csv module: read, write as many cells (the limit)": [
            *(sys.executable, "-c", _LIMIT, str(table), str(out))
        ],
        "a loop over csv.DictReader, no checks": [
            *(sys.executable, "-c", _USER, str(table), str(out))
        ],
        "alliance score --trust-keys": [*ours, "--trust-keys"],
        "alliance score": ours,
    }


_MEASURE = """
import os, sys
quiet = [(os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)]
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet)
_, status, usage = os.wait4(child, 0)
print(status, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
"""


def run(program: list[str]) -> tuple[float, float]:
    """CPU seconds and peak memory in MiB of one process.

    A small process starts it, because a child inherits its parent's peak as a floor.
    """
    command = [sys.executable, "-S", "-c", _MEASURE, *program]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    status, cpu, peak = told.split()
    assert status == "0", program
    return float(cpu), float(peak) / (1 << 20 if sys.platform == "darwin" else 1 << 10)
