"""What comes of loading one plugin in an interpreter that has loaded nothing else.

Run as a script, by the contract of plugins, with the distribution's name and a file to write what
was found to: what is printed belongs to the plugin.
"""

import json
import sys
import warnings
from collections.abc import Iterable, Iterator
from importlib import metadata
from importlib.machinery import all_suffixes
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

BEFORE = set(sys.modules)
OURS = "therapeutic_alliance"
NEEDS = frozenset({OURS, "attr", "attrs", "cattr", "cattrs", "pluggy", "typing_extensions"})
"""Top-level packages of this library and of what it depends on."""
CHANGEABLE = (list, dict, set, bytearray)
_INSTALLED = frozenset({"site-packages", "dist-packages"})
"""Folders of an environment, which may lie within a project."""


def main(distribution: str, found: Path) -> None:
    """Load the plugin and write down what was found."""
    findings: dict[str, Any] = {"problems": [], **_declared(distribution)}
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        findings |= _loaded(distribution)
    findings["warnings"] = [str(each.message) for each in told if _of_ours(each)]
    findings["imports"] = sorted(_strangers(findings["own"], findings["project"]))
    found.write_text(json.dumps(findings), encoding="utf-8")


def _declared(distribution: str) -> dict[str, Any]:
    """What the distribution's metadata say; nothing of it is imported."""
    from therapeutic_alliance.packaging.packed import licensed

    try:
        installed = metadata.distribution(distribution)
    except metadata.PackageNotFoundError:
        return {"installed": False, "own": [], "project": None}
    told = installed.metadata
    named = [*(told.get_all("License-Expression") or ()), *(told.get_all("License") or ())]
    points = {point.value.partition(":")[0].partition(".")[0] for point in installed.entry_points}
    return {
        "installed": True,
        "requires": installed.requires or [],
        "licensed": licensed(named, told.get_all("Classifier") or ()),
        "own": sorted(points | set(top_level(installed.files or ()))),
        "project": project(installed.read_text("direct_url.json")),
    }


def top_level(files: Iterable[PurePath]) -> Iterator[str]:
    """Names of the packages and modules among a distribution's files, compiled ones too."""
    for file in files:
        if file.name.endswith(tuple(all_suffixes())):
            yield file.parts[0].partition(".")[0]


def project(direct_url: str | None) -> str | None:
    """The folder of what is installed editable; ``None`` if it is not."""
    told = json.loads(direct_url or "{}")
    if not told.get("dir_info", {}).get("editable"):
        return None
    return url2pathname(urlsplit(told["url"]).path)


def _loaded(distribution: str) -> dict[str, Any]:
    from therapeutic_alliance.sdk.registry import Registry

    before = _reachable(_built_in(Registry()))
    try:
        registry = Registry.discover(allow={distribution}, strict=True)
    except ExceptionGroup as group:
        return {"problems": [str(each) for each in group.exceptions]}
    after = _reachable(_built_in(Registry()))
    mine = _of(registry, distribution)
    return {
        "adds": {kind: ids for each in registry.report() for kind, ids in each.adds.items()},
        "taken": sorted(_taken(mine)),
        "changed": sorted(_changed(before, after)),
        "changeable": sorted(_changeable(mine)),
    }


def _of(registry: Any, distribution: str) -> dict[str, list[Any]]:
    """What a distribution contributes, by kind."""
    from therapeutic_alliance.sdk.kinds import KINDS

    return {
        kind: [
            thing
            for provider, part in getattr(registry, kind).parts
            if provider == distribution
            for thing in part.values()
        ]
        for kind in KINDS
    }


def _built_in(registry: Any) -> dict[str, Any]:
    """What decides a result of each built-in thing, by kind and id."""
    from therapeutic_alliance.sdk.kinds import KINDS

    measures = {f"measure {id_}": each.fingerprint for id_, each in registry.measures.items()}
    others = {
        f"{kind} {id_}": repr(each)
        for kind in KINDS.keys() - {"measures"}
        for id_, each in getattr(registry, kind).items()
    }
    return measures | others


def _reachable(things: dict[str, Any]) -> dict[str, Any]:
    """The built-in things, and every name in this library's modules and classes."""
    found = dict(things)
    for name, module in sorted(sys.modules.items()):
        if name.partition(".")[0] == OURS:
            for each, value in vars(module).items():
                found[f"{name}.{each}"] = value
                if isinstance(value, type) and value.__module__ == name:
                    found |= {f"{name}.{each}.{inner}": own for inner, own in vars(value).items()}
    return found


def _changed(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    """What is another thing now, or gone; a class that was there gains no name either."""
    yield from before.keys() - after.keys()
    for name, value in after.items():
        old = before.get(name, before)
        if old is before:
            if isinstance(before.get(name.rpartition(".")[0]), type):
                yield name
        elif old is not value and not (isinstance(old, str) and old == value):
            yield name


def _taken(mine: dict[str, list[Any]]) -> Iterator[str]:
    """Ids and aliases that a built-in thing has, which is defined otherwise."""
    from therapeutic_alliance.sdk.registry import Registry

    built_in = Registry()
    names = {
        name: each.fingerprint
        for each in built_in.measures.values()
        for name in (each.id, *each.aliases)
    }
    for measure in mine["measures"]:
        for name in (measure.id, *measure.aliases):
            if names.get(name, measure.fingerprint) != measure.fingerprint:
                yield name
    for kind in mine.keys() - {"measures"}:
        known = getattr(built_in, kind)
        yield from (each.id for each in mine[kind] if known.get(each.id, each) != each)


def _changeable(mine: dict[str, list[Any]]) -> Iterator[str]:
    """Class attributes that hold what can be changed; fields the registry has looked at."""
    for value in (each for kind in mine.keys() - {"measures"} for each in mine[kind]):
        for owner in type(value).__mro__:
            for name, held in vars(owner).items():
                if not name.startswith("__") and isinstance(held, CHANGEABLE):
                    yield f"{value.id}.{name}"


def _of_ours(told: warnings.WarningMessage) -> bool:
    """Whether a warning is about something of this library that is to go."""
    return issubclass(told.category, DeprecationWarning) and "alliance" in str(told.message)


def _strangers(own: list[str], project: str | None) -> set[str]:
    """Top-level packages of third parties that were loaded."""
    loaded = {name.partition(".")[0] for name in set(sys.modules) - BEFORE}
    others = loaded - sys.stdlib_module_names - NEEDS - {*own, "__main__"}
    return {name for name in others if project is None or not _lies_in(name, Path(project))}


def _lies_in(name: str, project: Path) -> bool:
    """Whether a module's file is the project's own, and not of an environment in its folder."""
    module = sys.modules.get(name)
    places = [getattr(module, "__file__", None), *getattr(module, "__path__", ())]
    for place in filter(None, places):
        file = Path(place).resolve()
        if file.is_relative_to(project.resolve()):
            return not _INSTALLED.intersection(file.relative_to(project.resolve()).parts)
    return False


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
