"""The vocabularies, taxonomies, prompts, exemplars and claims that a course speaks with."""

import re
from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from attrs import fields_dict
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.structure import tree
from therapeutic_alliance import alliance, vocabulary
from therapeutic_alliance.model.alliance.fields import fields_of
from therapeutic_alliance.model.alliance.kinds import Term
from therapeutic_alliance.model.course import SECTIONS
from therapeutic_alliance.model.validity import is_name
from therapeutic_alliance.model.vocabulary.mapping import RELATED
from therapeutic_alliance.model.vocabulary.meaning import by_id
from therapeutic_alliance.model.vocabulary.sources import NAMED_IN
from therapeutic_alliance.model.vocabulary.usage import CODES_OF, VOCABULARIES_OF

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "vocabulary.md"
ELEMENTS = [
    (taxonomy.id, element)
    for taxonomy in vocabulary.TAXONOMIES.values()
    for element in taxonomy.elements.values()
]
ADDRESSES = {f"{taxonomy}/{element.id}" for taxonomy, element in ELEMENTS}


def _entries() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Id, text and concepts of all that has them."""
    words = [word for each in vocabulary.VOCABULARIES.values() for word in each.values()]
    for meaning in (*words, *(element for _, element in ELEMENTS)):
        yield meaning.id, meaning.words, meaning.concepts
        for variant in meaning.variants:
            yield meaning.id, variant.words, variant.concepts
    for claim in vocabulary.CLAIMS.values():
        yield claim.id, claim.text, claim.concepts
    for exemplar in vocabulary.EXEMPLARS.values():
        yield exemplar.id, exemplar.text, exemplar.concepts


def test_what_is_written_is_well_formed() -> None:
    for id_, text, concepts in _entries():
        assert is_name(id_)
        assert text.strip() == text != ""
        assert "\n" not in text
        assert all(re.fullmatch(r"[A-E]\d\d", each) for each in concepts), id_
        assert len(set(concepts)) == len(concepts), id_


def test_an_id_twice_is_refused() -> None:
    twice = vocabulary.Meaning("trust", "one thing"), vocabulary.Meaning("trust", "another")
    with pytest.raises(ta.AllianceError, match="twice"):
        by_id(*twice)


def test_nothing_documented_can_be_changed() -> None:
    for each in (*vocabulary.VOCABULARIES.values(), vocabulary.CLAIMS, vocabulary.TAXONOMIES):
        with pytest.raises(TypeError):
            each["another"] = None  # type: ignore[index]


def test_what_is_sensitive_says_so() -> None:
    sensitive = {id_ for id_, each in vocabulary.ASPECTS.items() if each.sensitive}
    assert sensitive == {"relational-history", "conditions-of-worth", "cultural-context"}


def test_what_is_read_into_a_session_is_inferred() -> None:
    assert {id_ for id_, each in vocabulary.EVENTS.items() if each.inferred} == {
        "transference",
        "projection",
    }


# --- words of a course ---------------------------------------------------------------------------

WITHOUT_VOCABULARY = {
    ("participants", "relation"),
    ("characteristics", "category"),
    ("codes", "codes"),  # by coding system
}


def test_every_field_for_a_term_has_its_vocabulary() -> None:
    term = Term.__metadata__[0]  # type: ignore[attr-defined]
    declared = {
        (section, each.name)
        for section, record in SECTIONS.items()
        for each in fields_of(record)
        if each.kind is term
    }
    looked_up = {(section, name) for section, names in VOCABULARIES_OF.items() for name in names}
    assert declared == looked_up | WITHOUT_VOCABULARY


def test_every_vocabulary_is_of_some_field_but_the_constructs() -> None:
    named = {each for names in VOCABULARIES_OF.values() for many in names.values() for each in many}
    named |= {each for many in CODES_OF.values() for each in many}
    assert named == vocabulary.VOCABULARIES.keys() - {"constructs"}
    assert CODES_OF.keys() == vocabulary.CODING_SYSTEMS.keys()


def _events(kinds: list[str]) -> ta.Course:
    events = (alliance.Event(id=f"e{at}", kind=kind) for at, kind in enumerate(kinds))
    return ta.Course(case="c1", events=tuple(events))


@given(st.lists(st.sampled_from([*vocabulary.EVENTS, "moved-house", "chalenge"])))
def test_own_terms_are_those_that_no_vocabulary_has(kinds: list[str]) -> None:
    own = {each.word for each in vocabulary.own_terms(_events(kinds))}
    assert own == set(kinds) - vocabulary.EVENTS.keys()


@pytest.mark.parametrize("about", [*vocabulary.PREFERENCES, "presence", "empathy"])
def test_what_a_preference_is_about_is_no_own_term(about: str) -> None:
    assert (
        vocabulary.own_terms(
            _course(preferences=[alliance.Preference(id="p1", of="c", about=about)])
        )
        == ()
    )


def test_a_part_of_another_skill_is_no_own_term() -> None:
    rating = alliance.Rating(1, 1, 5)
    odd = alliance.Skill(id="k1", of="t", skill="warmth", part="unconditionality", rating=rating)
    assert vocabulary.own_terms(_course(skills=[odd])) == ()


def test_own_terms_are_found_in_lists_and_by_coding_system() -> None:
    course = ta.Course(
        case="c1",
        check_ins=(alliance.CheckIn(id="k1", topics=("bond", "weather")),),
        codes=(
            alliance.SegmentCodes(id="s1", system="3rs", codes=("denial", "empathy")),
            alliance.SegmentCodes(id="s2", system="skills", codes=("empathy", "presence")),
            alliance.SegmentCodes(id="s3", system="house-codes", codes=("whatever",)),
        ),
    )
    assert vocabulary.own_terms(course) == (
        ("check_ins", "topics", "weather"),
        ("codes", "codes", "empathy"),
        ("codes", "system", "house-codes"),
    )


def test_a_corrected_word_is_no_longer_an_own_term() -> None:
    wrong = alliance.Event(id="e1", kind="chalenge")
    right = alliance.Event(id="e2", amends="e1", kind="challenge")
    assert vocabulary.own_terms(ta.Course(case="c1", events=(wrong, right))) == ()


# --- taxonomies ----------------------------------------------------------------------------------


def test_everything_that_belongs_to_an_element_exists() -> None:
    for taxonomy, element in ELEMENTS:
        belonging = list(element.belonging())
        assert belonging, (taxonomy, element.id)
        assert len(set(belonging)) == len(belonging), (taxonomy, element.id)
        for where, word in belonging:
            known = SECTIONS if where == "sections" else vocabulary.VOCABULARIES[where]
            assert word in known, (taxonomy, element.id, word)


def test_taxonomies_say_where_they_were_read() -> None:
    assert {each.source for each in vocabulary.TAXONOMIES.values()} <= vocabulary.SOURCES.keys()


def test_related_elements_exist_and_stand_there_once() -> None:
    pairs = [frozenset((left, right)) for left, _, right in RELATED]
    assert len(set(pairs)) == len(pairs)
    assert set[str]().union(*pairs) <= ADDRESSES
    for left, _, right in RELATED:
        assert left.partition("/")[0] != right.partition("/")[0]


def _seen_from(address: str) -> dict[str, str]:
    """The elements of all other taxonomies that are related to one, and how."""
    taxonomy, _, element = address.partition("/")
    return {
        f"{each.taxonomy}/{each.element}": each.relation
        for other in vocabulary.TAXONOMIES
        for each in vocabulary.counterparts(taxonomy, element, other)
    }


SEEN = {address: _seen_from(address) for address in sorted(ADDRESSES)}
INVERSE = {"same": "same", "overlaps": "overlaps", "part-of": "has-part", "has-part": "part-of"}


def test_the_mapping_is_the_same_from_both_sides() -> None:
    for one, other in permutations(ADDRESSES, 2):
        back = SEEN[other].get(one)
        assert SEEN[one].get(other) == (None if back is None else INVERSE[back])


def test_what_is_the_same_is_related_to_the_same() -> None:
    for one, seen in SEEN.items():
        for other in (address for address, relation in seen.items() if relation == "same"):
            among = seen.keys() - {other}
            third = {each for each in among if not each.startswith(other.partition("/")[0])}
            assert {each: seen[each] for each in third} == {
                each: relation
                for each, relation in SEEN[other].items()
                if not each.startswith(one.partition("/")[0])
            }, (one, other)


def test_a_part_of_a_part_is_a_part() -> None:
    for one, seen in SEEN.items():
        for middle in (address for address, relation in seen.items() if relation == "part-of"):
            for other, relation in SEEN[middle].items():
                if relation == "part-of" and other.partition("/")[0] != one.partition("/")[0]:
                    assert seen[other] == "part-of"


def test_what_belongs_to_a_part_or_to_the_same_is_shared() -> None:
    """An element and its counterpart have a word in common, however they are related."""
    belonging = {f"{taxonomy}/{each.id}": set(each.belonging()) for taxonomy, each in ELEMENTS}
    for left, _, right in RELATED:
        assert belonging[left] & belonging[right], (left, right)


@pytest.mark.parametrize(
    "asked", [("jung", "goal", "bordin"), ("bordin", "hope", "rogers"), ("bordin", "goal", "jung")]
)
def test_an_unknown_taxonomy_or_element_is_an_error(asked: tuple[str, str, str]) -> None:
    with pytest.raises(ta.UnknownIdError, match="there are: "):
        vocabulary.counterparts(*asked)


def _course(**sections: Sequence[alliance.Record]) -> ta.Course:
    people = [
        alliance.Participant(id="c", role="client"),
        alliance.Participant(id="t", role="therapist"),
    ]
    return ta.Course(case="c1", participants=people, **sections)  # type: ignore[arg-type]


def _bond(id_: str, facet: str, amends: str | None = None) -> alliance.Bond:
    rating = alliance.Rating(4, 1, 5)
    return alliance.Bond(id=id_, of="c", toward="t", facet=facet, rating=rating, amends=amends)


@pytest.mark.parametrize(("taxonomy", "element"), ELEMENTS, ids=str)
def test_a_facet_counts_once_for_every_element_that_it_belongs_to(
    taxonomy: str, element: vocabulary.Element
) -> None:
    course = _course(bonds=[_bond(f"b-{facet}", facet) for facet in vocabulary.FACETS])
    found = vocabulary.coverage(course, vocabulary.TAXONOMIES[taxonomy])
    assert found[element.id] == len(element.facets)


def test_a_record_with_two_words_of_an_element_counts_once() -> None:
    both = alliance.CheckIn(id="k1", topics=("bond", "safety", "goals"))
    found = vocabulary.coverage(_course(check_ins=[both]), vocabulary.TAXONOMIES["bordin"])
    assert found == {"goal": 1, "task": 0, "bond": 1}


def test_an_agreement_speaks_to_what_it_is_about() -> None:
    course = _course(
        goals=[alliance.Goal(id="z-goal")],
        tasks=[alliance.Task(id="z-task", kind="homework")],
        understandings=[alliance.Understanding(id="z-decision", kind="decision")],
        agreements=[
            alliance.Agreement(id=f"a-{about}-{by}", about=about, by=by, agrees=by == "c")
            for about in ("z-goal", "z-task", "z-decision")
            for by in ("c", "t")
        ],
    )
    assert vocabulary.coverage(course, vocabulary.TAXONOMIES["essential-qualities"]) == {
        "bond": 0,
        "goals-and-tasks": 6,
        "collaboration": 3,
    }


def test_coverage_is_of_the_course_as_it_holds_now() -> None:
    course = _course(bonds=[_bond("b1", "trust"), _bond("b2", "genuineness", amends="b1")])
    assert vocabulary.coverage(course, vocabulary.TAXONOMIES["bordin"])["bond"] == 0
    assert vocabulary.coverage(course, vocabulary.TAXONOMIES["rogers"])["congruence"] == 1


@pytest.mark.parametrize("taxonomy", ["rogers", "six-skills"])
def test_what_a_therapist_brings_is_not_brought_by_a_client(taxonomy: str) -> None:
    rating = alliance.Rating(1, 1, 5)
    skills = [
        alliance.Skill(id=f"k-{of}", of=of, skill="empathy", part="feelings", rating=rating)
        for of in ("c", "t")
    ]
    codes = [
        alliance.SegmentCodes(id=f"s-{of}", of=of, system="skills", codes=("empathy",))
        for of in ("c", "t", None)
    ]
    known = vocabulary.TAXONOMIES[taxonomy]
    assert vocabulary.coverage(_course(skills=skills, codes=codes), known)["empathy"] == 3
    assert vocabulary.coverage(_course(skills=skills[:1], codes=codes[:1]), known)["empathy"] == 0


def test_signs_and_wishes_of_a_client_count_and_so_do_skills_for_other_taxonomies() -> None:
    nod = alliance.SegmentCodes(id="s1", of="c", system="signs", codes=("nod",))
    wish = alliance.Preference(id="p1", of="c", about="empathy")
    course = _course(codes=[nod], preferences=[wish])
    assert vocabulary.coverage(course, vocabulary.TAXONOMIES["rogers"])["empathy"] == 2
    skill = alliance.Skill(id="k", of="c", skill="empathy", rating=alliance.Rating(1, 1, 5))
    course = _course(skills=[skill])
    assert vocabulary.coverage(course, vocabulary.TAXONOMIES["four-ingredients"])["empathy"] == 1


@pytest.mark.parametrize("polarity", ["+", "-", None])
def test_the_opposite_of_a_skill_speaks_to_it_too(polarity: Any) -> None:
    code = alliance.SegmentCodes(id="s1", system="skills", codes=("empathy",), polarity=polarity)
    found = vocabulary.coverage(_course(codes=[code]), vocabulary.TAXONOMIES["rogers"])
    assert found["empathy"] == 1


# --- prompts, exemplars, claims ------------------------------------------------------------------


def test_prompts_are_answered_by_fields_of_a_reflection() -> None:
    for prompt in vocabulary.PROMPTS.values():
        assert prompt.words.endswith("?")
        assert prompt.skill in vocabulary.SKILLS
        assert prompt.answered_by
        assert set(prompt.answered_by) <= fields_dict(alliance.Reflection).keys()


def test_exemplars_can_be_recorded_as_codes() -> None:
    for each in vocabulary.EXEMPLARS.values():
        code = alliance.SegmentCodes(
            id="s1", system="skills", codes=(each.code,), polarity=each.polarity, text=each.text
        )
        assert vocabulary.own_terms(ta.Course(case="c1", codes=(code,))) == ()


def test_contrast_pairs_differ_in_polarity_only() -> None:
    pairs = [each for each in vocabulary.EXEMPLARS.values() if each.against]
    assert {each.id for each in pairs} >= {"reproach", "pattern"}
    for each in pairs:
        other = vocabulary.EXEMPLARS[each.against or ""]
        assert (other.against, other.code) == (each.id, each.code)
        assert {other.polarity, each.polarity} == {"+", "-"}


def test_claims_name_their_sources_and_are_no_better_than_these() -> None:
    for claim in vocabulary.CLAIMS.values():
        first, *named = claim.sources
        assert first in vocabulary.SOURCES
        assert claim.concepts
        assert claim.grade == "single-source", "nothing was read in its primary source"
        assert all(NAMED_IN[source] == first for source in named)


def test_every_source_is_read_or_named_in_one_that_is() -> None:
    read = vocabulary.SOURCES.keys() - NAMED_IN.keys()
    assert set(NAMED_IN.values()) <= read
    assert NAMED_IN.keys() <= vocabulary.SOURCES.keys()
    assert {claim.sources[0] for claim in vocabulary.CLAIMS.values()} == read


DECIDING = [
    file
    for file in tree.FILES
    if tree.module_of(file).startswith(("scoring", "psychometrics", "course"))
]


@pytest.mark.parametrize("file", DECIDING, ids=tree.module_of)
def test_no_claim_is_a_rule(file: Path) -> None:
    """What decides a number or a flag does not look at the claims."""
    assert not {each for each in tree.imports(file) if each.endswith(".claims")}
    assert "CLAIMS" not in file.read_text(encoding="utf-8")


def test_the_page_shows_every_vocabulary_and_table() -> None:
    page = PAGE.read_text(encoding="utf-8")
    shown = re.findall(r"^:::\{alliance-terms\} (.+)$", page, re.MULTILINE)
    tables = {"taxonomies", "counterparts", "exemplars", "claims", "sources"}
    assert sorted(shown) == sorted(vocabulary.VOCABULARIES.keys() | tables)
