"""Difficulties: what was taken up again, how soon, and who noticed."""

from collections.abc import Iterator
from typing import Literal

from therapeutic_alliance.course.indicators.arithmetic import median, share
from therapeutic_alliance.course.indicators.indicator import Definition, Found, missing
from therapeutic_alliance.course.indicators.roles import roles, roles_of
from therapeutic_alliance.model.alliance.dialogue import Event
from therapeutic_alliance.model.course import Course

DIFFICULTIES = ("misunderstanding", "negative-feeling", "problem")
"""Kinds of event that ask to be taken up again. A convention of this library."""

_NONE = "no misunderstanding, negative feeling or problem is recorded"


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
    for kind, events in kinds.items():
        until = [(event.session, getattr(event, what)) for event in events]
        sessions = [then - first for first, then in until if first and then]
        if not sessions:
            yield missing(f"none is known to be {words}", kind)
        else:
            why = f"{len(sessions)} of {len(events)} {words}"
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


def _capacity(course: Course) -> Iterator[Found]:
    events = _difficulties(course)
    addressed = sum(event.addressed is not None for event in events)
    yield share(addressed, len(events), of="taken up again", none=_NONE)


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
        words="For misunderstandings, negative feelings and problems, each on its own: the median "
        "of the sessions from the event until it was noticed; 0 is the same session.",
        unit="sessions",
        concepts=("B20", "B74"),
        values=_until_noticed,
    ),
    Definition(
        id="sessions-to-repair-talk",
        words="For misunderstandings, negative feelings and problems, each on its own: the median "
        "of the sessions from the event until it was taken up again; 0 is the same session.",
        unit="sessions",
        concepts=("B20", "B72", "C12", "C28"),
        claims=("clearing-up-deepens",),
        values=_until_addressed,
    ),
    Definition(
        id="difficulties-left-open",
        words="For misunderstandings, negative feelings and problems, each on its own: how many "
        "were not taken up again, as far as is recorded.",
        unit="events",
        concepts=("B64", "C12"),
        values=_open,
    ),
    Definition(
        id="repair-capacity",
        words="Of all misunderstandings, negative feelings and problems, the share that was "
        "taken up again. Taken up is not resolved.",
        unit="share of events, 0 to 1",
        concepts=("B64", "B72"),
        claims=("resolving-prevents-damage",),
        values=_capacity,
    ),
    Definition(
        id="difficulties-noticed-by",
        words="For each role: of the same events that say who noticed them, the share that "
        "someone in the role noticed. Shares may add up to more than 1.",
        unit="share of events, 0 to 1",
        concepts=("B20", "B74"),
        values=_noticed,
    ),
)
