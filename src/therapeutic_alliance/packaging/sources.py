"""The sources of a distribution: its ``pyproject.toml``, and what would be packaged."""

import re
import zlib
from collections.abc import Iterable, Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

from therapeutic_alliance.codec.files import read_as
from therapeutic_alliance.codec.limits import MAX_BYTES
from therapeutic_alliance.errors import DocumentError
from therapeutic_alliance.packaging.packed import (
    TELLABLE,
    Mark,
    Sources,
    data_folders,
    is_measure,
    is_module,
    licensed,
)
from therapeutic_alliance.sdk.names import normalised

PYPROJECT = "pyproject.toml"
_TELLING = (PYPROJECT, "setup.cfg", "setup.py")
_HOMES = ("src", "python", ".")
_LEFT_OUT = (".pyc", ".pyo", ".so", ".pyd")


def is_project(folder: Path) -> bool:
    """Whether a folder says how something is built of it."""
    return any((folder / name).is_file() for name in _TELLING)


def read_sources(folder: Path) -> Sources:
    """What a project holds; packages lie under ``src/``, ``python/`` or beside ``pyproject.toml``.

    Raises :class:`DocumentError` if that file cannot be read.
    """
    told = _project(folder)
    project = told or {}
    points = tuple(_entry_points(project))
    tops = {re.split(r"[.:]", point.value)[0] for point in points}
    tops = {top for top in tops if top.isidentifier()}
    home = next((folder / each for each in _HOMES if any(_files(folder / each, tops))), folder)
    files = {file.relative_to(home).as_posix(): file for file in _files(home, tops)}
    folders = data_folders(points)
    return Sources(
        name=next((name for name in _TELLING if (folder / name).is_file()), PYPROJECT),
        root="" if home == folder else f"{home.name}/",
        entry_points=points,
        requires=tuple(each for each in _list(project, "dependencies") if isinstance(each, str)),
        licensed=_licensed(project),
        untold=_untold(told),
        files={place: _mark(file) for place, file in files.items()},
        modules={
            place: text
            for place, file in files.items()
            if is_module(place) and len(text := _content(file)) <= MAX_BYTES
        },
        measures={
            place: _content(file) for place, file in files.items() if is_measure(place, folders)
        },
    )


def _files(home: Path, tops: Iterable[str]) -> Iterator[Path]:
    """Those of packages, and modules that stand alone; none that Python or a compiler makes."""
    for top in sorted(tops):
        for file in (home / f"{top}.py", *sorted((home / top).rglob("*"))):
            parts = file.relative_to(home).parts
            hidden = any(part.startswith(".") or part == "__pycache__" for part in parts)
            if file.is_file() and not hidden and file.suffix not in _LEFT_OUT:
                yield file


def newest_wheel(folder: Path) -> Path | None:
    """The wheel of this project that was built last, if there is one in ``dist/``.

    Where the project does not tell its name, it is the only one there.
    """
    name = (_project(folder) or {}).get("name")
    wheels = list(folder.glob("dist/*.whl"))
    if not isinstance(name, str):
        return wheels[0] if len(wheels) == 1 else None
    own = [each for each in wheels if normalised(each.name.partition("-")[0]) == normalised(name)]
    return max(own, key=lambda file: file.stat().st_mtime_ns, default=None)


def _project(folder: Path) -> dict[str, Any] | None:
    """The table ``[project]``; ``None`` where other files tell what would stand there."""
    if not (folder / PYPROJECT).is_file():
        return None
    whole: Any = read_as(folder / PYPROJECT, lambda data: data, DocumentError)
    return _table(whole, "project") if "project" in whole else None


def _untold(project: dict[str, Any] | None) -> frozenset[str]:
    if project is None:
        return TELLABLE
    dynamic = {str(each) for each in _list(project, "dynamic")}
    return TELLABLE & {"license" if each == "classifiers" else each for each in dynamic}


def _entry_points(project: dict[str, Any]) -> Iterator[EntryPoint]:
    groups = _table(project, "entry-points")
    for group in groups:
        for name, value in _table(groups, group).items():
            if isinstance(value, str):
                yield EntryPoint(name=name, value=value, group=group)


def _licensed(project: dict[str, Any]) -> bool:
    declared = project.get("license", "")
    texts = declared.values() if isinstance(declared, dict) else [declared]
    return licensed(texts, _list(project, "classifiers"))


def _table(data: dict[str, Any], key: str) -> dict[str, Any]:
    value = data.get(key)
    return value if isinstance(value, dict) else {}


def _list(data: dict[str, Any], key: str) -> list[Any]:
    value = data.get(key)
    return value if isinstance(value, list) else []


def _content(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(MAX_BYTES + 1)


def _mark(file: Path) -> Mark:
    content = file.read_bytes()
    return len(content), zlib.crc32(content)
