"""Where each command lives; one is imported when it is called, so that all start quickly."""

from importlib import import_module
from typing import Any

import click

HOMES = {
    "demo": "demo",
    "inspect": "inspect",
    "score": "score",
    "detect": "detect",
    "cohort": "cohort",
    "compare": "compare",
    "export": "export",
    "show": "show.command",
    "measures": "measures",
    "plugins": "plugins",
    "new": "new",
    "check": "check",
}


class Commands(click.Group):
    """The group of the commands that :data:`HOMES` names, in its order."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """Their names."""
        return list(HOMES)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """The command with this name."""
        if name not in HOMES:
            return None
        command: Any = getattr(import_module(f"therapeutic_alliance.cli.{HOMES[name]}"), name)
        assert isinstance(command, click.Command)
        return command
