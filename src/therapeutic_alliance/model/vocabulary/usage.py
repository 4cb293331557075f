"""Which words of a course are documented, and which are words of its own."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from therapeutic_alliance.model.alliance.coding import SegmentCodes
from therapeutic_alliance.model.alliance.record import Record
from therapeutic_alliance.model.vocabulary.terms import VOCABULARIES

if TYPE_CHECKING:  # the course is made of the records of this package
    from therapeutic_alliance.model.course import Course


class Used(NamedTuple):
    """A word in a record, and the names of the vocabularies that it may be of."""

    field: str
    word: str
    vocabularies: tuple[str, ...]


class OwnTerm(NamedTuple):
    """A word that no vocabulary documents, and where it is used."""

    section: str
    field: str
    word: str


VOCABULARIES_OF: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "links": {"kind": ("links",)},
        "understandings": {"kind": ("understandings",)},
        "preferences": {"about": ("preferences", "skills", "strategies")},
        "bonds": {"facet": ("facets",)},
        "skills": {"skill": ("skills",), "part": ("parts",)},
        "characteristics": {"aspect": ("aspects",)},
        "events": {
            "kind": ("events",),
            "about": ("event-targets",),
            "feelings": ("feelings",),
        },
        "check_ins": {"topics": ("topics",), "feelings": ("feelings",)},
        "reflections": {"prompt": ("prompts",), "tags": ("reflection-tags",)},
        "codes": {"system": ("coding-systems",)},
    }
)
"""By section and field. What is not here, such as a relation in a family, has no vocabulary."""

CODES_OF: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"3rs": ("markers",), "skills": ("skills", "strategies"), "signs": ("signs",)}
)
"""By coding system. The codes of any other system are its own affair."""


def used(section: str, record: Record) -> Iterator[Used]:
    """The words in a record of a section."""
    for field, vocabularies in VOCABULARIES_OF.get(section, {}).items():
        value = getattr(record, field)
        words = value if isinstance(value, tuple) else (value,)
        yield from (Used(field, word, vocabularies) for word in words if word is not None)
    if isinstance(record, SegmentCodes) and record.system in CODES_OF:
        yield from (Used("codes", word, CODES_OF[record.system]) for word in record.codes)


def own_terms(course: "Course") -> tuple[OwnTerm, ...]:
    """Words that the course uses as it holds now, and no vocabulary documents; each once, sorted.

    They are as good as any other, and may be misspelt. A word that its vocabulary has is not among
    them, even where it stands beside the wrong one, such as a part of another skill. Linear in the
    number of records.

    >>> import therapeutic_alliance as ta
    >>> people = [ta.alliance.Participant(id="c", role="client")]
    >>> bond = ta.alliance.Bond(
    ...     id="b1", session=1, of="c", facet="playfulness", rating=ta.alliance.Rating(4, 1, 5)
    ... )
    >>> ta.vocabulary.own_terms(ta.Course(case="c1", participants=people, bonds=[bond]))
    (OwnTerm(section='bonds', field='facet', word='playfulness'),)
    """
    found = {
        OwnTerm(entry.section, field, word)
        for entry in course.current().entries()
        for field, word, vocabularies in used(entry.section, entry.record)
        if not any(word in VOCABULARIES[each] for each in vocabularies)
    }
    return tuple(sorted(found))
