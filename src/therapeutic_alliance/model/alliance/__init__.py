"""The clinical vocabulary of a course: goals, tasks, bond, and what happens along the way.

Names are the field's own. ``ta.alliance.Goal(...)`` makes a record; the modules beside hold one
idea each.
"""

from therapeutic_alliance.model.alliance.bond import Bond, Characteristic, Skill
from therapeutic_alliance.model.alliance.claims import CLAIMS, Claim
from therapeutic_alliance.model.alliance.coding import Report, SegmentCodes
from therapeutic_alliance.model.alliance.dialogue import CheckIn, Event, Reflection
from therapeutic_alliance.model.alliance.entry import Record
from therapeutic_alliance.model.alliance.exemplars import EXEMPLARS, Exemplar
from therapeutic_alliance.model.alliance.goals import (
    Agreement,
    Goal,
    GoalReview,
    Preference,
    Task,
    TaskReview,
    Understanding,
)
from therapeutic_alliance.model.alliance.kinds import Rating
from therapeutic_alliance.model.alliance.mapping import Counterpart, counterparts
from therapeutic_alliance.model.alliance.meaning import Meaning, Variant
from therapeutic_alliance.model.alliance.people import (
    FilledForm,
    Link,
    Participant,
    Retraction,
    Session,
    Termination,
)
from therapeutic_alliance.model.alliance.prompts import Prompt
from therapeutic_alliance.model.alliance.sources import SOURCES
from therapeutic_alliance.model.alliance.tally import coverage
from therapeutic_alliance.model.alliance.taxonomies import TAXONOMIES, Element, Taxonomy
from therapeutic_alliance.model.alliance.terms import (
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
    PROMPTS,
    REFLECTION_TAGS,
    SIGNS,
    SKILLS,
    STRATEGIES,
    TOPICS,
    UNDERSTANDINGS,
    VOCABULARIES,
)
from therapeutic_alliance.model.alliance.usage import OwnTerm, own_terms

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
    "Agreement",
    "Bond",
    "Characteristic",
    "CheckIn",
    "Claim",
    "Counterpart",
    "Element",
    "Event",
    "Exemplar",
    "FilledForm",
    "Goal",
    "GoalReview",
    "Link",
    "Meaning",
    "OwnTerm",
    "Participant",
    "Preference",
    "Prompt",
    "Rating",
    "Record",
    "Reflection",
    "Report",
    "Retraction",
    "SegmentCodes",
    "Session",
    "Skill",
    "Task",
    "TaskReview",
    "Taxonomy",
    "Termination",
    "Understanding",
    "Variant",
    "counterparts",
    "coverage",
    "own_terms",
]
