"""Facets of a bond: what one participant feels toward another, or shows them."""

from therapeutic_alliance.model.vocabulary.meaning import Meaning, by_id

FACETS = by_id(
    Meaning("trust", "counts on the other and on their good will", ("A04", "A09", "B13"), True),
    Meaning("trust-in-process", "counts on the therapy itself; toward nobody", ("B13",), True),
    Meaning("respect", "treats the other as a person of worth", ("A20", "B56", "C01", "E05")),
    Meaning("caring", "shows that the other matters to them", ("B54", "B56")),
    Meaning("warmth", "is kind and friendly toward the other", ("B44",)),
    Meaning("empathy", "shows a grasp of what the other feels", ("A23", "E06", "E18")),
    Meaning("genuineness", "is the same inside and outside, and plays no part", ("A27", "D06")),
    Meaning("positive-regard", "accepts the other, whatever they bring", ("A29", "D12")),
    Meaning("safety", "feels that nothing bad will come of it", ("A05", "C04", "D14", "E17"), True),
    Meaning("non-judgment", "does not sit in judgment on the other", ("B38", "E17")),
    Meaning("trustworthy", "finds the other worth trusting", ("B38",), True),
    Meaning("understood", "feels understood by the other", ("A06", "B35", "C04"), True),
    Meaning("heard", "feels heard by the other", ("A14", "B02", "B35", "C13"), True),
    Meaning("seen", "feels seen by the other", ("B02",), True),
    Meaning("valued", "feels valued by the other", ("A06", "B35", "C21"), True),
    Meaning("supported", "feels that the other is on their side", ("C04",), True),
    Meaning("secure", "feels on firm ground with the other", ("C21",), True),
    Meaning("be-oneself", "feels free to be as they are", ("A43",), True),
    Meaning("motivated", "wants to take part", ("A06", "E14"), True),
    Meaning("hope", "expects that things can get better", ("B02", "E12", "E13"), True),
    Meaning("drive", "feels a pull toward change", ("E12", "E14"), True),
    Meaning("wish-to-improve", "believes that the other wants to get better", ("B14",), True),
    Meaning("commitment", "believes that the other will stay with the work", ("B14",), True),
    Meaning("openness", "is open with the other, and to something new", ("B14", "C04", "C09")),
    Meaning("expression", "puts feelings and thoughts into words", ("E02", "E05")),
    Meaning("vulnerability", "lets the other see what is tender", ("A09", "E17")),
    Meaning("withholding", "keeps back what is on their mind", ("A10",), True, adverse=True),
    Meaning("mutuality", "gives and takes with the other", ("B11", "B56")),
    Meaning("collaboration", "works on it together with the other", ("A15", "B11", "B54")),
    Meaning("ownership", "treats the therapy as their own, too", ("B59",)),
    Meaning("engagement", "takes an active part in the work", ("A14", "B55", "B60", "D01")),
    Meaning(
        "connection",
        "feels a tie to the other, such as there is in any relationship",
        ("A18", "D01", "E10"),
        True,
        construct="interpersonal-connection",
    ),
    Meaning("investment", "is taken to care how the other fares", ("C07",), True),
    Meaning("empowerment", "feels able to act for themselves", ("A36", "C16"), True),
    Meaning(
        "confidence-in-role",
        "is sure that the other does their part, which is rapport",
        ("B12", "B57", "E10"),
        True,
        construct="rapport",
    ),
    Meaning("negative-expression-safe", "can tell the other what went badly", ("B63",), True),
    Meaning(
        "perceived-criticism", "feels found fault with by the other", ("B17",), True, adverse=True
    ),
    Meaning(
        "doubted-support", "doubts that the other is on their side", ("B17",), True, adverse=True
    ),
    Meaning("shared-knowledge", "learns with the other, and draws on both lives", ("B51",)),
    Meaning("generalisation", "takes the relationship as a model elsewhere", ("A19", "D14"), True),
    Meaning("expertise-respected", "gives weight to what the therapist has learnt", ("E25",)),
    Meaning("experience-respected", "gives weight to what the client has lived", ("E25",)),
    Meaning("clarity", "is plain and understandable", ("C09",)),
)
"""Facets. Less is better of those that are ``adverse``; some are of another ``construct``."""
