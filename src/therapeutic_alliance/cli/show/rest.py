"""Indicators, what else was recorded, own words, and what a summary does not say."""

from collections.abc import Sequence

from therapeutic_alliance.cli.show.courses import letter
from therapeutic_alliance.cli.show.sections import Page, counted, listed, words
from therapeutic_alliance.course.summary.summary import Summary
from therapeutic_alliance.model.vocabulary.usage import OwnTerm

SHOWN_ABOVE = ("bond-rating", "check-in-overdue")
"""Indicators that stand in a section of their own."""
_NOUNS = {
    "preferences": ("preference", "preferences"),
    "skills": ("rating of a skill", "ratings of skills"),
    "characteristics": ("characteristic", "characteristics"),
    "reflections": ("reflection", "reflections"),
    "codes": ("coded segment", "coded segments"),
}


def show_indicators(page: Page, summary: Summary) -> None:
    """Print the indicators that have a value, a row each; the others in one line."""
    page.section("Indicators")
    of_scores = (
        (letter(course), each)
        for course, of_it in enumerate(summary.indicators_of_scores)
        for each in of_it
    )
    rows: dict[tuple[str, str], list[str]] = {}
    lacking: dict[str, None] = {}
    known: set[str] = set()
    for course, each in (*(("", each) for each in summary.indicators), *of_scores):
        if each.value is None:
            lacking[each.id] = None
            continue
        known.add(each.id)
        if each.id not in SHOWN_ABOVE:
            about = f"{course} {' '.join(each.about)}".strip()
            value = f"{about} {each.value:.3g}, n {each.n}".strip()
            rows.setdefault((each.id, each.unit), []).append(value)
    for (id_, unit), told in rows.items():
        page.say(f"{id_}: {'; '.join(told)} ({unit})")
    for said, ids in (
        ("Not enough data", [id_ for id_ in lacking if id_ not in known]),
        ("Not enough data for some", [id_ for id_ in lacking if id_ in known]),
    ):
        if ids:
            page.say(f"{said}: {listed(ids)}.")


def show_rest(page: Page, summary: Summary) -> None:
    """Print what else there is, and what no summary says."""
    page.section("Besides")
    if summary.also:
        also = (counted(number, *_NOUNS[name]) for name, number in summary.also.items())
        page.say(f"Also recorded: {listed(also)}.")
    if summary.own_terms:
        page.say(f"Own words, in no documented vocabulary: {_own(summary.own_terms)}.")
    for taxonomy, elements in summary.coverage.items():
        spoken = listed(f"{words(each)} {number}" for each, number in elements.items() if number)
        silent = listed(words(each) for each, number in elements.items() if not number)
        nothing = f"; nothing to: {silent}" if silent else ""
        page.say(f"Records that speak to {taxonomy}: {spoken or 'none'}{nothing}.")
    page.say("No flag is no sign of a good alliance. Flags are never used to rate therapists.")


def _own(terms: Sequence[OwnTerm]) -> str:
    return listed(f"{each.word} ({each.section} {each.field})" for each in terms)
