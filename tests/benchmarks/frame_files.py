"""Parquet to Parquet, against reading the input and writing the output as they are."""

import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

import pyarrow.parquet as pq  # type: ignore[import-untyped]
from frame_data import SHARE, Answers
from own_process import report, run
from timing import cpu_of, interleaved, table

import therapeutic_alliance as ta
from therapeutic_alliance.frames import score_file

ROWS, ITEMS, GROUP = (1_000_000, 10_000_000), 12, 1_000_000
BOTH, OURS = "decode + encode", "ours, Parquet to Parquet"


def show(rows: Iterable[int], rounds: int) -> None:
    """A table for each size, then the peaks by size."""
    peaks = []
    for n in rows:
        with tempfile.TemporaryDirectory() as folder:
            source, out = Path(folder) / "answers.parquet", Path(folder) / "scores.parquet"
            _write(source, n)
            found = jobs(source, out)
            cpu = interleaved({name: partial(cpu_of, job) for name, job in found.items()}, rounds)
            taken = run("frame_files.py", str(source), str(out))
        cpu = {BOTH: cpu["decode"] + cpu["encode"], **cpu}
        cells = [
            [name, f"{each / n * 1e9:.0f}", f"{each / cpu[BOTH]:.2f}"] for name, each in cpu.items()
        ]
        table(f"Files, {n:_} rows of {ITEMS} items, CPU time", ("", "ns a row", "ratio"), cells)
        peaks.append([f"{n:_}", f"{taken.before / 2**20:.0f}", f"{taken.peak / 2**20:.0f}"])
    table("Files, memory of a process of its own", ("rows", "MiB before", "peak MiB"), peaks)


def jobs(source: Path, out: Path) -> Mapping[str, Callable[[], object]]:
    """What is timed; the yardstick writes what ours wrote."""
    ours = _ours(source, out)
    ours()
    return {OURS: ours, "decode": partial(_decode, source), "encode": _encode(out)}


def _ours(source: Path, out: Path) -> Callable[[], object]:
    measure, missing = Answers.simulated(ITEMS, 0).measure, ta.Prorate(SHARE)
    return lambda: score_file(measure, source, out, missing=missing, invalid="null-and-count")


def _write(target: Path, rows: int) -> None:
    schema = Answers.simulated(ITEMS, 0).arrow().schema
    with pq.ParquetWriter(target, schema) as writer:
        for seed, start in enumerate(range(0, rows, GROUP)):
            writer.write_table(Answers.simulated(ITEMS, min(GROUP, rows - start), seed).arrow())


def _decode(source: Path) -> int:
    return sum(len(batch) for batch in pq.ParquetFile(source).iter_batches())


def _encode(out: Path) -> Callable[[], object]:
    """Writes the whole output, the caller's columns too, from memory."""
    file = pq.ParquetFile(out)
    held = [file.read_row_group(n) for n in range(file.num_row_groups)]

    def job() -> None:
        with pq.ParquetWriter(out.with_name("copy.parquet"), held[0].schema) as writer:
            for part in held:
                writer.write_table(part)

    return job


if __name__ == "__main__":
    report(_ours(Path(sys.argv[1]), Path(sys.argv[2])))
