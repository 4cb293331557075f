"""Columns of a table that look like the items of one form."""

import re
from collections.abc import Mapping, Sequence

from attrs import frozen

from therapeutic_alliance.importers.fit import Candidate, Span, candidates, likely_codes
from therapeutic_alliance.importers.tally import Tally
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.sdk.registry import Registry

_NUMBERED = re.compile(r"(.*?)([0-9]{1,4})")


@frozen
class Run:
    """Columns of answers that look like the items of one form."""

    where: str
    columns: Mapping[int, Tally]
    """Position -> what was counted."""
    measures: tuple[Measure, ...]
    """Those with as many items."""
    items: Mapping[int, int]
    """Position -> item number; none in a long table."""

    @property
    def span(self) -> Span | None:
        """Lowest and highest answer, without suspected missing codes."""
        lows = [tally.low for tally in self.columns.values() if tally.low is not None]
        highs = [tally.high for tally in self.columns.values() if tally.high is not None]
        return (min(lows), max(highs)) if lows else None

    @property
    def codes(self) -> set[float]:
        """Suspected missing codes."""
        return {code for tally in self.columns.values() for code in tally.suspects}

    def settle(self) -> None:
        """Keep those suspects that are likely to be missing codes."""
        codes = likely_codes(self.measures, self.span, self.codes) if self.span else set()
        for tally in self.columns.values():
            tally.settle(codes)

    def candidates(self) -> list[Candidate]:
        """Measures with as many items, for a run of numbers."""
        return (
            candidates(self.measures, self.where, self.span)
            if self.span and self.of_numbers
            else []
        )

    @property
    def of_numbers(self) -> bool:
        """Whether it holds mostly numbers."""
        return 2 * sum(each.numbers for each in self.columns.values()) >= sum(
            each.filled for each in self.columns.values()
        )


def item_runs(names: Sequence[str], tallies: Sequence[Tally], registry: Registry) -> list[Run]:
    """Runs of columns that are numbered from 1 without a gap, or the answers of a long table."""
    known = registry.measures.agreed

    def of_size(items: int) -> tuple[Measure, ...]:
        return tuple(each for each in known if len(each.items) == items)

    if is_long(names):
        count, answer = len(tallies[names.index("item")].texts), names.index("answer")
        return [Run(f"{count} different items", {answer: tallies[answer]}, of_size(count), {})]
    runs = []
    for items in _numbered(names):
        first, *_, last = items
        where = f"{names[first]} to {names[last]}"
        columns = {position: tallies[position] for position in items}
        runs.append(Run(where, columns, of_size(len(items)), items))
    return [run for run in runs if run.of_numbers or run.measures]


def _numbered(names: Sequence[str]) -> list[dict[int, int]]:
    """Position -> number, of headings that are one name numbered 1, 2, 3, ..."""
    found: dict[str, dict[int, int]] = {}
    for position, name in enumerate(names):
        if match := _NUMBERED.fullmatch(name):
            found.setdefault(match[1], {})[position] = int(match[2])
    return [
        items
        for items in found.values()
        if len(items) > 1 and sorted(items.values()) == list(range(1, len(items) + 1))
    ]


def is_long(names: Sequence[str]) -> bool:
    """Whether each row is one answer."""
    return "item" in names and "answer" in names
