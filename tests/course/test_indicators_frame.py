"""Check-ins, sessions kept or missed, difficulties, talk: small courses, worked by hand."""

from typing import Any

import pytest

from tests.course.dossier import a, course, found, new, on, only, session, values


def check_in(number: int | None, **said: Any) -> Any:
    return new(a.CheckIn, session=number, **said)


def event(kind: str, number: int | None = None, **said: Any) -> Any:
    return new(a.Event, kind=kind, session=number, **said)


SESSIONS = [session(n) for n in range(1, 11)]


def test_balance_is_by_the_role_of_who_began() -> None:
    begun = [check_in(n, begun_by=by) for n, by in enumerate((*"cmtt", None), 1)]
    assert only(course(check_ins=begun), "check-in-balance").value == 2 / 4


def test_what_is_not_said_of_a_check_in_is_left_out() -> None:
    said = [
        check_in(1, explicit=True, answered=False),
        check_in(2, explicit=False),
        check_in(3, explicit=True),
    ]
    of = course(check_ins=said)
    assert only(of, "check-ins-explicit").value == 2 / 3
    assert (only(of, "feedback-answered").value, only(of, "feedback-answered").n) == (0, 1)


@pytest.mark.parametrize(("last", "overdue"), [(8, 0), (7, 0), (6, 1), (2, 5)])
def test_overdue_counts_from_the_last_check_in_by_the_last_cadence(last: int, overdue: int) -> None:
    """Now is session 10."""
    agreed = [check_in(1, cadence=5), check_in(2, cadence=3)]
    later = [check_in(last)] if last > 2 else []
    of = course(sessions=SESSIONS, check_ins=[*agreed, *later])
    assert only(of, "check-in-overdue").value == overdue


def test_without_a_cadence_nothing_is_due() -> None:
    of = course(sessions=SESSIONS, check_ins=[check_in(1)])
    assert only(of, "check-in-overdue").why == "not enough data: no cadence agreed"


def test_a_decision_or_preference_in_the_same_or_next_session_is_a_change() -> None:
    of = course(
        check_ins=[check_in(1), check_in(4), check_in(7), check_in(None)],
        preferences=[new(a.Preference, of="c", about="pace", session=2)],
        understandings=[
            new(a.Understanding, kind="decision", session=4),
            new(a.Understanding, kind="formulation", session=7),
            new(a.Understanding, kind="decision", session=9),
        ],
    )
    assert only(of, "changes-after-check-ins").value == 2 / 3


def test_gaps_are_between_neighbouring_dated_sessions() -> None:
    """7, 14, 7 days; that between 4 and 6 is not known."""
    days = ((1, 0), (2, 7), (3, 21), (4, 28), (6, 50), (7, None))
    of = course(sessions=[session(number, day) for number, day in days])
    assert only(of, "session-gap").value == 7
    assert only(of, "session-gap-longest").value == 14
    variation = only(of, "session-gap-variation").value
    assert variation == pytest.approx(49**0.5 / 3**0.5 / (28 / 3))
    two = course(sessions=[session(number, day) for number, day in days[:3]])
    assert only(two, "session-gap").value is None
    assert only(two, "session-gap-longest").value == 14
    one_day = course(sessions=[session(n, 0) for n in range(1, 5)])
    assert only(one_day, "session-gap").value == 0
    assert only(one_day, "session-gap-variation").value is None


def test_missed_and_cancelled_are_of_all_that_was_planned() -> None:
    events = [
        event("missed", by=("c",)),
        event("cancelled", by=("t",)),
        event("cancelled", by=("c", "m")),
        event("cancelled"),
        event("late", by=("t",), minutes=10),
        event("late", by=("t",), minutes=5),
        event("late", by=("t",)),
        event("late", by=("c",)),
    ]
    of = course(sessions=SESSIONS[:6], events=events)
    assert values(of, "sessions-missed") == {("client",): 1 / 10}
    assert values(of, "sessions-cancelled") == {
        (): 1 / 10,
        ("client",): 1 / 10,
        ("family-member",): 1 / 10,
        ("therapist",): 1 / 10,
    }
    assert values(of, "late-starts") == {("therapist",): 7.5, ("client",): None}
    assert values(course(events=events), "sessions-missed") == {(): None}


def test_follow_up_is_by_contact_or_the_next_session() -> None:
    """Day 7: contact the same day. Day 21: session after 7 days. Day 40: nothing after."""
    of = course(
        sessions=[session(1, 0), session(2, 21), session(3, 28)],
        events=[
            event("missed", date=on(7)),
            event("follow-up", date=on(7)),
            event("cancelled", date=on(21)),
            event("cancelled", date=on(40)),
            event("missed"),
        ],
    )
    indicator = only(of, "follow-up-latency")
    assert (indicator.value, indicator.n) == (3.5, 2)
    assert indicator.why == "followed up: 2 of 4 missed or cancelled sessions"


def test_difficulties_are_counted_by_kind_and_together() -> None:
    of = course(
        events=[
            event("misunderstanding", 2, addressed=2, noticed_by=("t",)),
            event("misunderstanding", 3, addressed=6, noticed=5, noticed_by=("c", "t")),
            event("misunderstanding", 4, addressed=5),
            event("misunderstanding", 5),
            event("problem", 5, noticed=5, noticed_by=("m",)),
            event("negative-feeling", addressed=3),
            event("challenge", 2, addressed=3),
        ]
    )
    assert values(of, "sessions-to-notice") == {
        ("misunderstanding",): 2,
        ("negative-feeling",): None,
        ("problem",): 0,
    }
    assert values(of, "sessions-to-repair-talk") == {
        ("misunderstanding",): 1,
        ("negative-feeling",): None,
        ("problem",): None,
    }
    assert values(of, "difficulties-left-open") == {
        ("misunderstanding",): 1,
        ("negative-feeling",): 0,
        ("problem",): 1,
    }
    assert (only(of, "repair-capacity").value, only(of, "repair-capacity").n) == (4 / 6, 6)
    assert values(of, "difficulties-noticed-by") == {
        ("client",): 1 / 3,
        ("family-member",): 1 / 3,
        ("therapist",): 2 / 3,
    }


def test_talk_is_counted_if_there_was_any() -> None:
    of = course(
        events=[
            event("here-and-now", 1),
            event("here-and-now", 1),
            event("therapist-disclosure", helpful=True),
            event("therapist-disclosure", helpful=False),
            event("therapist-disclosure"),
        ]
    )
    assert only(of, "here-and-now-talks").value == 2
    assert only(of, "therapist-disclosures-helpful").value == 1 / 2
    assert found(course(), "here-and-now-talks")[()].value is None
