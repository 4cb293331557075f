"""Imports run one way, files stay small, and no layer is forgotten."""

import ast
from pathlib import Path

import pytest

from tests.structure import tree

LAYERS = (
    {"_version", "errors"},
    {"model"},
    {"scoring"},
    {"psychometrics"},
    {"course"},
    {"whole_file"},
    {"frames"},
    {"codec"},
    {"sdk"},
    {"importers", "exporters"},
    {"builtin"},
    {"packaging"},
    {"scaffold"},
    {"testing", "sphinxext", "cli"},
)
"""From the ground up. What stands side by side may not import one another either."""

RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}

ROOMS = (
    {"plan", "headings", "rules", "duckdb_columns"},
    {"dtypes", "plain_names", "sources"},
    {"columns", "exact_text", "kernel", "lazy"},
    {"eager"},
    {"long", "detect"},
    {"score"},
    {"files"},
)
"""Of ``frames``, in the same way."""
FLOOR = {name: floor for floor, rooms in enumerate(ROOMS) for name in rooms}

STATS = {"course.two_state.arrays", "course.two_state.fit", "course.mixed.fit"}
"""Behind the extra ``stats``."""


def _layer(module: str) -> str:
    return module.partition(".")[0]


@pytest.mark.parametrize("file", [f for f in tree.FILES if tree.module_of(f)], ids=tree.module_of)
def test_imports_run_one_way(file: Path) -> None:
    """But for the facade, which names every layer."""
    own = _layer(tree.module_of(file))
    upward = {
        module
        for module in tree.imports(file)
        if _layer(module) != own and (not module or RANK[_layer(module)] >= RANK[own])
    }
    assert upward == set()


def _room(module: str) -> str:
    """``kernel``, of ``frames.kernel.run``; empty if the module is in none."""
    return module.split(".")[1] if module.startswith("frames.") else ""


@pytest.mark.parametrize(
    "file", [f for f in tree.FILES if _room(tree.module_of(f))], ids=tree.module_of
)
def test_imports_among_the_rooms_of_frames_run_one_way(file: Path) -> None:
    own = _room(tree.module_of(file))
    others = {module for module in tree.imports(file) if _room(module) not in ("", own)}
    assert {module for module in others if FLOOR[_room(module)] >= FLOOR[own]} == set()


def test_every_module_has_a_layer() -> None:
    found = {_layer(tree.module_of(file)) for file in tree.FILES}
    assert found - {""} <= RANK.keys()


def test_no_circles() -> None:
    """Within a layer modules may import one another, but not in a circle."""
    graph = {tree.module_of(file): set(tree.imports(file)) for file in tree.FILES}
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " -> ".join((*path, module))
        if module not in done:
            for other in sorted(graph.get(module, set()) - {module}):
                visit(other, (*path, module))
            done.add(module)

    for module in sorted(graph):
        visit(module, ())


@pytest.mark.parametrize("file", tree.FILES, ids=tree.module_of)
def test_no_file_is_longer_than_400_lines(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("file", tree.FILES, ids=tree.module_of)
def test_no_folder_is_deeper_than_three(file: Path) -> None:
    assert len(file.relative_to(tree.ROOT).parts) <= 3


@pytest.mark.parametrize("file", tree.FILES, ids=tree.module_of)
def test_every_module_says_what_it_is(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert not text or ast.get_docstring(ast.parse(text))


@pytest.mark.parametrize("file", tree.FILES, ids=tree.module_of)
def test_cattrs_stays_in_the_codec(file: Path) -> None:
    """Decision 8; and numbers stay plain Python up to the frames."""
    used = tree.packages(file)
    module = tree.module_of(file)
    if _layer(module) != "codec":
        assert "cattrs" not in used
        assert "cattr" not in used
    if RANK.get(_layer(module), 0) < RANK["frames"] and module not in STATS:
        assert not used & {"numpy", "narwhals", "pandas", "polars", "scipy", "statsmodels"}
    if RANK.get(_layer(module), 0) <= RANK["course"] and not module.startswith("course.simulate"):
        assert not used & {"random", "secrets", "time", "socket", "urllib", "os", "pathlib", "io"}


def test_the_search_sees_imports_in_functions_and_not_those_for_types(tmp_path: Path) -> None:
    """The tests above can fail: a file with one import of each kind."""
    file = tmp_path / "probe.py"
    file.write_text(
        "from typing import TYPE_CHECKING\n"
        "import therapeutic_alliance.errors\n"
        "from therapeutic_alliance import codec\n"
        "from therapeutic_alliance.model.scale import Scale\n"
        "if TYPE_CHECKING:\n"
        "    from therapeutic_alliance.sdk import hooks\n"
        "def f():\n"
        "    from therapeutic_alliance.course import series\n",
        encoding="utf-8",
    )
    assert sorted(tree.imports(file)) == ["codec", "course.series", "errors", "model.scale"]
