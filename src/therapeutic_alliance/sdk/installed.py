"""Which distributions have plugins, found without importing any."""

import re
from collections.abc import Iterator
from importlib import metadata

from attrs import frozen

from therapeutic_alliance.sdk.hooks import CODE_GROUP, DATA_GROUP, PROJECT

_ANY_GROUP = re.compile(rf"{PROJECT}(\.measures)?\.v(\d+)")


@frozen
class Installed:
    """A distribution with its entry points in groups of ours, of any version."""

    name: str
    version: str
    entry_points: tuple[metadata.EntryPoint, ...]

    @property
    def code(self) -> tuple[metadata.EntryPoint, ...]:
        """Those that name a module with hooks."""
        return tuple(point for point in self.entry_points if point.group == CODE_GROUP)

    @property
    def data(self) -> tuple[metadata.EntryPoint, ...]:
        """Those that name a folder of measure files."""
        return tuple(point for point in self.entry_points if point.group == DATA_GROUP)


def normalised(name: str) -> str:
    """A distribution's name as installers compare it.

    >>> normalised("Therapeutic_Alliance.FHIR")
    'therapeutic-alliance-fhir'
    """
    return re.sub(r"[-_.]+", "-", name).lower()


def look_up(name: str) -> Installed | None:
    """The distribution of this name, at the cost of this one and not of all."""
    try:
        found = metadata.distribution(name)
    except (metadata.PackageNotFoundError, ValueError):
        return None
    return _installed(found)


def scan() -> Iterator[Installed]:
    """Every installed distribution that has a plugin, by name; of equal names the first."""
    found: dict[str, Installed] = {}
    for distribution in metadata.distributions():
        if PROJECT in (distribution.read_text("entry_points.txt") or ""):
            plugin = _installed(distribution)
            if plugin.entry_points:
                found.setdefault(plugin.name, plugin)
    for name in sorted(found):
        yield found[name]


def _installed(distribution: metadata.Distribution) -> Installed:
    points = [each for each in distribution.entry_points if _ANY_GROUP.fullmatch(each.group)]
    name = distribution.metadata["Name"] or ""
    return Installed(normalised(name), distribution.version or "", tuple(points))
