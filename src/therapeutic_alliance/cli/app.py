"""The command group, and the one place where errors become lines and exit codes."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from traceback import extract_tb

import click

from therapeutic_alliance._version import __version__
from therapeutic_alliance.cli.commands import Commands
from therapeutic_alliance.cli.stopping import stoppable
from therapeutic_alliance.errors import (
    AllianceError,
    AnswerError,
    DefinitionError,
    DocumentError,
    SeriesError,
    TableError,
)

DATA_SAYS_NO = 1
WRONG_USAGE = 2
INTERRUPTED = 130
_ABOUT_DATA = (AnswerError, DefinitionError, DocumentError, SeriesError, TableError)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="alliance")
def alliance() -> None:
    """Score therapeutic alliance measures and follow the scores over time.

    Calculates published scores. Not a diagnosis, and no finding is a clinical judgement.
    Exit codes: 0 done, 1 the data says no, 2 wrong usage.
    """


def run(arguments: Sequence[str]) -> int:
    """Run one command and give its exit code; never a traceback."""
    try:
        with stoppable():
            code = alliance.main(list(arguments), prog_name="alliance", standalone_mode=False)
        sys.stdout.flush()
    except BaseException as fault:  # noqa: BLE001, each is told below
        return _told(fault)
    return code if isinstance(code, int) else 0


def _told(fault: BaseException) -> int:
    """Say what ended a command, and give the exit code that goes with it."""
    code = WRONG_USAGE
    if isinstance(fault, click.ClickException):
        fault.show()
    elif isinstance(fault, click.Abort | KeyboardInterrupt):
        click.echo("alliance: stopped", err=True)
        code = INTERRUPTED
    elif isinstance(fault, AllianceError):
        click.echo(f"alliance: {fault}", err=True)
        code = DATA_SAYS_NO if isinstance(fault, _ABOUT_DATA) else WRONG_USAGE
    elif isinstance(fault, BrokenPipeError | SystemExit):
        _leave_stdout()  # whoever read our output has enough: click and rich exit then
        code = 0
    elif isinstance(fault, OSError):
        _leave_stdout()
        click.echo(f"alliance: {fault.strerror or 'a file cannot be used'}", err=True)
    else:  # its words may quote what a table holds
        frame = extract_tb(fault.__traceback__)[-1]
        where = f"{type(fault).__name__} ({Path(frame.filename).name}, line {frame.lineno})"
        click.echo(f"alliance: a fault of this program, please report it: {where}", err=True)
    return code


def _leave_stdout() -> None:
    """Keep Python from complaining at exit of what can no longer be written."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
