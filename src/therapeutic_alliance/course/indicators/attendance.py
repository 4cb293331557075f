"""The frame: how regular sessions are, what was missed, late or followed up."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from therapeutic_alliance.course.indicators.absences import lost_sessions
from therapeutic_alliance.course.indicators.arithmetic import deviation, mean, median, number
from therapeutic_alliance.course.indicators.contacts import Contacts
from therapeutic_alliance.course.indicators.indicator import Definition, Found, missing
from therapeutic_alliance.course.roles import one_by_one, take_part
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
    found = number(len(gaps), "gap")
    return missing(f"{found} between dated sessions, {needed} needed", n=len(gaps))


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


def _not_held(course: Course, kind: str) -> Iterator[Found]:
    """As to the course, the sessions that did not take place; as to a person, those not held."""
    lost, everybody = lost_sessions(course), take_part(course)
    counts: Counter[tuple[str, ...]] = Counter()
    for each in lost:
        counts.update((person,) for person in each.persons(kind))
        counts.update([()] if each.is_of(kind) and not each.was_held(everybody) else [])
    planned = len(course.sessions) + sum(each.session is None for each in lost)
    if not course.sessions:
        yield missing("no session listed")
        return
    if not counts[()]:
        held = f"every {kind} session took place without somebody"
        yield missing(held if counts else f"no {kind} session is recorded")
    for about, n in sorted(counts.items()):
        if n:
            what = kind if about else "did not take place"
            yield Found(about, n / planned, planned, f"{n} of {planned} planned {what}")


def _missed(course: Course) -> Iterator[Found]:
    yield from _not_held(course, "missed")


def _cancelled(course: Course) -> Iterator[Found]:
    yield from _not_held(course, "cancelled")


def _late(course: Course) -> Iterator[Found]:
    events: dict[tuple[str, ...], list[Event]] = {}
    for event in course.events:
        for about in one_by_one(event.by) if event.kind == "late" else ():
            events.setdefault(about, []).append(event)
    if not events:
        yield missing("no late start is recorded")
    for about, found in sorted(events.items()):
        minutes = [event.minutes for event in found if event.minutes]
        if not minutes:
            yield missing(f"minutes of {number(len(found), 'late start')} not recorded", *about)
        else:
            why = f"{number(len(found), 'late start')}, minutes known of {len(minutes)}"
            yield Found(about, float(median(minutes)), len(minutes), why)


def _follow_up(course: Course) -> Iterator[Found]:
    lost = lost_sessions(course)
    contacts = Contacts(course, lost)
    days = [
        (first - each.day).days
        for each in lost
        if each.day is not None and (first := contacts.first_after(each)) is not None
    ]
    if not days:
        yield missing("no missed or cancelled session with a date and a later contact")
    else:
        why = f"followed up: {len(days)} of {len(lost)} missed or cancelled sessions"
        yield Found((), float(median(days)), len(days), why)


_PLANNED = (
    "Planned are those listed, and those missed or cancelled that are not: events with one number, "
    "or with one date, are about one session. One with the number or date of a listed session is "
    "an absence from it; if it names nobody, or all who take part are named, and no attendance "
    "says otherwise, that session did not take place."
)

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
        words="Of the sessions planned, the share that did not take place and was recorded as "
        "missed; and for each participant: the share that this one missed, whether or not it took "
        "place without them. " + _PLANNED,
        unit="share of planned sessions, 0 to 1",
        concepts=("C17", "C20"),
        values=_missed,
    ),
    Definition(
        id="sessions-cancelled",
        words="Of the sessions planned, the share that did not take place and was recorded as "
        "cancelled; and for each participant: the share that this one cancelled, whether or not "
        "it took place without them. " + _PLANNED,
        unit="share of planned sessions, 0 to 1",
        concepts=("C17", "C20"),
        values=_cancelled,
    ),
    Definition(
        id="late-starts",
        words="For each participant: the median of how late this one came, of the late starts "
        "whose minutes are recorded.",
        unit="minutes",
        concepts=("C20",),
        values=_late,
    ),
    Definition(
        id="follow-up-latency",
        words="The median of the days from a missed or cancelled session, of which the day is "
        "known (that of the event, or of a listed session that somebody missed), to the first "
        "contact: a follow-up from the same day on, or a session after it that took place. If it "
        "was missed or cancelled by clients who are named, it is contact with one of them: a "
        "follow-up that is by or toward one of them, or toward nobody in particular, or a session "
        "that one of them attended, or is not recorded to have missed.",
        unit="days",
        concepts=("C19",),
        values=_follow_up,
    ),
)
