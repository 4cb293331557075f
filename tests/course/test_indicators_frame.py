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


@pytest.mark.parametrize(
    ("role", "value"),
    [(role, 1) for role in ("client", "parent", "family-member", "group-member", "supervisee")]
    + [(role, 0) for role in ("therapist", "observer", "supervisor", "collateral")],
)
def test_those_count_as_clients_for_whom_the_work_is_done(role: Any, value: int) -> None:
    of = course(
        participants=[a.Participant(id="p", role=role)], check_ins=[check_in(1, begun_by="p")]
    )
    assert only(of, "check-in-balance").value == value


def test_what_is_not_said_of_a_check_in_is_left_out() -> None:
    said = [
        check_in(1, explicit=True, answered=False),
        check_in(2, explicit=False),
        check_in(3, explicit=True),
    ]
    of = course(check_ins=said)
    assert only(of, "check-ins-explicit").value == 2 / 3
    assert (only(of, "feedback-answered").value, only(of, "feedback-answered").n) == (0, 1)


def test_feedback_is_asked_of_a_client_and_not_by_one() -> None:
    begun = [check_in(n, begun_by=by, answered=by in "cm") for n, by in enumerate("cmt", 1)]
    assert (only(course(check_ins=begun), "feedback-answered").n) == 1
    assert only(course(check_ins=begun), "feedback-answered").value == 0
    assert only(course(check_ins=begun[:2]), "feedback-answered").value is None


@pytest.mark.parametrize(("last", "overdue"), [(8, 0), (7, 0), (6, 1), (2, 5)])
def test_overdue_counts_from_the_last_check_in_by_the_last_cadence(last: int, overdue: int) -> None:
    """Now is session 10."""
    agreed = [check_in(1, cadence=5), check_in(2, cadence=3)]
    later = [check_in(last)] if last > 2 else []
    of = course(sessions=SESSIONS, check_ins=[*agreed, *later])
    assert only(of, "check-in-overdue").value == overdue


def test_now_is_the_latest_session_that_anything_belongs_to() -> None:
    """Not one that did not take place. A check-in on the day of a session belongs to it."""
    form = a.FilledForm(id="f", measure="srs", session=4, rater="client", answers={})
    due = check_in(1, cadence=2)
    assert only(course(check_ins=[due], administrations=[form]), "check-in-overdue").value == 1
    later = course(
        sessions=[session(1, 0), session(2, 7)],
        check_ins=[check_in(None, date=on(7), cadence=1)],
        events=[event("problem", 5), event("cancelled", 9)],
    )
    why = "last in session 2, due by session 3, now session 5"
    assert only(later, "check-in-overdue").why == why


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


@pytest.mark.parametrize(
    ("moment", "change", "follows"),
    [
        ("start", {"session": 1}, 1),
        ("end", {"session": 1}, 0),
        ("end", {"session": 2}, 1),
        ("end", {"date": on(3)}, 1),
        ("end", {"session": 3}, 0),
        ("between-sessions", {"session": 1}, 0),
        (None, {"date": on(9)}, 1),
        (None, {"date": on(14)}, 0),
    ],
)
def test_what_changes_after_a_check_in_is_not_before_its_end(
    moment: str | None, change: dict[str, Any], follows: int
) -> None:
    of = course(
        sessions=[session(n, 7 * n - 7) for n in (1, 2, 3)],
        check_ins=[check_in(1, moment=moment)],
        preferences=[new(a.Preference, of="c", about="pace", **change)],
    )
    assert only(of, "changes-after-check-ins").value == follows


@pytest.mark.parametrize(
    ("check", "change", "follows"), [(3, 2, 0), (3, 3, 1), (3, 4, 1), (3, None, 1), (None, 2, 1)]
)
def test_what_is_dated_before_a_check_in_does_not_follow_it(
    check: int | None, change: int | None, follows: int
) -> None:
    def dated(days: int | None) -> Any:
        return None if days is None else on(days)

    of = course(
        sessions=[session(1, 0), session(2, 7)],
        check_ins=[check_in(1, date=dated(check))],
        understandings=[new(a.Understanding, kind="decision", session=1, date=dated(change))],
    )
    found_ = only(of, "changes-after-check-ins")
    assert found_.value == follows
    assert "in the same session or later" in found_.why


def test_a_check_in_between_sessions_is_after_the_one_before() -> None:
    of = course(
        sessions=[session(1, 0), session(2, 7)],
        check_ins=[check_in(None, date=on(3), cadence=3)],
        preferences=[new(a.Preference, of="c", about="pace", session=1)],
    )
    assert only(of, "changes-after-check-ins").value == 0
    on_the_day = course(
        sessions=of.sessions, check_ins=[check_in(None, date=on(0))], preferences=of.preferences
    )
    assert only(on_the_day, "changes-after-check-ins").value == 1
    assert only(of, "check-in-overdue").why == "last in session 1, due by session 4, now session 2"


def test_without_any_decision_or_preference_nothing_is_known_to_have_changed() -> None:
    assert only(course(check_ins=[check_in(1)]), "changes-after-check-ins").value is None


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
    taken_up = only(of, "difficulties-taken-up")
    why = "4 of 6 taken up again; open, but of the latest session: 2"
    assert (taken_up.value, taken_up.n, taken_up.why) == (4 / 6, 6, why)
    assert values(of, "difficulties-noticed-by") == {
        ("client",): 1 / 3,
        ("family-member",): 1 / 3,
        ("therapist",): 2 / 3,
    }


def test_markers_of_rupture_that_were_noted_are_difficulties() -> None:
    """The last session can be followed by nothing yet."""
    of = course(
        sessions=[session(1, 0), session(2, 7)],
        events=[
            event("withdrawal", 1, addressed=2),
            event("confrontation", date=on(3), addressed=2),
            event("confrontation", date=on(9)),
            event("withdrawal", 1),
            event("distance", 2),
            event("problem", date=on(9), addressed=1),
        ],
    )
    why = "3 of 5 taken up again; open, but of the latest session: 1"
    assert only(of, "difficulties-taken-up").why == why
    assert values(of, "sessions-to-repair-talk") == {
        ("confrontation",): 1,
        ("problem",): None,  # taken up before it happened: one of the two is wrong
        ("withdrawal",): 1,
    }
    left = {("confrontation",): 1, ("problem",): 0, ("withdrawal",): 1}
    assert values(of, "difficulties-left-open") == left


def test_what_is_taken_up_of_an_unknown_session_is_taken_up() -> None:
    unknown = event("problem", addressed=3)
    why = "1 of 1 taken up again; after how many sessions is not known of 1"
    alone = only(course(events=[unknown]), "sessions-to-repair-talk")
    assert (alone.value, alone.why) == (None, f"not enough data: {why}")
    beside = course(events=[unknown, event("problem", 2, addressed=3), event("problem", 4)])
    indicator = only(beside, "sessions-to-repair-talk")
    assert (indicator.value, indicator.n) == (1, 1)
    assert indicator.why == "2 of 3 taken up again; after how many sessions is not known of 1"


def test_one_is_told_in_the_singular() -> None:
    late = course(events=[event("late", by=("t",), minutes=5)])
    assert only(late, "late-starts").why == "1 late start, minutes known of 1"
    two = course(sessions=[session(1, 0), session(2, 7)])
    why = "not enough data: 1 gap between dated sessions, 3 needed"
    assert only(two, "session-gap").why == why


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
