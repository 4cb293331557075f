"""What a distribution holds before it is installed; nothing of it runs."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from importlib.metadata import EntryPoint

from attrs import frozen

from therapeutic_alliance.errors import Problem
from therapeutic_alliance.sdk.hooks import DATA_GROUP


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
    files: frozenset[str]
    """Places as they are installed, with ``/``."""
    measures: Mapping[str, bytes]
    """Content of each measure file in the folders of its data packs, by place."""

    @abstractmethod
    def absent(self, folder: str) -> str:
        """Why a folder may hold no measure file, and what to do."""

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
        package, _, inner = folder.partition("/")
        inside = f"{inner}/*.toml" if inner else "*.toml"
        return (
            "was it packaged? With setuptools, add to pyproject.toml: "
            f'[tool.setuptools.package-data] "{package}" = ["{inside}"]'
        )


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


def is_measure(place: str, folders: Iterable[str]) -> bool:
    """Whether a place is that of a measure file right in one of these folders."""
    folder, _, name = place.rpartition("/")
    return folder in folders and name.endswith((".toml", ".json"))
