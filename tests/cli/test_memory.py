"""Scoring a table keeps its form keys at most, and never its answers."""

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tests.cli.commands import ALLIANCE
from tests.tables.tables import WAI, write

SMALL, LARGE = 10_000, 100_000
CHILD = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def _peak(folder: Path, forms: int, *said: str) -> int:
    """Peak resident bytes of ``alliance score`` on so many simulated WAI-SR forms."""
    random = Random(forms)  # noqa: S311, a simulation
    path, out = folder / f"{forms}.csv", folder / "scores.csv"
    if not path.exists():
        head = ["case", "session", "rater", *WAI]
        rows = (
            [f"sim{form // 10}", form % 10 + 1, "client", *random.choices(range(1, 6), k=12)]
            for form in range(forms)
        )
        write(path, (row for part in ([head], rows) for row in part))
    command = [ALLIANCE, "score", str(path), "--measure", "wai-sr", "-o", str(out), *said]
    ran = subprocess.run(
        [sys.executable, "-c", CHILD, *command], capture_output=True, text=True, check=True
    )
    with out.open() as scores:
        assert sum(1 for _ in scores) == 4 * forms + 1
    return 1024 * int(ran.stdout)


@pytest.mark.slow
def test_memory_does_not_grow_with_the_answers(tmp_path: Path) -> None:
    trusted = [_peak(tmp_path, forms, "--trust-keys") for forms in (SMALL, LARGE)]
    assert trusted[1] - trusted[0] < 8 << 20
    compared = [_peak(tmp_path, forms) for forms in (SMALL, LARGE)]
    assert 0 < (compared[1] - compared[0]) / (LARGE - SMALL) < 200
