"""A comparison of rules on given courses, for a person."""

from collections.abc import Iterator

from rich.console import Console

from therapeutic_alliance.cli.findings import MOST_BLANKS, gap
from therapeutic_alliance.cli.output import printable, table
from therapeutic_alliance.course.compare.agreement import Agreement
from therapeutic_alliance.course.compare.comparison import Comparison
from therapeutic_alliance.course.compare.verdicts import Compared

MARKS = {True: "x", False: ".", None: "?"}
LONG_GAP = "~"
"""Of ``alliance detect`` the mark is made of points, which mean something else here."""
_COLUMN = len("-0.12") + 3
"""Width of a column of numbers, with its lines and blanks."""
_MARGIN = 4
"""Lines and blanks around the first column."""


def show_comparison(console: Console, comparison: Comparison) -> None:
    """What each rule says of each session, and how far each two of them agree."""
    rows = [row for each in comparison.series for row in _rows(each)]
    table(console, "Flags by session", ("case", "measure", "rater", "rule", "sessions"), rows)
    console.print(
        f"x: flagged; .: not; ?: cannot be judged; blank: no score; {LONG_GAP}: more than "
        f"{MOST_BLANKS} in a row\n"
    )
    _show_rules(console, comparison)
    if comparison.pairs:
        _show_agreement(console, comparison)
    console.print("Agreement does not tell which rule is right.")
    console.print("No flag is no sign of a good alliance.")


def _rows(compared: Compared) -> Iterator[tuple[object, ...]]:
    """A row for each rule: one character a session number."""
    series = compared.series
    who = " ".join(filter(None, (series.rater, series.person, series.occasion)))
    observed = [point.session for point in series.observed]
    for each in compared.verdicts:
        marks = {flag.session: MARKS[flag.flag] for flag in each.flags}
        line, last = "", 0
        for session in observed:
            line += gap(session - last - 1, LONG_GAP) + marks[session]
            last = session
        yield series.case, series.measure, who, each.detector, line


def _show_rules(console: Console, comparison: Comparison) -> None:
    headings = ("", "rule", "mode", "flagged", "of evaluable", "of observed", "beginnings")
    rows = [
        (number, each.detector, each.mode, each.flagged, each.evaluable, each.observed, each.onsets)
        for number, each in enumerate(comparison.rules, 1)
    ]
    table(console, "Rules", headings, rows, whole="rule")


def _show_agreement(console: Console, comparison: Comparison) -> None:
    """One table for both measures: kappa below the diagonal, common beginnings above it.

    Rules have the numbers of the table above. Where not all fit beside each other, the columns
    are shown in parts, and rows without names: no cell is ever broken over lines.
    """
    pairs = {(each.first, each.second): each for each in comparison.pairs}
    names = list(enumerate(comparison.detectors, 1))
    room = console.width - max(len(f"{at} {name}") for at, name in names) - _MARGIN
    named = room >= len(names) * _COLUMN
    fit = len(names) if named else max(1, (console.width - len("rule") - _MARGIN) // _COLUMN)
    for start in range(0, len(names), fit):
        shown = names[start : start + fit]
        rows = [
            (
                f"{at} {name}" if named else str(at),
                *(_cell(pairs, name, other) for _, other in shown),
            )
            for at, name in names
        ]
        part = "" if fit >= len(names) else f", columns {shown[0][0]} to {shown[-1][0]}"
        title = f"Agreement of each two rules{part}"
        table(console, title, ("rule", *(str(at) for at, _ in shown)), rows)
    apart = comparison.onset_tolerance
    console.print(
        "rules by their numbers above\n"
        * (not named)
        + "below the diagonal: Cohen's kappa over the sessions that both can judge\n"
        "above it: share of beginnings that both see, of all that one or both see where the other "
        f"can judge\n(Jaccard; session numbers at most {apart} apart)\n"
        "-: not defined\n"
    )


def _cell(pairs: dict[tuple[str, str], Agreement], name: str, other: str) -> str:
    if name == other:
        return ""
    above = (name, other) in pairs
    pair = pairs[(name, other)] if above else pairs[(other, name)]
    value = pair.jaccard if above else pair.kappa
    return "-" if value is None else printable(f"{value:.2f}")
