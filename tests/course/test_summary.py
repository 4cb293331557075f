"""What a summary of a course puts together."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import given

import therapeutic_alliance as ta
from therapeutic_alliance import alliance
from therapeutic_alliance.course.roles import take_part
from therapeutic_alliance.course.summary.summary import Summary, summarise
from therapeutic_alliance.testing.course_strategy import whole_courses

CLIENT = alliance.Participant(id="c", role="client")
THERAPIST = alliance.Participant(id="t", role="therapist")
OBSERVER = alliance.Participant(id="o", role="observer")
PEOPLE = (CLIENT, THERAPIST, OBSERVER)


def _rating(value: float, high: float = 5) -> alliance.Rating:
    return alliance.Rating(value, 1, high)


def _course(**sections: Any) -> ta.Course:
    return ta.Course(case="c1", participants=PEOPLE, **sections)


@given(whole_courses())
def test_every_record_that_happened_stands_in_the_timeline_once(course: ta.Course) -> None:
    current = course.current()
    told = (
        *current.events, *current.check_ins, *current.reports, *current.understandings,
        *current.terminations,
    )  # fmt: skip
    moments = summarise(course).timeline
    assert Counter(each.id for moment in moments for each in moment.happenings) == Counter(
        each.id for each in told
    )
    sessions = [moment.session for moment in moments if moment.session]
    assert sessions == sorted(set(sessions))
    assert {each.number for each in current.sessions} <= set(sessions)


@given(whole_courses())
def test_without_free_text_there_is_none(course: ta.Course) -> None:
    summary = summarise(course.without_free_text())
    agreed = summary.agreed
    assert not any(each.text for moment in summary.timeline for each in moment.happenings)
    assert not any(each.text for each in (*agreed.goals, *agreed.tasks, *agreed.understandings))
    assert not any(each.reason for each in summary.head.endings)


@given(whole_courses())
def test_a_summary_is_of_the_course_as_it_holds(course: ta.Course) -> None:
    def told(of: ta.Course) -> tuple[object, ...]:
        found: Summary = summarise(of)
        return found.agreed, found.bonds, found.timeline, found.open_points, found.indicators

    assert told(course) == told(course.current())
    records = summarise(course).head.records
    assert records.recorded >= records.holding + records.corrections + records.retractions


@given(whole_courses())
def test_everybody_who_is_asked_has_an_answer_or_none(course: ta.Course) -> None:
    current = course.current()
    asked = set(take_part(current))
    for goal in summarise(course).agreed.goals:
        answered = (*goal.agree, *goal.disagree)
        assert len(set(answered)) == len(answered)
        assert asked <= {*answered, *goal.no_answer}
        assert not set(answered) & set(goal.no_answer)


def test_sessions_that_only_other_records_name_are_told() -> None:
    course = _course(
        sessions=[alliance.Session(id="s1", number=1, date=date(2026, 3, 1))],
        check_ins=[alliance.CheckIn(id="k4", session=4)],
        events=[alliance.Event(id="e5", session=5, kind="missed")],
    )
    sessions = summarise(course).head.sessions
    assert (sessions.listed, sessions.unlisted, sessions.first, sessions.last) == (1, 1, 1, 4)
    assert [each.session for each in summarise(course).timeline] == [1, 4, 5]


def test_a_day_stands_after_the_session_before_it_and_what_has_no_day_comes_last() -> None:
    days = {1: date(2026, 3, 1), 2: date(2026, 3, 8), 3: date(2026, 3, 15)}
    course = _course(
        sessions=[alliance.Session(id=f"s{n}", number=n, date=day) for n, day in days.items()],
        events=[
            alliance.Event(id="e1", kind="life-event"),
            alliance.Event(id="e2", kind="life-event", date=date(2026, 3, 9)),
            alliance.Event(id="e3", kind="life-event", date=date(2026, 2, 1)),
        ],
    )
    moments = summarise(course).timeline
    assert [(each.session, [told.id for told in each.happenings]) for each in moments] == [
        (None, ["e3"]), (1, []), (2, []), (None, ["e2"]), (3, []), (None, ["e1"]),
    ]  # fmt: skip


def test_a_later_answer_takes_the_place_of_an_earlier_one() -> None:
    course = _course(
        goals=[alliance.Goal(id="g1", session=1)],
        agreements=[
            alliance.Agreement(id="a2", about="g1", by="c", session=3, agrees=False),
            alliance.Agreement(id="a1", about="g1", by="c", session=2, agrees=True),
        ],
    )
    [goal] = summarise(course).agreed.goals
    assert (goal.agree, goal.disagree, goal.no_answer) == ((), ("c",), ("t",))


def test_the_latest_status_of_each_is_kept_and_differences_are_told() -> None:
    course = _course(
        goals=[alliance.Goal(id="g1", session=1)],
        goal_reviews=[
            alliance.GoalReview(id="r1", goal="g1", by="c", session=2, status="active"),
            alliance.GoalReview(id="r2", goal="g1", by="c", session=3, attainment=_rating(3)),
            alliance.GoalReview(id="r3", goal="g1", by="t", session=2, status="attained"),
        ],
    )
    [goal] = summarise(course).agreed.goals
    seen = {each.by: (each.status, each.attainment) for each in goal.seen}
    assert seen == {"c": ("active", _rating(3)), "t": ("attained", None)}
    assert goal.status == "seen differently"


def test_scales_and_raters_of_a_bond_are_kept_apart() -> None:
    course = _course(
        bonds=[
            alliance.Bond(
                id=f"b{n}", session=n, of="c", toward="t", facet="trust", rating=rating, by=by
            )
            for n, (rating, by) in enumerate(
                [(_rating(2), None), (_rating(6, 7), None), (_rating(4), "c"), (_rating(1), "o")], 1
            )
        ],
    )
    told = {(each.by, each.rating.high): each for each in summarise(course).bonds}
    assert {key: each.rating.value for key, each in told.items()} == {
        ("c", 5): 4, ("c", 7): 6, ("o", 5): 1,
    }  # fmt: skip
    assert told["c", 5].before == _rating(2)


def test_what_was_addressed_or_rated_is_not_open() -> None:
    course = _course(
        sessions=[alliance.Session(id=f"s{n}", number=n) for n in range(1, 10)],
        events=[
            alliance.Event(id="e1", session=2, kind="misunderstanding", addressed=3),
            alliance.Event(id="e2", session=2, kind="problem"),
            alliance.Event(id="e3", session=2, kind="disclosure"),
        ],
        reports=[
            alliance.Report(id="r1", session=4, by="c", rupture=True, resolution=_rating(2)),
            alliance.Report(id="r2", session=5, by="t", rupture=True),
            alliance.Report(id="r3", session=5, by="c", rupture=False),
        ],
        check_ins=[alliance.CheckIn(id="k1", session=3, cadence=4)],
    )
    points = summarise(course).open_points
    assert [(each.what, each.kind, each.session) for each in points] == [
        ("event", "problem", 2),
        ("report", None, 5),
        ("check-in", None, None),
    ]
    assert "due by session 7" in points[-1].why


def test_a_goal_that_someone_disagrees_with_is_open() -> None:
    course = _course(
        goals=[alliance.Goal(id="g1", session=1)],
        tasks=[alliance.Task(id="k1", session=2, kind="homework")],
        agreements=[
            alliance.Agreement(id="a1", about="g1", by="c", session=1, agrees=False),
            alliance.Agreement(id="a2", about="g1", by="c", session=3, agrees=True),
            alliance.Agreement(id="a3", about="g1", by="o", session=3, agrees=False),
            alliance.Agreement(id="a4", about="k1", by="t", session=3, agrees=True),
            alliance.Agreement(id="a5", about="k1", by="c", session=3, agrees=False),
        ],
    )
    [point] = summarise(course).open_points
    assert (point.what, point.kind, point.of, point.by) == ("disagreement", "task", "k1", ("c",))


def test_of_two_reports_of_one_person_and_session_the_latest_counts() -> None:
    course = _course(
        sessions=[alliance.Session(id="s3", number=3, date=date(2026, 3, 1))],
        reports=[
            alliance.Report(id="r1", session=3, by="c", rupture=True),
            alliance.Report(id="r2", session=3, by="c", rupture=False, date=date(2026, 3, 4)),
        ],
    )
    summary = summarise(course)
    assert summary.open_points == ()
    [moment] = [each for each in summary.timeline if each.happenings]
    told = {each.id: (each.rupture, each.later) for each in moment.happenings}
    assert told == {"r1": (True, False), "r2": (False, None)}


@pytest.mark.parametrize(
    ("end", "open_"),
    [
        (alliance.Termination(id="x1", session=5), False),
        (alliance.Termination(id="x1"), False),
        (alliance.Termination(id="x1", session=4), True),
        (alliance.Termination(id="x1", date=date(2026, 3, 2)), True),
        (alliance.Termination(id="x1", date=date(2026, 3, 9)), False),
    ],
)
def test_after_the_end_no_check_in_is_due_but_somebody_who_leaves_ends_nothing(
    end: alliance.Termination, *, open_: bool
) -> None:
    sessions = [alliance.Session(id=f"s{n}", number=n, date=date(2026, 3, n)) for n in range(1, 6)]
    course = _course(
        sessions=sessions,
        check_ins=[alliance.CheckIn(id="k1", session=1, cadence=1)],
        terminations=[end],
    )
    summary = summarise(course)
    assert bool(summary.open_points) == open_
    [ending] = summary.head.endings
    assert ending.leaves == open_
    told = [each.what for moment in summary.timeline for each in moment.happenings]
    assert ("left" in told, "end" in told) == (open_, not open_)


@pytest.mark.parametrize("when", [{"session": 5}, {"date": date(2026, 3, 9)}, {}])
@pytest.mark.parametrize(
    ("by", "leaves"),
    [
        (("m3",), True),
        (("m1", "m2"), True),
        (("m1", "m2", "m3"), False),
        (("t",), False),
        (("m3", "t"), False),
        (("s",), False),
        (("o",), True),
        ((), False),
    ],
)
def test_one_member_who_leaves_ends_no_course_whenever_it_is(
    when: dict[str, Any], by: tuple[str, ...], *, leaves: bool
) -> None:
    summary = summarise(_group(alliance.Termination(id="x1", by=by, **when)))
    [ending] = summary.head.endings
    assert ending.leaves == leaves
    assert [each.what for each in summary.open_points] == ["check-in"] * leaves
    [overdue] = [each for each in summary.indicators if each.id == "check-in-overdue"]
    assert overdue.value == 3
    assert overdue.why.endswith("; the course has ended") != leaves


def test_the_last_member_who_leaves_ends_the_course() -> None:
    ends = [
        alliance.Termination(id="x1", session=2, by=("m1",)),
        alliance.Termination(id="x2", session=5, by=("m2",)),
        alliance.Termination(id="x3", session=5, by=("m3",)),
    ]
    assert [each.leaves for each in summarise(_group(*ends)).head.endings] == [True, False, False]
    assert [each.leaves for each in summarise(_group(*ends[1:])).head.endings] == [True, True]


def _group(*ends: alliance.Termination) -> ta.Course:
    people = {"m1": "group-member", "m2": "group-member", "m3": "group-member"}
    people |= {"t": "therapist", "s": "supervisor", "o": "observer"}
    return ta.Course(
        case="c1",
        participants=tuple(alliance.Participant(id=id_, role=role) for id_, role in people.items()),
        sessions=tuple(
            alliance.Session(id=f"s{n}", number=n, date=date(2026, 3, n)) for n in range(1, 6)
        ),
        check_ins=(alliance.CheckIn(id="k1", session=1, cadence=1),),
        terminations=ends,
    )


def test_therapists_who_follow_one_another_are_told_by_attendance() -> None:
    def course(there: list[tuple[str, ...]]) -> ta.Course:
        people = [CLIENT, THERAPIST, alliance.Participant(id="t2", role="therapist")]
        sessions = [
            alliance.Session(id=f"s{n}", number=n, attended=who) for n, who in enumerate(there, 1)
        ]
        return ta.Course(case="c1", participants=tuple(people), sessions=tuple(sessions))

    changed = course([("c", "t"), ("c", "t"), ("c",), ("c", "t2")])
    assert [
        (each.id, each.sessions, each.first, each.last)
        for each in summarise(changed).head.therapists
    ] == [("t", 2, 1, 2), ("t2", 1, 4, 4)]
    handed_over = course([("t",), ("t", "t2"), ("t2",)])
    told = [(each.id, each.first, each.last) for each in summarise(handed_over).head.therapists]
    assert told == [("t", 1, 2), ("t2", 2, 3)]
    joined = course([("t",), ("t", "t2"), ("t", "t2")])
    assert summarise(joined).head.therapists == ()
    both = course([("t", "t2"), ("t",), ("t2",), ("t", "t2")])
    assert summarise(both).head.therapists == ()
    assert summarise(course([("t",), ("c",)])).head.therapists == ()


def test_phases_are_of_sessions_that_took_place() -> None:
    event = alliance.Event(id="e1", session=7, kind="cancelled", by=("c",))
    assert summarise(_course(events=[event])).phases is None
    held = summarise(_course(events=[event], check_ins=[alliance.CheckIn(id="k1", session=2)]))
    assert held.phases is not None
    assert [(each.first, each.last) for each in held.phases] == [(2, 2)]


def test_who_looks_on_is_not_waited_for() -> None:
    people = (*PEOPLE, alliance.Participant(id="aunt", role="collateral"))
    course = ta.Course(case="c1", participants=people, goals=(alliance.Goal(id="g1"),))
    [goal] = summarise(course).agreed.goals
    assert goal.no_answer == ("c", "t")


def test_facets_against_the_alliance_are_marked() -> None:
    course = _course(
        bonds=[
            alliance.Bond(id=f"b{n}", session=n, of="c", toward="t", facet=facet, rating=_rating(2))
            for n, facet in enumerate(("trust", "withholding", "own-facet"), 1)
        ],
    )
    told = {each.facet: each.adverse for each in summarise(course).bonds}
    assert told == {"trust": False, "withholding": True, "own-facet": False}


def test_a_check_in_that_is_not_due_yet_is_not_open() -> None:
    sessions = [alliance.Session(id=f"s{n}", number=n) for n in range(1, 8)]
    course = _course(
        sessions=sessions,
        check_ins=[alliance.CheckIn(id="k1", session=3, cadence=4)],
    )
    assert summarise(course).open_points == ()


def test_marks_tell_course_share_and_rule() -> None:
    courses = [
        ta.Series.of(values, low=0, high=10, rater=rater)
        for values, rater in (([2, None], "client"), ([5, 10], "therapist"))
    ]
    flags = ta.Flags(
        detector="own-rule",
        mode="online",
        flags=(ta.Flag(session=1, flag=False, why=""), ta.Flag(session=2, flag=True, why="")),
    )
    summary = summarise(ta.Course(case="c1"), courses, [_Looked(courses[1], flags)])
    told = [
        [(mark.course, mark.share, mark.flagged_by) for mark in each.marks]
        for each in summary.timeline
    ]
    assert told == [[(0, 0.2, ()), (1, 0.5, ())], [(1, 1.0, ("own-rule",))]]


class _Looked:
    def __init__(self, series: ta.Series, flags: ta.Flags) -> None:
        self.series = series
        self.flags = flags
