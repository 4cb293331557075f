"""Runs the examples of the README, the docs and every docstring."""

from pathlib import Path

from sybil import Sybil
from sybil.parsers.doctest import DocTestParser
from sybil.parsers.markdown import PythonCodeBlockParser

ROOT = Path(__file__).parent

_docstrings = Sybil(
    parsers=[DocTestParser()],
    path=str(ROOT / "src"),
    pattern="**/*.py",
)
_pages = Sybil(
    parsers=[PythonCodeBlockParser()],
    path=str(ROOT),
    patterns=["README.md", "docs/**/*.md"],
)
pytest_collect_file = (_docstrings + _pages).pytest()
