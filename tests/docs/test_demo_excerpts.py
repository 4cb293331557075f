"""What the README and the start page show of the demo is what the demo prints."""

import re
from pathlib import Path

import pytest

from tests.cli.commands import process

ROOT = Path(__file__).parents[2]


def _squeezed(text: str) -> str:
    """Without line breaks, and without the lines of a table."""
    return re.sub(r"[\s─]+", " ", text).strip()


@pytest.mark.parametrize("page", ["README.md", "docs/start.md"])
def test_an_excerpt_is_what_the_demo_prints(page: str) -> None:
    printed = [
        _squeezed(line) for line in process("demo", PYTHONIOENCODING="utf-8").out.split("\n")
    ]
    text = (ROOT / page).read_text(encoding="utf-8")
    fences = re.findall(r"```text\n(.*?)```", text, re.DOTALL)
    [excerpt] = [fence for fence in fences if "possible rupture" in fence]
    table, _, findings = excerpt.removeprefix("$ alliance demo\n").partition("\n\n")
    findings = findings.replace("\n  ...\n", "\n")
    shown = [*table.split("\n"), *re.sub(r"\n  +", " ", findings).split("\n")]
    told = [_squeezed(line) for line in shown if line.strip() not in ("", "...")]
    assert len(told) > 5
    assert [line for line in told if line not in printed] == []
