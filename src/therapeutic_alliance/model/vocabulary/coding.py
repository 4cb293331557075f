"""What segments are coded by: systems, markers of withdrawal and confrontation, signs."""

from therapeutic_alliance.model.vocabulary.meaning import Meaning, by_id

CODING_SYSTEMS = by_id(
    Meaning("3rs", "Rupture Resolution Rating System: markers of withdrawal and confrontation"),
    Meaning("skills", "skills and strategies, shown or their opposite", ("A16", "A34", "D10")),
    Meaning("signs", "how the client showed that what was given back fitted", ("B37",)),
)
"""What the codes of a segment are taken from."""

SIGNS = by_id(
    Meaning("nod", "the client nods", ("B37",)),
    Meaning("addition", "the client adds something of their own", ("B37",)),
    Meaning("other-confirmation", "the client confirms it in another way", ("B37",)),
)
"""Codes of the system ``signs``."""

WITHDRAWAL = (
    "denial",
    "minimal-response",
    "abstract-communication",
    "avoidant-storytelling",
    "deferential",
    "content-affect-split",
    "self-criticism",
)
"""Codes of the system ``3rs`` that mark withdrawal."""

CONFRONTATION = (
    "complaint-therapist",
    "reject-intervention",
    "complaint-activities",
    "complaint-parameters",
    "complaint-progress",
    "defend-self",
    "control-pressure",
)
"""Codes of the system ``3rs`` that mark confrontation."""

MARKERS = by_id(
    *(Meaning(id_, "a marker of withdrawal") for id_ in WITHDRAWAL),
    *(Meaning(id_, "a marker of confrontation") for id_ in CONFRONTATION),
)
"""Codes of the system ``3rs``: names only; its manual says what they mean."""
