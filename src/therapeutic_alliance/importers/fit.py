"""Which measures could have the answers of a table, by their number and range."""

from collections.abc import Iterable, Sequence

from attrs import frozen

from therapeutic_alliance.model.measure import Measure

Span = tuple[float, float]
"""Lowest and highest answer."""
PLAIN, IN_MM, NONE = 2, 1, 0
"""How well answers fit a scale: as they are, if they are read in mm, not."""


@frozen
class Candidate:
    """A measure with as many items as a run of numbered columns."""

    measure: str
    columns: str
    verdict: str


def candidates(measures: Iterable[Measure], columns: str, span: Span) -> list[Candidate]:
    """The measures, those that fit first."""
    ranked = sorted(measures, key=lambda each: fit(each, span) == NONE)
    return [Candidate(each.id, columns, _verdict(each, span)) for each in ranked]


def fit(measure: Measure, span: Span) -> int:
    """How well answers from low to high fit a measure."""
    if "scale" in measure.open:
        return NONE
    (lowest, highest), (low, high) = _span(measure), span
    if lowest <= low and high <= highest:
        return PLAIN
    marks = {measure.scale_of(item).unit for item in measure.items} == {"cm"}
    in_mm = marks and lowest <= low / 10 and high / 10 <= highest
    return IN_MM if in_mm else NONE


def _span(measure: Measure) -> Span:
    """Lowest and highest answer of any item."""
    scales = [measure.scale_of(item) for item in measure.items]
    return min(scale.low for scale in scales), max(scale.high for scale in scales)


def likely_codes(measures: Sequence[Measure], span: Span, suspects: Iterable[float]) -> set[float]:
    """Of suspected missing codes those with which no measure fits as well as without.

    A suspect among the other answers, or within the range of a measure, is an answer.
    """

    def best(span: Span) -> int:
        return max((fit(each, span) for each in measures), default=NONE)

    low, high = span
    without = best(span)
    return {code for code in suspects if best((min(low, code), max(high, code))) < without}


def _verdict(measure: Measure, span: Span) -> str:
    low, high = span
    seen = f"{low:g} to {high:g} in the file"
    if "scale" in measure.open:
        return f"range stated by the caller; {seen}"
    lowest, highest = _span(measure)
    own = f"{lowest:g} to {highest:g}"
    if measure.item_scales:
        own += " (items have scales of their own)"
    fits = fit(measure, span)
    if fits == PLAIN:
        return f"fits {own}; {seen}"
    if fits == IN_MM:
        return f"fits {own} cm if the marks are mm: --unit mm; {seen}"
    other = "another form" if measure.item_scales else "another form, or --range"
    return f"does not fit {own}; {seen}: {other}"
