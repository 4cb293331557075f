"""What the words of a course mean, and what sources say: data to read beside the records.

``ta.vocabulary.FACETS`` and the others are open: a word that is not documented is as good.
"""

from therapeutic_alliance.model.vocabulary.claims import CLAIMS, Claim
from therapeutic_alliance.model.vocabulary.exemplars import EXEMPLARS, Exemplar
from therapeutic_alliance.model.vocabulary.mapping import Counterpart, counterparts
from therapeutic_alliance.model.vocabulary.meaning import Meaning, Variant
from therapeutic_alliance.model.vocabulary.prompts import Prompt
from therapeutic_alliance.model.vocabulary.sources import SOURCES
from therapeutic_alliance.model.vocabulary.tally import coverage
from therapeutic_alliance.model.vocabulary.taxonomies import TAXONOMIES, Element, Taxonomy
from therapeutic_alliance.model.vocabulary.terms import (
    ASPECTS,
    CODING_SYSTEMS,
    CONSTRUCTS,
    EVENT_TARGETS,
    EVENTS,
    FACETS,
    FEELINGS,
    LINKS,
    MARKERS,
    PARTS,
    PREFERENCES,
    PROMPTS,
    REFLECTION_TAGS,
    SIGNS,
    SKILLS,
    STRATEGIES,
    TOPICS,
    UNDERSTANDINGS,
    VOCABULARIES,
)
from therapeutic_alliance.model.vocabulary.usage import OwnTerm, own_terms

__all__ = [
    "ASPECTS",
    "CLAIMS",
    "CODING_SYSTEMS",
    "CONSTRUCTS",
    "EVENTS",
    "EVENT_TARGETS",
    "EXEMPLARS",
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
    "SOURCES",
    "STRATEGIES",
    "TAXONOMIES",
    "TOPICS",
    "UNDERSTANDINGS",
    "VOCABULARIES",
    "Claim",
    "Counterpart",
    "Element",
    "Exemplar",
    "Meaning",
    "OwnTerm",
    "Prompt",
    "Taxonomy",
    "Variant",
    "counterparts",
    "coverage",
    "own_terms",
]
