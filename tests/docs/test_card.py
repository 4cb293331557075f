"""The page of a measure: everything that its definition says, in good Markdown."""

from pathlib import Path

import pytest
from attrs import evolve

import therapeutic_alliance as ta
from therapeutic_alliance.exporters.blocks import Bullets, Heading, Paragraph, Table, markdown
from therapeutic_alliance.exporters.card import card, card_blocks
from therapeutic_alliance.model.measure import Measure

REGISTRY = ta.Registry()
TEMPO = ta.read_measure(
    Path(__file__).parents[2] / "examples" / "own-measure" / "session-tempo.toml"
)
MEASURES = [*REGISTRY.measures.values(), TEMPO]


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.id)
def test_nothing_of_a_definition_is_left_out(measure: Measure) -> None:
    page = card(measure)
    said = [measure.name, measure.version, measure.fingerprint, *measure.aliases, *measure.raters]
    said += [each.note for each in measure.evidence if each.note]
    said += [each.citation for each in measure.sources]
    said += [each.text for each in measure.cautions]
    said += [each.population for each in measure.cut_offs if each.population]
    said += [each.sample for each in measure.statistics if each.sample]
    said += [each for each in (measure.licence.terms, measure.licence.holder) if each]
    assert [words for words in said if words not in page] == []


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.id)
def test_blocks_stand_apart_by_one_empty_line(measure: Measure) -> None:
    page = card(measure)
    assert "\n\n\n" not in page
    assert page.endswith("\n")
    assert not page.endswith("\n\n")
    for before, line in zip(page.splitlines(), page.splitlines()[1:], strict=False):
        if line.startswith(("#", "| ---")) or before.startswith("#"):
            assert line.startswith("| ---") or "" in (before, line)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.id)
def test_no_section_and_no_block_is_empty(measure: Measure) -> None:
    blocks = list(card_blocks(measure))
    for block, following in zip(blocks, [*blocks[1:], Heading(2, "end")], strict=True):
        match block:
            case Heading(level=2):
                assert not isinstance(following, Heading), f"nothing stands below {block.text}"
            case Bullets():
                assert block.entries
            case Table():
                assert {len(row) for row in block.rows} == {len(block.headings)}


def test_a_measure_with_the_least_that_is_needed_has_a_page() -> None:
    total = ta.ScoreRule(id="total", items=("a", "b"), aggregate="sum")
    bare = ta.Measure(
        id="bare",
        version="1",
        name="Bare (invented)",
        raters=("client",),
        items=("a", "b"),
        scale=ta.Scale(low=0, high=1),
        scores=(total,),
    )
    page = card(bare)
    assert page.startswith("# bare: Bare (invented)\n\n- Id: `bare`, version 1\n")
    assert "## Evidence\n\nNone given.\n\n## Cut-offs\n" in page


def test_a_cell_cannot_end_itself() -> None:
    [scores] = [each for each in card_blocks(TEMPO) if isinstance(each, Table)][:1]
    assert markdown([evolve(scores, rows=(("a|b", "", "", ""),))]).endswith("| a\\|b |  |  |  |\n")


def test_what_is_said_twice_is_rendered_twice() -> None:
    assert markdown([Paragraph("one"), Paragraph("one")]) == "one\n\none\n"


def test_a_rule_for_missing_answers_of_one_score_is_told() -> None:
    """What holds for one score is never said of all."""
    first, *others = REGISTRY.measure("wai-sr").scores
    own = evolve(first, missing=ta.MissingRule(at_most=1))
    strict = evolve(others[0], missing=ta.MissingRule(at_most=0))
    measure = evolve(
        REGISTRY.measure("wai-sr"),
        scores=(own, strict, *others[1:]),
        missing=ta.MissingRule(at_most=2),
    )
    page = card(measure)
    assert "- Missing answers: each score has its own rule, below" in page
    rows = [line.split("|") for line in page.splitlines() if line.startswith("| ")]
    allowed = {cells[1].strip(): cells[5].strip() for cells in rows if len(cells) == 7}
    expected = ["may be missing", "up to 1", "none", "up to 2", "up to 2"]
    assert list(allowed.values())[:1] + list(allowed.values())[2:] == expected
    assert "may be missing" not in card(REGISTRY.measure("wai-sr"))
    assert str(strict.missing) == "the authors' rule: every item must be answered"
