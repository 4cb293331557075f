"""What a word of an open vocabulary means, and read-only look-ups by id."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol, TypeVar

from attrs import frozen

from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.model.immutable import as_tuples


@frozen(field_transformer=as_tuples)
class Variant:
    """Another definition of the same word. It stands beside the first, and neither is preferred."""

    words: str
    """The definition, in words of this library."""
    concepts: tuple[str, ...]
    """Ids of the concepts that it comes from."""


@frozen(field_transformer=as_tuples)
class Meaning:
    """One documented word of an open vocabulary. A word that is not documented is as good.

    >>> from therapeutic_alliance.model.vocabulary.terms import FACETS
    >>> FACETS["trust"].words
    'counts on the other and on their good will'
    """

    id: str
    """As it stands in a course: lower-case words joined by ``-``."""
    words: str
    """One line, in words of this library."""
    concepts: tuple[str, ...] = ()
    """Ids of the concepts that it comes from; empty: of this library."""
    inferred: bool = False
    """It is felt or read into what is seen, and cannot be watched directly. For facets a
    convention of this library."""
    sensitive: bool = False
    """It is recorded only if there is a reason to, and the person agrees."""
    variants: tuple[Variant, ...] = ()
    """Other definitions."""
    adverse: bool = False
    """Of a facet: it speaks against the alliance, so that less of it is better. A convention of
    this library."""
    construct: str | None = None
    """Of a facet: the construct that it belongs to, if that is not the alliance. A convention of
    this library."""


class _Named(Protocol):
    @property
    def id(self) -> str: ...


Entry = TypeVar("Entry", bound=_Named)


def by_id(*entries: Entry) -> Mapping[str, Entry]:
    """A read-only look-up in that order; raises :class:`AllianceError` if an id is there twice."""
    found = {each.id: each for each in entries}
    if len(found) < len(entries):
        raise AllianceError("an id stands there twice")
    return MappingProxyType(found)
