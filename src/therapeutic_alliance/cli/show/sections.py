"""A page of a summary: sections, lines that wrap, and tables that show the latest rows."""

from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import Any, TypeVar

from attrs import frozen
from rich.box import ASCII, SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from therapeutic_alliance.cli.output import ASCII_MARKS, BLOCKS, Marks, fancy, printable

T = TypeVar("T")
LATEST = 20
"""How many rows of a section are shown, unless all are asked for. A convention."""
WRAPPED = 16
"""Characters that the wrapped column of a table has at least; else all of them wrap."""


@frozen
class Page:
    """Where a summary is printed, and whether nothing of a long course is left out."""

    console: Console
    whole: bool = False

    @property
    def marks(self) -> Marks:
        """The characters of courses that the console can show."""
        return BLOCKS if fancy(self.console) else ASCII_MARKS

    def section(self, title: str) -> None:
        """Begin a section."""
        self.console.print()
        self.console.print(title, style="bold")

    def say(self, text: str, indent: int = 2) -> None:
        """A line under the heading; one that is too long goes on below, indented further."""
        lines = wrap(
            printable(text),
            max(30, self.console.width),
            initial_indent=" " * indent,
            subsequent_indent=" " * (indent + 4),
            break_on_hyphens=False,
        )
        for line in lines:
            self.console.print(line, soft_wrap=True)

    def say_all(self, texts: Iterable[str], indent: int = 2) -> None:
        """Some such lines."""
        for text in texts:
            self.say(text, indent)

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[Any]], wraps: str) -> None:
        """A table, of which one column wraps; columns without a single entry are left out."""
        columns = [
            [heading, *("" if cell is None else printable(str(cell)) for cell in cells)]
            for heading, *cells in zip(headings, *rows, strict=True)
            if any(cell not in (None, "") for cell in cells)
        ]
        fixed = [max(map(len, column)) for column in columns if column[0] != wraps]
        fits = sum(fixed) + 2 * len(columns) + WRAPPED <= self.console.width
        shown = Table(box=SIMPLE_HEAD if fancy(self.console) else ASCII, padding=(0, 1, 0, 0))
        for heading, *_ in columns:
            whole = fits and heading != wraps
            shown.add_column(heading, overflow="fold", no_wrap=whole)
        for row in zip(*(cells for _, *cells in columns), strict=True):
            shown.add_row(*row)
        self.console.print(shown)

    def latest(self, things: Sequence[T], what: str) -> Sequence[T]:
        """The last of them; of how many are left out is told."""
        left_out = 0 if self.whole else max(0, len(things) - LATEST)
        if left_out:
            self.say(f"The first {left_out} of {len(things)} {what} are left out; --all has them.")
        return things[left_out:]


def listed(names: Iterable[str | None]) -> str:
    """Names with commas between; what is not there is left out."""
    return ", ".join(name for name in names if name)


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> counted(1, "goal"), counted(2, "goal"), counted(0, "entry", "entries")
    ('1 goal', '2 goals', 'no entries')
    """
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"


def span(first: object, last: object) -> str:
    """From the first to the last, or the only one.

    >>> span(1, 5), span(6, 6)
    ('1 to 5', '6')
    """
    return f"{first}" if first == last else f"{first} to {last}"


def words(term: str | None) -> str:
    """A term as it is read: ``tasks-in-session`` is "tasks in session"."""
    return (term or "").replace("-", " ")


def quoted(text: str | None) -> str:
    """Free text on one line, in quotation marks; nothing if there is none."""
    return f'"{" ".join(text.split())}"' if text else ""
