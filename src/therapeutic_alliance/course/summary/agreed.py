"""Goals, tasks and understandings: who agrees, what became of them."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from therapeutic_alliance.course.answers import latest_answers
from therapeutic_alliance.course.roles import take_part
from therapeutic_alliance.course.timeline import Timeline
from therapeutic_alliance.model.alliance.goals import (
    Goal,
    GoalReview,
    Task,
    TaskReview,
    Understanding,
)
from therapeutic_alliance.model.alliance.rating import Rating
from therapeutic_alliance.model.course import Course


@frozen(kw_only=True)
class Item:
    """A goal, task or understanding with the latest answer of each participant to it."""

    id: str
    session: int | None
    date: dt.date | None
    proposed_by: tuple[str, ...]
    agree: tuple[str, ...]
    disagree: tuple[str, ...]
    no_answer: tuple[str, ...]
    """Those who take part and gave none; those who look on are not waited for."""
    text: str | None


@frozen(kw_only=True)
class GoalSeen:
    """How one participant sees a goal: the latest that was said of each."""

    by: str | None
    status: str | None
    clarity: Rating | None
    attainment: Rating | None


@frozen(kw_only=True)
class GoalLine(Item):
    """A goal, and how each who reviewed it sees it."""

    seen: tuple[GoalSeen, ...]
    tasks: tuple[str, ...]
    """Ids of the tasks that serve it."""

    @property
    def status(self) -> str:
        """The status that all who reviewed it give, in words."""
        return _one_of([each.status for each in self.seen if each.status])


@frozen(kw_only=True)
class TaskSeen:
    """Whether a task was done, as one participant said last."""

    by: str | None
    done: str


@frozen(kw_only=True)
class TaskLine(Item):
    """A task, what it serves, and whether it was done."""

    kind: str
    serves: tuple[str, ...]
    seen: tuple[TaskSeen, ...]

    @property
    def done(self) -> str:
        """What all who reviewed it say, in words."""
        return _one_of([each.done for each in self.seen])


@frozen(kw_only=True)
class UnderstandingLine(Item):
    """Something to share, such as a decision or a formulation."""

    kind: str


def _one_of(said: Sequence[str]) -> str:
    if not said:
        return "not reviewed"
    return said[0] if len(set(said)) == 1 else "seen differently"


@frozen(kw_only=True)
class Agreed:
    """What is worked for, and how."""

    goals: tuple[GoalLine, ...]
    tasks: tuple[TaskLine, ...]
    understandings: tuple[UnderstandingLine, ...]


def disputed(agreed: Agreed, asked: Collection[str]) -> Iterator[tuple[str, Item, tuple[str, ...]]]:
    """Goals and tasks with who of those ``asked`` disagrees, by the latest answer of each."""
    items = (("goal", agreed.goals), ("task", agreed.tasks))
    for kind, of_kind in items:
        for each in of_kind:
            if who := tuple(by for by in each.disagree if by in asked):
                yield kind, each, who


def agreed(current: Course) -> Agreed:
    """The goals, tasks and understandings of a course as it holds now."""
    answers = latest_answers(current)
    order = Timeline(current)
    asked = take_part(current)
    serving: dict[str, list[str]] = {}
    for task in current.tasks:
        for goal in task.serves:
            serving.setdefault(goal, []).append(task.id)
    goals = _grouped(sorted(current.goal_reviews, key=order.place), "goal")
    tasks = _grouped(sorted(current.task_reviews, key=order.place), "task")
    return Agreed(
        goals=tuple(
            GoalLine(
                **_item(each, answers, asked),
                seen=_goal_seen(goals.get(each.id, ())),
                tasks=tuple(serving.get(each.id, ())),
            )
            for each in current.goals
        ),
        tasks=tuple(
            TaskLine(
                **_item(each, answers, asked),
                kind=each.kind,
                serves=each.serves,
                seen=_task_seen(tasks.get(each.id, ())),
            )
            for each in current.tasks
        ),
        understandings=tuple(
            UnderstandingLine(**_item(each, answers, asked), kind=each.kind)
            for each in current.understandings
        ),
    )


def _item(
    record: Goal | Task | Understanding,
    answers: Mapping[str, Mapping[str, bool]],
    asked: Sequence[str],
) -> dict[str, Any]:
    said = answers.get(record.id, {})
    return {
        "id": record.id,
        "session": record.session,
        "date": record.date,
        "proposed_by": record.proposed_by,
        "agree": tuple(by for by, agrees in said.items() if agrees),
        "disagree": tuple(by for by, agrees in said.items() if not agrees),
        "no_answer": tuple(by for by in asked if by not in said),
        "text": record.text,
    }


def _grouped(reviews: Iterable[Any], name: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for review in reviews:
        found.setdefault(getattr(review, name), []).append(review)
    return found


def _goal_seen(reviews: Sequence[GoalReview]) -> tuple[GoalSeen, ...]:
    latest: dict[str | None, dict[str, Any]] = {}
    for review in reviews:
        seen = latest.setdefault(review.by, dict.fromkeys(("status", "clarity", "attainment")))
        for name in seen:
            said = getattr(review, name)
            seen[name] = seen[name] if said is None else said
    return tuple(GoalSeen(by=by, **seen) for by, seen in latest.items())


def _task_seen(reviews: Sequence[TaskReview]) -> tuple[TaskSeen, ...]:
    latest = {review.by: review.done for review in reviews}
    return tuple(TaskSeen(by=by, done=done) for by, done in latest.items())
