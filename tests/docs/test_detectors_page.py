"""The page of detectors names every one that there is."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from attrs import fields

import therapeutic_alliance as ta

DOCS = Path(__file__).parents[2] / "docs"
REGISTRY = ta.Registry()


def _extension() -> Any:
    spec = spec_from_file_location("alliance_detectors", DOCS / "_ext" / "alliance_detectors.py")
    assert spec
    assert spec.loader
    made = module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


EXTENSION = _extension()
TABLE = list(EXTENSION.overview())


def test_the_page_is_made_from_the_registry() -> None:
    page = (DOCS / "reference" / "detectors.md").read_text(encoding="utf-8")
    assert "```{alliance-detectors}\n```" in page
    assert '"alliance_detectors"' in (DOCS / "conf.py").read_text(encoding="utf-8")
    assert "reference/detectors\n" in (DOCS / "index.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("id_", REGISTRY.detectors)
def test_every_detector_stands_on_it(id_: str) -> None:
    detector: Any = REGISTRY.detector(id_)
    [row] = [line for line in TABLE if line.startswith(f"| [`{id_}`](#{id_}) |")]
    assert f"| {detector.mode}" in row
    section = "\n".join(EXTENSION.section(detector))
    assert f"- from: {detector.citation}" in section
    assert f"- {detector.mode}: " in section
    told = [f"{part} `[{mark}]`" for part, mark in detector.confidence]
    assert f"- confidence: {'; '.join(told)}" in section
    for each in fields(type(detector)):
        assert (f"\n| `{each.name}` | " in section) == each.init


def test_no_row_breaks_its_table() -> None:
    """A line in a table has the columns of its head."""
    assert {line.count(" |") for line in TABLE[2:]} == {3}
    sections = [EXTENSION.section(each) for each in EXTENSION.known().values()]
    rows = [line for section in sections for line in section if line.startswith("| `")]
    assert {line.count(" |") for line in rows} == {3}


def test_what_is_known_of_a_parameter_is_told() -> None:
    """Choices, defaults, and words of the class or of one that it inherits from."""
    rci_drop = "\n".join(EXTENSION.section(REGISTRY.detector("rci-drop")))
    assert "| `reference` | One of `previous`, `running-max`, `session-3`." in rci_drop
    assert (
        "| `sd` | SD of the measure in a sample, in the metric of the series. | none |" in rci_drop
    )
    assert "- observes scores" in rci_drop


@pytest.mark.parametrize("id_", REGISTRY.detectors)
def test_words_are_complete(id_: str) -> None:
    """Every parameter is described; errors are left to the API; no names of Python's modules."""
    section = "\n".join(EXTENSION.section(REGISTRY.detector(id_)))
    assert "|  |" not in section
    assert "Raises" not in section
    assert "therapeutic_alliance." not in section


def test_what_is_no_score_is_told() -> None:
    asked = "\n".join(EXTENSION.section(REGISTRY.detector("direct-report")))
    assert "- observes direct reports" in asked
