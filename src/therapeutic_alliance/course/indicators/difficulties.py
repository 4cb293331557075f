"""Difficulties: what was taken up again, how soon, and who noticed."""

from collections.abc import Iterator
from typing import Literal

from therapeutic_alliance.course.indicators.arithmetic import median, share
from therapeutic_alliance.course.indicators.indicator import Definition, Found, missing
from therapeutic_alliance.course.roles import roles, roles_of
from therapeutic_alliance.course.timeline import Timeline, numbers
from therapeutic_alliance.model.alliance.dialogue import Event
from therapeutic_alliance.model.course import Course

DIFFICULTIES = ("confrontation", "misunderstanding", "negative-feeling", "problem", "withdrawal")
"""Kinds of event that ask to be taken up again. A convention of this library."""

_NONE = "no difficulty is recorded"
_EACH = f"For each kind of difficulty ({', '.join(DIFFICULTIES)}): "


def _difficulties(course: Course) -> list[Event]:
    return [event for event in course.events if event.kind in DIFFICULTIES]


def _by_kind(course: Course) -> dict[str, list[Event]]:
    found: dict[str, list[Event]] = {}
    for event in _difficulties(course):
        found.setdefault(event.kind, []).append(event)
    return dict(sorted(found.items()))


def _sessions_until(
    course: Course, what: Literal["noticed", "addressed"], words: str
) -> Iterator[Found]:
    kinds = _by_kind(course)
    if not kinds:
        yield missing(_NONE)
    timeline = Timeline(course)
    for kind, events in kinds.items():
        until = [(timeline.session(event), getattr(event, what)) for event in events]
        sessions = [then - first for first, then in until if then and 0 < first <= then]
        done = sum(then is not None for _, then in until)
        unknown = f"; after how many sessions is not known of {done - len(sessions)}"
        why = f"{done} of {len(events)} {words}{unknown if done > len(sessions) else ''}"
        if not done:
            yield missing(f"none is known to be {words}", kind)
        elif not sessions:
            yield missing(why, kind)
        else:
            yield Found((kind,), float(median(sessions)), len(sessions), why)


def _until_noticed(course: Course) -> Iterator[Found]:
    yield from _sessions_until(course, "noticed", "noticed in a known session")


def _until_addressed(course: Course) -> Iterator[Found]:
    yield from _sessions_until(course, "addressed", "taken up again")


def _open(course: Course) -> Iterator[Found]:
    kinds = _by_kind(course)
    if not kinds:
        yield missing(_NONE)
    for kind, events in kinds.items():
        left = sum(event.addressed is None for event in events)
        yield Found((kind,), float(left), len(events), f"{left} of {len(events)}")


def _taken_up(course: Course) -> Iterator[Found]:
    events, timeline = _difficulties(course), Timeline(course)
    left = [event for event in events if event.addressed is None]
    [last] = numbers(course)[-1:] or [0]
    new = sum(timeline.session(event) == last > 0 for event in left)
    of = "taken up again" + (f"; open, but of the latest session: {new}" if new else "")
    yield share(len(events) - len(left), len(events), of=of, none=_NONE)


def _noticed(course: Course) -> Iterator[Found]:
    role_of = roles(course)
    known = [
        roles_of(role_of, event.noticed_by) for event in _difficulties(course) if event.noticed_by
    ]
    if not known:
        yield missing("no difficulty says who noticed it")
    for role in sorted({role for each in known for role in each}):
        n = sum(role in each for each in known)
        yield share(n, len(known), role, of="noticed", none=_NONE)


DEFINITIONS = (
    Definition(
        id="sessions-to-notice",
        words=_EACH + "the median of the sessions from the event until it was noticed; 0 is the "
        "same session.",
        unit="sessions",
        concepts=("B20", "B74"),
        values=_until_noticed,
    ),
    Definition(
        id="sessions-to-repair-talk",
        words=_EACH + "the median of the sessions from the event until it was taken up again; 0 is "
        "the same session.",
        unit="sessions",
        concepts=("B20", "B72", "C12", "C28"),
        claims=("clearing-up-deepens",),
        values=_until_addressed,
    ),
    Definition(
        id="difficulties-left-open",
        words=_EACH + "how many were not taken up again, as far as is recorded.",
        unit="events",
        concepts=("B64", "C12"),
        values=_open,
    ),
    Definition(
        id="difficulties-taken-up",
        words="Of all difficulties of these kinds together, the share that was taken up again. "
        "Taken up is not resolved. One of the latest session counts as open, too, and is told "
        "apart.",
        unit="share of events, 0 to 1",
        concepts=("B64", "B72"),
        claims=("resolving-prevents-damage",),
        values=_taken_up,
    ),
    Definition(
        id="difficulties-noticed-by",
        words="For each role: of the difficulties that say who noticed them, the share that "
        "someone in the role noticed. Shares may add up to more than 1.",
        unit="share of events, 0 to 1",
        concepts=("B20", "B74"),
        values=_noticed,
    ),
)
