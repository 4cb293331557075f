"""The frame: how regular sessions are, what was missed, late or followed up."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from therapeutic_alliance.course.indicators.arithmetic import deviation, mean, median
from therapeutic_alliance.course.indicators.indicator import Definition, Found, missing
from therapeutic_alliance.course.indicators.roles import roles, roles_of
from therapeutic_alliance.model.alliance.dialogue import Event
from therapeutic_alliance.model.course import Course

_ENOUGH = 3
"""Gaps that a median or a variation needs. A convention of this library."""


def _gaps(course: Course) -> list[int]:
    """Days between neighbouring sessions, both dated, with no number left out between."""
    return [
        (after.date - before.date).days
        for before, after in pairwise(course.sessions)
        if before.date and after.date and after.number == before.number + 1
    ]


def _too_few(gaps: list[int], needed: int) -> Found:
    return missing(f"{len(gaps)} gaps between dated sessions, {needed} needed", n=len(gaps))


def _median_gap(course: Course) -> Iterator[Found]:
    gaps = _gaps(course)
    if len(gaps) < _ENOUGH:
        yield _too_few(gaps, _ENOUGH)
    else:
        yield Found((), float(median(gaps)), len(gaps), f"{min(gaps)} to {max(gaps)} days")


def _variation(course: Course) -> Iterator[Found]:
    gaps = _gaps(course)
    if len(gaps) < _ENOUGH:
        yield _too_few(gaps, _ENOUGH)
    elif not any(gaps):
        yield missing("all sessions are on one day", n=len(gaps))
    else:
        sd, centre = deviation(gaps), mean(gaps)
        why = f"standard deviation {sd:.1f}, mean {centre:.1f} days"
        yield Found((), sd / centre, len(gaps), why)


def _longest_gap(course: Course) -> Iterator[Found]:
    gaps = _gaps(course)
    if not gaps:
        yield _too_few(gaps, 1)
    else:
        yield Found((), float(max(gaps)), len(gaps), f"the longest of {len(gaps)}")


def _by_role(course: Course, kind: str) -> dict[tuple[str, ...], list[Event]]:
    """Events of a kind by the role of those whose they are; no role if nobody is named."""
    role_of = roles(course)
    found: dict[tuple[str, ...], list[Event]] = {}
    for event in course.events:
        if event.kind == kind:
            for role in roles_of(role_of, event.by) or ("",):
                found.setdefault((role,) if role else (), []).append(event)
    return dict(sorted(found.items()))


def _not_held(course: Course, kind: str) -> Iterator[Found]:
    kinds = Counter(event.kind for event in course.events)
    events = _by_role(course, kind)
    if not events or not course.sessions:
        yield missing(f"no {kind} session is recorded" if course.sessions else "no session listed")
        return
    planned = len(course.sessions) + kinds["missed"] + kinds["cancelled"]
    for role, found in events.items():
        yield Found(role, len(found) / planned, planned, f"{len(found)} of {planned} planned")


def _missed(course: Course) -> Iterator[Found]:
    yield from _not_held(course, "missed")


def _cancelled(course: Course) -> Iterator[Found]:
    yield from _not_held(course, "cancelled")


def _late(course: Course) -> Iterator[Found]:
    events = _by_role(course, "late")
    if not events:
        yield missing("no late start is recorded")
    for role, found in events.items():
        minutes = [event.minutes for event in found if event.minutes]
        if not minutes:
            yield missing(f"minutes of {len(found)} late starts not recorded", *role)
        else:
            why = f"{len(found)} late starts, minutes known of {len(minutes)}"
            yield Found(role, float(median(minutes)), len(minutes), why)


def _follow_up(course: Course) -> Iterator[Found]:
    lost = [event.date for event in course.events if event.kind in ("missed", "cancelled")]
    sessions = sorted(each.date for each in course.sessions if each.date)
    contacts = sorted(
        event.date for event in course.events if event.kind == "follow-up" and event.date
    )
    days = []
    for day in lost:
        if day is not None:
            later = sessions[(at := bisect_right(sessions, day)) : at + 1]
            later += contacts[(at := bisect_left(contacts, day)) : at + 1]
            days += [(min(later) - day).days] if later else []
    if not days:
        yield missing("no missed or cancelled session with a date and a later contact")
    else:
        why = f"followed up: {len(days)} of {len(lost)} missed or cancelled sessions"
        yield Found((), float(median(days)), len(days), why)


DEFINITIONS = (
    Definition(
        id="session-gap",
        words="The median of the days between neighbouring sessions, both dated, with no session "
        "number left out between them; at least three such gaps.",
        unit="days",
        concepts=("C17", "C18"),
        values=_median_gap,
    ),
    Definition(
        id="session-gap-variation",
        words="The standard deviation (with n - 1) of the same gaps, divided by their mean; 0 if "
        "all are equal.",
        unit="coefficient of variation",
        concepts=("A13", "C08", "C18"),
        claims=("reliability-builds-trust",),
        values=_variation,
    ),
    Definition(
        id="session-gap-longest",
        words="The longest of the same gaps; at least one.",
        unit="days",
        concepts=("C18",),
        values=_longest_gap,
    ),
    Definition(
        id="sessions-missed",
        words="For each role: sessions missed by someone in it, of all planned: those listed, "
        "missed or cancelled.",
        unit="share of planned sessions, 0 to 1",
        concepts=("C17", "C20"),
        values=_missed,
    ),
    Definition(
        id="sessions-cancelled",
        words="For each role: sessions cancelled by someone in it, of all planned: those listed, "
        "missed or cancelled.",
        unit="share of planned sessions, 0 to 1",
        concepts=("C17", "C20"),
        values=_cancelled,
    ),
    Definition(
        id="late-starts",
        words="For each role: the median of how late those in it came, of the late starts whose "
        "minutes are recorded.",
        unit="minutes",
        concepts=("C20",),
        values=_late,
    ),
    Definition(
        id="follow-up-latency",
        words="The median of the days from a missed or cancelled session to the first contact: "
        "a follow-up from the same day on, or a session after it.",
        unit="days",
        concepts=("C19",),
        values=_follow_up,
    ),
)
