"""Forms of a table, each with its scores."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from attrs import frozen

from therapeutic_alliance.errors import AnswerError, Problem, TableError
from therapeutic_alliance.importers.forms import Row
from therapeutic_alliance.model.rule import Missing
from therapeutic_alliance.model.scored import ScoreSheet
from therapeutic_alliance.scoring.sheet import score


class Forms(Protocol):
    """The forms of one file, good and bad."""

    @property
    def remarks(self) -> tuple[str, ...]:
        """What was decided about the file so far, for the person who reads it."""

    def __iter__(self) -> Iterator[Row]:
        """One row for each form."""

    def told(self, row: Row, problems: Sequence[Problem]) -> tuple[Problem, ...]:
        """Problems of the answers of a form, with their place and what may be meant."""


@frozen
class ScoredRow:
    """The scores of the form at a row, or what is wrong with it."""

    row: int
    sheet: ScoreSheet | None
    problems: tuple[Problem, ...] = ()


def scored_rows(table: Forms, missing: Missing | None = None) -> Iterator[ScoredRow]:
    """Score a table form by form, in its order; good and bad rows alike are handed on.

    Raises :class:`TableError` for what spoils the whole table, and :class:`DefinitionError`
    while a part of a measure's key is open.
    """
    for row in table:
        if row.form is None or row.measure is None:
            yield ScoredRow(row.row, None, row.problems)
            continue
        try:
            sheet = score(row.measure, row.form, missing=missing)
        except AnswerError as error:
            problems = error.problems
        else:
            yield ScoredRow(row.row, sheet)
            continue
        yield ScoredRow(row.row, None, table.told(row, problems))


def good_sheets(rows: Iterator[ScoredRow]) -> Iterator[ScoreSheet]:
    """The sheets of a table without a bad row; :class:`TableError` at the first bad one."""
    for row in rows:
        if row.sheet is None:
            raise TableError(row.problems)
        yield row.sheet
