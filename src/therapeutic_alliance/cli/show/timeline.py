"""The timeline of a summary: what happened beside the scores, a line for each session."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from therapeutic_alliance.cli.output import Marks
from therapeutic_alliance.cli.show.courses import letter
from therapeutic_alliance.cli.show.scores import Scores
from therapeutic_alliance.cli.show.sections import Page, counted, listed, quoted, span
from therapeutic_alliance.cli.show.work import rated
from therapeutic_alliance.course.summary.happenings import Happening
from therapeutic_alliance.course.summary.moments import Moment
from therapeutic_alliance.course.summary.open_points import OpenPoint
from therapeutic_alliance.course.summary.summary import Summary


def show_timeline(page: Page, summary: Summary, scores: Scores) -> None:
    """Print the last sessions with their scores and events, and what is open."""
    page.section("Session by session")
    if not summary.timeline:
        page.say("No session, and nothing that belongs to one.")
        return
    if summary.phases:
        phases = (f"{each.name} {span(each.first, each.last)}" for each in summary.phases)
        page.say(f"Phases, by a convention that looks at no score: {listed(phases)}.")
    moments = page.latest(summary.timeline, "lines")
    courses = len(scores.series)
    usual = _usual(summary)
    if usual:
        page.say(f"Most often there: {listed(usual)}.")
    changed = [each.id for each in summary.head.therapists]
    rows = [_row(each, courses, page.marks, (usual, changed)) for each in moments]
    names = "".join(letter(course)[0] for course in range(courses))
    page.table(("session", "date", names, "what happened"), rows, wraps="what happened")
    if courses:
        known = (scores.name(each, letter(at)) for at, each in enumerate(scores.series))
        page.say(f"Marks: {listed(known)}. x: flagged; a point: no score.")


def _usual(summary: Summary) -> tuple[str, ...]:
    """Who was there most often, if it was not always the same."""
    there = Counter(frozenset(each.attended) for each in summary.timeline if each.attended)
    return tuple(sorted(there.most_common(1)[0][0])) if len(there) > 1 else ()


def _there(moment: Moment, usual: Sequence[str], changed: Sequence[str]) -> Iterator[str]:
    """Who was there, and who was not; where therapists changed, none is waited for by name."""
    if not usual or not moment.attended:
        return
    more = [each for each in moment.attended if each not in usual]
    fewer = [each for each in usual if each not in moment.attended]
    if changed and not any(each in moment.attended for each in changed):
        fewer = [*(each for each in fewer if each not in changed), "any therapist"]
    yield f"with {listed(more)}" if more else ""
    yield f"without {listed(fewer)}" if fewer else ""


def _row(
    moment: Moment, courses: int, marks: Marks, who: tuple[Sequence[str], Sequence[str]]
) -> list[Any]:
    line = ["."] * courses
    for each in moment.marks:
        height = min(len(marks.heights) - 1, int(each.share * len(marks.heights)))
        line[each.course] = "x" if each.flagged_by else marks.heights[height]
    told = (*_there(moment, *who), *map(_told, moment.happenings))
    return [
        moment.session or ("" if moment.date else "not known"),
        moment.date,
        "".join(line) if moment.session else "",
        "; ".join(each for each in told if each),
    ]


def _told(happening: Happening) -> str:
    return " ".join(part for part in (*_parts(happening), quoted(happening.text)) if part)


def _parts(happening: Happening) -> Iterator[str]:
    by = f"by {listed(happening.by)}" if happening.by else ""
    if happening.what == "report":
        yield f"{listed(happening.by)} reports {'a rupture' if happening.rupture else 'no rupture'}"
        ratings = {"intensity": happening.intensity, "resolution": happening.resolution}
        told = listed(f"{name} {rated(each)}" for name, each in ratings.items() if each)
        yield f"({told})" if told else ""
        if happening.later is not None:
            yield f"(later: {'a rupture' if happening.later else 'no rupture'})"
        return
    if happening.what == "left":
        yield f"{listed(happening.by) or 'somebody'} left"
        yield f"({happening.kind})" if happening.kind else ""
        return
    yield {
        "event": happening.kind or "",
        "check-in": "check-in",
        "understanding": f"understanding: {happening.kind}",
        "end": f"end: {happening.kind or 'planned or not is not known'}",
    }[happening.what]
    yield by
    yield f"toward {listed(happening.toward)}" if happening.toward else ""
    yield f"({details})" if (details := listed(_details(happening))) else ""
    yield f"- addressed in {happening.addressed}" if happening.addressed else ""


def _details(happening: Happening) -> Iterator[str]:
    yield from (*happening.about, *happening.feelings)
    yield happening.depth or ""
    yield counted(happening.minutes, "minute") if happening.minutes else ""
    yield "inferred" if happening.inferred else ""
    yield {True: "helpful", False: "not helpful", None: ""}[happening.helpful]
    yield f"next after {counted(happening.cadence, 'session')}" if happening.cadence else ""


def show_open_points(page: Page, points: Sequence[OpenPoint]) -> None:
    """Print what was left open."""
    page.section("Open points")
    for each in page.latest(points, "open points"):
        page.say(f"{_open(each)}.")
    if not points:
        page.say("None by what was recorded.")


def _open(point: OpenPoint) -> str:
    when = f"session {point.session}" if point.session else "session not known"
    if point.what == "event":
        by = f" by {listed(point.by)}" if point.by else ""
        return f"{point.kind}{by}, {when}: not recorded as addressed"
    if point.what == "report":
        return f"rupture reported by {listed(point.by)}, {when}: resolution not rated"
    if point.what == "disagreement":
        return f"{point.kind} {point.of}: {_disagreeing(point.by)}, by the latest answer"
    return f"Check-in: {point.why}"


def _disagreeing(by: Sequence[str]) -> str:
    return f"{listed(by)} {'disagrees' if len(by) == 1 else 'disagree'}"
