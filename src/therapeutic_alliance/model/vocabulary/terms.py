"""The open vocabularies of a course: documented words, beside which any other is accepted."""

from collections.abc import Mapping
from types import MappingProxyType

from therapeutic_alliance.model.vocabulary.aspects import ASPECTS
from therapeutic_alliance.model.vocabulary.constructs import CONSTRUCTS
from therapeutic_alliance.model.vocabulary.facets import FACETS
from therapeutic_alliance.model.vocabulary.happenings import EVENT_TARGETS, EVENTS, FEELINGS
from therapeutic_alliance.model.vocabulary.meaning import Meaning, by_id
from therapeutic_alliance.model.vocabulary.prompts import PROMPTS
from therapeutic_alliance.model.vocabulary.skills import PARTS, SKILLS, STRATEGIES

__all__ = [
    "ASPECTS",
    "CODING_SYSTEMS",
    "CONSTRUCTS",
    "EVENTS",
    "EVENT_TARGETS",
    "FACETS",
    "FEELINGS",
    "LINKS",
    "MARKERS",
    "PARTS",
    "PROMPTS",
    "REFLECTION_TAGS",
    "SIGNS",
    "SKILLS",
    "STRATEGIES",
    "TOPICS",
    "UNDERSTANDINGS",
    "VOCABULARIES",
]

UNDERSTANDINGS = by_id(
    Meaning("decision", "something that was decided", ("A36", "B61")),
    Meaning("formulation", "how the client's story and problem are understood", ("B58",)),
    Meaning("participation", "what taking an active part looks like", ("D18",)),
    Meaning("confidentiality", "who may learn what", ("C06",)),
)
"""What there is to share besides goals and tasks."""

TOPICS = by_id(
    Meaning("process", "how the therapy goes", ("E20",)),
    Meaning("goals", "what it is for", ("D17",)),
    Meaning("tasks", "how it is done", ("D16",)),
    Meaning("bond", "how they are with one another", ("D19", "D21")),
    Meaning("safety", "how safe it feels", ("B43",)),
    Meaning("feedback", "what the client thinks of it", ("C15", "E20")),
)
"""What a check-in is about."""

REFLECTION_TAGS = by_id(
    Meaning("emotion", "what the participant felt", ("A38",)),
    Meaning("bias", "what the participant took for granted", ("A38",)),
    Meaning("reaction", "what the participant did, or wanted to", ("A38",)),
    Meaning("supervision", "to be taken to supervision", ("A39",)),
)
"""What a reflection is about."""

LINKS = by_id(
    Meaning("supervision", "the supervision of this course, or what it supervises", ("A39",)),
    Meaning("same-family", "a course with someone of the same family or couple"),
    Meaning("same-group", "a course with someone of the same group"),
    Meaning("earlier-course", "an earlier course of the same case", ("E04",)),
)
"""How another course belongs to this one."""

CODING_SYSTEMS = by_id(
    Meaning("3rs", "Rupture Resolution Rating System: markers of withdrawal and confrontation"),
    Meaning("skills", "skills and strategies, shown or their opposite", ("A16", "A34", "D10")),
    Meaning("signs", "signs from the client that a reflection was on track", ("B37",)),
)
"""What the codes of a segment are taken from."""

SIGNS = by_id(
    Meaning("nod", "the client nods", ("B37",)),
    Meaning("addition", "the client adds something of their own", ("B37",)),
    Meaning("other-confirmation", "the client confirms it in another way", ("B37",)),
)
"""Codes of the system ``signs``."""

MARKERS = by_id(
    *(
        Meaning(id_, f"a marker of {family}")
        for family, ids in {
            "withdrawal": (
                "denial",
                "minimal-response",
                "abstract-communication",
                "avoidant-storytelling",
                "deferential",
                "content-affect-split",
                "self-criticism",
            ),
            "confrontation": (
                "complaint-therapist",
                "reject-intervention",
                "complaint-activities",
                "complaint-parameters",
                "complaint-progress",
                "defend-self",
                "control-pressure",
            ),
        }.items()
        for id_ in ids
    )
)
"""Codes of the system ``3rs``: names only; its manual says what they mean."""

VOCABULARIES: Mapping[str, Mapping[str, Meaning]] = MappingProxyType(
    {
        "constructs": CONSTRUCTS,
        "facets": FACETS,
        "skills": SKILLS,
        "parts": PARTS,
        "strategies": STRATEGIES,
        "events": EVENTS,
        "event-targets": EVENT_TARGETS,
        "feelings": FEELINGS,
        "aspects": ASPECTS,
        "understandings": UNDERSTANDINGS,
        "topics": TOPICS,
        "prompts": PROMPTS,
        "reflection-tags": REFLECTION_TAGS,
        "links": LINKS,
        "coding-systems": CODING_SYSTEMS,
        "signs": SIGNS,
        "markers": MARKERS,
    }
)
"""All of them, by name."""
