"""Which distributions have plugins, found without importing any."""

from collections.abc import Iterator
from importlib import metadata

from attrs import frozen

from therapeutic_alliance.sdk.entry_points import is_ours
from therapeutic_alliance.sdk.hooks import CODE_GROUP, DATA_GROUP, PROJECT
from therapeutic_alliance.sdk.names import normalised


@frozen
class Installed:
    """A distribution with its entry points in groups of ours, of any version."""

    name: str
    version: str
    entry_points: tuple[metadata.EntryPoint, ...]
    problem: str = ""
    """Why its entry points cannot be read; empty if they can."""

    @property
    def code(self) -> tuple[metadata.EntryPoint, ...]:
        """Those that name a module with hooks."""
        return tuple(point for point in self.entry_points if point.group == CODE_GROUP)

    @property
    def data(self) -> tuple[metadata.EntryPoint, ...]:
        """Those that name a folder of measure files."""
        return tuple(point for point in self.entry_points if point.group == DATA_GROUP)


def look_up(name: str) -> Installed | None:
    """The distribution of this name, at the cost of this one and not of all."""
    try:
        found = metadata.distribution(name)
    except (metadata.PackageNotFoundError, ValueError):
        return None
    return _installed(found, name)


def scan() -> Iterator[Installed]:
    """Every installed distribution that has a plugin, by name, as :func:`look_up` finds it.

    So of equal names it is the first on the path, or none if that one has no plugin. Half an
    installation, which has no name to allow it by, is left out.
    """
    ours = (each for each in metadata.distributions() if _mentions_us(each))
    for name in sorted({normalised(_said(each, "Name")) for each in ours}):
        plugin = look_up(name)
        if plugin and (plugin.entry_points or plugin.problem):
            yield plugin


def _installed(distribution: metadata.Distribution, name: str) -> Installed:
    version = _said(distribution, "Version")
    try:
        every = distribution.entry_points
    except Exception:  # noqa: BLE001, what a broken file raises differs between Pythons
        return Installed(normalised(name), version, (), "its entry_points.txt cannot be read")
    points = tuple(each for each in every if is_ours(each.group))
    return Installed(normalised(name), version, points)


def _mentions_us(distribution: metadata.Distribution) -> bool:
    try:
        return PROJECT in (distribution.read_text("entry_points.txt") or "")
    except (OSError, ValueError):  # not UTF-8
        return False


def _said(distribution: metadata.Distribution, name: str) -> str:
    """A field of its metadata; empty where there is none."""
    try:
        return distribution.metadata[name] or ""
    except Exception:  # noqa: BLE001, what absent metadata raise differs between Pythons
        return ""
