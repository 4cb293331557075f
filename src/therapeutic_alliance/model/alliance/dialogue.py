"""What is talked over and what happens: check-ins, reflections, events."""

from itertools import pairwise
from typing import Literal

from attrs import frozen

from therapeutic_alliance.errors import Problem
from therapeutic_alliance.model.alliance.kinds import (
    Count,
    FreeText,
    Person,
    Positive,
    SessionNumber,
    Term,
)
from therapeutic_alliance.model.alliance.rating import Rating
from therapeutic_alliance.model.alliance.record import Dated, read_only

DEPTHS = ("factual", "personal", "vulnerable", "threatening")
"""How far a disclosure goes, in rising order. A convention of this library."""


@frozen(kw_only=True, repr=False, field_transformer=read_only)
class CheckIn(Dated):
    """The participants talk about how they work together.

    >>> CheckIn(id="k1", session=4, begun_by="c", explicit=True, topics=("bond",), cadence=4)
    CheckIn()
    """

    begun_by: Person | None = None
    """Who raised it."""
    explicit: bool | None = None
    """Whether the relationship was named, or the talk only touched it."""
    topics: tuple[Term, ...] = ()
    """Such as ``process``, ``goals``, ``tasks``, ``bond``, ``safety``."""
    moment: Literal["start", "during", "end", "between-sessions"] | None = None
    """When it was."""
    answered: bool | None = None
    """Whether feedback was given when it was asked for."""
    feelings: tuple[Term, ...] = ()
    """What it left behind, such as ``relief``, ``joy``, ``comfort``."""
    cadence: Positive | None = None
    """The next check-in is due after this many sessions, as agreed here."""
    note: FreeText | None = None
    """What was said, in words."""


@frozen(kw_only=True, repr=False, field_transformer=read_only)
class Reflection(Dated):
    """One participant thinks about the work with one other; a reflection without a dyad is none.

    >>> Reflection(id="r1", by="t", toward="c", prompt="opening-up", answer="unsure")
    Reflection()
    """

    by: Person
    """Who reflects."""
    toward: Person
    """With whom the work is."""
    prompt: Term
    """Id of a prompt, or of one of your own."""
    answer: Literal["yes", "no", "unsure"] | None = None
    """The answer to a prompt that asks yes or no."""
    rating: Rating | None = None
    """The answer to a prompt that asks how much."""
    count: Count | None = None
    """The answer to a prompt that asks how often or how many."""
    entries: tuple[FreeText, ...] = ()
    """The answer in words, one entry each."""
    tags: tuple[Term, ...] = ()
    """What it is about, such as ``emotion``, ``bias``, ``reaction``."""

    def _contradictions(self) -> list[Problem]:
        alone = Problem(path="$.toward", rule="a reflection is about the work with another")
        return [alone] if self.toward == self.by else []


@frozen(kw_only=True, repr=False, field_transformer=read_only)
class Event(Dated):
    """Something that happened, in a session or in life.

    >>> Event(id="e1", session=6, kind="misunderstanding", noticed_by=("t",), addressed=7)
    Event()
    """

    kind: Term
    """Such as ``challenge``, ``disclosure``, ``misunderstanding``, ``missed``; open."""
    by: tuple[Person, ...] = ()
    """Whose it is: who challenged, disclosed, missed the session."""
    toward: tuple[Person, ...] = ()
    """Whom it was directed at."""
    about: tuple[Term, ...] = ()
    """What it was about, such as ``thought``, ``emotion``, ``behaviour``."""
    depth: Literal["factual", "personal", "vulnerable", "threatening"] | None = None
    """How far a disclosure went; the words stand in rising order."""
    minutes: Positive | None = None
    """How late."""
    noticed_by: tuple[Person, ...] = ()
    """Who noticed it."""
    noticed: SessionNumber | None = None
    """Session in which it was noticed; not before the event."""
    addressed: SessionNumber | None = None
    """Session in which it was taken up again; not before the event, nor before it was noticed."""
    helpful: bool | None = None
    """As judged afterwards."""
    inferred: bool = False
    """Read into what was seen, such as transference, and not itself to be seen."""
    feelings: tuple[Term, ...] = ()
    """Such as ``hurt``, ``anger``, ``resentment``."""
    note: FreeText | None = None
    """What happened, in words."""

    def _contradictions(self) -> list[Problem]:
        order = ("session", "noticed", "addressed")
        said = [(name, getattr(self, name)) for name in order if getattr(self, name) is not None]
        return [
            Problem(path=f"$.{later}", rule=f"a session before that of {earlier}")
            for (earlier, one), (later, other) in pairwise(said)
            if other < one
        ]
