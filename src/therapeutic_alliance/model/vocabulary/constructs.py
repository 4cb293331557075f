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
    Meaning(
        "relationship",
        "what is between client and clinician as people or as partners in care, named more widely "
        "than the alliance",
    ),
    Meaning("empathy", "how far a client meets with understanding and concern", ("A23",)),
    Meaning(
        "cultural-humility",
        "how open and respectful a therapist is toward the client's cultural background",
        ("A31",),
    ),
    Meaning(
        "supervisory-alliance",
        "the partnership of supervisor and supervisee; not that of therapist and client",
        ("A39",),
    ),
    Meaning("outcome", "how a client is faring, which is what the therapy is for"),
    Meaning("session-check-in", "how one session was for whoever answers; no full alliance form"),
    Meaning("therapist-reflection", "what a therapist says of their own part with one client"),
)
"""Constructs; every built-in measure is about one. Scores of different ones are never averaged."""
