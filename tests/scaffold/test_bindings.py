"""Whatever its name: no name of a project's modules is bound twice, and no test is lost."""

import ast
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import PurePosixPath

import pytest

from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.scaffold.kinds import KINDS
from therapeutic_alliance.scaffold.names import Name, name_of
from therapeutic_alliance.scaffold.project import project

NASTY = ("test-x", "plugin", "state", "worked-course", "bad-file", "mapping", "ta", "own-detector")


def modules(kind: str, name: Name) -> Mapping[str, ast.Module]:
    files = project(KINDS[kind], name)
    return {place: ast.parse(text) for place, text in files.items() if place.endswith(".py")}


def bound(tree: ast.Module) -> Iterator[str]:
    """Each name that a module binds, as often as it does."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from (alias.asname or alias.name for alias in node.names)
        elif isinstance(node, ast.Assign):
            yield from (each.id for each in node.targets if isinstance(each, ast.Name))


def names(kind: str) -> Iterator[Name]:
    """Those that the modules bind or are called, as names of distributions."""
    trees = modules(kind, name_of("acme"))
    words = {word for tree in trees.values() for word in bound(tree)}
    words |= {word.removeprefix("Test") for word in words}
    words |= {PurePosixPath(place).stem for place in trees}
    for word in sorted({*words, *NASTY}):
        with suppress(AllianceError):
            yield name_of(re.sub(r"(?<=[a-z])(?=[A-Z])", "-", word).lower().strip("_"))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_name_is_bound_twice(kind: str) -> None:
    usual = {place: list(bound(tree)) for place, tree in modules(kind, name_of("acme")).items()}
    usual = {place.replace("/acme/", "/{}/"): found for place, found in usual.items()}
    asked = list(names(kind))
    assert len(asked) > len(NASTY)
    for name in asked:
        trees = modules(kind, name)
        found = {place.replace(f"/{name.package}/", "/{}/"): tree for place, tree in trees.items()}
        assert {place: list(bound(tree)) for place, tree in found.items()} == usual
    for place, words in usual.items():
        assert len(words) == len(set(words)), place


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_module_of_tests_takes_the_place_of_the_package(kind: str) -> None:
    for place in modules(kind, name_of("acme")):
        if place.startswith("tests/"):
            with pytest.raises(AllianceError, match="which is taken"):
                name_of(PurePosixPath(place).stem)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_both_contracts_are_there(kind: str) -> None:
    [tests] = [
        tree for place, tree in modules(kind, name_of("plugin")).items() if "tests/" in place
    ]
    classes = [each.name for each in tests.body if isinstance(each, ast.ClassDef)]
    what = "".join(map(str.capitalize, KINDS[kind].module.split("_")))
    assert classes == [f"TestOwn{what}", "TestPlugin"]
