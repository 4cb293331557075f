"""Prints the benchmark tables: ratios side by side, measured in one run. Nothing is asserted.

Run it as ``make bench`` or ``python tests/benchmarks/run.py``.
"""

import platform
import tempfile
from collections.abc import Mapping
from functools import partial
from importlib.metadata import version
from pathlib import Path
from statistics import median

import cold_start
import courses
import detectors
import discover
import one_form
import streaming
from timing import cpu_of, interleaved, table

PACKAGES = ("therapeutic-alliance", "attrs", "cattrs", "pluggy", "pydantic")


def show(title: str, figures: Mapping[str, float], unit: str, scale: float) -> None:
    """Figures with their ratio to the first."""
    first = next(iter(figures.values()))
    rows = [[name, f"{each * scale:.2f}", f"{each / first:.2f}"] for name, each in figures.items()]
    table(title, ("", unit, "ratio"), rows)


def show_streaming() -> None:
    """Time and memory of whole processes on 10^4 and 10^5 forms."""
    with tempfile.TemporaryDirectory() as folder:
        for forms in (10_000, 100_000):
            source, target = Path(folder) / f"{forms}.csv", Path(folder) / "scores.csv"
            streaming.write_table(source, forms)
            rows = []
            programs = streaming.programs(source, target)
            found = {
                name: [streaming.run(each) for _ in range(3)] for name, each in programs.items()
            }
            first = median(cpu for cpu, _ in next(iter(found.values())))
            for name, runs in found.items():
                cpu, peak = median(cpu for cpu, _ in runs), median(peak for _, peak in runs)
                rows.append([name, f"{cpu / forms * 1e6:.1f}", f"{cpu / first:.2f}", f"{peak:.1f}"])
            headings = ("", "us a form", "ratio", "peak MiB")
            table(f"A wide table of {forms} WAI-SR forms, whole processes", headings, rows)


def show_discover() -> None:
    """Time of whole processes that find two plugins, by how much else is installed."""
    found = {}
    for extra in discover.EXTRA:
        with tempfile.TemporaryDirectory() as folder:
            discover.write_place(Path(folder), extra)
            found[extra] = interleaved(discover.jobs(Path(folder)), 9)
    yardstick, fewest = next(iter(discover.PROGRAMS)), discover.EXTRA[0]
    rows = [
        [
            name,
            *(f"{found[extra][name] * 1e3:.1f}" for extra in discover.EXTRA),
            *(f"{found[extra][name] / found[extra][yardstick]:.2f}" for extra in discover.EXTRA),
            f"{found[discover.EXTRA[-1]][name] / found[fewest][name]:.2f}",
        ]
        for name in discover.PROGRAMS
    ]
    times, ratios = ([f"{what} {extra}" for extra in discover.EXTRA] for what in ("ms", "ratio"))
    headings = ("extra distributions", *times, *ratios, f"{discover.EXTRA[-1]} to {fewest}")
    table("Two plugins among many distributions, fresh processes", headings, rows)


def show_courses() -> None:
    """CPU time a session of reading and summing up, by how many sessions there are."""
    found: dict[int, dict[str, float]] = {}
    for sessions in courses.SESSIONS:
        rounds = max(1, min(5, 50_000 // sessions))
        jobs = courses.jobs(courses.document(sessions))
        timed = {
            name: partial(cpu_of, job, max(1, 1_000 // sessions)) for name, job in jobs.items()
        }
        found[sessions] = interleaved(timed, rounds)
    yardstick = next(iter(found[courses.SESSIONS[0]]))
    rows = [
        [
            name,
            *(f"{found[sessions][name] / sessions * 1e6:.1f}" for sessions in found),
            *(f"{found[sessions][name] / found[sessions][yardstick]:.1f}" for sessions in found),
        ]
        for name in found[courses.SESSIONS[0]]
    ]
    headings = [f"{what} {sessions}" for what in ("us", "ratio") for sessions in found]
    table("Courses, microseconds a session", ("sessions", *headings), rows)


def show_detectors() -> None:
    """CPU time a session of detection, by how many sessions there are; and of one step live."""
    for title, length in (("one course", None), ("cases of 16", detectors.OF_A_CASE)):
        found: dict[int, dict[str, float]] = {}
        for sessions in detectors.SESSIONS:
            jobs = detectors.jobs(detectors.courses(sessions, length))
            timed = {name: partial(cpu_of, job, 1) for name, job in jobs.items()}
            found[sessions] = interleaved(timed, max(1, min(9, 100_000 // sessions)))
        few, some = detectors.SESSIONS[0], detectors.SESSIONS[-2]
        rows = [
            [
                name,
                *(f"{found[n][name] / n * 1e6:.2f}" if name in found[n] else "" for n in found),
                *(f"{found[some][name] / found[some][other]:.1f}" for other in _BESIDE.values()),
                f"{_most(found, name) / (found[few][name] / few):.2f}",
            ]
            for name in found[few]
        ]
        headings = (*(f"us {n}" for n in found), *_BESIDE, f"most to {few}")
        table(f"Detection, {title}, microseconds a session", ("sessions", *headings), rows)
    show_live()


_BESIDE = {
    "to bare": detectors.BARE,
    "to by hand": detectors.BY_HAND,
    "to in words": detectors.IN_WORDS,
}
"""What the rules are compared with, at the most sessions but one."""


def _most(found: Mapping[int, Mapping[str, float]], name: str) -> float:
    """Time a session at the largest number of sessions that was measured."""
    sessions = max(n for n in found if name in found[n])
    return found[sessions][name] / sessions


def show_live() -> None:
    """CPU time of one step, and the bytes of the state, at the sessions of a long course."""
    rows = []
    for name, steps in detectors.live().items():
        timed = {str(at): partial(cpu_of, step, 2_000) for at, (step, _) in steps.items()}
        figures = interleaved(timed, 5)
        first, *_, last = figures.values()
        sizes = [str(size) for _, size in steps.values()]
        times = [f"{each * 1e6:.2f}" for each in figures.values()]
        rows.append([name, *times, f"{last / first:.2f}", *sizes])
    columns = [f"{what} {at}" for what in ("us", "bytes") for at in detectors.AT]
    headings = (*columns[:3], "last to first", *columns[3:])
    table("One step live, and the pickled state, at a session", ("", *headings), rows)


def main() -> None:
    """Measure and print."""
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    print(f"Python {platform.python_version()} on {platform.machine()}; {versions}; CPU time")
    jobs = {name: partial(cpu_of, job, 2_000) for name, job in one_form.jobs().items()}
    show("One form, JSON text in and out", interleaved(jobs, 15), "us", 1e6)
    show("A fresh process", interleaved(cold_start.jobs(), 15), "ms", 1e3)
    show_discover()
    show_courses()
    show_detectors()
    show_streaming()


if __name__ == "__main__":
    main()
