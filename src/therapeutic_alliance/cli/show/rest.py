"""Indicators, what else was recorded, own words, and what a summary does not say."""

from collections.abc import Mapping, Sequence

from therapeutic_alliance.cli.show.courses import letter
from therapeutic_alliance.cli.show.sections import Page, counted, listed, words
from therapeutic_alliance.course.indicators import Indicator
from therapeutic_alliance.course.indicators.check_ins import ENDED
from therapeutic_alliance.course.summary.summary import Summary
from therapeutic_alliance.model.vocabulary.usage import OwnTerm

SHOWN_ABOVE = ("bond-rating",)
"""Indicators that stand in a section of their own, each value of them."""
ENTRIES = 6
"""How many entries an indicator has, unless all are asked for. A convention."""
LACKING = "not enough data"
"""How ``why`` begins where a value cannot be told; a value may also be none by its definition."""
OF_A_SCALE = "points of the scale"
"""The unit of ratings as they were given; ``why`` says on which scale."""
_NOUNS = {
    "preferences": ("preference", "preferences"),
    "skills": ("rating of a skill", "ratings of skills"),
    "characteristics": ("characteristic", "characteristics"),
    "reflections": ("reflection", "reflections"),
    "codes": ("coded segment", "coded segments"),
}


def show_indicators(page: Page, summary: Summary) -> None:
    """Print the indicators that have a value, a row each; how many others there are in one line."""
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
        if each.value is None and each.why.startswith(LACKING):
            lacking[each.id] = None
            continue
        known.add(each.id)
        if each.id not in SHOWN_ABOVE:
            rows.setdefault((each.id, each.unit), []).append(_value(course, each))
    order = list(dict.fromkeys(id_ for id_, _ in rows))
    for (id_, unit), told in sorted(rows.items(), key=lambda row: order.index(row[0][0])):
        # a unit that has brackets of its own stands first
        lead, end = (f", {unit}", "") if "(" in unit else ("", f" ({unit})")
        page.say(f"{id_}{lead}: {_some(page, told)}{end}")
    _show_lacking(page, [id_ for id_ in lacking if id_ not in known], any_known=bool(known))
    partly = [id_ for id_ in lacking if id_ in known]
    if partly:
        page.say(f"Not enough data for some: {listed(partly)}.")


def _value(course: str, indicator: Indicator) -> str:
    about = f"{course} {' '.join(indicator.about)}".strip()
    if indicator.value is None:
        value = indicator.why.partition(":")[0]
    else:
        scale = f" {indicator.why}" if indicator.unit == OF_A_SCALE else ""
        ended = f" ({ENDED})" if indicator.why.endswith(ENDED) else ""
        value = f"{indicator.value:.3g}{scale}{ended}"
    return f"{about} {value}, n {indicator.n}".strip()


def _some(page: Page, told: Sequence[str]) -> str:
    more = 0 if page.whole else len(told) - ENTRIES
    if more <= 0:
        return "; ".join(told)
    return f"{'; '.join(told[:ENTRIES])}; and {more} more, which --all has"


def _show_lacking(page: Page, ids: Sequence[str], *, any_known: bool) -> None:
    if not ids:
        return
    if page.whole:
        page.say(f"Not enough data: {listed(ids)}.")
    elif any_known:
        page.say(f"Not enough data for {len(ids)} more (alliance show --all lists them).")
    else:
        page.say("Not enough data for any indicator.")


def show_rest(page: Page, summary: Summary) -> None:
    """Print what else there is, and what no summary says."""
    page.section("Besides")
    if summary.also:
        also = (counted(number, *_NOUNS[name]) for name, number in summary.also.items())
        page.say(f"Also recorded: {listed(also)}.")
    if summary.own_terms:
        page.say(f"Own words, in no documented vocabulary: {_own(summary.own_terms)}.")
    _show_coverage(page, summary.coverage)
    page.say("No flag is no sign of a good alliance. Flags are never used to rate therapists.")


def _show_coverage(page: Page, coverage: Mapping[str, Mapping[str, int]]) -> None:
    for taxonomy, elements in coverage.items():
        spoken = listed(f"{words(each)} {number}" for each, number in elements.items() if number)
        silent = listed(words(each) for each, number in elements.items() if not number)
        nothing = f"; nothing to: {silent}" if silent else ""
        if spoken:
            page.say(f"Records that speak to {taxonomy}: {spoken}{nothing}.")
    unspoken = [taxonomy for taxonomy, elements in coverage.items() if not any(elements.values())]
    if unspoken:
        page.say(f"No record speaks to {listed(unspoken)}.")


def _own(terms: Sequence[OwnTerm]) -> str:
    return listed(f"{each.word} ({each.section} {each.field})" for each in terms)
