"""What an author says of a measure, and where a key departs from it."""

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from therapeutic_alliance.errors import AllianceError, AnswerError
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.scoring.key import compile_key
from therapeutic_alliance.scoring.sheet import score
from therapeutic_alliance.testing.keys.mutants import Mutant, mutants, same_key
from therapeutic_alliance.testing.keys.worked import Worked

TOLERANCE = 1e-9


@frozen(kw_only=True, eq=False)
class Evidence:
    """Worked forms, ranges and refused answers. Each method yields a sentence a contradiction."""

    worked: Sequence[Worked]
    ranges: Mapping[str, tuple[float, float]]
    refused: Mapping[str, Sequence[object]]

    def against(self, measure: Measure) -> Iterator[str]:
        """Everything that a measure contradicts."""
        yield from self.against_ranges(measure)
        yield from self.against_worked(measure)
        yield from self.against_refused(measure)

    def against_ranges(self, measure: Measure) -> Iterator[str]:
        """Scores that reach another lowest or highest value, or that only one side knows."""
        specs = {each.spec.id: each.spec for each in compile_key(measure).scores}
        for name in sorted(specs.keys() - self.ranges.keys()):
            yield f"score {name} has no entry in ranges"
        for name, (low, high) in self.ranges.items():
            if name not in specs:
                yield f"ranges name {name}, which is no score of the measure"
            elif not (equal(specs[name].low, low) and equal(specs[name].high, high)):
                reached = f"{specs[name].low:g} to {specs[name].high:g}"
                yield f"score {name} reaches {reached}, ranges say {low:g} to {high:g}"

    def against_worked(self, measure: Measure) -> Iterator[str]:
        """Scores that come out otherwise than they were worked by hand."""
        for number, example in enumerate(self.worked, 1):
            name = f"worked example {number}" + (f" ({example.note})" if example.note else "")
            try:
                sheet = score(measure, example.answers, missing=example.missing)
            except AnswerError as error:
                refusal = "; ".join(str(error).splitlines())
            else:
                found = {each.id: each.value for each in sheet}
                yield from (f"{name}: {each}" for each in _departures(example.scores, found))
                continue
            yield f"{name}: the form is refused: {refusal}"

    def against_refused(self, measure: Measure) -> Iterator[str]:
        """Answers that are accepted, although the form does not offer them."""
        for item, answers in self.refused.items():
            if item not in measure.items:
                yield f"refused names {item}, which is no item of the measure"
                continue
            if not answers:
                yield f"refused names item {item} and no answer of it"
            for answer in answers:
                try:
                    score(measure, {item: answer})
                except AnswerError:
                    continue
                yield f"item {item} accepts {answer!r}, which is in refused"

    def survivors(self, measure: Measure) -> Iterator[Mutant]:
        """Wrong keys that contradict nothing, although they score some form otherwise."""
        for number, mutant in enumerate(mutants(measure)):
            try:
                # a version of its own, because a measure's hash is made of id and version
                wrong = mutant.build(version=f"{measure.version}+{number}")
                noticed = next(self.against(wrong), None) is not None
            except AllianceError:
                continue
            if not noticed and not same_key(measure, wrong):
                yield mutant


def _departures(
    worked: Mapping[str, float | None], found: Mapping[str, float | None]
) -> Iterator[str]:
    for name, right in worked.items():
        if name not in found:
            yield f"{name} is no score of the measure"
        elif not equal(found[name], right):
            yield f"{name} is {_words(found[name])}, worked {_words(right)}"


def equal(value: float | None, other: float | None) -> bool:
    """Whether two scores are the same to within the tolerance, or both are not scorable."""
    if value is None or other is None:
        return value is other
    return abs(value - other) <= TOLERANCE


def _words(value: float | None) -> str:
    return "not scorable" if value is None else f"{value:.10g}"
