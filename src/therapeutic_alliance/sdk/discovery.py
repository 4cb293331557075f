"""Which plugins are allowed, looked up by name before anything of them is imported."""

from collections.abc import Collection, Iterator, Mapping

from therapeutic_alliance.errors import AllianceError, PluginError
from therapeutic_alliance.sdk.distributions import Installed, look_up, scan
from therapeutic_alliance.sdk.load import Attempt, load
from therapeutic_alliance.sdk.names import normalised
from therapeutic_alliance.sdk.status import PluginStatus

Allow = Collection[str] | Mapping[str, str | None]
"""``"all"``; or names of distributions; or those with the version that each must have."""


def attempts(allow: Allow) -> tuple[Attempt, ...]:
    """An attempt to load each allowed plugin, in order of their names."""
    if allow == "all":
        return tuple(load(plugin) for plugin in scan())
    return tuple(_attempt(name, version) for name, version in sorted(_allowed(allow)))


def raise_faults(made: tuple[Attempt, ...], unmet: tuple[str, ...]) -> None:
    """Raise an ``ExceptionGroup`` of :class:`PluginError` for plugins and preferences that fail."""
    errors = [_error(attempt) for attempt in made if not attempt.status.loaded]
    errors += map(PluginError, unmet)
    if errors:
        raise ExceptionGroup("plugins that did not load, or do not give what they should", errors)


def preferred(prefer: Mapping[str, str]) -> Mapping[str, str]:
    """The provider by id or alias, as its name is compared."""
    if not isinstance(prefer, Mapping):
        raise AllianceError("prefer is a mapping: the name of a distribution by id")
    if not all(isinstance(each, str) for pair in prefer.items() for each in pair):
        raise AllianceError("prefer: an id and the name of its distribution are texts")
    return {name: normalised(provider) for name, provider in prefer.items()}


def _error(attempt: Attempt) -> PluginError:
    error = PluginError(str(attempt.status))
    error.__cause__ = attempt.fault
    return error


def _allowed(allow: Allow) -> Iterator[tuple[str, str | None]]:
    if isinstance(allow, str):
        raise AllianceError('allow is "all", a collection of distribution names, or a mapping')
    pins = allow if isinstance(allow, Mapping) else dict.fromkeys(allow)
    if not all(isinstance(name, str) for name in pins):
        raise AllianceError("allow: a distribution's name is a text")
    if not all(isinstance(version, str | None) for version in pins.values()):
        raise AllianceError('allow: a version is a text, such as "1.0", or None for any')
    said: dict[str, str | None] = {}
    for name, version in pins.items():
        if said.setdefault(normalised(name), version) != version:
            raise AllianceError(f"allow names {normalised(name)} twice, in different versions")
    yield from said.items()


def _attempt(name: str, version: str | None) -> Attempt:
    plugin = look_up(name)
    problem = _missing(plugin, version)
    if plugin is None or problem:
        installed = plugin.version if plugin else None
        return Attempt(
            PluginStatus(distribution=name, version=installed, stage="missing", problem=problem)
        )
    return load(plugin)


def _missing(plugin: Installed | None, version: str | None) -> str:
    if plugin is None:
        return "not installed"
    if version not in (None, plugin.version):
        return f"version {version} is allowed, {plugin.version} is installed"
    return ""
