"""The taxonomies of the alliance: their elements, what answers to what, and what is counted."""

from itertools import permutations
from typing import Any

import pytest
from attrs import evolve

import therapeutic_alliance as ta
from tests.course import dossier
from therapeutic_alliance import alliance, vocabulary
from therapeutic_alliance.model.course import SECTIONS
from therapeutic_alliance.model.vocabulary.mapping import RELATED
from therapeutic_alliance.model.vocabulary.meaning import by_id

ELEMENTS = [
    (taxonomy.id, element)
    for taxonomy in vocabulary.TAXONOMIES.values()
    for element in taxonomy.elements.values()
]
ADDRESSES = {f"{taxonomy}/{element.id}" for taxonomy, element in ELEMENTS}


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


@pytest.mark.parametrize("condition", vocabulary.TAXONOMIES["rogers"].elements)
@pytest.mark.parametrize("taxonomy", ["bordin", "essential-qualities"])
def test_what_a_therapist_brings_overlaps_the_bond(taxonomy: str, condition: str) -> None:
    [bond] = vocabulary.counterparts("rogers", condition, taxonomy)
    assert (bond.relation, bond.element) == ("overlaps", "bond")


@pytest.mark.parametrize(
    "asked", [("jung", "goal", "bordin"), ("bordin", "hope", "rogers"), ("bordin", "goal", "jung")]
)
def test_an_unknown_taxonomy_or_element_is_an_error(asked: tuple[str, str, str]) -> None:
    with pytest.raises(ta.UnknownIdError, match="there are: "):
        vocabulary.counterparts(*asked)


def _bond(id_: str, facet: str, amends: str | None = None) -> alliance.Bond:
    rating = alliance.Rating(4, 1, 5)
    return alliance.Bond(id=id_, of="c", toward="t", facet=facet, rating=rating, amends=amends)


@pytest.mark.parametrize(("taxonomy", "element"), ELEMENTS, ids=str)
def test_a_facet_counts_once_for_every_element_that_it_belongs_to(
    taxonomy: str, element: vocabulary.Element
) -> None:
    course = dossier.course(bonds=[_bond(f"b-{facet}", facet) for facet in vocabulary.FACETS])
    found = vocabulary.coverage(course, vocabulary.TAXONOMIES[taxonomy])
    assert found[element.id] == len(element.facets)


OF_OTHERS = {id_: each for id_, each in vocabulary.FACETS.items() if each.construct}


def test_rapport_and_connection_are_told_from_the_alliance() -> None:
    assert {id_: each.construct for id_, each in OF_OTHERS.items()} == {
        "confidence-in-role": "rapport",
        "connection": "interpersonal-connection",
    }
    assert {each.construct for each in OF_OTHERS.values()} <= vocabulary.CONSTRUCTS.keys()


@pytest.mark.parametrize("facet", OF_OTHERS)
@pytest.mark.parametrize("taxonomy", vocabulary.TAXONOMIES.values(), ids=lambda each: each.id)
def test_a_facet_of_another_construct_speaks_to_no_element_of_the_alliance(
    taxonomy: vocabulary.Taxonomy, facet: str
) -> None:
    assert not any(facet in each.facets for each in taxonomy.elements.values())
    course = dossier.course(bonds=[_bond("b1", facet)])
    own = by_id(*taxonomy.elements.values(), vocabulary.Element("e", "own", facets=(facet,)))
    for each in (taxonomy, evolve(taxonomy, elements=own)):
        assert not any(vocabulary.coverage(course, each).values())


def test_a_taxonomy_of_another_construct_counts_its_facets_alone() -> None:
    facets = ("confidence-in-role", "connection", "trust")
    element = vocabulary.Element("counting-on", "one counts on the other", facets=facets)
    rapport = vocabulary.Taxonomy("own", "one", "own", by_id(element), construct="rapport")
    course = dossier.course(bonds=[_bond(f"b-{facet}", facet) for facet in facets])
    assert vocabulary.coverage(course, rapport) == {"counting-on": 1}


def test_a_record_with_two_words_of_an_element_counts_once() -> None:
    both = alliance.CheckIn(id="k1", topics=("bond", "safety", "goals"))
    found = vocabulary.coverage(dossier.course(check_ins=[both]), vocabulary.TAXONOMIES["bordin"])
    assert found == {"goal": 1, "task": 0, "bond": 1}


def test_an_agreement_speaks_to_what_it_is_about() -> None:
    course = dossier.course(
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
    course = dossier.course(bonds=[_bond("b1", "trust"), _bond("b2", "be-oneself", amends="b1")])
    assert vocabulary.coverage(course, vocabulary.TAXONOMIES["bordin"])["bond"] == 0
    rogers = vocabulary.coverage(course, vocabulary.TAXONOMIES["rogers"])
    assert rogers["unconditional-positive-regard"] == 1


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
    assert vocabulary.coverage(dossier.course(skills=skills, codes=codes), known)["empathy"] == 3
    assert (
        vocabulary.coverage(dossier.course(skills=skills[:1], codes=codes[:1]), known)["empathy"]
        == 0
    )


def test_signs_and_wishes_of_a_client_count_and_so_do_skills_for_other_taxonomies() -> None:
    nod = alliance.SegmentCodes(id="s1", of="c", system="signs", codes=("nod",))
    wish = alliance.Preference(id="p1", of="c", about="empathy")
    course = dossier.course(codes=[nod], preferences=[wish])
    assert vocabulary.coverage(course, vocabulary.TAXONOMIES["rogers"])["empathy"] == 2
    skill = alliance.Skill(id="k", of="c", skill="empathy", rating=alliance.Rating(1, 1, 5))
    course = dossier.course(skills=[skill])
    assert vocabulary.coverage(course, vocabulary.TAXONOMIES["four-ingredients"])["empathy"] == 1


@pytest.mark.parametrize("polarity", ["+", "-", None])
def test_the_opposite_of_a_skill_speaks_to_it_too(polarity: Any) -> None:
    code = alliance.SegmentCodes(id="s1", system="skills", codes=("empathy",), polarity=polarity)
    found = vocabulary.coverage(dossier.course(codes=[code]), vocabulary.TAXONOMIES["rogers"])
    assert found["empathy"] == 1
