"""The open vocabularies of a course: documented words, beside which any other is accepted."""

from collections.abc import Mapping
from types import MappingProxyType

from therapeutic_alliance.model.vocabulary.aspects import ASPECTS
from therapeutic_alliance.model.vocabulary.coding import CODING_SYSTEMS, MARKERS, SIGNS
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
    "PREFERENCES",
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

PREFERENCES = by_id(
    Meaning("pace", "how fast it should go", ("A37",)),
    Meaning("format", "with whom, where and how long they meet", ("A37",)),
    Meaning("directiveness", "how far the therapist should lead", ("A37",)),
)
"""What a preference is about, besides skills and strategies."""

LINKS = by_id(
    Meaning("supervision", "the supervision of this course, or what it supervises", ("A39",)),
    Meaning("same-family", "a course with someone of the same family or couple"),
    Meaning("same-group", "a course with someone of the same group"),
    Meaning("earlier-course", "an earlier course of the same case", ("E04",)),
)
"""How another course belongs to this one."""

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
        "preferences": PREFERENCES,
        "prompts": PROMPTS,
        "reflection-tags": REFLECTION_TAGS,
        "links": LINKS,
        "coding-systems": CODING_SYSTEMS,
        "signs": SIGNS,
        "markers": MARKERS,
    }
)
"""All of them, by name."""
