"""What is wrong with a distribution, found before it is published."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from attrs import evolve

from therapeutic_alliance._version import __version__
from therapeutic_alliance.errors import Problem
from therapeutic_alliance.model.validity import is_name
from therapeutic_alliance.packaging.bounds import allowed, bounds
from therapeutic_alliance.packaging.imports import own_imports
from therapeutic_alliance.packaging.measure_files import folder_problems
from therapeutic_alliance.packaging.packed import Packed
from therapeutic_alliance.sdk.entry_points import folder_names
from therapeutic_alliance.sdk.hooks import CODE_GROUP, DATA_GROUP, PROJECT
from therapeutic_alliance.sdk.registry import OURS

_TARGET = re.compile(r"([\w.]+)\s*(?:\[.*\])?")


def packaging_problems(packed: Packed) -> tuple[Problem, ...]:
    """Everything that is wrong with what a distribution holds."""
    rules = (rule for told, rule in _RULES if told not in packed.untold)
    return tuple(chain.from_iterable(rule(packed) for rule in rules))


def left_out(source: Packed, built: Packed) -> tuple[Problem, ...]:
    """What stands in the sources and not so in what was built of them."""
    points = [
        built.problem(f"entry point {point.name} of {source.name} is not in it: build it again")
        for point in source.entry_points
        if point not in built.entry_points
    ]
    absent = [
        built.problem("stands in the sources, not in the wheel", place)
        for place in source.files
        if place not in built.files
    ]
    older = [
        built.problem("differs from the sources: build the wheel again", place)
        for place, mark in source.files.items()
        if built.files.get(place, mark) != mark
    ]
    return (*points, *absent, *older)


def _entry_points(packed: Packed) -> Iterator[Problem]:
    if packed.group(CODE_GROUP) or packed.group(DATA_GROUP):
        return
    groups = f"{CODE_GROUP} (a module with hooks) or {DATA_GROUP} (a folder of measure files)"
    asked = {point.group for point in packed.entry_points if point.group.startswith(PROJECT)}
    other = f"; it has some in {', '.join(sorted(asked))}" if asked else ""
    yield packed.problem(f"no entry point in {groups}{other}")


def _modules(packed: Packed) -> Iterator[Problem]:
    names = packed.names()
    for point in packed.group(CODE_GROUP):
        target = _TARGET.fullmatch(point.value)
        told = f"entry point {point.name} names"
        if ":" in point.value:
            yield packed.problem(f"{told} an object, {point.value}: name a module, join by dots")
        elif target is None:
            yield packed.problem(f"{told} no module")
        elif target[1] not in names:
            yield packed.problem(f"{told} the module {target[1]}, which is not in it")


def _imports(packed: Packed) -> Iterator[Problem]:
    names = packed.names()
    folders = {
        str(each).replace("/", ".") for p in packed.files for each in PurePosixPath(p).parents
    }
    for place, name in own_imports(packed.modules, {*names, *folders}.__contains__):
        yield packed.problem(f"imports {name}, which is not in it: was it packaged?", place)


def _folders(packed: Packed) -> Iterator[Problem]:
    for point in packed.group(DATA_GROUP):
        folder = "/".join(folder_names(point.value))
        if not folder:
            yield packed.problem(f"entry point {point.name} names no folder: join names by dots")
        elif not any(place.rpartition("/")[0] == folder for place in packed.measures):
            none = f"entry point {point.name}: no measure file (.toml, .json) in {point.value}"
            yield packed.problem(f"{none}: {packed.absent(folder)}")


def _measures(packed: Packed) -> Iterator[Problem]:
    places: dict[str, str] = {}
    for place in packed.measures:
        measure_id = PurePosixPath(place).stem
        if not is_name(measure_id):
            yield packed.problem("its name is no id: lower-case words joined by '-'", place)
        elif (first := places.setdefault(measure_id, place)) != place:
            yield packed.problem(f"a second file with the id of {first}", place)
    yield from _contents(packed, places.values())


def _contents(packed: Packed, places: Iterable[str]) -> Iterator[Problem]:
    """Read as the files of a folder are, by themselves and beside the built-in ones."""
    at = {PurePosixPath(place).name: place for place in places}
    with TemporaryDirectory() as folder:
        for name, place in at.items():
            Path(folder, name).write_bytes(packed.measures[place])
        found = folder_problems(Path(folder))
    for problem in chain.from_iterable(found.values()):
        known = problem.file in at
        yield evolve(problem, file=packed.at(at[problem.file]) if known else packed.name)


def _requires(packed: Packed) -> Iterator[Problem]:
    found = bounds(packed.requires, OURS)
    wanted = f'such as "{OURS}{allowed(__version__)}"'
    if found is None:
        yield packed.problem(f"it does not require {OURS}: add it, {wanted}")
    elif not (found.lower and found.upper):
        lacking = "an upper" if found.lower else "a lower" if found.upper else "any"
        yield packed.problem(f"it requires {OURS} without {lacking} bound: give both, {wanted}")


def _licence(packed: Packed) -> Iterator[Problem]:
    if not packed.licensed:
        yield packed.problem('no licence is declared: add license = "..." to pyproject.toml')


def _tests(packed: Packed) -> Iterator[Problem]:
    for top in sorted({place.partition("/")[0] for place in packed.files} & {"test", "tests"}):
        yield packed.problem(f"a package {top} at the top: it would hide that of others")


_RULES = (
    ("entry-points", _entry_points),
    ("", _modules),
    ("", _imports),
    ("", _folders),
    ("", _measures),
    ("dependencies", _requires),
    ("license", _licence),
    ("", _tests),
)
"""Each rule, and what must be told for it to hold."""
