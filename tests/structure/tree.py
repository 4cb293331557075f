"""The source tree, as the structure tests look at it."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import therapeutic_alliance

ROOT = Path(therapeutic_alliance.__file__).parent
NAME = "therapeutic_alliance"
FILES = sorted(ROOT.rglob("*.py"))


def module_of(file: Path) -> str:
    """``course/detectors/online.py`` is ``course.detectors.online``; the package itself ``""``."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def imports(file: Path) -> Iterator[str]:
    """Our own modules that a file imports when it runs, within functions, too."""
    for node in _import_nodes(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (_own(alias.name) for alias in node.names if _is_own(alias.name))
        elif _is_own(source := _absolute(node, file)):
            for alias in node.names:
                yield _submodule(_own(source), alias.name)


def packages(file: Path) -> set[str]:
    """Top-level packages that a file imports when it runs, ours and others."""
    found = set()
    for node in _import_nodes(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        else:
            found.add(_absolute(node, file).partition(".")[0])
    return found


def _import_nodes(node: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    """Those below a node, but for what only a type checker reads."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        yield node
    if isinstance(node, ast.If) and _is_type_checking(node.test):
        children: Iterable[ast.AST] = node.orelse
    else:
        children = ast.iter_child_nodes(node)
    for child in children:
        yield from _import_nodes(child)


def _is_type_checking(test: ast.expr) -> bool:
    return (isinstance(test, ast.Name) and test.id == "TYPE_CHECKING") or (
        isinstance(test, ast.Attribute) and test.attr == "TYPE_CHECKING"
    )


def _is_own(module: str) -> bool:
    return module == NAME or module.startswith(f"{NAME}.")


def _own(module: str) -> str:
    return module.removeprefix(NAME).removeprefix(".")


def _absolute(node: ast.ImportFrom, file: Path) -> str:
    if not node.level:
        return node.module or ""
    package = (NAME, *file.relative_to(ROOT).parent.parts)
    base = package[: len(package) - node.level + 1]
    return ".".join((*base, node.module) if node.module else base)


def _submodule(source: str, name: str) -> str:
    """``from package import module`` imports the module; any other name its own home."""
    path = ROOT.joinpath(*source.split("."), name) if source else ROOT / name
    inner = f"{source}.{name}".removeprefix(".")
    return inner if path.is_dir() or path.with_suffix(".py").exists() else source
