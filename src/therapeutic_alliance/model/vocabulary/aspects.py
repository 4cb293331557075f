"""Aspects of a participant that go beside the alliance, and never into its score."""

from therapeutic_alliance.model.vocabulary.meaning import Meaning, by_id

ASPECTS = by_id(
    Meaning("experience-level", "how long the therapist has worked as one", ("A41",)),
    Meaning("credentials", "degrees and licences; they say nothing of the alliance", ("B04",)),
    Meaning("load", "how much the therapist carries", ("B01",)),
    Meaning("burnout", "the therapist is worn out by the work", ("B01",)),
    Meaning("fatigue", "the therapist is tired", ("B01",)),
    Meaning("attunement", "how well the therapist is tuned to the client", ("B01", "B74")),
    Meaning("self-awareness", "how well a participant knows themselves", ("B26", "D09")),
    Meaning("problem-type", "what the client comes for, as a category", ("B24",)),
    Meaning("problem-severity", "how bad it is", ("B24",)),
    Meaning("maturity", "how grown a person the client is", ("B25",)),
    Meaning("expectancy", "how far the client believes that therapy will help", ("B27",)),
    Meaning(
        "relational-history",
        "what earlier relationships taught the client of trust and acceptance",
        ("B39", "B73", "D13"),
        sensitive=True,
    ),
    Meaning(
        "conditions-of-worth",
        "terms on which the client accepts themselves",
        ("B41", "B73"),
        sensitive=True,
    ),
    Meaning(
        "cultural-context",
        "background, values and identity, as far as the client wants them noted",
        ("A31", "C24", "C26"),
        sensitive=True,
    ),
    Meaning("openness", "how ready the client is for the process", ("E08",)),
    Meaning(
        "first-session-anxiety",
        "how anxious the client was on meeting for the first time",
        ("B44",),
    ),
    Meaning("planned-length", "number of sessions that are planned", ("B08", "E04")),
    Meaning("technique", "what kind of therapy it is, as a category", ("A17",)),
    Meaning("growth", "outcome: how far the client has grown", ("A18",)),
    Meaning("insight", "outcome: how far the client understands themselves", ("A18",)),
    Meaning("lasting-change", "outcome: how far a change has stayed", ("A18",)),
    Meaning("change", "how far a participant, the therapist too, was changed", ("B52",)),
)
"""Aspects. The sensitive ones are recorded only if there is a reason to, and the person agrees."""
