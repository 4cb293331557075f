"""Check-ins: who begins them, whether one is due, what came of them."""

from collections.abc import Iterator
from datetime import date
from itertools import chain

from therapeutic_alliance.course.endings import has_ended
from therapeutic_alliance.course.indicators.arithmetic import share
from therapeutic_alliance.course.indicators.indicator import Definition, Found, missing
from therapeutic_alliance.course.roles import is_client, roles
from therapeutic_alliance.course.timeline import Timeline, numbers
from therapeutic_alliance.model.course import Course

_LAST = ("end", "between-sessions")
"""Moments of a check-in after which nothing is recorded in the same session."""
ENDED = "the course has ended"
"""How ``why`` ends of a check-in that is not due any more."""


def _balance(course: Course) -> Iterator[Found]:
    role_of = roles(course)
    begun = [is_client(role_of[each.begun_by]) for each in course.check_ins if each.begun_by]
    none = "no check-in says who began it"
    yield share(sum(begun), len(begun), of="begun by a client", none=none)


def _explicit(course: Course) -> Iterator[Found]:
    known = [each.explicit for each in course.check_ins if each.explicit is not None]
    none = "no check-in says whether the relationship was named"
    yield share(sum(known), len(known), of="named the relationship", none=none)


def _answered(course: Course) -> Iterator[Found]:
    role_of = roles(course)
    known = [
        each.answered
        for each in course.check_ins
        if each.answered is not None and not (each.begun_by and is_client(role_of[each.begun_by]))
    ]
    none = "no check-in not begun by a client says whether feedback was given"
    yield share(sum(known), len(known), of="answered", none=none)


def _overdue(course: Course) -> Iterator[Found]:
    timeline = Timeline(course)
    check_ins = sorted(course.check_ins, key=timeline.place)
    agreed = [each.cadence for each in check_ins if each.cadence]
    if not agreed:
        yield missing("no cadence agreed", n=len(check_ins))
        return
    last = timeline.session(check_ins[-1])
    if not last:
        yield missing("no check-in belongs to a known session", n=len(check_ins))
        return
    now = numbers(course)[-1]
    due = last + agreed[-1]
    ended = f"; {ENDED}" if has_ended(course) else ""
    why = f"last in session {last}, due by session {due}, now session {now}{ended}"
    yield Found((), float(max(0, now - due)), len(check_ins), why)


def _changes(course: Course) -> Iterator[Found]:
    """Twice the session is in it, one more is at its end or after it."""
    timeline = Timeline(course)
    decisions = [each for each in course.understandings if each.kind == "decision"]
    changed: dict[int, date] = {}
    for each in chain(decisions, course.preferences):
        if session := timeline.session(each):
            place = 2 * session + timeline.is_after(each)
            changed[place] = max(each.date or date.max, changed.get(place, date.min))
    if not changed:
        yield missing("no decision or preference belongs to a known session")
        return
    placed = [
        (2 * session + (each.moment in _LAST or timeline.is_after(each)), each.date or date.min)
        for each in course.check_ins
        if (session := timeline.session(each))
    ]
    followed = sum(
        any(
            place in changed and changed[place] >= day for place in range(first, first // 2 * 2 + 4)
        )
        for first, day in placed
    )
    of = "with a decision or preference in the same session or later, by the end of the next one"
    yield share(followed, len(placed), of=of, none="no check-in belongs to a known session")


DEFINITIONS = (
    Definition(
        id="check-in-balance",
        words="Of the check-ins that say who began them, the share that a client began. Clients "
        "are also parents, family and group members, and supervisees.",
        unit="share of check-ins, 0 to 1",
        concepts=("A15", "D20"),
        values=_balance,
    ),
    Definition(
        id="check-ins-explicit",
        words="Of the check-ins that say whether the relationship was named, the share in which "
        "it was.",
        unit="share of check-ins, 0 to 1",
        concepts=("D19",),
        values=_explicit,
    ),
    Definition(
        id="feedback-answered",
        words="Of the check-ins that no client began, as far as is recorded, and that say whether "
        "feedback was given when it was asked for, the share in which it was.",
        unit="share of check-ins, 0 to 1",
        concepts=("C15", "E20"),
        claims=("taking-part-empowers",),
        values=_answered,
    ),
    Definition(
        id="check-in-overdue",
        words="By how many sessions the next check-in is late: the number of the latest session "
        "(listed, or with a record; not one that is only recorded as missed or cancelled) minus "
        "that of the last check-in and the cadence agreed last; 0 if it is not late. After the end "
        "of the course it is told, too, and that it has ended.",
        unit="sessions",
        concepts=("E20", "E30"),
        values=_overdue,
    ),
    Definition(
        id="changes-after-check-ins",
        words="Of the check-ins that belong to a known session, the share with a decision or a "
        "preference recorded in the same session or the next; not in the same, if the check-in "
        "was at its end or after it, and none that is dated before the check-in. In which order "
        "they were within a session is not known without dates. It does not say that one came of "
        "the other. Without any decision or preference there is not enough data.",
        unit="share of check-ins, 0 to 1",
        concepts=("E30",),
        values=_changes,
    ),
)
