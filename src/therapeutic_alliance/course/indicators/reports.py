"""What participants report of ruptures when they are asked directly."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations
from typing import Literal

from therapeutic_alliance.course.indicators.arithmetic import mean, scale, share
from therapeutic_alliance.course.indicators.indicator import Definition, Found, missing
from therapeutic_alliance.course.timeline import Timeline
from therapeutic_alliance.model.alliance.coding import Report
from therapeutic_alliance.model.course import Course

Code = Literal["both", "first-only", "second-only", "neither"]
CODES: tuple[Code, ...] = ("both", "first-only", "second-only", "neither")
"""Which of two participants report a rupture in a session."""
Rated = Literal["intensity", "resolution"]
"""What a report may rate of a rupture."""

_NONE = "no known session was asked about directly"


def standing(course: Course) -> tuple[Report, ...]:
    """The reports that hold: the latest of each participant on each session.

    A dated report without a session is on the session that it follows. One of which the session
    is not known stands for itself.

    >>> from datetime import date
    >>> import therapeutic_alliance as ta
    >>> course = ta.Course(
    ...     case="c1",
    ...     participants=[ta.alliance.Participant(id="c", role="client")],
    ...     sessions=[ta.alliance.Session(id="s1", number=1, date=date(2026, 1, 5))],
    ...     reports=[
    ...         ta.alliance.Report(id="r1", session=1, by="c", rupture=False),
    ...         ta.alliance.Report(id="r2", date=date(2026, 1, 8), by="c", rupture=True),
    ...     ],
    ... )
    >>> [report.id for report in standing(course)]
    ['r2']
    """
    timeline = Timeline(course)
    latest = timeline.latest(
        course.reports,
        lambda each: (
            (each.by, session, "") if (session := timeline.session(each)) else (each.by, 0, each.id)
        ),
    )
    return tuple(latest.values())


def by_person(course: Course) -> dict[str, dict[int, Report]]:
    """The report of each participant on each session that is known."""
    timeline = Timeline(course)
    found: dict[str, dict[int, Report]] = {}
    for report in sorted(standing(course), key=lambda each: (each.by, timeline.session(each))):
        if session := timeline.session(report):
            found.setdefault(report.by, {})[session] = report
    return found


def prevalence(reports: Collection[Report], *about: str, aside: str = "") -> Found:
    """The share of reports that report a rupture."""
    n = sum(report.rupture for report in reports)
    of = f"sessions with a reported rupture{aside}"
    return share(n, len(reports), *about, of=of, none=_NONE)


def _prevalence(course: Course) -> Iterator[Found]:
    reports, given = by_person(course), _by_each(course)
    if not reports:
        yield missing(_NONE)
    for by, found in reports.items():
        unknown = len(given[by]) - len(found)
        aside = f"; of an unknown session, and left out: {unknown}" if unknown else ""
        yield prevalence(found.values(), by, aside=aside)


def _by_each(course: Course) -> dict[str, list[Report]]:
    """The reports of each participant, on known sessions or not."""
    found: dict[str, list[Report]] = {}
    for report in sorted(standing(course), key=lambda each: each.by):
        found.setdefault(report.by, []).append(report)
    return found


def mean_rating(reports: Iterable[Report], what: Rated, *about: str) -> Found:
    """The mean of what is rated of reported ruptures; there is nothing to rate without one."""
    ratings = [rating for each in reports if (rating := getattr(each, what))]
    if not ratings:
        return missing(f"no {what} of a reported rupture", *about)
    if len({rating.scale for rating in ratings}) > 1:
        return missing("ratings on two scales are not averaged", *about, n=len(ratings))
    value = mean([rating.value for rating in ratings])
    return Found(about, value, len(ratings), f"on the scale {scale(ratings[0])}")


def _rated(course: Course, what: Rated) -> Iterator[Found]:
    reports = _by_each(course)
    if not reports:
        yield missing("nobody was asked directly")
    for by, found in reports.items():
        yield mean_rating(found, what, by)


def _intensity(course: Course) -> Iterator[Found]:
    yield from _rated(course, "intensity")


def _resolution(course: Course) -> Iterator[Found]:
    yield from _rated(course, "resolution")


def code_of(first: Report, second: Report) -> Code:
    """Which of two participants report a rupture."""
    if first.rupture and second.rupture:
        return "both"
    if first.rupture:
        return "first-only"
    return "second-only" if second.rupture else "neither"


def _codes(first: Mapping[int, Report], second: Mapping[int, Report]) -> dict[int, Code]:
    return {
        session: code_of(report, second[session])
        for session, report in first.items()
        if session in second
    }


def _dyads(course: Course) -> Iterator[Found]:
    reports = by_person(course)
    if len(reports) < 2:
        yield missing("fewer than two participants reported on sessions")
    for one, other in combinations(reports, 2):
        counts = Counter(_codes(reports[one], reports[other]).values())
        for code in CODES:
            none = "no session that both reported on"
            of = "sessions that both reported on"
            yield share(counts[code], counts.total(), one, other, code, of=of, none=none)


DEFINITIONS = (
    Definition(
        id="reported-ruptures",
        words="For each participant who was asked: of the known sessions with an answer, the share "
        "in which the participant reports a rupture.",
        unit="share of sessions, 0 to 1",
        concepts=("B18",),
        claims=("rupture-ends-therapy",),
        values=_prevalence,
    ),
    Definition(
        id="reported-intensity",
        words="For each participant who was asked: the mean intensity of the reported ruptures "
        "that have one, of known sessions or not. Without a rupture there is no intensity, not "
        "one of 0.",
        unit="points of the scale",
        concepts=("B18",),
        values=_intensity,
    ),
    Definition(
        id="reported-resolution",
        words="For each participant who was asked: the mean resolution of the reported ruptures "
        "that have one, of known sessions or not. Without a rupture there is no resolution.",
        unit="points of the scale",
        concepts=("B20", "B64"),
        claims=("repair-helps-outcome", "stronger-after-repair"),
        values=_resolution,
    ),
    Definition(
        id="reports-of-both",
        words="For each two participants, in the order of their ids: of the known sessions that "
        "both answered, the shares with a rupture reported by both, by the first only, by the "
        "second only, and by neither.",
        unit="share of sessions, 0 to 1",
        concepts=("B18", "B55"),
        values=_dyads,
    ),
)
