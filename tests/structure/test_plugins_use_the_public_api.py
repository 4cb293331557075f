"""First-party plugins use what any third party may use, and nothing else of ours."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import therapeutic_alliance as ta
from therapeutic_alliance import testing

PLUGINS = Path(__file__).parents[2] / "plugins"
FILES = sorted(file for part in ("src", "tests") for file in PLUGINS.glob(f"*/{part}/**/*.py"))
NAME = ta.__name__
PUBLIC: Mapping[str, frozenset[str]] = {
    NAME: frozenset({*ta.__all__, "testing", "sphinxext"}),
    f"{NAME}.testing": frozenset(testing.__all__),
    f"{NAME}.sphinxext": frozenset({"setup"}),
    f"{NAME}.exporters.course_tables": frozenset({"TABLES", "columns", "rows"}),
}
"""Modules that a plugin may name, each with the names in it."""
OURS = {NAME, "tests"}
"""Top-level packages of this repository that are no plugin."""


def trespasses(source: str) -> list[str]:
    """What a file uses of ours that is not public, in its order; imports for types count, too."""
    nodes = list(ast.walk(ast.parse(source)))
    bound: dict[str, str] = {}
    found: list[tuple[int, str]] = []
    for node in nodes:
        if isinstance(node, ast.Import | ast.ImportFrom):
            found += [(node.lineno, each) for each in _imported(node, bound)]
    for node in nodes:
        if isinstance(node, ast.Attribute):
            module = _module(node.value, bound)
            if module and node.attr not in PUBLIC[module]:
                found.append((node.lineno, f"{module}.{node.attr}"))
        elif isinstance(node, ast.Constant) and _is_hidden_module(node.value):
            found.append((node.lineno, f"{node.value!r}"))
    return [what for _, what in sorted(found)]


def _imported(node: ast.Import | ast.ImportFrom, bound: dict[str, str]) -> Iterator[str]:
    """What it may not import; what it may and binds is put into ``bound``: name -> module."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            if alias.name in PUBLIC:
                bound[alias.asname or NAME] = alias.name if alias.asname else NAME
            elif _is_ours(alias.name):
                yield alias.name
        return
    module = node.module or ""
    if node.level or not _is_ours(module):
        return
    for alias in node.names:
        whole = f"{module}.{alias.name}"
        if alias.name not in PUBLIC.get(module, ()):
            yield whole
        elif whole in PUBLIC:
            bound[alias.asname or alias.name] = whole


def _is_ours(module: str) -> bool:
    return module.partition(".")[0] in OURS


def _is_hidden_module(value: object) -> bool:
    """Whether a text names a module of ours that is not public, as for ``import_module``."""
    if not isinstance(value, str) or not value.startswith(f"{NAME}.") or value in PUBLIC:
        return False
    first = value.split(".")[1]
    home = Path(ta.__file__).parent / first
    return first.isidentifier() and (home.is_dir() or home.with_suffix(".py").exists())


def _module(node: ast.expr, bound: Mapping[str, str]) -> str | None:
    """The module of ours that an expression stands for, if it does."""
    if isinstance(node, ast.Name):
        return bound.get(node.id)
    if isinstance(node, ast.Attribute) and (parent := _module(node.value, bound)):
        whole = f"{parent}.{node.attr}"
        return whole if whole in PUBLIC else None
    return None


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PLUGINS)))
def test_a_plugin_uses_what_is_public(file: Path) -> None:
    assert trespasses(file.read_text(encoding="utf-8")) == []


def test_every_plugin_is_looked_at() -> None:
    looked_at = {file.relative_to(PLUGINS).parts[:2] for file in FILES}
    distributions = [file.parent.name for file in PLUGINS.glob("*/pyproject.toml")]
    assert len(distributions) >= 2
    assert {(name, part) for name in distributions for part in ("src", "tests")} <= looked_at


FOREIGN = """
from typing import TYPE_CHECKING

import therapeutic_alliance as ta
import therapeutic_alliance.course.series
import therapeutic_alliance.testing.contract as kit
from tests.course import illustrations
from therapeutic_alliance import Series, _version, testing as t
from therapeutic_alliance.course.series import EPSILON
from therapeutic_alliance.testing import Worked, holds

if TYPE_CHECKING:
    from therapeutic_alliance.model.scored import Metric

def late() -> None:
    from therapeutic_alliance.errors import AllianceError
    ta.scoring.key.compile_key
    t.contract
    ta.testing.mutants
    __import__("therapeutic_alliance.codec.text")
"""

PROPER = """
import therapeutic_alliance as ta
import therapeutic_alliance.testing
from therapeutic_alliance import Series, hookimpl, testing
from therapeutic_alliance.sphinxext import setup
from therapeutic_alliance.testing import Worked
from therapeutic_alliance_changepoint.partition import Partition
from .breaks import breaks

GROUP = "therapeutic_alliance.v1"
therapeutic_alliance.testing.series
ta.Registry.discover(allow=()).detector
ta.testing.MeasureContract
testing.Worked(answers=[], scores={}).anything
"""


def test_the_search_sees_every_way_in() -> None:
    """The test above can fail."""
    assert trespasses(FOREIGN) == [
        f"{NAME}.course.series",
        f"{NAME}.testing.contract",
        "tests.course.illustrations",
        f"{NAME}._version",
        f"{NAME}.course.series.EPSILON",
        f"{NAME}.testing.holds",
        f"{NAME}.model.scored.Metric",
        f"{NAME}.errors.AllianceError",
        f"{NAME}.scoring",
        f"{NAME}.testing.contract",
        f"{NAME}.testing.mutants",
        f"'{NAME}.codec.text'",
    ]


def test_the_search_lets_pass_what_is_public() -> None:
    assert trespasses(PROPER) == []
