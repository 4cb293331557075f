"""Every call of the command in a shell example runs."""

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.commands import process

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("[!_]*/*.md")), ROOT / "docs/start.md"]
FENCE = re.compile(r"```sh\n(.*?)```", re.DOTALL)
CALLS = sorted(
    {
        line
        for page in PAGES
        for fence in FENCE.findall(page.read_text(encoding="utf-8"))
        for line in fence.splitlines()
        if line.startswith("alliance ")
    }
)


@pytest.mark.parametrize("call", CALLS)
def test_a_call_runs(call: str, tmp_path: Path) -> None:
    """In a folder of its own, since some write a file; the table of bad rows is refused."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    ran = process(*shlex.split(call)[1:], cwd=tmp_path)
    assert ran.code == (1 if "rejects.csv" in call else 0), ran.err
    assert ran.out or ran.err


def test_there_are_calls() -> None:
    assert len(CALLS) > 10
