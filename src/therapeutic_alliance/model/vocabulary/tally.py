"""How much of a course speaks to each element of a taxonomy."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from therapeutic_alliance.model.alliance.bond import Skill
from therapeutic_alliance.model.alliance.coding import SegmentCodes
from therapeutic_alliance.model.alliance.goals import Agreement
from therapeutic_alliance.model.alliance.record import Record
from therapeutic_alliance.model.vocabulary.facets import FACETS
from therapeutic_alliance.model.vocabulary.taxonomies import Taxonomy
from therapeutic_alliance.model.vocabulary.usage import used

if TYPE_CHECKING:  # the course is made of the records of this package
    from therapeutic_alliance.model.course import Course


_OF_SKILLS = ("skills", "parts")


def coverage(course: "Course", taxonomy: Taxonomy) -> dict[str, int]:
    """For each element, how many records of the course speak to it, as the course holds now.

    A record may speak to several elements, or to none. An agreement speaks to what the goal, task
    or understanding speaks to. Skills that a taxonomy has for therapists are not counted where
    they are known to be of another role, nor are facets that belong to another construct, such as
    rapport: they are no part of the alliance. Scores of measures are not counted. It says what was
    looked at and not how good it is: a low rating counts like a high one, and codes of the
    polarity ``-``, the opposite of what is coded, like those that show it. Linear in the number of
    records.

    >>> import therapeutic_alliance as ta
    >>> course = ta.Course(case="c1", goals=[ta.alliance.Goal(id="g1")])
    >>> ta.vocabulary.coverage(course, ta.vocabulary.TAXONOMIES["bordin"])
    {'goal': 1, 'task': 0, 'bond': 0}
    """
    elements = defaultdict[tuple[str, str], set[str]](set)
    foreign = _of_another_construct(taxonomy)
    for element in taxonomy.elements.values():
        for each in set(element.belonging()) - foreign:
            elements[each].add(element.id)
    spoken: dict[str, set[str]] = {}
    current = course.current()
    roles = {each.id: each.role for each in current.participants}
    for section, _, record in current.entries():
        others = _is_of_others(record, roles, taxonomy)
        found = set(elements.get(("sections", section), ()))
        for _, word, vocabularies in used(section, record):
            for name in vocabularies:
                if not (others and name in _OF_SKILLS):
                    found |= elements.get((name, word), set())
        if isinstance(record, Agreement):  # what it is about comes before it among the entries
            found |= spoken[record.about]
        spoken[record.id] = found
    counts = Counter(id_ for found in spoken.values() for id_ in found)
    return {id_: counts[id_] for id_ in taxonomy.elements}


def _of_another_construct(taxonomy: Taxonomy) -> set[tuple[str, str]]:
    """Facets that are documented, and belong to something else than what the taxonomy divides."""
    return {
        ("facets", each.id)
        for each in FACETS.values()
        if (each.construct or "alliance") != taxonomy.construct
    }


def _is_of_others(record: Record, roles: Mapping[str, str], taxonomy: Taxonomy) -> bool:
    """Whether the skill of a record is known to be of a role that the taxonomy is not about."""
    if not isinstance(record, Skill | SegmentCodes) or not taxonomy.skills_of:
        return False
    role = roles.get(record.of or "")
    return role is not None and role not in taxonomy.skills_of
