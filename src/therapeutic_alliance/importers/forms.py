"""From the cells of one form to an administration, or to what is wrong with it."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from attrs import evolve, frozen

from therapeutic_alliance.errors import AllianceError, Problem, TableError
from therapeutic_alliance.importers.coding import Coding
from therapeutic_alliance.importers.keys import SeenForms
from therapeutic_alliance.importers.mapping import TableMap
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.record import Administration
from therapeutic_alliance.scoring.cells import AnswerReader, UnreadableError
from therapeutic_alliance.scoring.sheet import check_form

Given = tuple[str, int, str]
"""Item id, row and cell of one answer."""


@frozen
class Row:
    """What stands at one row: a form and its measure, or why there is none."""

    row: int
    form: Administration | None
    measure: Measure | None
    problems: tuple[Problem, ...] = ()


class FormBuilder:
    """Reads answers as the map says, and remembers which forms were there."""

    def __init__(self, file: str, table: TableMap, seen: SeenForms, again: str) -> None:
        self._file = file
        self._table = table
        self._seen = seen
        self._again = again
        self.coding = Coding(table)
        self._read = AnswerReader(table.decimal, table.missing, table.labels)
        # the same few cells stand in most rows
        self._answer = lru_cache(maxsize=1024)(self._read)

    def holds_answer(self, cell: str) -> bool:
        """Whether there is anything but a missing code in a cell."""
        return self._read.holds_answer(cell)

    def check_coding(self) -> None:
        """Refuse a unit, an order or items of the map that no measure in the table has."""
        rules = tuple(self.coding.unused())
        if rules:
            raise TableError(Problem(file=self._file, rule=rule) for rule in rules)

    def form(
        self,
        row: int,
        measure: Measure,
        fields: dict[str, Any],
        given: Sequence[Given],
        problems: list[Problem],
    ) -> Row:
        """The form at a row, of the cells of its items; ``problems`` were found before."""
        if measure.id not in self.coding.measures:
            self.coding.measures[measure.id] = measure
            if self._table.measure is not None:  # there is no other to come
                self.check_coding()
        answers: dict[str, object] = {}
        for item, at, cell in given:
            try:
                answer = self._answer(cell)
            except UnreadableError as fault:
                problems.append(Problem(row=at, item=item, rule=str(fault)))
            else:
                answers[item] = (
                    None if answer is None else self.coding.answer(measure, item, answer)
                )
        try:
            form = Administration(answers=answers, **fields)
            check_form(measure, form)
        except AllianceError as error:
            problems += [
                Problem(rule=f"{problem.path.removeprefix('$.')}: {problem.rule}")
                for problem in error.problems
            ]
        else:
            first = self._seen.earlier(form.key, row)
            if first is not None:
                problems.append(Problem(rule=self._again.format(first)))
            if not problems:
                return Row(row, form, measure)
        return self.bad(row, problems)

    def bad(self, row: int, problems: Sequence[Problem]) -> Row:
        """A row without a form; each problem gets the file's name and its row."""
        told = [
            evolve(problem, file=self._file, row=row if problem.row is None else problem.row)
            for problem in problems
        ]
        return Row(row, None, None, tuple(told))
