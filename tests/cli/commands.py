"""Commands run for real: in this process, or in one of their own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from therapeutic_alliance.cli.app import run

ALLIANCE = str(Path(sys.executable).with_name("alliance"))


class Ran(NamedTuple):
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The results as data."""
        return json.loads(self.out)


Run = Callable[..., Ran]


def runner(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in this process."""

    def ran(*arguments: object) -> Ran:
        capsys.readouterr()
        code = run([str(each) for each in arguments])
        return Ran(code, *capsys.readouterr())

    return ran


def process(*arguments: object, cwd: Path | None = None, **environment: str) -> Ran:
    """The installed ``alliance`` in a process of its own."""
    done = subprocess.run(
        [ALLIANCE, *map(str, arguments)],
        capture_output=True,
        check=False,
        cwd=cwd,
        env={**os.environ, "COLUMNS": "", **environment},
        text=True,
    )
    return Ran(done.returncode, done.stdout, done.stderr)
