"""Hypothesis profiles, the summary of the mutation run, and the wheel of this tree."""

import os
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings

from tests.environments import ROOT, run_pip
from tests.frames.versions import versions
from tests.kit.kills import KILLS, Kill, print_table

settings.register_profile(
    "ci", derandomize=True, max_examples=60, deadline=None, database=None, print_blob=True
)
settings.register_profile("few", settings.get_profile("ci"), max_examples=20)
settings.register_profile("long", max_examples=2_000, deadline=None, database=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


class Mutated(NamedTuple):
    measure: str
    mutants: int
    killed: int
    equivalent: int


MUTATED = pytest.StashKey[list[Mutated]]()


def pytest_report_header() -> str:
    return f"engines: {versions()}"


def pytest_configure(config: pytest.Config) -> None:
    config.stash[MUTATED] = []
    config.stash[KILLS] = []


@pytest.fixture(scope="session")
def mutated(pytestconfig: pytest.Config) -> list[Mutated]:
    """Collects one row a measure; printed at the end of the run."""
    return pytestconfig.stash[MUTATED]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as a release would build it."""
    folder = tmp_path_factory.mktemp("wheel")
    build = ("wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", folder)
    run_pip(sys.executable, *build, ROOT)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def kills(pytestconfig: pytest.Config) -> list[Kill]:
    """Collects one row a planted fault; printed at the end of the run."""
    return pytestconfig.stash[KILLS]


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    _print_mutated(terminalreporter, config.stash[MUTATED])
    print_table(terminalreporter, config.stash[KILLS])


def _print_mutated(terminalreporter: pytest.TerminalReporter, rows: list[Mutated]) -> None:
    if not rows:
        return
    terminalreporter.section("one-step mutants of the keys, noticed by the worked cases")
    total = Mutated("all", *(sum(column) for column in list(zip(*rows, strict=True))[1:]))
    for name, mutants, killed, equivalent in (*rows, total):
        terminalreporter.write_line(
            f"{name:12} {mutants:6} mutants {killed:6} noticed {equivalent:4} equivalent"
        )
