"""Questions that a therapist may ask of themselves, with one particular client in mind."""

from typing import Literal

from attrs import field, frozen

from therapeutic_alliance.model.immutable import as_tuples
from therapeutic_alliance.model.vocabulary.meaning import Meaning, by_id


@frozen(field_transformer=as_tuples)
class Prompt(Meaning):
    """A question for a :class:`Reflection`, which names it and holds the answer.

    >>> from therapeutic_alliance import vocabulary
    >>> vocabulary.PROMPTS["opening-up"].answered_by
    ('answer', 'rating')
    """

    skill: str = field(kw_only=True)
    """The skill that it looks at."""
    answered_by: tuple[Literal["answer", "rating", "count", "entries"], ...] = field(kw_only=True)
    """Fields of a :class:`Reflection` that hold the answer. Any of them may be left out."""


PROMPTS = by_id(
    Prompt(
        "genuine-voice",
        "How at ease am I with telling this client what I really think, where it serves them?",
        ("B32", "B33"),
        skill="genuineness",
        answered_by=("rating", "entries"),
    ),
    Prompt(
        "core-trouble",
        "What weighs on this client most, and how sure am I that they would say the same?",
        ("B36",),
        skill="empathy",
        answered_by=("rating", "entries"),
    ),
    Prompt(
        "on-track",
        "When I gave back what I had understood, which signs told me that it fitted?",
        ("B37",),
        skill="empathy",
        answered_by=("answer", "count", "entries"),
    ),
    Prompt(
        "opening-up",
        "Does this client tell me more, and go further, than in earlier sessions?",
        ("B42",),
        skill="positive-regard",
        answered_by=("answer", "rating"),
    ),
    Prompt(
        "growing-safety",
        "Has this client let me know, when asked or unasked, that it feels safer here?",
        ("B43",),
        skill="positive-regard",
        answered_by=("answer", "count"),
    ),
    Prompt(
        "conveyed-warmth",
        "Which of my words or acts could have let this client feel that I care?",
        ("B46",),
        skill="warmth",
        answered_by=("entries",),
    ),
    Prompt(
        "risky-sharing",
        "Has this client told me something and said that it was frightening to tell?",
        ("B47",),
        skill="warmth",
        answered_by=("answer", "count"),
    ),
    Prompt(
        "hopeful-view",
        "Where did I offer a view that gave more hope, or that tied things together?",
        ("B53",),
        skill="insight",
        answered_by=("entries",),
    ),
)
"""Prompts for reflection. No answer is right, and none is scored."""
