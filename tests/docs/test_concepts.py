"""The index of concepts is whole, and everything in it exists and is used."""

import re
import tomllib
from importlib.util import module_from_spec, spec_from_file_location
from typing import Any

import pytest

import therapeutic_alliance as ta
from tests.docs.concept_places import (
    FIND,
    INDICATORS,
    ROOT,
    concepts_of,
    courses,
    found,
    occurs,
    sections,
    shown,
    told,
    words_of,
)
from therapeutic_alliance.model.vocabulary import EXEMPLARS, VOCABULARIES

DOCS = ROOT / "docs"
TEXT = (DOCS / "concepts.toml").read_text(encoding="utf-8")
ROWS: dict[str, dict[str, Any]] = tomllib.loads(TEXT)
ARTICLES = {"A": 44, "B": 74, "C": 29, "D": 23, "E": 30}
MODELLED = [id_ for id_, row in ROWS.items() if "where" in row]
LONGEST_NAME = 100
MOST_NOT_MODELLED = 14


def _where(id_: str) -> list[str]:
    return list(ROWS[id_].get("where", ()))


def _used(id_: str) -> list[str]:
    return list(ROWS[id_].get("used", ()))


def _held(id_: str) -> list[str]:
    """Where a concept that is not modelled is held for reference."""
    return re.findall(r"`([^`]+)`", ROWS[id_].get("not_modelled", ""))


def test_every_concept_has_its_row_and_there_is_no_other() -> None:
    numbered = [
        f"{article}{n:02}" for article, many in ARTICLES.items() for n in range(1, many + 1)
    ]
    assert list(ROWS) == numbered


@pytest.mark.parametrize("id_", ROWS)
def test_a_row_says_where_and_by_what_or_why_not(id_: str) -> None:
    row = ROWS[id_]
    assert row.keys() in ({"name", "where", "used"}, {"name", "not_modelled"})
    assert row["name"].strip() == row["name"] != ""
    assert len(row["name"]) <= LONGEST_NAME
    for places in (_where(id_), _used(id_)):
        assert len(set(places)) == len(places)
        assert bool(places) == (id_ in MODELLED)
    assert row.get("not_modelled", "a reason") != ""


def test_names_differ() -> None:
    names = [row["name"] for row in ROWS.values()]
    assert sorted(set(names)) == sorted(names)


def test_little_is_left_out() -> None:
    assert len(ROWS) - len(MODELLED) <= MOST_NOT_MODELLED


@pytest.mark.parametrize("id_", MODELLED)
def test_every_place_exists(id_: str) -> None:
    for place in _where(id_) + _used(id_):
        assert found(place), place


@pytest.mark.parametrize("id_", ROWS.keys() - set(MODELLED))
def test_what_is_not_modelled_says_where_it_is_held(id_: str) -> None:
    assert _held(id_)
    assert all(found(place) for place in _held(id_))


@pytest.mark.parametrize("id_", MODELLED)
def test_a_page_alone_makes_no_use(id_: str) -> None:
    assert not all(use.startswith("doc:") for use in _used(id_))


def _by_example(id_: str, name: str) -> bool:
    """Something of the concept itself occurs; a whole taxonomy or coding system says too little."""
    return any(
        occurs(place, courses()[name]) for place in _where(id_) if not place.startswith(BROAD)
    )


BROAD = ("taxonomy:", "term:coding-systems/")


def _by_indicator(id_: str, name: str) -> bool:
    return id_ in concepts_of(INDICATORS[name])


def _by_table(id_: str, name: str) -> bool:
    """A table of one section has its records; of those that have all, a column is named."""
    table, _, column = name.partition("#")
    of = {section for place in _where(id_) for section in sections(place)}
    return column != "" if table in EVERYTHING else table.replace("-", "_") in of


EVERYTHING = ("answers", "scores", "sessions-wide")


def _by_command(id_: str, name: str) -> bool:
    """It prints the course that a concept is, or how many records speak to a taxonomy."""
    examples = any(place.startswith("example:") for place in _where(id_))
    spoken = any(f"speak to {_counted(place)}" in shown() for place in _where(id_))
    return name == "show" and (examples or spoken)


def _counted(place: str) -> str:
    """What ``coverage`` is shown with: a taxonomy; the function itself with any of them."""
    return "" if place == "function:coverage" else place.removeprefix("taxonomy:")


def _by_page(id_: str, name: str) -> bool:
    """A page lists it, or shows the example that it is."""
    if name == "reference/vocabulary":
        return any(place.startswith(LISTED) for place in _where(id_))
    text = found(f"doc:{name}").read_text(encoding="utf-8")
    examples = [each for each in _where(id_) if each.startswith("example:")]
    return any(f"{each.removeprefix('example:')}.json" in text for each in examples)


LISTED = ("claim:", "source:", "exemplar:", "taxonomy:", "term:constructs/")
"""What does its work by standing on the page on the vocabulary."""
USES = {
    "example": _by_example,
    "indicator": _by_indicator,
    "table": _by_table,
    "command": _by_command,
    "doc": _by_page,
}


@pytest.mark.parametrize("id_", MODELLED)
def test_what_is_said_to_use_a_concept_does_so(id_: str) -> None:
    for use in _used(id_):
        kind, _, name = use.partition(":")
        assert USES[kind](id_, name), use


def test_a_taxonomy_alone_makes_no_example() -> None:
    """A course with goals speaks to an element of C15, and has no feedback."""
    without = ta.Course(case="c1", goals=(ta.alliance.Goal(id="g1"),))
    assert occurs("taxonomy:four-strategies/collaboration", without)
    assert not any(occurs(place, without) for place in _where("C15") if not place.startswith(BROAD))


def test_places_and_concepts_name_each_other() -> None:
    """Words of no concept are this library's own, such as the names of markers."""
    kinds = {place.partition(":")[0] for place, _ in told()} - {"taxonomy"}
    named = {
        (place, id_)
        for id_ in ROWS
        for place in _where(id_) + _used(id_) + _held(id_)
        if place.partition(":")[0] in kinds or (place.startswith("taxonomy:") and "/" in place)
    }
    assert named == set(told())


@pytest.mark.parametrize("vocabulary", VOCABULARIES.keys() - {"constructs"})
def test_every_word_of_a_vocabulary_occurs_in_a_simulated_course(vocabulary: str) -> None:
    """Constructs are what measures are about; no record of a course names one."""
    occurring = {word for each in courses().values() for word in words_of(each, vocabulary)}
    assert VOCABULARIES[vocabulary].keys() - occurring == set()


@pytest.mark.parametrize("exemplar", EXEMPLARS)
def test_every_exemplar_is_said_in_a_simulated_course(exemplar: str) -> None:
    assert any(occurs(f"exemplar:{exemplar}", each) for each in courses().values())


def test_every_class_and_field_of_records_occurs_in_a_simulated_course() -> None:
    recorded = {place for id_ in MODELLED for place in _where(id_) if sections(place)}
    assert [
        place for place in recorded if not any(occurs(place, each) for each in courses().values())
    ] == []


def _page(article: str) -> list[str]:
    """The table of an article, as the page is built with it."""
    file = DOCS / "_ext" / "alliance_concepts.py"
    spec = spec_from_file_location("alliance_concepts", file)
    assert spec
    assert spec.loader
    made = module_from_spec(spec)
    spec.loader.exec_module(made)
    return list(made.rows(article))


@pytest.mark.parametrize("article", ARTICLES)
def test_the_page_has_no_empty_cell(article: str) -> None:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in _page(article)]
    assert len(rows) == ARTICLES[article]
    assert [
        row for row in rows if len(row) != len(["id", "what", "where", "used"]) or "" in row
    ] == []


@pytest.mark.parametrize("article", ARTICLES)
def test_every_article_is_on_the_page(article: str) -> None:
    page = (DOCS / "explanation" / "concepts.md").read_text(encoding="utf-8")
    assert f"```{{alliance-concepts}} {article}\n" in page


def _tried() -> list[tuple[str, str]]:
    """Every place in the table on how to read the page, and how it is tried."""
    page = (DOCS / "explanation" / "concepts.md").read_text(encoding="utf-8")
    return re.findall(r"^\| `([\w-]+:[^`]+)` \| .+ \| `?([^|`]+)`? \|$", page, re.MULTILINE)


@pytest.mark.parametrize(("place", "how"), _tried())
def test_what_the_page_says_to_try_works(place: str, how: str) -> None:
    """Commands are run with all others of the pages."""
    assert found(place) is not None
    if "ta." in how:
        course = courses()["drop-and-recovery"]
        assert eval(how.replace("help(", "("), {"ta": ta, "course": course}) is not None  # noqa: S307
    else:
        assert how.startswith("alliance ") or how == "open it"


def test_the_page_says_how_to_try_each_kind_of_place() -> None:
    page = (DOCS / "explanation" / "concepts.md").read_text(encoding="utf-8")
    assert [kind for kind in FIND if f"`{kind}:" not in page] == []
