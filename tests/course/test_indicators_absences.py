"""Sessions missed, cancelled and followed up: small courses, worked by hand."""

from typing import Any

import pytest

from tests.course.dossier import a, course, found, new, on, only, session, values


def event(kind: str, number: int | None = None, **said: Any) -> Any:
    return new(a.Event, kind=kind, session=number, **said)


SESSIONS = [session(n) for n in range(1, 11)]


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
    assert values(of, "sessions-missed") == {(): 1 / 10, ("c",): 1 / 10}
    assert values(of, "sessions-cancelled") == {
        (): 3 / 10,
        ("c",): 1 / 10,
        ("m",): 1 / 10,
        ("t",): 1 / 10,
    }
    assert values(of, "late-starts") == {("t",): 7.5, ("c",): None}
    assert values(course(events=events), "sessions-missed") == {(): None}


def test_who_misses_a_listed_session_adds_none_to_those_planned() -> None:
    """A group met ten times; each of seven members missed one of these."""
    members = [a.Participant(id=f"p{n}", role="group-member") for n in range(1, 8)]
    events = [event("missed", n, by=(f"p{n}",)) for n in range(1, 8)]
    of = course(participants=members, sessions=SESSIONS, events=events)
    shares = values(of, "sessions-missed")
    assert shares[()] is None
    assert {about: share for about, share in shares.items() if about} == {
        (each.id,): 1 / 10 for each in members
    }
    dated = course(
        sessions=[session(1, 0), session(2, 7)],
        events=[event("missed", date=on(7), by=("c",)), event("missed", 9, date=on(0), by=("c",))],
    )
    assert values(dated, "sessions-missed") == {(): None, ("c",): 1}


@pytest.mark.parametrize(
    ("by", "attended", "held"),
    [
        ([()], (), False),
        ([("c", "m", "t")], (), False),
        ([("c",), ("m", "t")], (), False),
        ([("c", "m")], (), True),
        ([()], ("c", "m", "t"), False),
        ([()], ("c", "t"), True),
        ([("c", "m", "t")], ("c",), True),
    ],
)
def test_a_listed_session_that_everybody_missed_did_not_take_place(
    by: list[tuple[str, ...]], attended: tuple[str, ...], *, held: bool
) -> None:
    listed = a.Session(id="s2", number=2, attended=attended)
    events = [event("missed", 2, by=those) for those in by]
    of = course(sessions=[session(1), listed, session(3)], events=events)
    missed = found(of, "sessions-missed")
    named = {(each,) for those in by for each in those}
    assert set(missed) == {(), *named}
    assert {missed[each].value for each in named} <= {1 / 3}
    assert missed[()].value == (None if held else 1 / 3)
    assert missed[()].why.endswith("1 of 3 planned did not take place") != held
    if named and held:
        why = "not enough data: every missed session took place without somebody"
        assert missed[()].why == why


def test_several_records_of_one_date_or_number_are_one_session() -> None:
    """Two sessions did not take place: that of day 7, which is number 3, and number 4."""
    of = course(
        sessions=[session(1, 0), session(2, 3)],
        events=[
            event("missed", date=on(7), by=("c",)),
            event("missed", 3, date=on(7), by=("m",)),
            event("missed", 3, by=("c",)),
            event("cancelled", 4, by=("c", "t")),
            event("cancelled", 4, date=on(20), by=("t",)),
        ],
    )
    assert values(of, "sessions-missed") == {(): 1 / 4, ("c",): 1 / 4, ("m",): 1 / 4}
    assert values(of, "sessions-cancelled") == {(): 1 / 4, ("c",): 1 / 4, ("t",): 1 / 4}
    one_day = [event("missed", date=on(7), by=(by,)) for by in "cm"]
    shares = values(course(sessions=[session(1, 0)], events=one_day), "sessions-missed")
    assert shares == {(): 1 / 2, ("c",): 1 / 2, ("m",): 1 / 2}


def test_follow_up_of_a_session_that_others_held() -> None:
    """Its date is that of the session; two who missed it are followed up as one."""
    of = course(
        sessions=[session(1, 0), session(2, 7)],
        events=[
            event("missed", 1, by=("c",)),
            event("missed", 1, by=("m",)),
            event("follow-up", date=on(2)),
        ],
    )
    assert only(of, "follow-up-latency").why == "followed up: 1 of 1 missed or cancelled sessions"
    assert only(of, "follow-up-latency").value == 2


@pytest.mark.parametrize(
    ("contact", "days"),
    [
        ({"toward": ("m",)}, 14),
        ({"toward": ("m", "c")}, 1),
        ({"toward": ("t",), "by": ("c",)}, 1),
        ({"by": ("t",)}, 1),
    ],
)
def test_a_follow_up_is_of_who_was_absent(contact: dict[str, Any], days: int) -> None:
    """The client is absent on day 0 and, with or without attendance, on day 7."""
    follow_up = event("follow-up", date=on(1), **contact)
    absent = a.Session(id="s2", number=2, date=on(7), attended=("m", "t"))
    of = course(
        sessions=[session(1, 0), absent, session(3, 14)],
        events=[event("missed", 1, by=("c",)), follow_up],
    )
    assert only(of, "follow-up-latency").value == days
    silent = course(
        sessions=[session(1, 0), session(2, 7), session(3, 14)],
        events=[event("missed", n, by=("c",)) for n in (1, 2)] + [follow_up],
    )
    assert only(silent, "follow-up-latency").value == (days + 7) / 2


def test_who_is_absent_and_no_client_is_followed_up_by_any_contact() -> None:
    """A listed session that did not take place is none."""
    of = course(
        sessions=[session(1, 0), session(2, 7), session(3, 14)],
        events=[event("cancelled", 1, by=("t",)), event("missed", 2)],
    )
    assert only(of, "follow-up-latency").value == (14 + 7) / 2
    toward = event("follow-up", date=on(2), toward=("c",))
    told = course(sessions=of.sessions, events=[*of.events, toward])
    assert only(told, "follow-up-latency").value == (2 + 7) / 2


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
