"""CPU time of jobs that take turns, and tables in plain text."""

import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median

import numpy as np


def table(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table in plain text."""
    widths = [max(len(row[i]) for row in (headings, *rows)) for i in range(len(headings))]
    print(f"\n{title}")
    for row in (headings, ["-" * width for width in widths], *rows):
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        print("  ".join(cells), flush=True)


def cpu_of(job: Callable[[], object], repeats: int = 1) -> float:
    """CPU seconds of one call, all threads, over a block of calls."""
    start = time.process_time()
    for _ in range(repeats):
        job()
    return (time.process_time() - start) / repeats


def interleaved(jobs: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """Median of each job's own figure.

    The jobs take turns, so that drift meets all alike, in another order each time, so that none
    always finds what the same one left behind.
    """
    figures: dict[str, list[float]] = {name: [] for name in jobs}
    names = [*jobs]
    for turn in range(rounds):
        for at in np.random.default_rng(turn).permutation(len(names)):
            figures[names[at]].append(jobs[names[at]]())
    return {name: median(values) for name, values in figures.items()}
