"""The vocabularies, taxonomies, prompts, exemplars and claims that a course speaks with."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import fields_dict
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.course import dossier
from tests.structure import tree
from therapeutic_alliance import alliance, vocabulary
from therapeutic_alliance.model.alliance.fields import fields_of
from therapeutic_alliance.model.alliance.kinds import Term
from therapeutic_alliance.model.course import SECTIONS
from therapeutic_alliance.model.validity import is_name
from therapeutic_alliance.model.vocabulary.meaning import by_id
from therapeutic_alliance.model.vocabulary.sources import NAMED_IN
from therapeutic_alliance.model.vocabulary.usage import CODES_OF, VOCABULARIES_OF

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "vocabulary.md"
ELEMENTS = [
    element for taxonomy in vocabulary.TAXONOMIES.values() for element in taxonomy.elements.values()
]


def _entries() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Id, text and concepts of all that has them."""
    words = [word for each in vocabulary.VOCABULARIES.values() for word in each.values()]
    for meaning in (*words, *ELEMENTS):
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
            dossier.course(preferences=[alliance.Preference(id="p1", of="c", about=about)])
        )
        == ()
    )


def test_a_part_of_another_skill_is_no_own_term() -> None:
    rating = alliance.Rating(1, 1, 5)
    odd = alliance.Skill(id="k1", of="t", skill="warmth", part="unconditionality", rating=rating)
    assert vocabulary.own_terms(dossier.course(skills=[odd])) == ()


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


# --- constructs ----------------------------------------------------------------------------------


@pytest.mark.parametrize("measure", ta.Registry().measures)
def test_the_construct_of_every_measure_is_documented(measure: str) -> None:
    assert ta.Registry().measure(measure).construct in vocabulary.CONSTRUCTS


PLUGGED = sorted((Path(__file__).parents[2] / "plugins").glob("*/src/*/measures/*.toml"))


@pytest.mark.parametrize("file", PLUGGED, ids=lambda file: file.stem)
def test_so_are_those_of_our_own_plugins(file: Path) -> None:
    declared = tomllib.loads(file.read_text(encoding="utf-8"))["construct"]
    assert declared in vocabulary.CONSTRUCTS


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
