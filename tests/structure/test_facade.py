"""What ``import therapeutic_alliance`` loads, and what it offers."""

import inspect
import subprocess
import sys
from typing import Any

import pytest

import therapeutic_alliance as ta

HEAVY = {
    "cattrs", "cattr", "pluggy", "numpy", "click", "rich", "json", "tomllib", "attr", "attrs",
    "narwhals", "pandas", "polars", "pyarrow", "hashlib", "datetime", "inspect", "asyncio",
    "logging", "urllib", "socket", "email", "http", "importlib.metadata", "dataclasses",
}  # fmt: skip


def _loaded(code: str) -> set[str]:
    """Modules that are there after the code ran and were not before, in a fresh process."""
    program = (
        "import sys\n"
        "before = set(sys.modules)\n"
        f"{code}\n"
        "print(*sorted(set(sys.modules) - before))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(run.stdout.split())


def test_the_bare_import_loads_nothing_heavy() -> None:
    loaded = _loaded("import therapeutic_alliance")
    ours = {name for name in loaded if name.startswith("therapeutic_alliance")}
    assert HEAVY & loaded == set()
    assert ours == {"therapeutic_alliance", "therapeutic_alliance._version"}


def test_scoring_one_form_needs_neither_cattrs_nor_a_table_engine() -> None:
    code = (
        "import therapeutic_alliance as ta\n"
        "scale = ta.Scale(low=0, high=4)\n"
        "rule = ta.ScoreRule(id='total', items=['1'], aggregate='sum')\n"
        "measure = ta.Measure(id='x', version='1', name='x', raters=['client'], items=['1'],\n"
        "                     scale=scale, scores=[rule])\n"
        "ta.score(measure, [3])"
    )
    loaded = _loaded(code)
    engines = {"numpy", "narwhals", "pandas", "polars"}
    assert {"cattrs", "pluggy", "click", "rich", *engines} & loaded == set()


@pytest.mark.parametrize("name", ta.__all__)
def test_every_public_name_is_there(name: str) -> None:
    value = getattr(ta, name)
    assert value is getattr(ta, name), "loaded once"
    assert name in dir(ta)


def test_public_names_are_sorted_and_few() -> None:
    assert ta.__all__[1:] == sorted(set(ta.__all__[1:]))
    # values that users hold, functions on them, and a namespace for each larger area
    assert len(ta.__all__) <= 76  # 74, then data frames: detect_frame and the namespace


def test_another_name_is_an_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'scores'"):
        ta.scores  # noqa: B018


DOCUMENTED = [name for name in ta.__all__ if name not in ("__version__", "hookimpl")]


@pytest.mark.parametrize("name", DOCUMENTED)
def test_every_public_name_has_a_docstring(name: str) -> None:
    assert (getattr(ta, name).__doc__ or "").strip()


def _behaves(value: Any) -> bool:
    """A function; or a class with a public method, or with rules of its own on what it holds."""
    if not inspect.isclass(value):
        return callable(value)
    if issubclass(value, Exception) or getattr(value, "_is_protocol", False):
        return False
    methods = [
        name
        for name, member in vars(value).items()
        if not name.startswith("_") and inspect.isfunction(inspect.unwrap(_plain(member)))
    ]
    return bool(methods) or "__attrs_post_init__" in vars(value)


def _plain(member: Any) -> Any:
    return member.__func__ if isinstance(member, classmethod | staticmethod) else member


@pytest.mark.parametrize("name", [name for name in DOCUMENTED if _behaves(getattr(ta, name))])
def test_what_behaves_has_an_example(name: str) -> None:
    """Run by Sybil; here only that there is one."""
    assert ">>>" in (getattr(ta, name).__doc__ or "")
