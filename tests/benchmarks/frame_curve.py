"""CPU time a row by how many rows there are, generated piece by piece."""

from collections.abc import Iterable

from frame_data import Answers, ours
from timing import cpu_of, table

ROWS = tuple(10**n for n in range(3, 9))
ITEMS, PIECE = 12, 1_000_000
KINDS = {
    "pandas NumPy int8": Answers.numpy,
    "Polars int8": Answers.polars,
    "PyArrow int8": Answers.arrow,
}


def show(rows: Iterable[int], _rounds: int) -> None:
    """One table; only scoring is timed, not the simulation."""
    found = {n: _cost(n) for n in rows}
    cells = [
        [kind, *(f"{costs[kind] / n * 1e9:.1f}" for n, costs in found.items())] for kind in KINDS
    ]
    headings = ("rows", *(f"{n:_}" for n in found))
    table(f"Cost curve, ns a row, {ITEMS} items, pieces of {PIECE:_}", headings, cells)


def _cost(rows: int) -> dict[str, float]:
    """Seconds by kind of frame."""
    spent = dict.fromkeys(KINDS, 0.0)
    for seed, start in enumerate(range(0, rows, PIECE)):
        answers = Answers.simulated(ITEMS, min(PIECE, rows - start), seed)
        for kind, make in KINDS.items():
            job = ours(answers, make(answers))
            if not start:
                job()  # the first call of all compiles the key
            spent[kind] += cpu_of(job, max(1, 50_000 // rows))
    return spent
