"""Runs pytest on a file in a fresh process, and tells what came of each test."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

ROOT = Path(__file__).parents[2]


class Outcome(NamedTuple):
    result: str
    """``passed``, ``failed``, ``error``, ``skipped`` or ``xfailed``."""
    message: str = ""


Outcomes = dict[str, dict[str, Outcome]]
"""By class and by test."""


def outcomes(
    file: Path, folder: Path, *options: str, env: Mapping[str, str] | None = None
) -> Outcomes:
    """Run the tests of a file under this project's settings; the report goes into ``folder``."""
    report = folder / "report.xml"
    run = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", str(file), f"--junitxml={report}", "-q"),
            *("-p", "no:cacheprovider", "-c", str(ROOT / "pyproject.toml"), *options),
        ],
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode in (0, 1), run.stdout + run.stderr
    found: Outcomes = {}
    for case in ET.parse(report).iter("testcase"):  # noqa: S314, pytest has just written it
        name = case.attrib["classname"].rpartition(".")[2]
        found.setdefault(name, {})[case.attrib["name"]] = _outcome(case)
    return found


def _outcome(case: ET.Element) -> Outcome:
    for result, tag in (("failed", "failure"), ("error", "error"), ("skipped", "skipped")):
        told = case.find(tag)
        if told is not None:
            expected = told.get("type") == "pytest.xfail"
            return Outcome("xfailed" if expected else result, told.text or "")
    return Outcome("passed")


def caught_by(tests: Mapping[str, Outcome]) -> tuple[str, ...]:
    """The tests that failed."""
    return tuple(name for name, outcome in tests.items() if outcome.result == "failed")
