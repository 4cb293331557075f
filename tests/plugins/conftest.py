"""Environments that are made once: one with every distribution of these tests."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.plugins.bad import BAD
from tests.plugins.distributions import Environment, wheels
from tests.plugins.good import GOOD
from tests.plugins.odd import ODD


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The wheel of every distribution, by name."""
    folder = tmp_path_factory.mktemp("plugins")
    return wheels([*GOOD, *ODD, *(bad.dist for bad in BAD)], folder)


@pytest.fixture(scope="session")
def everything(built: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """All of them installed."""
    environment = Environment.made(tmp_path_factory.mktemp("everything"))
    environment.install(*built.values())
    return environment


@pytest.fixture(scope="session")
def target(built: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all of them and nothing else."""
    environment = Environment.made(tmp_path_factory.mktemp("for-target"))
    folder = tmp_path_factory.mktemp("target")
    environment.install("--target", folder, *built.values())
    return folder


@pytest.fixture
def installed(target: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """All of them installed for this process too; it forgets them afterwards."""
    monkeypatch.syspath_prepend(target)
    before = set(sys.modules)
    yield
    for name in set(sys.modules) - before:
        if name.startswith(("good_", "bad_", "odd_")):
            del sys.modules[name]
