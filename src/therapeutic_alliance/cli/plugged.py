"""Which plugins a command uses."""

import os
from collections.abc import Sequence

import click

from therapeutic_alliance.cli.output import printable, remark
from therapeutic_alliance.errors import PluginError, Problem
from therapeutic_alliance.sdk.registry import Registry

ENVIRONMENT = "ALLIANCE_PLUGINS"
PLUGIN = click.option(
    "--plugin",
    "plugins",
    multiple=True,
    metavar="DIST",
    help=f"Use this plugin, in place of what {ENVIRONMENT} says; repeatable.",
)


def plugged(plugins: Sequence[str] = ()) -> Registry:
    """The registry of a command.

    A plugin that was asked for by name must load, or :class:`PluginError` is raised. One that is
    merely installed, or named in the environment, is told of and left out.
    """
    registry = discovered(plugins)
    failed = [str(status) for status in registry.report() if not status.loaded]
    if plugins and failed:
        raise PluginError([Problem(rule=f"plugin {each}") for each in failed])
    for each in failed:
        remark(printable(f"plugin left out: {each}"))
    return registry


def discovered(plugins: Sequence[str] = ()) -> Registry:
    """The registry with the named plugins, or with those that the environment allows."""
    said = os.environ.get(ENVIRONMENT)
    if plugins:
        return Registry.discover(allow=set(plugins))
    if said is None:
        return Registry.discover(allow="all")
    return Registry.discover(allow={name.strip() for name in said.split(",") if name.strip()})
