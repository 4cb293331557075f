"""The functions of R's psych, in a process of their own, timed there; values compared with ours.

psych checks no range and knows no share of answered items: it is given answers that are in range,
and scores are compared where ours are scorable.
"""

import csv
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from frame_data import HIGH, LOW, Answers, ours
from timing import cpu_of, table

ROWS, ITEMS = (100_000, 1_000_000, 10_000_000), (4, 12, 36)
MOST = 200_000_000
"""Answers; R takes some 60 bytes for each. What has more is left out."""
SCRIPT = Path(__file__).with_suffix(".R")


def show(rows: Iterable[int], rounds: int) -> None:
    """A table for each size."""
    for n in rows:
        turns = rounds if n < 10**6 else 1  # R takes seconds there
        for k in (k for k in ITEMS if n * k <= MOST):
            answers = Answers.simulated(k, n)
            answers.coded[answers.coded > HIGH] = HIGH
            job = ours(answers, answers.polars())
            scored = job()  # the first call of all compiles the key
            mine = median(cpu_of(job) for _ in range(rounds))
            found = {"Polars int8, ours": mine, **_in_r(answers, scored, turns)}
            cells = [
                [name, f"{cpu / n * 1e9:.0f}", f"{cpu / mine:.1f}"] for name, cpu in found.items()
            ]
            headings = ("", "ns a row", "it / ours")
            table(f"Beside R, {n:_} rows of {k} items, CPU time", headings, cells)


def _in_r(answers: Answers, scored: Any, rounds: int) -> dict[str, float]:
    """CPU seconds by function."""
    with tempfile.TemporaryDirectory() as folder:
        answers.coded.tofile(Path(folder) / "answers.bin")
        items, rows = answers.coded.shape
        (Path(folder) / "key.csv").write_text(
            "\n".join(
                f"{scale},{answers.columns.index(item) + 1},{1 - 2 * (item in answers.reverse)}"
                for scale, own in (*answers.scales.items(), ("total", answers.columns))
                for item in own
            ),
            encoding="ascii",
        )
        given = [folder, *map(str, (items, rows, LOW, HIGH, rounds))]
        subprocess.run([str(shutil.which("Rscript")), "--vanilla", str(SCRIPT), *given], check=True)
        _compare(answers, scored, np.fromfile(Path(folder) / "scores.bin").reshape(4, rows))
        with (Path(folder) / "cpu.csv").open(encoding="ascii", newline="") as file:
            return {f"R, {name}": float(cpu) for name, cpu in csv.reader(file)}


def _compare(answers: Answers, scored: Any, means: Any) -> None:
    for name, own in zip((*answers.scales, "total"), means, strict=True):
        k = len(answers.scales.get(name, answers.columns))
        value = scored[f"timed_{name}"].to_numpy()
        there = ~np.isnan(value)
        assert np.allclose(own[there] * k, value[there], rtol=1e-12, atol=0), name
