"""Hypothesis profiles, and the summary of the mutation run."""

import os
from typing import NamedTuple

import pytest
from hypothesis import settings

settings.register_profile(
    "ci", derandomize=True, max_examples=60, deadline=None, database=None, print_blob=True
)
settings.register_profile("long", max_examples=2_000, deadline=None, database=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


class Mutated(NamedTuple):
    measure: str
    mutants: int
    killed: int
    equivalent: int


MUTATED = pytest.StashKey[list[Mutated]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[MUTATED] = []


@pytest.fixture(scope="session")
def mutated(pytestconfig: pytest.Config) -> list[Mutated]:
    """Collects one row a measure; printed at the end of the run."""
    return pytestconfig.stash[MUTATED]


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    rows = config.stash[MUTATED]
    if not rows:
        return
    terminalreporter.section("one-step mutants of the keys, noticed by the worked cases")
    total = Mutated("all", *(sum(column) for column in list(zip(*rows, strict=True))[1:]))
    for name, mutants, killed, equivalent in (*rows, total):
        terminalreporter.write_line(
            f"{name:12} {mutants:6} mutants {killed:6} noticed {equivalent:4} equivalent"
        )
