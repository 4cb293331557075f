"""How participants see one another: directed ratings, ratings of skills, characteristics."""

from attrs import frozen

from therapeutic_alliance.errors import Problem
from therapeutic_alliance.model.alliance.kinds import FreeText, Person, Term
from therapeutic_alliance.model.alliance.rating import Rating
from therapeutic_alliance.model.alliance.record import Dated, read_only


@frozen(kw_only=True, repr=False, field_transformer=read_only)
class Bond(Dated):
    """One facet of the bond, from one participant to another.

    >>> Bond(id="b1", session=3, of="c", toward="t", facet="trust", rating=Rating(4, 1, 5))
    Bond()
    """

    of: Person
    """Whose trust, respect, warmth it is."""
    facet: Term
    """Such as ``trust``, ``respect``, ``warmth``, ``empathy``; others may be added."""
    rating: Rating
    """How much of it."""
    toward: Person | None = None
    """To whom; ``None``: to the work or the group as a whole."""
    by: Person | None = None
    """Who rated it; ``None``: the one whose it is."""

    def _contradictions(self) -> list[Problem]:
        own = Problem(path="$.toward", rule="a bond is to another participant")
        return [own] if self.toward == self.of else []


@frozen(kw_only=True, repr=False, field_transformer=read_only)
class Skill(Dated):
    """A rating of one interpersonal skill of one participant."""

    of: Person
    """Whose skill it is."""
    skill: Term
    """Such as ``empathy``, ``active-listening``, ``genuineness``; others may be added."""
    rating: Rating
    """How much of it."""
    part: Term | None = None
    """A part of the skill, such as ``unconditionality`` of ``positive-regard``."""
    by: Person | None = None
    """Who rated it; ``None``: the one whose skill it is."""


@frozen(kw_only=True, repr=False, field_transformer=read_only)
class Characteristic(Dated):
    """Something of one participant that goes beside the alliance and never into its score."""

    of: Person
    """Whose it is."""
    aspect: Term
    """Such as ``problem-severity``, ``expectancy``, ``burnout``, ``experience-level``."""
    rating: Rating | None = None
    """How much of it, if it is a number."""
    category: Term | None = None
    """For what is no number, such as ``anxiety`` as a ``problem-type``."""
    text: FreeText | None = None
    """What is to be said of it in words."""
    by: Person | None = None
    """Who says so; ``None``: the participant."""
