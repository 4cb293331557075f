"""Runs the examples of the README, the docs and every docstring."""

import os
from pathlib import Path

from sybil import Sybil
from sybil.parsers.doctest import DocTestParser
from sybil.parsers.markdown import PythonCodeBlockParser

ROOT = Path(__file__).parent
os.environ["ALLIANCE_PLUGINS"] = ""  # the command is tested alone, whatever else is installed

_docstrings = Sybil(
    parsers=[DocTestParser()],
    path=str(ROOT / "src"),
    pattern="**/*.py",
)
_pages = Sybil(
    parsers=[PythonCodeBlockParser()],
    path=str(ROOT),
    patterns=["README.md", "docs/*.md", "docs/**/*.md"],
)
pytest_collect_file = (_docstrings + _pages).pytest()
