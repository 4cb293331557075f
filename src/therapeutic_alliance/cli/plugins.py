"""``alliance plugins``: what is installed, what of it loads, and why the rest does not."""

from collections.abc import Iterator, Sequence
from typing import Any

import click

from therapeutic_alliance.cli.output import json_out, printable, remark, results, table
from therapeutic_alliance.cli.plugged import Plugins, uses_plugins
from therapeutic_alliance.sdk.installed import installed_plugins
from therapeutic_alliance.sdk.kinds import KINDS
from therapeutic_alliance.sdk.registry import Registry
from therapeutic_alliance.sdk.status import PluginStatus

SLOW = 1.0
"""Seconds of loading from which on a plugin is told to be slow."""


@click.command()
@uses_plugins
@click.option("--json", "as_json", is_flag=True, help="JSON on stdout.")
def plugins(plugins: Plugins, as_json: bool) -> int:
    """List the installed plugins: what each adds, or at which stage it failed and why.

    Exits with 1 if an allowed plugin did not load, or if two define one id differently.
    """
    registry = plugins.discovered()
    statuses = installed_plugins(registry)
    if as_json:
        json_out([_plain(status, registry) for status in statuses])
    elif statuses:
        _show(statuses)
    else:
        click.echo("No plugin is installed.")
    clashes = [*_clashes(registry), *registry.unmet]
    for line in (*clashes, *slow_ones(statuses)):
        remark(printable(line))
    return 1 if clashes or any(not status.loaded for status in registry.report()) else 0


def _plain(status: PluginStatus, registry: Registry) -> dict[str, Any]:
    return {
        "distribution": status.distribution,
        "version": status.version,
        "stage": status.stage,
        "problem": status.problem,
        "adds": {kind: list(ids) for kind, ids in status.adds.items()},
        "ambiguous": [
            id_ for _, id_, providers in _ambiguous(registry) if status.distribution in providers
        ],
        "seconds": round(status.seconds, 6),
    }


def _show(statuses: tuple[PluginStatus, ...]) -> None:
    rows = [
        (
            status.distribution,
            status.version or "",
            status.stage,
            status.summary,
            f"{status.seconds:.3f}" if status.seconds else "",
        )
        for status in statuses
    ]
    headings = ("plugin", "version", "stage", "adds, or why not", "seconds")
    table(results(), "Plugins", headings, rows, whole="plugin")


def _ambiguous(registry: Registry) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Kind, id and providers of what is defined twice."""
    for kind in KINDS:
        for id_, providers in getattr(registry, kind).ambiguous.items():
            yield kind, id_, providers


def _clashes(registry: Registry) -> list[str]:
    return [
        f"{id_} ({kind}) is defined differently by {', '.join(providers)}: "
        f"say whose is meant, --prefer {id_}=..."
        for kind, id_, providers in _ambiguous(registry)
    ]


def slow_ones(statuses: Sequence[PluginStatus]) -> list[str]:
    """A line for each plugin that takes long to load; it is told, and never cut short."""
    return [
        f"{status.distribution} takes {status.seconds:.1f} s to load, at each start"
        for status in statuses
        if status.seconds >= SLOW
    ]
