"""Simulated utterances that show what a code of the coding system ``skills`` stands for."""

from typing import Literal

from attrs import frozen

from therapeutic_alliance.model.immutable import as_tuples
from therapeutic_alliance.model.vocabulary.meaning import by_id


@frozen(field_transformer=as_tuples)
class Exemplar:
    """What a therapist could say or do, and how a coder would code it.

    >>> from therapeutic_alliance import vocabulary
    >>> reproach = vocabulary.EXEMPLARS["reproach"]
    >>> reproach.code, reproach.polarity, reproach.against
    ('feedback', '-', 'pattern')
    """

    id: str
    code: str
    """A skill or strategy; see :class:`SegmentCodes`."""
    polarity: Literal["+", "-"]
    """Whether the utterance shows it, or its opposite."""
    text: str
    """Made up for this library."""
    concepts: tuple[str, ...]
    """Ids of the concepts that it illustrates."""
    against: str | None = None
    """Id of the exemplar with the same code and the other polarity, said of the same thing."""


EXEMPLARS = by_id(
    Exemplar(
        "standstill",
        "collaboration",
        "+",
        "Things have come to a standstill, you say. Shall the two of us look for a way on?",
        ("A16",),
    ),
    Exemplar(
        "loneliness",
        "empathy",
        "+",
        "Nobody asked, all those weeks. How lonely that must be, and how sore. I am here.",
        ("A24", "D10"),
        against="pity",
    ),
    Exemplar(
        "pity",
        "empathy",
        "-",
        "Oh you poor thing. I do feel sorry for you.",
        ("D10",),
        against="loneliness",
    ),
    Exemplar(
        "exhaustion",
        "active-listening",
        "+",
        "You sigh, and say that it never stops. No strength left. What are the days like?",
        ("A26",),
    ),
    Exemplar(
        "visible-hurt",
        "genuineness",
        "+",
        "Let me say it plainly: I can see how this cut you, and you do not face it alone.",
        ("A28",),
    ),
    Exemplar(
        "courage",
        "positive-regard",
        "+",
        "It took courage to tell me that. Thank you for letting me know about it.",
        ("A30",),
    ),
    Exemplar(
        "background",
        "cultural-humility",
        "+",
        "In the family and place that you come from, how would this be looked at?",
        ("A32",),
    ),
    Exemplar(
        "reproach",
        "feedback",
        "-",
        "Once more nothing done. Do you want this at all?",
        ("A34",),
        against="pattern",
    ),
    Exemplar(
        "pattern",
        "feedback",
        "+",
        "Three times now the week filled up before you came to it. What do you make of that?",
        ("A34",),
        against="reproach",
    ),
    Exemplar("aloof", "presence", "-", "(Writes on, does not look up.) Continue.", ("D02", "D03")),
)
"""Exemplars, by id. All are made up."""
