"""What is worked for and how: goals, tasks, shared understandings, and who agrees to them."""

from typing import Annotated, Literal

from attrs import frozen

from therapeutic_alliance.model.alliance.kinds import FreeText, Id, Person, RefersTo, Term
from therapeutic_alliance.model.alliance.rating import Rating
from therapeutic_alliance.model.alliance.record import Dated, read_only

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
    """Who named it first."""
    text: FreeText | None = None
    """The goal in words."""


@frozen(kw_only=True, repr=False, field_transformer=read_only)
class Agreement(Dated):
    """One participant's answer to a goal, a task or an understanding.

    Later answers of the same participant to the same thing take the place of earlier ones.
    """

    about: AgreedOn
    """Id of the goal, task or understanding; the agreement is not dated before it."""
    by: Person
    """Who answers."""
    agrees: bool
    """Whether the answer is yes."""
    strength: Rating | None = None
    """How strongly."""


@frozen(kw_only=True, repr=False, field_transformer=read_only)
class GoalReview(Dated):
    """How one participant sees a goal at one time."""

    goal: GoalId
    """The goal that is looked at."""
    by: Person | None = None
    """Who says so."""
    status: Literal["active", "attained", "partly-attained", "changed", "dropped"] | None = None
    """What became of it."""
    clarity: Rating | None = None
    """How clear the goal is to that participant."""
    attainment: Rating | None = None
    """How far it is attained."""


@frozen(kw_only=True, repr=False, field_transformer=read_only)
class Task(Dated):
    """What is done for a goal, in the session or between sessions."""

    kind: Literal["intervention", "homework", "activity"]
    """Done in the session, between sessions, or something else that is agreed on."""
    serves: tuple[GoalId, ...] = ()
    """Ids of goals; empty: a task without a goal."""
    proposed_by: tuple[Person, ...] = ()
    """Who named it first."""
    text: FreeText | None = None
    """The task in words."""


@frozen(kw_only=True, repr=False, field_transformer=read_only)
class TaskReview(Dated):
    """Whether a task was done, as one participant says."""

    task: TaskId
    """The task that is looked at."""
    done: Literal["yes", "partly", "no"]
    """Whether it was done."""
    by: Person | None = None
    """Who says so."""


@frozen(kw_only=True, repr=False, field_transformer=read_only)
class Understanding(Dated):
    """Something to share: a decision, a formulation of the problem, what taking part looks like.

    Who shares it, say the agreements about it.
    """

    kind: Term
    """Such as ``decision``, ``formulation``, ``participation``."""
    proposed_by: tuple[Person, ...] = ()
    """Who named it first."""
    text: FreeText | None = None
    """The understanding in words."""


@frozen(kw_only=True, repr=False, field_transformer=read_only)
class Preference(Dated):
    """How one participant would like the work to be."""

    of: Person
    """Whose preference it is."""
    about: Term
    """Such as ``pace``, ``format``, ``directiveness``, or a skill or strategy."""
    met: bool | None = None
    """Whether the work followed it; ``None``: not known yet."""
    text: FreeText | None = None
    """The preference in words."""
