"""Imports of a distribution's own modules, found in their text; nothing of it runs."""

import ast
import warnings
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath

Holds = Callable[[str], bool]
"""Whether there is a module, or a folder that can be imported, of this name."""
Offers = Mapping[str, frozenset[str]]
"""The names that each package binds, by its dotted name."""
ANYTHING = frozenset({"*", "__getattr__", "globals"})
"""Where a package binds one of these, what it offers cannot be told from its text."""


def own_imports(modules: Mapping[str, bytes], holds: Holds) -> Iterator[tuple[str, str]]:
    """Place of a module, and the own module that it imports and that is nowhere.

    Imports that may fail, within ``try``, and those for type checkers do not count; nor do those of
    a namespace package, which another distribution may fill.
    """
    offers, imports = {}, {}
    for place, text in modules.items():
        if tree := _parsed(text):
            package = _package(place)
            imports[place] = frozenset(_imports(tree, package))
            if place.endswith("/__init__.py"):
                offers[package] = _bound(tree, package)
    for place, found in imports.items():
        asked = {name for module, names in found for name in _modules(module, names, offers)}
        missing = {_missing(name, offers, holds) for name in asked}
        yield from ((place, name) for name in sorted(filter(None, missing)))


def _parsed(text: bytes) -> ast.Module | None:
    """Its tree; ``None`` for what is not Python as this interpreter reads it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _package(place: str) -> str:
    """The package that the imports of a module are relative to."""
    return ".".join(PurePosixPath(place).parts[:-1])


def _missing(name: str, offers: Offers, holds: Holds) -> str | None:
    """The first module of a dotted name that is not there, and that only its package can hold."""
    parts = name.split(".")
    for end in range(1, len(parts)):
        package, child = ".".join(parts[:end]), ".".join(parts[: end + 1])
        if not holds(child):
            return child if "__path__" not in offers.get(package, {"__path__"}) else None
    return None


def _modules(module: str, names: tuple[str, ...], offers: Offers) -> Iterator[str]:
    """What must be modules: the one named, and what is imported from it that it does not bind."""
    yield module
    bound = offers.get(module, ANYTHING)
    if not bound & ANYTHING:
        yield from (f"{module}.{name}" for name in names if name not in {*bound, "*"})


def _imports(tree: ast.Module, package: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Modules that are imported, at once or later by a function, and the names taken from each."""
    for node in _certain(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, ()) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield _from(node, package), tuple(alias.name for alias in node.names)


def _certain(tree: ast.Module) -> Iterator[ast.AST]:
    """Every node but those that may fail, or that no program reaches."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.Try) and node.handlers:
            waiting += [*node.orelse, *node.finalbody]
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            waiting += node.orelse
        else:
            waiting += ast.iter_child_nodes(node)


def _from(node: ast.ImportFrom, package: str) -> str:
    """The module of ``from ... import``, without dots in front."""
    if not node.level:
        return node.module or ""
    parts = package.split(".")
    above = parts[: max(0, len(parts) - node.level + 1)]
    return ".".join([*above, *([node.module] if node.module else [])])


def _bound(tree: ast.Module, package: str) -> frozenset[str]:
    """Names that a package binds otherwise than by an import of its own modules from itself."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Name):
            names.add(node.id)
        elif isinstance(node, ast.Import):
            names |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and _from(node, package) != package:
            names |= {alias.asname or alias.name for alias in node.names}
    return frozenset(names)
