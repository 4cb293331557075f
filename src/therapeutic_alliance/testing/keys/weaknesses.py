"""What worked examples would not notice, told in few lines, each sort of weakness among them."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from therapeutic_alliance.testing.keys.mutants import Mutant, Part

SHOWN = 3
"""How many lines a sort of weakness gets."""
_REMEDIES: Mapping[Part, str] = {
    "answers": "forms worked by hand in which neighbouring items are answered unevenly: two items "
    "answered alike in every example can stand for one another, and an item answered at the "
    "middle of its scale can be reversed",
    "missing": "for each score, a form with just as many answers missing as its rule allows, and "
    "one with one more (without a rule: one missing, not scorable)",
    "scale": "in refused, for the common scale and for each item that has a scale of its own, the "
    "next answers below and above it and some between two of its steps; in worked, answers at each "
    "kind of step",
}


def weaknesses(survivors: Sequence[Mutant], made: int) -> str:
    """Wrong keys that would go unnoticed, and what would notice them."""
    parts = {
        part: [each for each in survivors if each.part == part]
        for part in dict.fromkeys(each.part for each in survivors)
    }
    return "\n".join(
        [
            f"{len(survivors)} of {made} keys with one step wrong would go unnoticed:",
            *(f"  {line}" for several in parts.values() for line in _lines(several)),
            "What would notice them:",
            *(f"  {_REMEDIES[part]}{_lacking(several)}" for part, several in parts.items()),
        ]
    )


def in_a_row(some: Iterable[str], items: Sequence[str]) -> str:
    """Items in their order, those that follow one another as a range.

    >>> in_a_row(["5", "6", "7", "2"], [str(n) for n in range(1, 9)])
    'items 2, 5 to 7'
    >>> in_a_row(["b"], ["a", "b"])
    'item b'
    """
    wanted = set(some)
    runs: list[list[str]] = [[]]
    for item in items:
        if item in wanted:
            runs[-1].append(item)
        elif runs[-1]:
            runs.append([])
    told = [f"{run[0]} to {run[-1]}" if len(run) > 2 else ", ".join(run) for run in runs if run]
    return f"{'item' if len(wanted) == 1 else 'items'} {', '.join(told)}"


def _lines(several: Sequence[Mutant]) -> list[str]:
    """A few lines of one sort, spread over all of them, and how many more there are."""
    lines = _told(several)
    chosen = lines[:: -(-len(lines) // SHOWN)]
    rest = len(lines) - len(chosen)
    return [*chosen, *([f"... and {rest} more like these"] if rest else [])]


def _told(several: Sequence[Mutant]) -> list[str]:
    """A line each; items whose own scales are weak alike share one."""
    own: dict[str, list[str]] = {}
    for each in several:
        if each.item:
            own.setdefault(each.item, []).append(each.what)
    alike: dict[tuple[str, ...], list[str]] = {}
    for item, whats in own.items():
        alike.setdefault(tuple(whats), []).append(item)
    items = several[0].measure.items
    return [
        *(each.what for each in several if not each.item),
        *(f"{in_a_row(some, items)}: {_together(whats)}" for whats, some in alike.items()),
    ]


def _together(whats: Iterable[str]) -> str:
    """Weaknesses with what they have in common said once: ``steps of 0.1, 0.5``."""
    grouped = groupby((each.rpartition(" ") for each in whats), key=itemgetter(0))
    return ", ".join(
        f"{common} {', '.join(last for *_, last in several)}" for common, several in grouped
    )


def _lacking(several: Sequence[Mutant]) -> str:
    """Items whose own scales still lack something, in an end of a sentence."""
    own = {each.item for each in several if each.item}
    return f"; still lacking: {in_a_row(own, several[0].measure.items)}" if own else ""
