"""What a measure or a rating may be about: constructs that are kept apart."""

from therapeutic_alliance.model.vocabulary.meaning import Meaning, Variant, by_id

CONSTRUCTS = by_id(
    Meaning(
        "alliance",
        "the partnership in which client and therapist do the work of therapy",
        ("A01", "E10"),
        variants=(
            Variant("partnership and trust: respect both ways, and agreed goals", ("C01",)),
            Variant("trust, confidence and understanding that hold the work together", ("E01",)),
            Variant("something that both invest in for the sake of the therapy", ("C29",)),
            Variant("what the rest of the therapy is built on, given time to grow", ("E29",)),
        ),
    ),
    Meaning(
        "rapport",
        "each counts on the other for their share of what both are there for",
        ("B12", "E10"),
        variants=(
            Variant("each relies on the other to carry out their part", ("B57",)),
            Variant("ease and trust at the start, on which an alliance may grow", ("E10", "E11")),
        ),
    ),
    Meaning(
        "interpersonal-connection",
        "the tie between two people in any relationship, therapy or not",
        ("E10",),
    ),
    Meaning("collaboration", "client and therapist work as partners of equal standing", ("A15",)),
    Meaning("shared-decision-making", "decisions on the therapy are taken together", ("B61",)),
    Meaning(
        "conditions-of-worth",
        "terms on which a person accepts themselves, taken over from others",
        ("B41",),
        sensitive=True,
        variants=(Variant("such terms, as first met with those who raised the person", ("B73",)),),
    ),
)
"""Constructs. Scores of different ones are never averaged."""
