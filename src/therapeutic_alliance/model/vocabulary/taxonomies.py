"""Ways to divide the alliance into elements. They stand side by side, and none is the right one."""

from collections.abc import Iterator, Mapping

from attrs import field, fields, frozen

from therapeutic_alliance.model.immutable import as_tuples
from therapeutic_alliance.model.vocabulary.meaning import Meaning, Variant, by_id


@frozen(field_transformer=as_tuples)
class Element(Meaning):
    """One element, and the words and sections of a course that speak to it.

    Which words belong to which element is a convention of this library.
    """

    facets: tuple[str, ...] = field(default=(), kw_only=True)
    skills: tuple[str, ...] = field(default=(), kw_only=True)
    parts: tuple[str, ...] = field(default=(), kw_only=True)
    strategies: tuple[str, ...] = field(default=(), kw_only=True)
    events: tuple[str, ...] = field(default=(), kw_only=True)
    topics: tuple[str, ...] = field(default=(), kw_only=True)
    understandings: tuple[str, ...] = field(default=(), kw_only=True)
    prompts: tuple[str, ...] = field(default=(), kw_only=True)
    signs: tuple[str, ...] = field(default=(), kw_only=True)
    sections: tuple[str, ...] = field(default=(), kw_only=True)
    """Sections of a course, such as ``goals``, whose every record speaks to it."""

    def belonging(self) -> Iterator[tuple[str, str]]:
        """What belongs to it, as pairs: name of a vocabulary, or ``sections``; and word.

        >>> from therapeutic_alliance import vocabulary
        >>> list(vocabulary.TAXONOMIES["bordin"].elements["goal"].belonging())[0]
        ('topics', 'goals')
        """
        shared = {each.name for each in fields(Meaning)}
        for each in fields(Element):
            if each.name not in shared:
                yield from ((each.name, word) for word in getattr(self, each.name))


@frozen
class Taxonomy:
    """Elements that one author, or one article, divides the alliance into."""

    id: str
    words: str
    source: str
    """Id in :data:`SOURCES`: where it was read."""
    elements: Mapping[str, Element] = field(hash=False)
    """By id, in the order of the source. Read-only."""
    skills_of: tuple[str, ...] = ()
    """Roles whose skills it is about; empty: those of all."""
    construct: str = "alliance"
    """What it divides. A facet of another construct speaks to none of its elements."""


_HELPERS = ("therapist", "supervisor")
_FELT = ("understood", "heard", "seen", "valued", "supported", "secure")
_SHOWN = ("trust", "respect", "caring", "warmth", "safety")
_BROUGHT = ("empathy", "genuineness", "positive-regard")
"""What Rogers asks of a therapist, as one feels it in the tie."""
_DOUBTED = ("perceived-criticism", "doubted-support")

_BORDIN = Taxonomy(
    "bordin",
    "agreement on goals, agreement on tasks, and a bond",
    "heart-of-healing",
    by_id(
        Element(
            "goal",
            "both stand behind the goals",
            ("A02", "B10", "D17"),
            topics=("goals",),
            sections=("goals", "goal_reviews"),
        ),
        Element(
            "task",
            "what is done for the goals is agreed",
            ("A03", "B59", "D16"),
            topics=("tasks",),
            understandings=("participation",),
            sections=("tasks", "task_reviews"),
        ),
        Element(
            "bond",
            "a strong tie of trust",
            ("A04", "E06"),
            variants=(Variant("an attachment of the two, which came to be valued", ("D22",)),),
            facets=(*_SHOWN, *_BROUGHT, *_FELT, *_DOUBTED),
            events=("here-and-now", "negative-feeling"),
            topics=("bond", "safety"),
        ),
    ),
)

_ROGERS = Taxonomy(
    "rogers",
    "what a therapist brings, in person-centred theory",
    "freud-to-rogers",
    by_id(
        Element(
            "congruence",
            "the therapist is real",
            ("A27", "B31", "D05", "D06"),
            facets=("genuineness",),
            skills=("genuineness",),
            parts=("real", "congruent", "open", "sincere", "honest"),
            events=("therapist-disclosure",),
            prompts=("genuine-voice",),
        ),
        Element(
            "empathy",
            "the therapist grasps what the client feels, and shows it",
            ("A23", "B34", "D05", "D10"),
            facets=("empathy", "understood"),
            skills=("empathy",),
            parts=("feelings", "ideas", "motivations"),
            prompts=("core-trouble", "on-track"),
            signs=("nod", "addition", "other-confirmation"),
        ),
        Element(
            "unconditional-positive-regard",
            "the therapist accepts the client without terms",
            ("A29", "B38", "D05", "D12"),
            facets=("positive-regard", "non-judgment", "be-oneself"),
            skills=("positive-regard",),
            parts=("level", "unconditionality"),
            prompts=("opening-up", "growing-safety"),
        ),
    ),
    skills_of=_HELPERS,
)

_ESSENTIAL = Taxonomy(
    "essential-qualities",
    "three qualities of the relationship",
    "essential-qualities",
    by_id(
        Element(
            "bond",
            "trust, caring and respect, in both directions",
            ("B54", "B56"),
            facets=(*_SHOWN, *_BROUGHT, *_FELT, *_DOUBTED),
            events=("here-and-now", "negative-feeling"),
            topics=("bond", "safety"),
        ),
        Element(
            "goals-and-tasks",
            "goals and tasks are agreed",
            ("B54", "B58", "B59"),
            topics=("goals", "tasks"),
            understandings=("participation",),
            sections=("goals", "goal_reviews", "tasks", "task_reviews"),
        ),
        Element(
            "collaboration",
            "both work at it and decide together",
            ("B54", "B60", "B61"),
            facets=("collaboration", "mutuality", "ownership", "engagement"),
            strategies=("collaboration",),
            topics=("process", "feedback"),
            understandings=("decision", "formulation"),
        ),
    ),
)

_STRATEGIES = Taxonomy(
    "four-strategies",
    "ways to build an alliance",
    "how-to-build",
    by_id(
        Element(
            "trust",
            "show empathy, keep confidence, care how the client fares",
            ("C05", "C06", "C07", "C27"),
            facets=("trust", "trustworthy", "safety", "investment"),
            skills=("empathy",),
            strategies=("trust", "confidentiality"),
            understandings=("confidentiality",),
        ),
        Element(
            "communication",
            "be clear, listen, clear up misunderstandings soon",
            ("C09", "C10", "C11", "C12", "C27"),
            facets=("clarity", "heard", "openness"),
            skills=("active-listening", "validation"),
            strategies=("communication",),
            events=("misunderstanding",),
        ),
        Element(
            "collaboration",
            "let the client set goals and say how it is for them",
            ("C14", "C15", "C16", "C27"),
            facets=("collaboration", "empowerment"),
            strategies=("collaboration",),
            events=("feedback",),
            topics=("goals", "feedback"),
            sections=("goals", "goal_reviews"),
        ),
        Element(
            "consistency",
            "meet regularly, follow up, be dependable",
            ("C17", "C18", "C19", "C20", "C27"),
            facets=("secure",),
            skills=("consistency",),
            strategies=("consistency",),
            events=("missed", "cancelled", "late", "follow-up"),
        ),
    ),
)

_SKILLS = Taxonomy(
    "six-skills",
    "interpersonal skills that make and keep an alliance",
    "heart-of-healing",
    by_id(
        *(
            Element(skill, words, concepts, skills=(skill,), facets=facets)
            for skill, words, concepts, facets in (
                ("empathy", "share the client's view", ("A21", "A23"), ("empathy", "understood")),
                ("active-listening", "attend and give back", ("A21", "A25"), ("heard",)),
                ("genuineness", "be real", ("A21", "A27"), ("genuineness",)),
                (
                    "positive-regard",
                    "accept without terms",
                    ("A21", "A29", "A43"),
                    ("positive-regard", "non-judgment", "be-oneself"),
                ),
                ("cultural-humility", "respect where the client is from", ("A21", "A31"), ()),
                ("feedback", "tell without reproach", ("A21", "A33"), ()),
            )
        )
    ),
    skills_of=_HELPERS,
)

_INGREDIENTS = Taxonomy(
    "four-ingredients",
    "what goes into an alliance",
    "heart-of-therapy",
    by_id(
        Element(
            "trust-and-safety",
            "one can speak freely and is not judged",
            ("E17",),
            facets=("trust", "safety", "non-judgment", "vulnerability"),
            topics=("safety",),
        ),
        Element(
            "empathy",
            "the client is understood",
            ("E18",),
            facets=("empathy", "understood"),
            skills=("empathy", "emotional-intelligence"),
        ),
        Element(
            "shared-goals",
            "goals are clear to both and shared",
            ("E12", "E19"),
            topics=("goals",),
            sections=("goals", "goal_reviews"),
        ),
        Element(
            "open-communication",
            "they talk regularly about how it goes",
            ("E20",),
            facets=("clarity", "openness"),
            strategies=("communication",),
            events=("feedback",),
            topics=("process", "feedback"),
        ),
    ),
)

TAXONOMIES = by_id(_BORDIN, _ROGERS, _ESSENTIAL, _STRATEGIES, _SKILLS, _INGREDIENTS)
"""Taxonomies, by id."""
