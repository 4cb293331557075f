"""What sources say of the alliance, as sentences of theirs in our words, and never as rules."""

from collections.abc import Mapping

from attrs import frozen

from therapeutic_alliance.model.evidence import Grade
from therapeutic_alliance.model.immutable import as_tuples
from therapeutic_alliance.model.vocabulary.meaning import by_id


@frozen(field_transformer=as_tuples)
class Claim:
    """A sentence that a source says. It decides no number, no flag and no default.

    The library does not vouch for it: each was read in one article. No date and no study is held
    for it, but what ``sources`` name.

    >>> from therapeutic_alliance import vocabulary
    >>> claim = vocabulary.CLAIMS["peak-around-third"]
    >>> claim.grade, claim.sources
    ('single-source', ('essential-qualities', 'ardito-rabellino-2011'))
    """

    id: str
    text: str
    """What is claimed, in words of this library."""
    sources: tuple[str, ...]
    """Ids in :data:`SOURCES`: first where it was read, then what is named for it there."""
    concepts: tuple[str, ...]
    """Ids of the concepts that it stands for."""
    grade: Grade = "single-source"


_READ: Mapping[str, tuple[tuple[str, str, tuple[str, ...]], ...]] = {
    "heart-of-healing": (
        ("predicts-outcome", "The alliance is among the best predictors of outcome.", ("A07",)),
        ("connection-starts-change", "A felt connection sets change going.", ("A08",)),
        ("holding-back", "Who does not trust holds back, and gains less.", ("A10",)),
        ("more-than-technique", "The alliance predicts outcome better than technique.", ("A17",)),
        ("connected-grows", "Feeling connected goes with growth and lasting change.", ("A18",)),
        ("strongest-tool", "No tool of a therapist is stronger than the relationship.", ("A44",)),
    ),
    "essential-qualities": (
        (
            "rupture-ends-therapy",
            "A rupture can cost commitment and end a therapy early.",
            ("B19",),
        ),
        ("stronger-after-repair", "An alliance can be stronger after a repair.", ("B21",)),
        ("repair-helps-outcome", "After a repair a good outcome is more likely.", ("B22",)),
        (
            "context-matters",
            "Problem, maturity, self-awareness, expectancy and skill affect the outcome.",
            ("B24", "B25", "B26", "B27", "B28", "B29"),
        ),
        ("regard-softens-self-judgment", "Being accepted softens harsh self-judgment.", ("B40",)),
        ("both-change", "Jung: both participants are changed by their meeting.", ("B52",)),
        ("resolving-prevents-damage", "Who can settle ill feeling is spared its damage.", ("B65",)),
        ("phases-differ", "Different phases ask for different qualities.", ("B05", "B68")),
        ("rogers-still-holds", "The three conditions of Rogers still matter.", ("B69",)),
        ("three-qualities", "Three qualities of the relationship are essential.", ("B54", "B70")),
    ),
    "how-to-build": (
        ("grew-over-time", "The idea of an alliance developed, and is central today.", ("C02",)),
        ("predicts-success", "How good the relationship is predicts success.", ("C03",)),
        ("reliability-builds-trust", "Reliable contact lets trust grow over time.", ("C08",)),
        ("taking-part-empowers", "Who is asked and takes part feels more able.", ("C16",)),
        (
            "clearing-up-deepens",
            "Misunderstandings that are cleared up make no conflict, and bring people closer.",
            ("C28",),
        ),
        ("worth-the-effort", "Effort put into the alliance is put into the therapy.", ("C29",)),
    ),
    "freud-to-rogers": (
        ("clients-eyes", "How the client sees the therapist tells of the alliance.", ("D07",)),
        (
            "sincerity-humanises",
            "A sincere therapist lets clients see themselves as human.",
            ("D08",),
        ),
        ("alliance-mediates", "Change comes about by way of the alliance.", ("D15",)),
        ("freud-changed", "Under Jung's influence, Freud came to think otherwise.", ("D23",)),
    ),
    "heart-of-therapy": (
        (
            "tended-does-well",
            "Where an alliance is known for what it is and tended, outcomes are good.",
            ("E15",),
        ),
        (
            "faster-and-longer",
            "With a firm alliance, gains can come faster and last longer.",
            ("E16",),
        ),
        (
            "empathy-bonds",
            "Empathy strengthens the bond: more of the one goes with more of the other.",
            ("E18",),
        ),
        ("honesty-heals", "To speak honestly of a distance can heal it.", ("E24",)),
        (
            "thrive-or-struggle",
            "Alliances differ, and so do those who thrive and struggle.",
            ("E28",),
        ),
        ("foundation", "The alliance carries the therapy, and needs time to unfold.", ("E29",)),
    ),
}

_PHASES = ("essential-qualities", "ardito-rabellino-2011")
_NAMED = (
    Claim("two-phases", "An alliance forms first and is challenged later.", _PHASES, ("B06",)),
    Claim(
        "formed-early",
        "In rather short therapies the alliance is largely formed within five sessions.",
        _PHASES,
        ("B07", "B08"),
    ),
    Claim(
        "peak-around-third",
        "In rather short therapies the alliance is highest near session three.",
        _PHASES,
        ("B08", "B09"),
    ),
    Claim(
        "three-conditions",
        "Rogers: congruence, empathy and unconditional positive regard are what counts.",
        ("freud-to-rogers", "baldwin-1987"),
        ("D05",),
    ),
)

CLAIMS = by_id(
    *(
        Claim(id_, text, (source,), concepts)
        for source, said in _READ.items()
        for id_, text, concepts in said
    ),
    *_NAMED,
)
"""Claims, by id."""
