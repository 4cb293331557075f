"""What is wrong with measure files: each by itself, and all of a folder together."""

from collections.abc import Mapping
from pathlib import Path

from attrs import evolve

from therapeutic_alliance.codec.files import read_measure
from therapeutic_alliance.errors import AllianceError, Problem
from therapeutic_alliance.scoring.lint import lint
from therapeutic_alliance.sdk.registry import Registry

Found = Mapping[str, tuple[Problem, ...]]
"""Problems by the name of what was looked at; none where it is good."""


def file_problems(file: Path) -> tuple[Problem, ...]:
    """Those of a file: it cannot be read as a measure, or is not well made."""
    try:
        problems = lint(read_measure(file))
    except AllianceError as error:
        return error.problems
    return tuple(evolve(problem, file=file.name) for problem in problems)


def folder_problems(folder: Path) -> Found:
    """Those of each file; where there are none, what shows beside the built-in measures."""
    files = sorted({*folder.glob("*.toml"), *folder.glob("*.json")})
    found = {file.name: file_problems(file) for file in files}
    if not any(found.values()) and (clash := _together(folder)):
        found[folder.name] = clash
    return found


def _together(folder: Path) -> tuple[Problem, ...]:
    try:
        Registry().with_path(folder)
    except AllianceError as error:
        return error.problems
    return ()
