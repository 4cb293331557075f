"""How the elements of one taxonomy answer to those of another."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal

from attrs import frozen

from therapeutic_alliance.errors import UnknownIdError
from therapeutic_alliance.model.vocabulary.taxonomies import TAXONOMIES

Relation = Literal["same", "part-of", "has-part", "overlaps"]
"""``part-of``: it is contained in the other; ``has-part``: it contains the other."""


@frozen
class Counterpart:
    """What an element is, seen from an element of another taxonomy."""

    relation: Relation
    """``part-of``: the element that was asked about is a part of this one."""
    taxonomy: str
    element: str


RELATED: tuple[tuple[str, Relation, str], ...] = (
    ("bordin/goal", "part-of", "essential-qualities/goals-and-tasks"),
    ("bordin/task", "part-of", "essential-qualities/goals-and-tasks"),
    ("bordin/bond", "same", "essential-qualities/bond"),
    ("bordin/goal", "overlaps", "four-strategies/collaboration"),
    ("bordin/goal", "same", "four-ingredients/shared-goals"),
    ("bordin/bond", "overlaps", "four-strategies/trust"),
    ("bordin/bond", "overlaps", "four-ingredients/trust-and-safety"),
    ("bordin/bond", "overlaps", "rogers/congruence"),
    ("bordin/bond", "overlaps", "rogers/empathy"),
    ("bordin/bond", "overlaps", "rogers/unconditional-positive-regard"),
    ("bordin/bond", "overlaps", "six-skills/genuineness"),
    ("bordin/bond", "overlaps", "six-skills/empathy"),
    ("bordin/bond", "overlaps", "six-skills/positive-regard"),
    ("bordin/bond", "overlaps", "four-ingredients/empathy"),
    ("rogers/congruence", "same", "six-skills/genuineness"),
    ("rogers/empathy", "same", "six-skills/empathy"),
    ("rogers/empathy", "same", "four-ingredients/empathy"),
    ("rogers/empathy", "part-of", "four-strategies/trust"),
    ("rogers/unconditional-positive-regard", "same", "six-skills/positive-regard"),
    ("essential-qualities/bond", "overlaps", "four-strategies/trust"),
    ("essential-qualities/bond", "overlaps", "four-ingredients/trust-and-safety"),
    ("essential-qualities/bond", "overlaps", "rogers/congruence"),
    ("essential-qualities/bond", "overlaps", "rogers/empathy"),
    ("essential-qualities/bond", "overlaps", "rogers/unconditional-positive-regard"),
    ("essential-qualities/bond", "overlaps", "six-skills/genuineness"),
    ("essential-qualities/bond", "overlaps", "six-skills/empathy"),
    ("essential-qualities/bond", "overlaps", "six-skills/positive-regard"),
    ("essential-qualities/bond", "overlaps", "four-ingredients/empathy"),
    ("essential-qualities/goals-and-tasks", "overlaps", "four-strategies/collaboration"),
    ("essential-qualities/goals-and-tasks", "has-part", "four-ingredients/shared-goals"),
    ("essential-qualities/collaboration", "overlaps", "four-strategies/collaboration"),
    ("essential-qualities/collaboration", "overlaps", "four-ingredients/open-communication"),
    ("four-strategies/trust", "has-part", "six-skills/empathy"),
    ("four-strategies/trust", "has-part", "four-ingredients/empathy"),
    ("four-strategies/trust", "overlaps", "four-ingredients/trust-and-safety"),
    ("four-strategies/communication", "has-part", "six-skills/active-listening"),
    ("four-strategies/communication", "overlaps", "four-ingredients/open-communication"),
    ("four-strategies/collaboration", "overlaps", "four-ingredients/shared-goals"),
    ("six-skills/empathy", "same", "four-ingredients/empathy"),
)
"""Each pair once. Rogers' conditions overlap the bond: they are what a therapist brings to it. The
collaboration of the essential qualities has no counterpart in Bordin."""

_INVERSE: Mapping[Relation, Relation] = MappingProxyType(
    {"same": "same", "part-of": "has-part", "has-part": "part-of", "overlaps": "overlaps"}
)


def counterparts(taxonomy: str, element: str, other: str) -> tuple[Counterpart, ...]:
    """What an element of one taxonomy is in another.

    A convention of this library. Empty: this library relates it to no element there, which does
    not say that the two authors would have nothing in common. Raises :class:`UnknownIdError`.

    >>> from therapeutic_alliance import vocabulary
    >>> vocabulary.counterparts("bordin", "task", "essential-qualities")
    (Counterpart(relation='part-of', taxonomy='essential-qualities', element='goals-and-tasks'),)
    >>> vocabulary.counterparts("essential-qualities", "collaboration", "bordin")
    ()
    """
    if taxonomy not in TAXONOMIES or other not in TAXONOMIES:
        raise UnknownIdError("no such taxonomy; there are: " + ", ".join(TAXONOMIES))
    elements = TAXONOMIES[taxonomy].elements
    if element not in elements:
        raise UnknownIdError(f"{taxonomy}: no such element; there are: " + ", ".join(elements))
    related = _related_to(f"{taxonomy}/{element}")
    return tuple(each for each in related if each.taxonomy == other)


def _related_to(address: str) -> Iterator[Counterpart]:
    for left, relation, right in RELATED:
        if left == address:
            yield Counterpart(relation, *right.split("/"))
        elif right == address:
            yield Counterpart(_INVERSE[relation], *left.split("/"))
