"""Which plugins a command uses."""

import os
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar, cast

import click
from attrs import frozen

from therapeutic_alliance.cli.output import printable, remark
from therapeutic_alliance.errors import PluginError, Problem
from therapeutic_alliance.sdk.registry import Registry

Command = TypeVar("Command", bound=Callable[..., Any])
ENVIRONMENT = "ALLIANCE_PLUGINS"


@frozen
class Plugins:
    """What ``--plugin`` and ``--prefer`` say."""

    named: tuple[str, ...] = ()
    prefer: tuple[tuple[str, str], ...] = ()

    def registry(self) -> Registry:
        """The registry of a command.

        A plugin that was asked for by name must load, or :class:`PluginError` is raised. One that
        is merely installed, or named in the environment, is told of and left out.
        """
        registry = self.discovered()
        if registry.unmet:
            raise PluginError([Problem(rule=each) for each in registry.unmet])
        failed = [str(status) for status in registry.report() if not status.loaded]
        if self.named and failed:
            raise PluginError([Problem(rule=f"plugin {printable(each)}") for each in failed])
        for each in failed:
            remark(printable(f"plugin left out: {each}"))
        return registry

    def discovered(self) -> Registry:
        """The registry with the named plugins, or with those that the environment allows."""
        return Registry.discover(allow=self._allow(), prefer=dict(self.prefer))

    def _allow(self) -> set[str] | str:
        said = os.environ.get(ENVIRONMENT)
        if self.named:
            return set(self.named)
        if said is None:
            return "all"
        return {name.strip() for name in said.split(",") if name.strip()}


def _pairs(
    _context: click.Context, _option: click.Parameter, given: tuple[str, ...]
) -> Mapping[str, str]:
    pairs = [each.partition("=") for each in given]
    if not all(id_ and name for id_, _, name in pairs):
        raise click.BadParameter("ID=DIST, such as pulse=acme-alliance-pulse")
    found = {id_: name for id_, _, name in pairs}
    if len(found) < len(pairs):
        raise click.BadParameter("one id is given twice")
    return found


_OPTIONS = (
    click.option(
        "--plugin",
        "named",
        multiple=True,
        metavar="DIST",
        help=f"Use this plugin, in place of what {ENVIRONMENT} says; repeatable.",
    ),
    click.option(
        "--prefer",
        multiple=True,
        metavar="ID=DIST",
        callback=_pairs,
        help="Whose definition of an id counts, if plugins differ; repeatable.",
    ),
)


def uses_plugins(command: Command) -> Command:
    """Give a command the options about plugins, handed on as one :class:`Plugins`."""

    @wraps(command)
    def with_plugins(*, named: tuple[str, ...], prefer: Mapping[str, str], **values: Any) -> Any:
        return command(plugins=Plugins(named, tuple(prefer.items())), **values)

    wrapped: Any = with_plugins
    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return cast("Command", wrapped)
