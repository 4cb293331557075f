"""Prints the benchmark tables of data frames: ``python tests/benchmarks/frames.py [part ...]``.

``make bench-frames`` runs all parts at full size, which takes a good part of an hour; with
``--most 100000`` a minute is enough. Nothing is asserted about time; all values are compared.
"""

import argparse
import os
import platform
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

import frame_curve
import frame_detect
import frame_engines
import frame_files
import frame_memory
import frame_r
import frame_spark

Show = Callable[[Sequence[int], int], None]
PACKAGES = (
    "therapeutic-alliance", "narwhals", "numpy", "pandas", "polars", "pyarrow", "duckdb", "pyspark",
)  # fmt: skip
PARTS: dict[str, tuple[Show, Sequence[int]]] = {
    "engines": (frame_engines.show, frame_engines.ROWS),
    "r": (frame_r.show, frame_r.ROWS),
    "memory": (frame_memory.show, frame_memory.ROWS),
    "curve": (frame_curve.show, frame_curve.ROWS),
    "files": (frame_files.show, frame_files.ROWS),
    "detect": (frame_detect.show, frame_detect.ROWS),
    "spark": (frame_spark.show, frame_spark.ROWS),
}


def machine() -> str:
    """Processor, cores, memory, versions."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    name = next((line.split(":")[1].strip() for line in lines if "model name" in line), "?")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = ", ".join(f"{package} {version(package)}" for package in PACKAGES)
    return (
        f"{name}, {os.cpu_count()} cores, {memory:.0f} GiB; {platform.system()}, "
        f"Python {platform.python_version()}; {versions}"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Benchmarks of data frames")
    parser.add_argument("parts", nargs="*", help=", ".join(PARTS), default=[*PARTS])
    parser.add_argument("--most", type=int, default=10**8, help="leave out what has more rows")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    print(f"{machine()}; CPU time of all threads, medians, methods take turns")
    for part in options.parts:
        show, rows = PARTS[part]
        show([n for n in rows if n <= options.most] or [options.most], options.rounds)


if __name__ == "__main__":
    main()
