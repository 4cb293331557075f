"""Tasks: who agrees to them, which serve no goal, what was done between sessions."""

from collections import Counter
from collections.abc import Iterator

from therapeutic_alliance.course.indicators.agreed import agreed_by_all
from therapeutic_alliance.course.indicators.arithmetic import counted, share
from therapeutic_alliance.course.indicators.indicator import Definition, Found, missing
from therapeutic_alliance.course.timeline import Timeline
from therapeutic_alliance.model.course import Course


def _agreement(course: Course) -> Iterator[Found]:
    yield agreed_by_all(course, course.tasks, "task")


def _without_goal(course: Course) -> Iterator[Found]:
    alone = sum(not task.serves for task in course.tasks)
    yield share(alone, len(course.tasks), of="serve no goal", none="no task is recorded")


def _homework(course: Course) -> Iterator[Found]:
    homework = {task.id for task in course.tasks if task.kind == "homework"}
    reviews = [each for each in course.task_reviews if each.task in homework]
    latest = Timeline(course).latest(reviews, lambda each: (each.by or "", each.task))
    if not latest:
        yield missing("no review says whether homework was done")
    done: dict[str, Counter[str]] = {}
    for (by, _), review in latest.items():
        done.setdefault(by, Counter())[review.done] += 1
    for by, counts in sorted(done.items()):
        said = counted({word: counts[word] for word in ("yes", "partly", "no")})
        n = counts.total()
        yield Found((by,) if by else (), counts["yes"] / n, n, said)


DEFINITIONS = (
    Definition(
        id="task-agreement",
        words="Of the tasks that at least two participants answered, the share to which all who "
        "answered agree. The latest answer of each participant who takes part counts.",
        unit="share of tasks, 0 to 1",
        concepts=("A03", "B59", "D16"),
        values=_agreement,
    ),
    Definition(
        id="tasks-without-goal",
        words="The share of tasks that serve none of the recorded goals.",
        unit="share of tasks, 0 to 1",
        concepts=("A03",),
        values=_without_goal,
    ),
    Definition(
        id="homework-done",
        words="For each participant who says whether homework was done: the share that was, by "
        "the latest review of each. Partly done is not done, and told apart. Where two see it "
        "differently neither overrules the other.",
        unit="share of homework, 0 to 1",
        concepts=("A03", "A14"),
        values=_homework,
    ),
)
