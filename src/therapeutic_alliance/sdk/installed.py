"""All plugins that are installed, allowed or not."""

from therapeutic_alliance.sdk.distributions import scan
from therapeutic_alliance.sdk.registry import Registry
from therapeutic_alliance.sdk.status import PluginStatus


def installed_plugins(registry: Registry | None = None) -> tuple[PluginStatus, ...]:
    """Every installed plugin by name, without importing any that is not imported yet.

    What ``registry`` allowed stands there as its report has it; everything else that is
    installed, and without ``registry`` all of it, is ``not-allowed``.

    >>> {status.stage for status in installed_plugins()} <= {"not-allowed"}
    True
    """
    known = {status.distribution: status for status in (registry.report() if registry else ())}
    for plugin in scan():
        closed = PluginStatus(distribution=plugin.name, version=plugin.version, stage="not-allowed")
        known.setdefault(plugin.name, closed)
    return tuple(known[name] for name in sorted(known))
