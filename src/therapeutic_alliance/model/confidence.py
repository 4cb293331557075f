"""How sure the parts of a rule are, by marks that a program can read."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from therapeutic_alliance.errors import PluginError

Mark = Literal["V", "V-ind", "M+", "M-", "R"]
Confidence = tuple[tuple[str, Mark], ...]
"""Parts of a rule, in words, each with its mark."""

MARKS: Mapping[Mark, str] = MappingProxyType(
    {
        "V": "verified: read in a source",
        "V-ind": "second-hand: read in another source that speaks of it",
        "M+": "general knowledge, confident",
        "M-": "general knowledge, weak",
        "R": "a reconstruction or design choice of this library",
    }
)
"""What the marks mean."""


def confidence_of(rule: object) -> Confidence:
    """How sure the parts of a rule or phase model are; empty if it does not say so.

    Raises :class:`PluginError` if its ``confidence`` is no tuple of pairs, each of words and one
    of the marks.

    >>> from therapeutic_alliance import Registry
    >>> confidence_of(Registry().detector("eb-z"))
    (('rule', 'R'),)
    """
    stated = getattr(rule, "confidence", ())
    if not (isinstance(stated, tuple) and all(map(_is_part, stated))):
        marks = ", ".join(MARKS)
        raise PluginError(f"confidence: a tuple of pairs, of words and one of {marks}")
    return stated


def _is_part(pair: object) -> bool:
    return (
        isinstance(pair, tuple)
        and len(pair) == 2
        and isinstance(pair[0], str)
        and bool(pair[0].strip())
        and pair[0].isprintable()
        and isinstance(pair[1], str)
        and pair[1] in MARKS
    )
