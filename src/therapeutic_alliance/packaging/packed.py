"""What a distribution holds before it is installed; nothing of it runs."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from importlib.metadata import EntryPoint

from attrs import frozen

from therapeutic_alliance.errors import Problem
from therapeutic_alliance.sdk.folder import SUFFIXES
from therapeutic_alliance.sdk.hooks import DATA_GROUP

TELLABLE = frozenset({"entry-points", "dependencies", "license"})
"""What a distribution tells of itself, as ``pyproject.toml`` names it."""
Mark = tuple[int, int]
"""Bytes of a file, and their CRC-32."""
_MODULE = re.compile(r"(.+?)(?:/__init__)?\.(?:py|(?:[^/]*\.)?(?:so|pyd))")


@frozen(kw_only=True)
class Packed(ABC):
    """A distribution, as a wheel holds it or as its sources would make it."""

    name: str
    """What its problems are told of: the file of the wheel, or ``pyproject.toml``."""
    root: str
    """What stands before each place in it; empty or ending in ``/``."""
    entry_points: tuple[EntryPoint, ...]
    requires: tuple[str, ...]
    licensed: bool
    untold: frozenset[str] = frozenset()
    """What of :data:`TELLABLE` only a build brings out."""
    files: Mapping[str, Mark]
    """Mark of what stands at each place; places as they are installed, with ``/``."""
    modules: Mapping[str, bytes]
    """Text of each module in its packages, by place; without those that are too long."""
    measures: Mapping[str, bytes]
    """Content of each measure file in the folders of its data packs, by place."""

    @abstractmethod
    def absent(self, folder: str) -> str:
        """Why a folder may hold no measure file, and what to do."""

    def names(self) -> frozenset[str]:
        """The dotted names of its modules, as source or compiled."""
        found = filter(None, map(_MODULE.fullmatch, self.files))
        return frozenset(each[1].replace("/", ".") for each in found)

    def group(self, group: str) -> tuple[EntryPoint, ...]:
        """Its entry points in a group."""
        return tuple(point for point in self.entry_points if point.group == group)

    def problem(self, rule: str, place: str = "") -> Problem:
        """Something that is wrong, with it or with what stands at a place in it."""
        return Problem(file=self.at(place) if place else self.name, rule=rule)

    def at(self, place: str) -> str:
        """A place in it, as problems name it."""
        return f"{self.root}{place}"


class Wheel(Packed):
    """As built."""

    __slots__ = ()

    def absent(self, folder: str) -> str:
        """The backend left them out, most likely."""
        package = self._package_above(folder)
        inside = f"{folder}/*.toml".removeprefix(f"{package}/")
        return (
            "was it packaged? With setuptools, add to pyproject.toml: "
            f'[tool.setuptools.package-data] "{package.replace("/", ".")}" = ["{inside}"]'
        )

    def _package_above(self, folder: str) -> str:
        """The deepest folder that holds modules; the first one where none does."""
        holding = {place.rpartition("/")[0] for place in self.files if place.endswith(".py")}
        parts = folder.split("/")
        above = ("/".join(parts[:end]) for end in range(len(parts), 0, -1))
        return next((each for each in above if each in holding), parts[0])


class Sources(Packed):
    """As it stands in a project."""

    __slots__ = ()

    def absent(self, folder: str) -> str:
        """They are not there, or not where they are looked for."""
        return f"looked for in {self.root}{folder}/"


def data_folders(entry_points: Iterable[EntryPoint]) -> frozenset[str]:
    """The folders that data packs name, with ``/``."""
    return frozenset(
        point.value.replace(".", "/") for point in entry_points if point.group == DATA_GROUP
    )


def licensed(texts: Iterable[object], classifiers: Iterable[object]) -> bool:
    """Whether a licence is declared, by a text or a classifier."""
    named = (each for each in classifiers if str(each).startswith("License ::"))
    return any(str(each).strip() not in ("", "UNKNOWN") for each in (*texts, *named))


def is_measure(place: str, folders: Iterable[str]) -> bool:
    """Whether a place is that of a measure file right in one of these folders."""
    folder, _, name = place.rpartition("/")
    return folder in folders and name.endswith(SUFFIXES)


def is_module(place: str) -> bool:
    """Whether a place is that of a module in a package, as source."""
    stem, dot, suffix = place.rpartition(".")
    return dot + suffix == ".py" and all(part.isidentifier() for part in stem.split("/"))
