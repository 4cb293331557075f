"""The tables of the comparison are those of the command, and complete."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import therapeutic_alliance as ta
from therapeutic_alliance.cli.usable import score_detectors
from therapeutic_alliance.course.simulate import SCENARIOS, TRANSFERS

DOCS = Path(__file__).parents[2] / "docs"
SCRIPT = DOCS / "_ext" / "comparison_tables.py"
TABLES = DOCS / "reference" / "comparison-tables.txt"
OTHERWISE = {"srs-rules", "waning"}
"""Rules on scores that the simulated scores do not suit, or that look for something else."""


def made(study: Any) -> str:
    """What the script makes of a study."""
    run = subprocess.run(
        [sys.executable, SCRIPT],
        input=json.dumps(study),
        capture_output=True,
        check=True,
        text=True,
    )
    return run.stdout


@pytest.fixture(scope="module")
def small() -> Any:
    rules = [ta.Registry().detector(id_) for id_ in ("eb-z", "drop-from-best")]
    transfers = [("noisy", "base")]
    return ta.study(rules, transfers=transfers, cases=60, replications=2)


def test_a_row_has_the_estimates_of_its_rule(small: Any) -> None:
    page = made(small.to_dict(["eb-z"]))
    state = small.trial("base")["drop-from-best"].estimate("state")
    assert f"| drop-from-best | {state.mean:.3f}\u00a0±\u00a0{state.se:.3f} |" in page
    assert "### Base\n" in page
    assert "### Base, learned on noisy\n" in page
    less = small.trial("base")["drop-from-best"].less(small.trial("base")["eb-z"], "onset")
    assert f"| drop-from-best | {less.mean:+.3f}\u00a0±\u00a0{less.se:.3f} |" in page
    assert "2 replications, each of 60 cases" in page


def test_the_committed_tables_are_complete() -> None:
    """Each rule on each scenario and transfer; ``make comparison`` makes them anew."""
    text = TABLES.read_text(encoding="utf-8")
    first = text.partition("## Paired differences")[0]
    assert len(re.findall(r"^### ", first, re.MULTILINE)) == len(SCENARIOS) + len(TRANSFERS)
    for id_ in {*score_detectors(ta.Registry())} - OTHERWISE:
        rows = re.findall(rf"^\| {re.escape(id_)}(?: \\\*)? \|.*", first, re.MULTILINE)
        assert len(rows) == len(SCENARIOS) + len(TRANSFERS), id_
