"""Which planted fault each test of the kit catches, and the table printed of it at the end."""

from typing import NamedTuple

import pytest


class Kill(NamedTuple):
    """One planted fault."""

    kind: str
    """``measure``, ``detector``, ..."""
    fault: str
    """In a few words."""
    caught_by: tuple[str, ...]
    """Names of the tests that failed."""


KILLS = pytest.StashKey[list[Kill]]()


def print_table(terminal: pytest.TerminalReporter, rows: list[Kill]) -> None:
    """A line a fault: its kind, what it is, the first test that caught it, and how many others."""
    if not rows:
        return
    terminal.section("planted faults, and the tests of the kit that caught them")
    for kind, fault, caught_by in sorted(rows):
        first, *others = caught_by or ("NOT CAUGHT",)
        more = f" and {len(others)} more" if others else ""
        terminal.write_line(f"{kind:12} {fault:62} {first}{more}")
    caught = sum(bool(row.caught_by) for row in rows)
    terminal.write_line(f"{'all':12} {len(rows)} faults, {caught} caught")
