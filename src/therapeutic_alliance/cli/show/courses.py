"""The scores of a summary: courses, possible ruptures, what is not followed, who stands apart."""

from collections.abc import Iterator, Mapping, Sequence
from string import ascii_uppercase
from typing import Any

from attrs import evolve

from therapeutic_alliance.cli.findings import (
    Finding,
    course_line,
    few_sessions,
    rules,
    signs,
    why_none,
)
from therapeutic_alliance.cli.show.scores import Scores
from therapeutic_alliance.cli.show.sections import LATEST, Page, counted, listed, words
from therapeutic_alliance.cli.standing import standing
from therapeutic_alliance.course.series import EPSILON, Series
from therapeutic_alliance.course.summary.raters import Apart, Disagreement, Range, View

_COLUMNS = ("", "who", "rule", "course", "scored", "last", "session", "possible", "flagged")


def letter(course: int) -> str:
    """The name of a course on the page.

    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'A2')
    """
    again, position = divmod(course, len(ascii_uppercase))
    return ascii_uppercase[position] + (str(again + 1) if again else "")


def show_courses(page: Page, scores: Scores) -> None:
    """Print the courses, what each detector says of them, and what is not followed."""
    page.section("Alliance scores")
    if not scores.forms:
        page.say("No form is recorded: there is no score to follow.")
    elif not scores.series:
        page.say("No form makes a course of scores that can be followed.")
    else:
        _show_found(page, scores)
    for line in page.latest(scores.remarks, "remarks on forms"):
        page.say(f"{line[0].upper()}{line[1:]}.")


def _show_found(page: Page, scores: Scores) -> None:
    letters = {id(series): letter(course) for course, series in enumerate(scores.series)}
    detectors = list(dict.fromkeys(each.flags.detector for each in scores.found))
    rows = [_row(page, each, scores, letters, detectors) for each in scores.found]
    page.table(_COLUMNS, page.latest(rows, "courses"), wraps="who")
    page.say(
        "One mark a session, its height within the possible range. x: flagged; blank: no score; "
        f"{page.marks.gap}: more than three blanks"
        + ("." if page.whole else f", or all before the last {LATEST} scores.")
    )
    notes = (each for found in scores.found for each in _notes(found, scores, letters))
    page.say_all(page.latest(list(dict.fromkeys(notes)), "notes"))
    page.say_all(_episodes(page, scores, letters, detectors))
    for measure in scores.measures.values():
        page.say_all(f"{line.rstrip('.')}." for line in standing(measure))
    page.say_all(rules(scores.found))


def _row(
    page: Page,
    found: Finding,
    scores: Scores,
    letters: Mapping[int, str],
    detectors: Sequence[str],
) -> list[Any]:
    series, flags = found.series, found.flags
    observed, spec = series.observed, series.spec
    last = observed[-1] if observed else None
    return [
        letters[id(series)],
        listed([scores.name(series), series.measure]),
        flags.detector if len(detectors) > 1 else None,
        course_line(_shown(page, series), flags, page.marks),
        f"{len(observed)} of {series[-1].session}",
        f"{last.value:.4g}" if last else "none",
        last.session if last else None,
        f"{spec.low:.4g} to {spec.high:.4g} {spec.metric}",
        f"{len(flags.sessions)} of {flags.evaluable}" if flags.evaluable else "-",
    ]


def _shown(page: Page, series: Series) -> Series:
    """The part of a series that there is room for."""
    return series if page.whole else evolve(series, points=series.points[-LATEST:])


def _notes(found: Finding, scores: Scores, letters: Mapping[int, str]) -> Iterator[str]:
    """What to know before a course is read."""
    series, name = found.series, letters[id(found.series)]
    measure = scores.measures[series.measure or ""]
    unscored = len(series) - len(series.observed)
    if unscored:
        yield f"{name}: {counted(unscored, 'form')} without this score, as answers are missing."
    if measure.construct != "alliance":
        yield f"{name}: {measure.id} measures {words(measure.construct)}, not the alliance."
    if found.flags.low_information:
        ceiling = "half or more of the scores are at the maximum"
        told = f"few sessions for {found.flags.detector}" if few_sessions(found) else ceiling
        yield f"{name}: {told}: little information."
    if not found.flags.evaluable:
        yield f"{name}: {why_none(found)} for {found.flags.detector}."


def _episodes(
    page: Page, scores: Scores, letters: Mapping[int, str], detectors: Sequence[str]
) -> Iterator[str]:
    told = [
        f"{scores.name(each.series, letters[id(each.series)])}"
        f"{f' ({each.flags.detector})' if len(detectors) > 1 else ''}: {episode}."
        for each in scores.found
        for episode in each.episodes
    ]
    judged = [each for each in scores.found if each.flags.evaluable]
    if judged and not told:
        yield f"No possible {signs(judged)} by these rules."
    yield from page.latest(told, "episodes")


def show_apart(page: Page, disagreements: Sequence[Disagreement]) -> None:
    """Print how far those stand apart who rated the same sessions, or were rated in them."""
    if not disagreements:
        return
    page.section("Raters of the same session")
    scores: dict[str, set[str]] = {}
    for each in disagreements:
        scores.setdefault(each.family, set()).add(each.score)
    for each in disagreements:
        several = len(scores[each.family]) > 1
        page.say(f"{_among(each, several=several)}: {_how_far(each)}.")
    page.say(
        "In percent of the possible range of each form. The forms of two roles do not ask the "
        "same, so that they are set beside one another, and never merged."
    )


def _among(found: Disagreement, *, several: bool) -> str:
    whole = {
        "members": f"Within {found.rater}, {found.measure}",
        "rated": f"Rated by {found.rater}, {found.measure}",
        "raters": f"Across roles, {found.family}",
    }[found.among]
    return listed([whole, found.score if several else None, found.occasion])


def _how_far(found: Disagreement) -> str:
    if found.latest is None or found.largest is None:
        never = "were never rated in" if found.among == "rated" else "never rated"
        return f"{listed(found.who)} {never} the same session"
    rated = "with forms about" if found.among == "rated" else "rated by"
    sessions = f"{counted(found.sessions, 'session')} {rated} two or more of {listed(found.who)}"
    latest = f"latest, {_apart(found, found.latest)}"
    if found.latest.points >= found.largest.points - EPSILON:
        return f"{sessions}; {latest}, none wider"
    return f"{sessions}; {latest}; widest, {_apart(found, found.largest)}"


def _apart(found: Disagreement, apart: Apart) -> str:
    high, low, points = _numbers(apart)
    said = f"{_view(found, apart.high)} {high}, {_view(found, apart.low)} {low} ({points} apart)"
    if all(each.high is each.low for each in apart.roles):
        return f"session {apart.session}: {said}"
    ranges = listed(map(_range, apart.roles))
    return f"session {apart.session}: {ranges}; furthest, {said}"


def _numbers(apart: Apart) -> tuple[str, str, str]:
    """High, low and their distance, with a decimal where it would not fit them without."""
    high, low, points = apart.high.percent, apart.low.percent, apart.points
    if round(high) - round(low) == round(points):
        return f"{high:.0f}", f"{low:.0f}", f"{points:.0f}"
    return f"{high:.1f}", f"{low:.1f}", f"{round(high, 1) - round(low, 1):.1f}"


def _range(role: Range) -> str:
    if role.high is role.low:
        return f"{role.rater} {role.high.percent:.0f}"
    return f"{role.rater} {role.low.percent:.0f} to {role.high.percent:.0f}"


def _view(found: Disagreement, view: View) -> str:
    if found.among != "raters":
        return view.person or "not named"
    who = f"about {view.person}" if view.about else view.person
    return " ".join(part for part in (view.rater, who) if part)
