"""What is worked for and how: goals, tasks, shared understandings, and who agrees to them."""

from typing import Annotated, Literal

from attrs import frozen

from therapeutic_alliance.model.alliance.entry import Dated, read_only
from therapeutic_alliance.model.alliance.kinds import (
    FreeText,
    Id,
    Person,
    Rating,
    RefersTo,
    Term,
)

GoalId = Annotated[Id, RefersTo(("goals",))]
TaskId = Annotated[Id, RefersTo(("tasks",))]
AgreedOn = Annotated[Id, RefersTo(("goals", "tasks", "understandings"))]


@frozen(kw_only=True, repr=False, field_transformer=read_only)
class Goal(Dated):
    """What the therapy is for.

    Who agrees, how clear it is and what became of it are records of their own, because they come
    later and from several persons.

    >>> Goal(id="g1", proposed_by=("c", "t"), session=1).proposed_by
    ('c', 't')
    """

    proposed_by: tuple[Person, ...] = ()
    text: FreeText | None = None


@frozen(kw_only=True, repr=False, field_transformer=read_only)
class Agreement(Dated):
    """One participant's answer to a goal, a task or an understanding.

    Later answers of the same participant to the same thing take the place of earlier ones.
    """

    about: AgreedOn
    """Id of the goal, task or understanding; the agreement is not dated before it."""
    by: Person
    agrees: bool
    strength: Rating | None = None
    """How strongly."""


@frozen(kw_only=True, repr=False, field_transformer=read_only)
class GoalReview(Dated):
    """How one participant sees a goal at one time."""

    goal: GoalId
    by: Person | None = None
    status: Literal["active", "attained", "partly-attained", "changed", "dropped"] | None = None
    clarity: Rating | None = None
    """How clear the goal is to that participant."""
    attainment: Rating | None = None
    """How far it is attained."""


@frozen(kw_only=True, repr=False, field_transformer=read_only)
class Task(Dated):
    """What is done for a goal, in the session or between sessions."""

    kind: Literal["intervention", "homework", "activity"]
    serves: tuple[GoalId, ...] = ()
    """Ids of goals; empty: a task without a goal."""
    proposed_by: tuple[Person, ...] = ()
    text: FreeText | None = None


@frozen(kw_only=True, repr=False, field_transformer=read_only)
class TaskReview(Dated):
    """Whether a task was done, as one participant says."""

    task: TaskId
    done: Literal["yes", "partly", "no"]
    by: Person | None = None


@frozen(kw_only=True, repr=False, field_transformer=read_only)
class Understanding(Dated):
    """Something to share: a decision, a formulation of the problem, what taking part looks like.

    Who shares it, say the agreements about it.
    """

    kind: Term
    """Such as ``decision``, ``formulation``, ``participation``."""
    proposed_by: tuple[Person, ...] = ()
    text: FreeText | None = None


@frozen(kw_only=True, repr=False, field_transformer=read_only)
class Preference(Dated):
    """How one participant would like the work to be."""

    of: Person
    about: Term
    """Such as ``pace``, ``format``, ``directiveness``, or a skill or strategy."""
    met: bool | None = None
    """Whether the work followed it; ``None``: not known yet."""
    text: FreeText | None = None
