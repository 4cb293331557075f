"""``alliance check``: whether a measure file is well made."""

from pathlib import Path

import click
from attrs import evolve

from therapeutic_alliance.cli.output import json_out
from therapeutic_alliance.codec.files import read_measure
from therapeutic_alliance.errors import AllianceError, Problem
from therapeutic_alliance.scoring.lint import lint
from therapeutic_alliance.sdk.registry import Registry


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="JSON on stdout.")
def check(path: Path, as_json: bool) -> int:
    """Check a measure file (.toml, .json), or all in a folder; exits with 1 at a problem."""
    files = sorted({*path.glob("*.toml"), *path.glob("*.json")}) if path.is_dir() else [path]
    if not files:
        raise click.UsageError("the folder holds no .toml or .json file")
    found = {file: _problems(file) for file in files}
    if path.is_dir() and not any(found.values()) and (clash := _together(path)):
        found[path] = clash
    if as_json:
        json_out(
            [
                {"file": problem.file or file.name, "path": problem.path, "rule": problem.rule}
                for file, problems in found.items()
                for problem in problems
            ]
        )
    else:
        for file, problems in found.items():
            for problem in problems:
                click.echo(problem)
            if not problems:
                click.echo(f"{file.name}: good")
    return 1 if any(found.values()) else 0


def _together(folder: Path) -> tuple[Problem, ...]:
    """What only shows when the files of a folder are used together, beside the built-in ones."""
    try:
        Registry().with_path(folder)
    except AllianceError as error:
        return error.problems
    return ()


def _problems(file: Path) -> tuple[Problem, ...]:
    try:
        problems = lint(read_measure(file))
    except AllianceError as error:
        return error.problems
    return tuple(evolve(problem, file=file.name) for problem in problems)
