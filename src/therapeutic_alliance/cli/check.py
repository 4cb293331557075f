"""``alliance check``: whether measure files, and what publishes them, are well made."""

from pathlib import Path

import click

from therapeutic_alliance.cli.output import json_out, remark
from therapeutic_alliance.errors import DocumentError
from therapeutic_alliance.packaging.measure_files import Found, file_problems, folder_problems
from therapeutic_alliance.packaging.rules import left_out, packaging_problems
from therapeutic_alliance.packaging.sources import is_project, newest_wheel, read_sources
from therapeutic_alliance.packaging.wheels import read_wheel


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="JSON on stdout.")
def check(path: Path, as_json: bool) -> int:
    """Check measure files, or a plugin; exits with 1 at a problem.

    PATH is a measure file (.toml, .json) or a folder of them; a built wheel (.whl), of which
    nothing is installed or run; or a project (a folder with a pyproject.toml, setup.cfg or
    setup.py): its newest wheel in dist/ against its sources, or these alone if there is none.
    """
    found = _found(path)
    if as_json:
        json_out(
            [
                {"file": problem.file or name, "path": problem.path, "rule": problem.rule}
                for name, problems in found.items()
                for problem in problems
            ]
        )
    else:
        for name, problems in found.items():
            for problem in problems:
                click.echo(problem)
            if not problems:
                click.echo(f"{name}: good")
    return 1 if any(found.values()) else 0


def _found(path: Path) -> Found:
    if path.is_dir() and is_project(path):
        return _project(path)
    if path.is_dir():
        return _folder(path)
    if path.suffix == ".whl":
        return _wheel(path)
    return {path.name: file_problems(path)}


def _folder(path: Path) -> Found:
    found = folder_problems(path)
    if not found:
        raise click.UsageError("the folder holds no .toml or .json file")
    return found


def _wheel(path: Path) -> Found:
    try:
        return {path.name: packaging_problems(read_wheel(path))}
    except DocumentError as error:
        return {path.name: error.problems}


def _project(path: Path) -> Found:
    try:
        sources, wheel = read_sources(path), newest_wheel(path)
        if wheel is None:
            remark("no wheel of it in dist/: only its sources were checked")
            if sources.untold:
                remark("build a wheel first: what is dynamic shows in it only")
            return {sources.name: packaging_problems(sources)}
        built = read_wheel(wheel)
    except DocumentError as error:
        return {path.name: error.problems}
    return {wheel.name: (*packaging_problems(built), *left_out(sources, built))}
