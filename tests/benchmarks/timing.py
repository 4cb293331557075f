"""CPU time of jobs that take turns, and tables in plain text."""

import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median


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
    """Median of each job's own figure; the jobs take turns, so that drift meets all alike."""
    figures: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            figures[name].append(job())
    return {name: median(values) for name, values in figures.items()}
