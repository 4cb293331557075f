"""The sources of a distribution: its ``pyproject.toml``, and what would be packaged."""

import re
from collections.abc import Iterable, Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

from therapeutic_alliance.codec.files import read_as
from therapeutic_alliance.codec.limits import MAX_BYTES
from therapeutic_alliance.errors import DocumentError
from therapeutic_alliance.packaging.packed import Sources, data_folders, is_measure
from therapeutic_alliance.sdk.names import normalised

PYPROJECT = "pyproject.toml"


def read_sources(folder: Path) -> Sources:
    """What a project holds; packages lie under ``src/``, or beside ``pyproject.toml``.

    Raises :class:`DocumentError` if that file cannot be read.
    """
    project = _project(folder)
    points = tuple(_entry_points(project))
    tops = {re.split(r"[.:]", point.value)[0] for point in points}
    tops = {top for top in tops if top.isidentifier()}
    home = folder / "src" if any(_files(folder / "src", tops)) else folder
    files = {file.relative_to(home).as_posix(): file for file in _files(home, tops)}
    folders = data_folders(points)
    return Sources(
        name=PYPROJECT,
        root="" if home == folder else f"{home.name}/",
        entry_points=points,
        requires=tuple(each for each in _list(project, "dependencies") if isinstance(each, str)),
        licensed=_licensed(project),
        files=frozenset(files),
        measures={
            place: _content(file) for place, file in files.items() if is_measure(place, folders)
        },
    )


def _files(home: Path, tops: Iterable[str]) -> Iterator[Path]:
    """Those of packages, and modules that stand alone."""
    for top in sorted(tops):
        alone = home / f"{top}.py"
        yield from (file for file in [alone, *sorted((home / top).rglob("*"))] if file.is_file())


def newest_wheel(folder: Path) -> Path | None:
    """The wheel of this project that was built last, if there is one in ``dist/``."""
    name = normalised(str(_project(folder).get("name", "")))
    wheels = [
        file
        for file in folder.glob("dist/*.whl")
        if normalised(file.name.partition("-")[0]) == name
    ]
    return max(wheels, key=lambda file: file.stat().st_mtime_ns, default=None)


def _project(folder: Path) -> dict[str, Any]:
    whole: Any = read_as(folder / PYPROJECT, lambda data: data, DocumentError)
    return _table(whole, "project")


def _entry_points(project: dict[str, Any]) -> Iterator[EntryPoint]:
    groups = _table(project, "entry-points")
    for group in groups:
        for name, value in _table(groups, group).items():
            if isinstance(value, str):
                yield EntryPoint(name=name, value=value, group=group)


def _licensed(project: dict[str, Any]) -> bool:
    classifiers = _list(project, "classifiers")
    return bool(project.get("license")) or any(
        str(each).startswith("License ::") for each in classifiers
    )


def _table(data: dict[str, Any], key: str) -> dict[str, Any]:
    value = data.get(key)
    return value if isinstance(value, dict) else {}


def _list(data: dict[str, Any], key: str) -> list[Any]:
    value = data.get(key)
    return value if isinstance(value, list) else []


def _content(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(MAX_BYTES + 1)
