"""``alliance new``: the project of a plugin, ready to install and to test."""

import shlex
from pathlib import Path

import click

from therapeutic_alliance.cli.output import json_out
from therapeutic_alliance.scaffold.folder import make_folder
from therapeutic_alliance.scaffold.kinds import KINDS
from therapeutic_alliance.scaffold.names import name_of
from therapeutic_alliance.scaffold.project import project


@click.command()
@click.argument("kind", type=click.Choice(tuple(KINDS)))
@click.argument("name")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="The files made, as JSON on stdout.")
def new(kind: str, name: str, folder: Path, as_json: bool) -> None:
    """Make the project of a plugin in DIR, which must not exist yet, or be empty.

    NAME is that of the distribution, such as acme-alliance-pulse; the package and the id of what
    it contributes follow from it. What is made passes its own tests: an invented example to be
    replaced by yours.
    """
    named = name_of(name)
    files = project(KINDS[kind], named)
    make_folder(folder, files)
    if as_json:
        json_out({"name": named.distribution, "kind": kind, "files": sorted(files)})
        return
    click.echo(f"{named.distribution} ({kind}), with an invented example to be replaced\n")
    for place in sorted(files):
        click.echo(f"  {folder / place}")
    click.echo("\nWhat to type next:")
    home = str(folder) if folder.is_absolute() else f"./{folder}"
    own, tested, dist = map(shlex.quote, (home, f"{home}[test]", f"{home}/dist"))
    for command, what in (
        (f"python -m pip install -e {tested}", "install it, with what tests it"),
        (f"python -m pytest {own}", "its own tests, all green before you change it"),
        (f"python -m pip wheel --no-deps -w {dist} {own}", "build it as others get it"),
        (f"alliance check {own}", "whether it is well made and packaged"),
    ):
        click.echo(f"  {command}\n      {what}")
