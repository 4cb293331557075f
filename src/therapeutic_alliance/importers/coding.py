"""Facts about a whole file, applied to single answers: unit of marks, order of printing."""

from collections.abc import Iterator

from attrs import define, evolve, field

from therapeutic_alliance.errors import Problem
from therapeutic_alliance.importers.mapping import TableMap
from therapeutic_alliance.importers.marks import in_unit, unflipped
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.scoring.cells import AnswerReader
from therapeutic_alliance.scoring.key import compile_key


def has_unit(measure: Measure) -> bool:
    """Whether some item of a measure is a visual analogue line."""
    return bool(units(measure))


def units(measure: Measure) -> set[str]:
    """Units of a measure's visual analogue lines; none while its scale is open."""
    if "scale" in measure.open:
        return set()
    return {unit for item in measure.items if (unit := measure.scale_of(item).unit)}


def has_order(measure: Measure, order: str) -> bool:
    """Whether a measure has an order of printing."""
    return any(each.id == order for each in measure.orders)


@define
class Coding:
    """Undoes unit and order where a measure has them, and remembers which measures were there."""

    table: TableMap
    measures: dict[str, Measure] = field(factory=dict)

    def answer(self, measure: Measure, item: str, answer: float) -> float:
        """An answer on the scale of its item, by printed number."""
        scale = measure.scale_of(item)
        answer = in_unit(answer, scale, self.table.unit)
        return unflipped(answer, scale) if item in self.flipped(measure) else answer

    def flipped(self, measure: Measure) -> tuple[str, ...]:
        """Items of a measure that the table's order prints the other way round."""
        order = self.table.order
        if order is None or not has_order(measure, order):
            return ()
        return measure.order(order).flipped

    def with_hint(self, problem: Problem, measure: Measure) -> Problem:
        """A mark beyond a line of 10 cm may be one in mm."""
        in_cm = "cm" in units(measure) and measure.scale_of(problem.item).unit == "cm"
        if not in_cm or self.table.unit or not problem.rule.startswith("above"):
            return problem
        return evolve(problem, rule=f"{problem.rule} (marks in mm are read with --unit mm)")

    def hidden(self, measure: Measure) -> Iterator[str]:
        """Codes for not answered that are answers to some item of a measure, too."""
        if measure.open:
            return
        items = compile_key(measure).items
        for code in sorted(AnswerReader(self.table.decimal, self.table.missing).missing_numbers):
            of = [each.id for each in items if self.answer(measure, each.id, code) in each.keyed]
            if of:
                which = "every item" if len(of) == len(items) else f"item {', '.join(of)}"
                yield (
                    f"missing code {code:g} is also an answer of {measure.id}, {which}: "
                    "one that was given counts as not answered"
                )

    def unused(self) -> Iterator[str]:
        """What the map says of which no measure in the table has any."""
        known = self.measures.values()
        among = ", ".join(self.measures)
        if not known:
            return
        if self.table.unit and not any(map(has_unit, known)):
            yield f"unit: {among} has no visual analogue scale, so there is none"
        order = self.table.order
        if order and not any(has_order(each, order) for each in known):
            there = ", ".join(sorted({own.id for each in known for own in each.orders})) or "none"
            yield f"order: {among} has no such order of printing; it has: {there}"
        if self.table.measure is not None:
            yield from self._strange_items()

    def _strange_items(self) -> Iterator[str]:
        of = [item for each in self.measures.values() for item in each.items]
        strange = [item for item in self.table.items if item not in of]
        if strange and self.measures:
            yield f"[items]: {', '.join(self.measures)} has no item {', '.join(strange)}"

    def remarks(self) -> Iterator[str]:
        """What was undone, for the person who reads the table."""
        found = {unit for each in self.measures.values() for unit in units(each)}
        if found:
            unit = self.table.unit or ", ".join(sorted(found))
            yield f"visual analogue marks were read in {unit} (--unit cm or mm says which)"
        if self.table.measure is None:
            yield from self._strange_items()
        for measure in self.measures.values():
            yield from self.hidden(measure)
            if flipped := self.flipped(measure):
                yield (
                    f"order {self.table.order} was undone for {measure.id}, "
                    f"items {', '.join(flipped)}"
                )
