"""A comparison of rules on given courses, for a person."""

from collections.abc import Iterator

from rich.console import Console

from therapeutic_alliance.cli.output import printable, table
from therapeutic_alliance.course.compare.agreement import Agreement
from therapeutic_alliance.course.compare.comparison import Comparison
from therapeutic_alliance.course.compare.verdicts import Compared

MARKS = {True: "x", False: ".", None: "?"}


def show_comparison(console: Console, comparison: Comparison) -> None:
    """What each rule says of each session, and how far each two of them agree."""
    rows = [row for each in comparison.series for row in _rows(each)]
    table(console, "Flags by session", ("case", "measure", "rater", "rule", "sessions"), rows)
    console.print("x: flagged; .: not; ?: cannot be judged; blank: no score\n")
    _show_rules(console, comparison)
    if comparison.pairs:
        _show_agreement(console, comparison)
    console.print("Agreement does not tell which rule is right.")
    console.print("No flag is no sign of a good alliance.")


def _rows(compared: Compared) -> Iterator[tuple[object, ...]]:
    """A row for each rule: one character a session number."""
    series = compared.series
    who = " ".join(filter(None, (series.rater, series.person, series.occasion)))
    observed = {point.session for point in series.observed}
    for each in compared.verdicts:
        marks = {flag.session: MARKS[flag.flag] for flag in each.flags if flag.session in observed}
        sessions = range(1, max(observed, default=0) + 1)
        line = "".join(marks.get(session, " ") for session in sessions)
        yield series.case, series.measure, who, each.detector, line


def _show_rules(console: Console, comparison: Comparison) -> None:
    headings = ("", "rule", "mode", "flagged", "of evaluable", "of observed", "beginnings")
    rows = [
        (number, each.detector, each.mode, each.flagged, each.evaluable, each.observed, each.onsets)
        for number, each in enumerate(comparison.rules, 1)
    ]
    table(console, "Rules", headings, rows)


def _show_agreement(console: Console, comparison: Comparison) -> None:
    """One table for both measures: kappa below the diagonal, common beginnings above it."""
    pairs = {(each.first, each.second): each for each in comparison.pairs}
    names = comparison.detectors
    rows = [
        (f"{at} {name}", *(_cell(pairs, name, other) for other in names))
        for at, name in enumerate(names, 1)
    ]
    headings = ("rule", *(str(at) for at, _ in enumerate(names, 1)))
    table(console, "Agreement of each two rules", headings, rows)
    apart = comparison.onset_tolerance
    console.print(
        "below the diagonal: Cohen's kappa over the sessions that both can judge\n"
        "above it: share of beginnings that both see, of all that one or both see (Jaccard; "
        f"session numbers at most {apart} apart)\n"
        "-: not defined\n"
    )


def _cell(pairs: dict[tuple[str, str], Agreement], name: str, other: str) -> str:
    if name == other:
        return ""
    above = (name, other) in pairs
    pair = pairs[(name, other)] if above else pairs[(other, name)]
    value = pair.jaccard if above else pair.kappa
    return "-" if value is None else printable(f"{value:.2f}")
