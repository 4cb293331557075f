"""Goals: who agrees, who shares which, how clear they are and what became of them."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import Literal

from therapeutic_alliance.course.answers import counted_answers
from therapeutic_alliance.course.indicators.agreed import agreed_by_all
from therapeutic_alliance.course.indicators.arithmetic import counted, mean_share, share
from therapeutic_alliance.course.indicators.indicator import Definition, Found, missing
from therapeutic_alliance.course.roles import is_client, roles, take_part
from therapeutic_alliance.course.timeline import Timeline
from therapeutic_alliance.model.alliance.goals import GoalReview
from therapeutic_alliance.model.alliance.rating import Rating
from therapeutic_alliance.model.course import Course


def _agreement(course: Course) -> Iterator[Found]:
    yield agreed_by_all(course, course.goals, "goal")


def _held(course: Course) -> dict[str, set[str]]:
    """The goals of each who takes part in the work and proposed or answered one."""
    answers, asked = counted_answers(course), frozenset(take_part(course))
    held: dict[str, set[str]] = {}
    for goal in course.goals:
        proposed = dict.fromkeys(asked.intersection(goal.proposed_by), True)
        says = {**proposed, **answers.get(goal.id, {})}
        for person, agrees in says.items():
            held.setdefault(person, set()).update([goal.id] if agrees else [])
    return held


def _overlap(course: Course) -> Iterator[Found]:
    held = _held(course)
    if len(held) < 2:
        yield missing("fewer than two participants proposed or answered a goal")
    for one, other in combinations(sorted(held), 2):
        either, both = len(held[one] | held[other]), len(held[one] & held[other])
        yield share(both, either, one, other, of="shared", none="neither agrees to a goal")


def _from_clients(course: Course) -> Iterator[Found]:
    role_of = roles(course)
    known = [goal.proposed_by for goal in course.goals if goal.proposed_by]
    theirs = sum(any(is_client(role_of[person]) for person in by) for by in known)
    yield share(theirs, len(known), of="proposed by a client", none="no goal says who proposed it")


def _reviews(
    course: Course, what: Literal["status", "clarity", "attainment"]
) -> dict[tuple[str, ...], list[GoalReview]]:
    """The latest review of each goal that says it, by who says it, if anybody is named."""
    said = [each for each in course.goal_reviews if getattr(each, what) is not None]
    latest = Timeline(course).latest(said, lambda each: (each.by or "", each.goal))
    found: dict[tuple[str, ...], list[GoalReview]] = {}
    for (by, _), review in sorted(latest.items()):
        found.setdefault((by,) if by else (), []).append(review)
    return found


def _attained(course: Course) -> Iterator[Found]:
    reviews = _reviews(course, "status")
    if not reviews:
        yield missing("no review says what became of a goal")
    for by, latest in reviews.items():
        statuses = Counter(str(review.status) for review in latest)
        value = statuses["attained"] / len(latest)
        yield Found(by, value, len(latest), counted(dict(sorted(statuses.items()))))


def _rated(course: Course, what: Literal["clarity", "attainment"]) -> Iterator[Found]:
    reviews = _reviews(course, what)
    if not reviews:
        yield missing(f"no review rates the {what} of a goal")
    for by, latest in reviews.items():
        ratings: list[Rating] = [getattr(review, what) for review in latest]
        yield mean_share(ratings, *by)


def _clarity(course: Course) -> Iterator[Found]:
    yield from _rated(course, "clarity")


def _attainment(course: Course) -> Iterator[Found]:
    yield from _rated(course, "attainment")


DEFINITIONS = (
    Definition(
        id="goal-agreement",
        words="Of the goals that at least two participants answered, the share to which all who "
        "answered agree. The latest answer of each participant who takes part counts.",
        unit="share of goals, 0 to 1",
        concepts=("A02", "B10", "D17", "E19"),
        values=_agreement,
    ),
    Definition(
        id="goal-overlap",
        words="For each pair of those who take part: the goals that both hold, of those that "
        "either holds. Someone holds a goal if the latest answer agrees to it; one who proposed "
        "it and gave no answer holds it, too, by a convention of this library.",
        unit="share of goals, 0 to 1",
        concepts=("A02", "C01", "E03", "E12"),
        values=_overlap,
    ),
    Definition(
        id="goals-from-clients",
        words="Of the goals that say who proposed them, the share that a client had part in. "
        "Clients are also parents, family and group members, and supervisees.",
        unit="share of goals, 0 to 1",
        concepts=("A36", "C14"),
        values=_from_clients,
    ),
    Definition(
        id="goal-clarity",
        words="For each participant who rates it: the mean of the latest ratings of how clear "
        "each goal is, from 0 for the lower end of the scale to 1 for the upper.",
        unit="share of the scale, 0 to 1",
        concepts=("E19",),
        values=_clarity,
    ),
    Definition(
        id="goals-attained",
        words="For each participant who says what became of goals: the share that is attained, "
        "by the latest review of each goal. Partly attained is not attained, and told apart.",
        unit="share of goals, 0 to 1",
        concepts=("A40",),
        values=_attained,
    ),
    Definition(
        id="goal-attainment",
        words="For each participant who rates it: the mean of the latest ratings of how far "
        "each goal is attained, from 0 for the lower end of the scale to 1 for the upper.",
        unit="share of the scale, 0 to 1",
        concepts=("A40",),
        values=_attainment,
    ),
)
