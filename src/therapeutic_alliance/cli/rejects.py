"""What becomes of rows that cannot be scored."""

from typing import Protocol, TextIO

from therapeutic_alliance.errors import Problem, TableError
from therapeutic_alliance.exporters.tables import CsvWriter
from therapeutic_alliance.importers.scored import ScoredRow

COLUMNS = ("file", "row", "item", "rule")
MOST_PROBLEMS = 20
"""How many problems are told before reading stops."""


class BadRows(Protocol):
    """Takes the rows without scores."""

    def add(self, row: ScoredRow) -> None:
        """One more of them."""

    def end(self) -> None:
        """There are no more."""


class Refuse:
    """Any bad row spoils the whole; the first problems are told together."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def add(self, row: ScoredRow) -> None:
        """Raise :class:`TableError` once there is enough to tell."""
        self._problems += row.problems
        if len(self._problems) >= MOST_PROBLEMS:
            rest = Problem(rule="reading stopped here; there may be more")
            raise TableError([*self._problems[: MOST_PROBLEMS - 1], rest])

    def end(self) -> None:
        """Raise :class:`TableError` if there was any."""
        if self._problems:
            raise TableError(self._problems)


class ListInFile:
    """Bad rows are listed by row and rule, never with what stood in them."""

    def __init__(self, file: TextIO) -> None:
        self._writer = CsvWriter(file, COLUMNS)

    def add(self, row: ScoredRow) -> None:
        """List each problem of the row."""
        for problem in row.problems:
            self._writer.row(
                {
                    "file": problem.file,
                    "row": problem.row,
                    "item": problem.item,
                    "rule": problem.rule,
                }
            )

    def end(self) -> None:
        """The list is complete."""
