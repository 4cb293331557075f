"""What the index of concepts points at, looked up in the library and in the simulated courses."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from attrs import fields_dict, has

import therapeutic_alliance as ta
from tests.cli.commands import process
from therapeutic_alliance import alliance, vocabulary
from therapeutic_alliance.cli.commands import HOMES
from therapeutic_alliance.course.indicators import DEFINITIONS, Definition
from therapeutic_alliance.exporters import course_tables
from therapeutic_alliance.model.course import SECTIONS
from therapeutic_alliance.model.vocabulary.usage import VOCABULARIES_OF, used

ROOT = Path(__file__).parents[2]
COURSES = ROOT / "examples" / "courses"
REGISTRY = ta.Registry()
INDICATORS = {each.id: each for each in DEFINITIONS}
_WITH_OUTCOME = ta.Course(
    case="c1",
    administrations=(
        alliance.FilledForm(id="f1", measure="ors", session=1, rater="client", answers={}),
    ),
)
SECTION_OF = {record: section for section, record in SECTIONS.items()}


@cache
def courses() -> Mapping[str, ta.Course]:
    """The simulated courses, by the names of their files."""
    return {each.stem: ta.read_course(each) for each in sorted(COURSES.glob("*.json"))}


@cache
def shown() -> str:
    """What ``alliance show`` prints of a simulated course, on one line."""
    return " ".join(process("show", COURSES / "drop-and-recovery.json").out.split())


def class_named(name: str) -> Any:
    """A public class of the package, or a record of a course."""
    found = _public(name)
    assert isinstance(found, type)
    return found


def function_named(name: str) -> Any:
    """A public function, of the package or its vocabulary."""
    found = _public(name)
    assert callable(found)
    assert not isinstance(found, type)
    return found


def _public(name: str) -> Any:
    room, _, last = name.rpartition(".")
    homes = (getattr(ta, room),) if room else (ta, alliance, vocabulary)
    [home] = [each for each in homes if last in each.__all__]
    return getattr(home, last)


def _field(name: str) -> Any:
    class_, _, of = name.partition(".")
    assert has(class_named(class_))
    return fields_dict(class_named(class_))[of]


def _term(name: str) -> Any:
    words, _, word = name.partition("/")
    return vocabulary.VOCABULARIES[words][word]


def _taxonomy(name: str) -> Any:
    taxonomy, _, element = name.partition("/")
    found = vocabulary.TAXONOMIES[taxonomy]
    return found.elements[element] if element else found


def _measure(name: str) -> Any:
    measure, _, score = name.partition("#")
    known = REGISTRY.measure(measure)
    return {each.id: each for each in known.scores}[score] if score else known


def _episode(name: str) -> Any:
    return fields_dict(ta.Episode).get(name) or vars(ta.Episode)[name]


def _table(name: str) -> Any:
    table, _, column = name.partition("#")
    assert table in course_tables.TABLES
    assert not column or any(each.startswith(column) for each in _columns(table)), column
    return table


@cache
def _columns(table: str) -> frozenset[str]:
    """The columns of a table of any simulated course, or of one with an outcome measure."""
    return frozenset(
        column
        for each in (*courses().values(), _WITH_OUTCOME)
        for column in course_tables.columns(each, table, ta.score_course(each, REGISTRY))
    )


def _page(name: str) -> Any:
    page = ROOT / "docs" / f"{name}.md"
    assert page.is_file()
    return page


FIND: Mapping[str, Callable[[str], Any]] = {
    "class": class_named,
    "function": function_named,
    "field": _field,
    "term": _term,
    "taxonomy": _taxonomy,
    "prompt": vocabulary.PROMPTS.__getitem__,
    "exemplar": vocabulary.EXEMPLARS.__getitem__,
    "claim": vocabulary.CLAIMS.__getitem__,
    "source": vocabulary.SOURCES.__getitem__,
    "indicator": INDICATORS.__getitem__,
    "measure": _measure,
    "detector": REGISTRY.detector,
    "phase-model": REGISTRY.phase_model,
    "episode": _episode,
    "command": HOMES.__getitem__,
    "table": _table,
    "example": lambda name: courses()[name],
    "doc": _page,
}
"""By kind of place: gives what the name stands for, or raises."""


def found(place: str) -> Any:
    """What a place such as ``class:Goal`` stands for; raises if there is nothing."""
    kind, _, name = place.partition(":")
    return FIND[kind](name)


def told() -> Iterator[tuple[str, str]]:
    """Places that say themselves which concepts they come from, each with every such concept."""
    for kind, look_up in _telling():
        for name, each in look_up.items():
            variants = each.variants if isinstance(each, vocabulary.Meaning) else ()
            for concept in {*each.concepts, *(id_ for other in variants for id_ in other.concepts)}:
                yield f"{kind}{name}", concept
    for name, definition in INDICATORS.items():
        for concept in concepts_of(definition):
            yield f"indicator:{name}", concept


def concepts_of(definition: Definition) -> set[str]:
    """What an indicator makes use of, and the claims that say why one might look at it."""
    claimed = (vocabulary.CLAIMS[each].concepts for each in definition.claims)
    return {*definition.concepts, *(concept for concepts in claimed for concept in concepts)}


def _telling() -> Iterator[tuple[str, Mapping[str, Any]]]:
    terms = {name: words for name, words in vocabulary.VOCABULARIES.items() if name != "prompts"}
    yield from ((f"term:{name}/", words) for name, words in terms.items())
    yield from ((f"taxonomy:{each.id}/", each.elements) for each in vocabulary.TAXONOMIES.values())
    yield from (
        ("prompt:", vocabulary.PROMPTS),
        ("exemplar:", vocabulary.EXEMPLARS),
        ("claim:", vocabulary.CLAIMS),
    )


def sections(place: str) -> set[str]:
    """The sections of a course whose records a class, a field or a word belongs to."""
    kind, _, name = place.partition(":")
    if kind in ("class", "field"):
        return {SECTION_OF.get(class_named(name.partition(".")[0]), "")} - {""}
    if kind != "term":
        return set()
    vocabulary = name.partition("/")[0]
    return {
        section
        for section, fields in VOCABULARIES_OF.items()
        if any(vocabulary in words for words in fields.values())
    }


def occurs(place: str, course: ta.Course) -> bool:
    """Whether a course records, or gives rise to, what a place stands for."""
    kind, _, name = place.partition(":")
    return kind in OCCURS and OCCURS[kind](name, course)


def _class_occurs(name: str, course: ta.Course) -> bool:
    section = SECTION_OF.get(class_named(name))
    return section is not None and bool(getattr(course, section))


def _field_occurs(name: str, course: ta.Course) -> bool:
    class_, _, field = name.partition(".")
    if class_ == "Course":
        return bool(getattr(course, field))
    section = SECTION_OF.get(class_named(class_))
    records = getattr(course, section) if section else ()
    return any(getattr(each, field) not in (None, (), False) for each in records)


def _term_occurs(name: str, course: ta.Course) -> bool:
    vocabulary, _, word = name.partition("/")
    return word in words_of(course, vocabulary)


def words_of(course: ta.Course, vocabulary: str) -> set[str]:
    """The words of a course in the fields that a vocabulary is for."""
    return {
        each.word
        for entry in course.entries()
        for each in used(entry.section, entry.record)
        if vocabulary in each.vocabularies
    }


def _prompt_occurs(name: str, course: ta.Course) -> bool:
    return name in words_of(course, "prompts")


def _exemplar_occurs(name: str, course: ta.Course) -> bool:
    """The very utterance is coded as what it shows."""
    exemplar = vocabulary.EXEMPLARS[name]
    said = (exemplar.text, (exemplar.code,), exemplar.polarity)
    return any(
        (each.text, each.codes, each.polarity) == said
        for each in course.codes
        if each.system == "skills"
    )


def _taxonomy_occurs(name: str, course: ta.Course) -> bool:
    taxonomy, _, element = name.partition("/")
    counts = vocabulary.coverage(course, vocabulary.TAXONOMIES[taxonomy])
    return counts[element] > 0 if element else all(counts.values())


def _measure_occurs(name: str, course: ta.Course) -> bool:
    return any(each.measure == name.partition("#")[0] for each in course.administrations)


def _detector_occurs(name: str, course: ta.Course) -> bool:
    return any(REGISTRY.detector(name).flags(each).sessions for each in series_of(course))


def _episode_occurs(name: str, course: ta.Course) -> bool:
    flagged = [
        (each, REGISTRY.detector("drop-from-best").flags(each)) for each in series_of(course)
    ]
    found = [episode for each, flags in flagged for episode in ta.episodes(each, flags)]
    return any(getattr(each, name) is not None for each in found)


def series_of(course: ta.Course) -> tuple[ta.Series, ...]:
    """The total of every rater of the alliance in a course."""
    sheets = ta.score_course(course, REGISTRY)
    return ta.caseload(each for each in sheets if each.measure.construct == "alliance")


OCCURS: Mapping[str, Callable[[str, ta.Course], bool]] = {
    "class": _class_occurs,
    "field": _field_occurs,
    "term": _term_occurs,
    "prompt": _prompt_occurs,
    "exemplar": _exemplar_occurs,
    "taxonomy": _taxonomy_occurs,
    "measure": _measure_occurs,
    "detector": _detector_occurs,
    "episode": _episode_occurs,
}
"""By kind of place; what is not here is used by other things than a course."""
