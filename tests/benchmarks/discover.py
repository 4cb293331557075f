"""Finding plugins among many distributions: by name, by a full scan, and by entry points alone."""

import os
import sys
from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from pathlib import Path

EXTRA = (10, 200, 1000)
"""Installed distributions that are no plugins."""
NEEDED = ("attr", "attrs", "cattr", "cattrs", "pluggy", "typing_extensions", "therapeutic_alliance")
GROUP = "therapeutic_alliance.v1"
PROGRAMS = {
    "importlib.metadata.entry_points(group=...)": (
        "from importlib.metadata import entry_points; "
        f"assert len(entry_points(group={GROUP!r})) == 2"
    ),
    "Registry(): nothing is looked for": (
        "import therapeutic_alliance as ta; len(ta.Registry().detectors)"
    ),
    "discover, two plugins allowed": (
        "import therapeutic_alliance as ta; "
        "len(ta.Registry.discover(allow={'bench-a', 'bench-b'}, strict=True).detectors)"
    ),
    "discover, all allowed": (
        "import therapeutic_alliance as ta; "
        "found = ta.Registry.discover(allow='all', strict=True); len(found.detectors); "
        "assert len(found.report()) == 2"
    ),
}
PLUGIN = """
from therapeutic_alliance import hookimpl
@hookimpl
def alliance_detectors():
    return []
"""


def write_place(folder: Path, extra: int) -> None:
    """A place for packages: ours and what it needs, two plugins, and the metadata of others."""
    for name in NEEDED:
        found = Path(import_module(name).__file__ or "")
        source = found.parent if found.stem == "__init__" else found
        (folder / source.name).symlink_to(source)
    for name in ("bench_a", "bench_b"):
        (folder / f"{name}.py").write_text(PLUGIN, encoding="utf-8")
        _distribution(folder, name, f"[{GROUP}]\nit = {name}\n")
    for number in range(extra):
        _distribution(folder, f"other_{number}", f"[console_scripts]\no{number} = other:main\n")


def _distribution(folder: Path, name: str, entry_points: str) -> None:
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir()
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
    (info / "METADATA").write_text(metadata, encoding="utf-8")
    (info / "entry_points.txt").write_text(entry_points, encoding="utf-8")


def cpu_seconds(program: str, folder: Path) -> float:
    """User and system time of one Python process that sees this place and no other."""
    arguments = [sys.executable, "-S", "-c", program]
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    child = os.posix_spawn(sys.executable, arguments, environment)
    _, status, usage = os.wait4(child, 0)
    assert status == 0
    return usage.ru_utime + usage.ru_stime


def jobs(folder: Path) -> Mapping[str, Callable[[], float]]:
    """What is measured: each call is one process and gives its CPU time."""
    return {name: partial(cpu_seconds, program, folder) for name, program in PROGRAMS.items()}
