"""Peak memory of one job, each in a process of its own."""

import sys
from collections.abc import Iterable
from functools import partial

import naive_pandas
from frame_data import SCORED_BYTES, Answers, ours
from own_process import report, run
from timing import table

ROWS, ITEMS = (1_000_000, 10_000_000), 12
NAIVE, NAIVE_INT8 = "naive pandas, float64", "naive pandas, int8"
OURS = {
    "pandas NumPy int8, ours": Answers.numpy,
    "pandas float64, ours": Answers.floats,
    "PyArrow int8, ours": Answers.arrow,
    "Polars int8, ours": Answers.polars,
}


def show(rows: Iterable[int], _rounds: int) -> None:
    """A table for each size."""
    for n in rows:
        cells = []
        for name in (NAIVE, NAIVE_INT8, *OURS):
            taken = run("frame_memory.py", name, str(n))
            extra = taken.peak - taken.before
            new = f"{extra / n:.0f}", f"{extra / n / sum(SCORED_BYTES):.2f}"
            cells.append([name, f"{taken.before / 2**20:.0f}", f"{extra / 2**20:.0f}", *new])
        headings = ("", "MiB before", "MiB more at the peak", "bytes a row", "to the new columns")
        table(f"Peak memory, {n:_} rows of {ITEMS} items, own processes", headings, cells)


def _main(name: str, rows: int) -> None:
    answers = Answers.simulated(ITEMS, rows)
    if name in OURS:
        frame = OURS[name](answers)
        job = ours(answers, frame)
    else:
        frame = answers.floats() if name == NAIVE else answers.numpy()
        job = partial(naive_pandas.scored, answers, frame)
    report(job)


if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]))
