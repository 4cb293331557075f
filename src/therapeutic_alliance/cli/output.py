"""Where results and remarks go: results on stdout, remarks on stderr."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import click
from attrs import frozen
from rich.box import ASCII, SIMPLE
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table

T = TypeVar("T")


@frozen
class Marks:
    """The characters of a course."""

    heights: str
    gap: str
    """For unobserved sessions that are too many to show."""


BLOCKS = Marks("▁▂▃▄▅▆▇█", "…")
ASCII_MARKS = Marks("12345678", "...")


def results() -> Console:
    """The console of results; where it is not a terminal, 120 wide unless ``COLUMNS`` is set."""
    said = os.environ.get("COLUMNS", "")
    stated = int(said) if said.isascii() and said.isdigit() else 0
    width = stated or (None if sys.stdout.isatty() else 120)
    return Console(width=width, highlight=False, markup=False, emoji=False)


def remark(text: str) -> None:
    """One line for the person at the terminal."""
    click.echo(text, err=True)


def printable(text: str) -> str:
    """Text without what would steer a terminal, such as a heading with an escape in it."""
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text)


def json_out(data: object) -> None:
    """Data as JSON on stdout."""
    click.echo(json.dumps(data, indent=2, allow_nan=False, ensure_ascii=False))


def table(
    console: Console,
    title: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[Any]],
    whole: str | None = None,
) -> None:
    """A plain table; columns of numbers lean right. The column ``whole`` is not wrapped."""
    shown = Table(title=title, title_justify="left", box=SIMPLE if fancy(console) else ASCII)
    for position, heading in enumerate(headings):
        numbers = all(isinstance(row[position], int | float) for row in rows)
        shown.add_column(
            heading,
            justify="right" if numbers else "left",
            overflow="fold",
            no_wrap=heading == whole and _narrow(console, [row[position] for row in rows]),
        )
    for row in rows:
        shown.add_row(*("" if cell is None else printable(str(cell)) for cell in row))
    console.print(shown)


def _narrow(console: Console, cells: Sequence[object]) -> bool:
    """Whether cells leave room for other columns; wider ones would be cut off, unless wrapped."""
    return 2 * max((len(str(cell)) for cell in cells), default=0) <= console.width


def fancy(console: Console) -> bool:
    """Whether the terminal can show block characters."""
    return console.encoding.lower().startswith("utf")


def tracked(rows: Iterator[T], what: str) -> Iterator[T]:
    """The rows, counted on stderr as they pass if that is a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield from rows
        return
    columns = (SpinnerColumn(), TextColumn(what), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=None)
        for count, row in enumerate(rows, 1):
            if count % 500 == 0:
                bar.update(task, completed=count)
            yield row


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int | None], None]]:
    """Takes how many are done, of how many if that is known; a bar on stderr if a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _done, _total: None
        return
    counts = (MofNCompleteColumn(), TimeElapsedColumn())
    columns = (SpinnerColumn(), TextColumn(what), BarColumn(), *counts)
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
