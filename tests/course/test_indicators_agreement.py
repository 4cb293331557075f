"""Goals, tasks, understandings and preferences: small courses, worked by hand."""

from typing import Any

import pytest

from tests.course.dossier import PEOPLE, a, course, found, new, on, only, session, values


def answer(about: str, by: str, agrees: bool, number: int | None = None, **when: Any) -> Any:
    return new(a.Agreement, about=about, by=by, agrees=agrees, session=number, **when)


GOALS = [
    a.Goal(id="g1", proposed_by=("c",)),
    a.Goal(id="g2", proposed_by=("t",)),
    a.Goal(id="g3", proposed_by=("c", "t")),
    a.Goal(id="g4"),
]


def test_goal_agreement_needs_two_answers_to_a_goal() -> None:
    answers = [
        *(answer("g1", by, True) for by in "ct"),
        *(answer("g2", by, by == "t") for by in "ct"),
        answer("g3", "c", True),
    ]
    indicator = only(course(goals=GOALS, agreements=answers), "goal-agreement")
    assert (indicator.value, indicator.n) == (1 / 2, 2)
    assert only(course(goals=GOALS, agreements=answers[-1:]), "goal-agreement").value is None


def test_the_latest_answer_counts_whatever_says_when_it_was() -> None:
    """By session; a date without a session belongs to the last session before it."""
    sessions = [session(1, 0), session(2, 7), session(3, 14)]
    both = [answer("g1", "t", True, 1), answer("g1", "c", True, 2)]
    later = answer("g1", "c", False, date=on(10))
    earlier = answer("g1", "c", False, date=on(6))
    for last, value in ((later, 0), (earlier, 1)):
        of = course(goals=GOALS, sessions=sessions, agreements=[last, *both])
        assert only(of, "goal-agreement").value == value


LOOKING_ON = [
    a.Participant(id=role, role=role) for role in ("observer", "supervisor", "collateral")
]


def test_only_those_are_asked_who_take_part_in_the_work() -> None:
    answers = [*(answer("g1", by, True) for by in "ct"),
               *(answer("g1", each.id, False) for each in LOOKING_ON)]  # fmt: skip
    people = [*PEOPLE, *LOOKING_ON]
    of = course(participants=people, goals=GOALS[:1], agreements=answers)
    assert only(of, "goal-agreement").why == "all agree to 1 of 1"
    assert values(of, "goal-overlap") == {("c", "t"): 1}
    proposed = [a.Goal(id="g1", proposed_by=("c", "observer"))]
    assert values(course(participants=people, goals=proposed), "goal-overlap") == {(): None}


@pytest.mark.parametrize(
    ("system", "agreed"), [("supervision", 0), (None, 0), ("individual", None)]
)
def test_in_a_supervision_the_supervisor_is_asked(system: str | None, agreed: float | None) -> None:
    """A course that does not say what it is, but has a supervisee, is one."""
    people = [LOOKING_ON[1], a.Participant(id="own", role="supervisee")]
    answers = [answer("g1", "supervisor", False), answer("g1", "own", True)]
    of = course(system=system, participants=people, goals=[a.Goal(id="g1")], agreements=answers)
    assert only(of, "goal-agreement").value == agreed


def test_overlap_is_of_each_pair_and_who_proposes_holds_it() -> None:
    answers = [answer("g1", "t", True), answer("g3", "c", False), answer("g2", "m", False)]
    of = course(goals=GOALS, agreements=answers)
    assert values(of, "goal-overlap") == {
        ("c", "m"): 0,
        ("c", "t"): 1 / 3,
        ("m", "t"): 0,
    }
    assert values(course(goals=GOALS[:1]), "goal-overlap") == {(): None}
    refused = [answer("g4", by, False) for by in "ct"]
    assert values(course(goals=GOALS[3:], agreements=refused), "goal-overlap") == {("c", "t"): None}


def test_goals_from_clients_are_of_those_that_say_who_proposed_them() -> None:
    assert only(course(goals=GOALS), "goals-from-clients").value == 2 / 3


def review(goal: str, by: str | None, number: int, **said: Any) -> Any:
    return new(a.GoalReview, goal=goal, by=by, session=number, **said)


def test_reviews_are_told_for_each_participant_by_the_latest_of_each_goal() -> None:
    reviews = [
        review("g1", "c", 1, clarity=a.Rating(1, 1, 5), status="active"),
        review("g1", "c", 4, clarity=a.Rating(5, 1, 5)),
        review("g2", "c", 2, clarity=a.Rating(3, 1, 5), status="attained"),
        review("g1", "t", 2, clarity=a.Rating(3, 1, 5), status="partly-attained"),
        review("g2", "t", 2, clarity=a.Rating(3, 0, 5), attainment=a.Rating(30, 0, 100)),
        review("g2", None, 2, clarity=a.Rating(2, 1, 5)),
    ]
    of = course(goals=GOALS, goal_reviews=reviews)
    assert values(of, "goal-clarity") == {(): 1 / 4, ("c",): 3 / 4, ("t",): None}
    assert "two scales" in found(of, "goal-clarity")["t",].why
    assert values(of, "goals-attained") == {("c",): 1 / 2, ("t",): 0}
    assert found(of, "goals-attained")["t",].why == "1 partly-attained"
    assert values(of, "goal-attainment") == {("t",): 0.3}


def test_tasks_without_a_goal_and_what_both_agree_to() -> None:
    tasks = [
        a.Task(id="t1", kind="homework", serves=("g1",)),
        a.Task(id="t2", kind="activity"),
        a.Task(id="t3", kind="intervention", serves=("g1", "g2")),
    ]
    answers = [answer("t1", by, True) for by in "ct"] + [answer("g1", by, False) for by in "ct"]
    of = course(goals=GOALS, tasks=tasks, agreements=answers)
    assert only(of, "tasks-without-goal").value == 1 / 3
    assert only(of, "task-agreement").value == 1


def test_homework_partly_done_is_told_apart() -> None:
    tasks = [a.Task(id=f"h{n}", kind="homework") for n in range(4)]
    tasks.append(a.Task(id="other", kind="activity"))
    said = (("h0", "no", 1), ("h0", "yes", 2), ("h1", "partly", 2), ("h2", "no", 2))
    reviews = [
        new(a.TaskReview, task=task, done=done, session=number)
        for task, done, number in (*said, ("other", "yes", 2))
    ]
    indicator = only(course(tasks=tasks, task_reviews=reviews), "homework-done")
    assert (indicator.value, indicator.n) == (1 / 3, 3)
    assert indicator.why == "1 yes, 1 partly, 1 no"
    assert indicator.about == ()


@pytest.mark.parametrize("ids", ["ab", "ba"])
def test_nobody_overrules_another_about_homework(ids: str) -> None:
    """Whatever their ids, and whichever says so later in the session."""
    reviews = [
        a.TaskReview(id=id_, task="h", done="yes" if by == "c" else "no", by=by, session=2)
        for id_, by in zip(ids, "cm", strict=True)
    ]
    of = course(tasks=[a.Task(id="h", kind="homework")], task_reviews=reviews)
    assert values(of, "homework-done") == {("c",): 1, ("m",): 0}


def test_decisions_stand_apart_from_other_understandings() -> None:
    shared = [
        a.Understanding(id="u1", kind="formulation"),
        a.Understanding(id="u2", kind="formulation"),
        a.Understanding(id="u3", kind="decision"),
        a.Understanding(id="u4", kind="participation"),
    ]
    answers = [answer(about, by, about != "u2" or by == "t") for about in ("u1", "u2", "u3")
               for by in "cmt"]  # fmt: skip
    of = course(understandings=shared, agreements=answers)
    assert values(of, "shared-understandings") == {
        ("formulation",): 1 / 2,
        ("participation",): None,
    }
    assert only(of, "shared-decisions").value == 1


def test_preferences_not_known_to_be_met_are_left_out() -> None:
    said = (("c", True), ("c", False), ("c", None), ("t", None))
    preferences = [new(a.Preference, of=of, about="pace", met=met) for of, met in said]
    assert values(course(preferences=preferences), "preferences-met") == {("c",): 1 / 2}
