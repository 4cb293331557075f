"""From the cells of one form to an administration, or to what is wrong with it."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from attrs import evolve, frozen

from therapeutic_alliance.errors import AllianceError, Problem, TableError
from therapeutic_alliance.importers.cells import AnswerReader, UnreadableError, in_unit, unflipped
from therapeutic_alliance.importers.keys import SeenForms
from therapeutic_alliance.importers.mapping import TableMap
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.record import Administration
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
        self._measures: set[Measure] = set()
        # the same few cells stand in most rows
        self._answer = lru_cache(maxsize=1024)(
            AnswerReader(table.decimal, table.missing, table.labels)
        )

    @property
    def units(self) -> frozenset[str]:
        """Units of the visual analogue scales that were read so far."""
        scales = [each.scale_of(item) for each in self._measures for item in each.items]
        return frozenset(scale.unit for scale in scales if scale.unit)

    def form(
        self,
        row: int,
        measure: Measure,
        fields: dict[str, Any],
        given: Sequence[Given],
        problems: list[Problem],
    ) -> Row:
        """The form at a row, of the cells of its items; ``problems`` were found before."""
        if measure not in self._measures:
            self._check_coding(measure)
            self._measures.add(measure)
        answers: dict[str, object] = {}
        for item, at, cell in given:
            try:
                answer = self._answer(cell)
            except UnreadableError as fault:
                problems.append(Problem(row=at, item=item, rule=str(fault)))
            else:
                answers[item] = None if answer is None else self._coded(measure, item, answer)
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

    def _check_coding(self, measure: Measure) -> None:
        """Refuse a unit or an order of printing that the measure does not have."""
        rules = []
        if self._table.unit and not any(measure.scale_of(item).unit for item in measure.items):
            rules.append(f"unit: {measure.id} has no visual analogue scale, so there is none")
        known = [order.id for order in measure.orders]
        if self._table.order not in (None, *known):
            there = ", ".join(known) or "none"
            rules.append(f"order: {measure.id} has no such order of printing; it has: {there}")
        if rules:
            raise TableError(Problem(file=self._file, rule=rule) for rule in rules)

    def _coded(self, measure: Measure, item: str, answer: float) -> float:
        scale = measure.scale_of(item)
        answer = in_unit(answer, scale, self._table.unit)
        order = self._table.order
        if order is not None and item in measure.order(order).flipped:
            return unflipped(answer, scale)
        return answer

    def bad(self, row: int, problems: Sequence[Problem]) -> Row:
        """A row without a form; each problem gets the file's name and its row."""
        told = [
            evolve(problem, file=self._file, row=row if problem.row is None else problem.row)
            for problem in problems
        ]
        return Row(row, None, None, tuple(told))
