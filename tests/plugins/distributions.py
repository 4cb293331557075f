"""Little distributions: written as projects, built by real back ends, installed by pip."""

import json
import re
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path
from textwrap import dedent
from typing import Any, NamedTuple

CODE, DATA = "therapeutic_alliance.v1", "therapeutic_alliance.measures.v1"

HATCHLING = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[tool.hatch.build.targets.wheel]
packages = ["src/{package}"]
"""
SETUPTOOLS = """
[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"
[tool.setuptools.packages.find]
where = ["src"]
[tool.setuptools.package-data]
"*" = ["*.toml", "*/*.toml"]
"""
OFFLINE = (
    *("--quiet", "--disable-pip-version-check", "--no-compile"),
    *("--no-build-isolation", "--no-deps", "--no-index"),
)
BUILD = """
import importlib, os, sys
backend, wheels, *projects = sys.argv[1:]
for project in projects:
    os.chdir(project)
    importlib.import_module(backend).build_wheel(wheels)
"""


def package_of(name: str) -> str:
    """The package of a distribution: its name, with ``_`` between the words."""
    return re.sub(r"[-.]", "_", name)


class Dist(NamedTuple):
    """What is to be installed."""

    name: str
    files: Mapping[str, str | bytes]
    """By their place in the package."""
    entry_points: Mapping[str, str]
    """Value by group."""
    version: str = "1.0"
    backend: str = HATCHLING

    @property
    def package(self) -> str:
        return package_of(self.name)

    def written(self, folder: Path) -> Path:
        """The project, written below a folder."""
        project = folder / self.name
        groups = [
            f"[project.entry-points.{json.dumps(group)}]\nit = {json.dumps(value)}\n"
            for group, value in self.entry_points.items()
        ]
        head = f'[project]\nname = "{self.name}"\nversion = "{self.version}"\n'
        _write(project / "pyproject.toml", head + "".join(groups) + self._build())
        for name, content in {"__init__.py": "", **self.files}.items():
            _write(project / "src" / self.package / name, content)
        return project

    def _build(self) -> str:
        return self.backend.replace("{package}", self.package)


class Ran(NamedTuple):
    """How a program ended and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """All that it wrote to stdout, as data."""
        assert self.code == 0, self.err
        return json.loads(self.out)


class Environment(NamedTuple):
    """A virtual environment: what this one has, but for plugins, and what is installed there."""

    folder: Path

    @classmethod
    def made(cls, folder: Path) -> "Environment":
        venv.create(folder)
        environment = cls(folder)
        plugins = _plugins_of_ours()
        for each in Path(sysconfig.get_path("purelib")).iterdir():
            if each.name not in plugins:
                (environment.packages / each.name).symlink_to(each)
        return environment

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    @property
    def packages(self) -> Path:
        """Its ``site-packages``."""
        place = sysconfig.get_path("purelib", "venv", vars={"base": str(self.folder)})
        return Path(place)

    def install(self, *arguments: str | Path) -> None:
        """With pip: wheels, projects, or projects after ``-e``."""
        pip = (sys.executable, "-m", "pip", "--python", self.python, "install")
        told = subprocess.run(
            (*pip, *OFFLINE, *arguments), capture_output=True, check=False, text=True
        )
        assert told.returncode == 0, told.stderr

    def run(self, *arguments: str | Path, **environment: str) -> Ran:
        """Its interpreter, on a program and its arguments."""
        done = subprocess.run(
            [self.python, *arguments],
            capture_output=True,
            check=False,
            cwd=self.folder,
            env={"PATH": "", **environment},
            text=True,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def program(self, text: str, *arguments: str) -> Ran:
        """A program given as text."""
        return self.run("-c", dedent(text), *arguments)


def wheels(dists: Iterable[Dist], folder: Path) -> dict[str, Path]:
    """The wheel of each distribution, by name; one process builds all of a back end."""
    built = folder / "wheels"
    built.mkdir()
    projects: dict[str, list[Path]] = {}
    for dist in dists:
        backend = "setuptools.build_meta" if dist.backend == SETUPTOOLS else "hatchling.build"
        projects.setdefault(backend, []).append(dist.written(folder))
    for backend, places in projects.items():
        subprocess.run(
            [sys.executable, "-c", BUILD, backend, built, *places], check=True, capture_output=True
        )
    return {file.name.partition("-")[0].replace("_", "-"): file for file in built.glob("*.whl")}


def _plugins_of_ours() -> set[str]:
    """What the plugins that are developed in this environment have in its ``site-packages``."""
    found = {point.dist for group in (CODE, DATA) for point in metadata.entry_points(group=group)}
    return {file.parts[0] for dist in found if dist for file in dist.files or ()}


def _write(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(dedent(content).encode() if isinstance(content, str) else content)
