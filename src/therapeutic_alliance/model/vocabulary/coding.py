"""What segments are coded by: systems, markers of withdrawal and confrontation, signs."""

from attrs import frozen

from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.model.immutable import as_tuples
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


@frozen(kw_only=True, field_transformer=as_tuples)
class CodingSystem:
    """What observers code segments by: families of markers, weights, ratings of the whole session.

    All of it is data, as editions differ: ``attrs.evolve`` makes a system with other markers.
    Raises :class:`AllianceError` if a code stands in two families or is a rating, too.

    >>> THREE_RS.family("denial"), THREE_RS.family("sarcasm")
    ('withdrawal', None)
    """

    id: str
    """As it stands in ``SegmentCodes.system``."""
    families: tuple[tuple[str, tuple[str, ...]], ...]
    """Each family with its markers."""
    weights: tuple[str, ...] = ()
    """How clear a marker is, the least clear first. A record gives it as its rating, on a scale
    from 1 to the number of weights."""
    ratings: tuple[str, ...] = ()
    """Codes that rate a session as a whole: records without a segment, with a rating."""
    citation: str = ""
    """Where the lists come from, and how sure that is."""

    def __attrs_post_init__(self) -> None:
        codes = [*self.ratings, *(code for _, markers in self.families for code in markers)]
        if len(set(codes)) < len(codes):
            raise AllianceError("a code stands in two families, or is a rating of the session, too")

    def family(self, code: str) -> str | None:
        """The family that a code is a marker of, if it is a marker."""
        return next((name for name, markers in self.families if code in markers), None)

    def lists(self, code: str) -> bool:
        """Whether a code is a marker or a rating of this edition.

        >>> THREE_RS.lists("resolution"), THREE_RS.lists("sarcasm")
        (True, False)
        """
        return code in self.ratings or self.family(code) is not None


THREE_RS = CodingSystem(
    id="3rs",
    families=(("withdrawal", WITHDRAWAL), ("confrontation", CONFRONTATION)),
    weights=("check-minus", "check", "check-plus"),
    ratings=(
        "withdrawal-impact",
        "confrontation-impact",
        "resolution",
        "therapist-contribution",
    ),
    citation="Rupture Resolution Rating System; markers and ratings from general knowledge, as the "
    "lists of 2015, 2019 and 2022 differ slightly; weights from weak general knowledge",
)
"""The Rupture Resolution Rating System: names only, its manual says what they mean."""
