"""The built-in definitions are well kept, found by id and alias, and survive being written."""

import json
import subprocess
import sys
from collections import Counter

import pytest

import therapeutic_alliance as ta
from tests.measures import worked
from therapeutic_alliance.builtin import MEASURES

FAMILIES = {
    "rri": {"rri-c", "rri-t"},
    "srs": {"srs", "csrs", "gsrs"},
    "star": {"star-c", "star-p"},
    "wai": {
        "br-wai", "dwai", "sai", "wai", "wai-i", "wai-o", "wai-s", "wai-sr", "wai-srt",
        "wai-tech-sf",
    },
}  # fmt: skip


@pytest.mark.parametrize("measure_id", worked.IDS)
def test_lint_finds_nothing(measure_id: str) -> None:
    assert ta.lint(ta.Registry().measure(measure_id)) == ()


@pytest.mark.parametrize("measure_id", worked.IDS)
def test_it_comes_back_from_json_as_it_was(measure_id: str) -> None:
    measure = ta.Registry().measure(measure_id)
    again = ta.loads("measure", ta.dumps(measure))
    assert again == measure
    assert again.fingerprint == measure.fingerprint
    assert ta.dumps(again, indent=2) == ta.dumps(measure, indent=2)


@pytest.mark.parametrize("measure_id", worked.IDS)
def test_what_a_caller_stated_comes_back_from_json(measure_id: str) -> None:
    edition = worked.edition(worked.read(measure_id))
    assert ta.loads("measure", ta.dumps(edition)) == edition


@pytest.mark.parametrize("measure_id", worked.IDS)
def test_no_wording_ships(measure_id: str) -> None:
    measure = ta.Registry().measure(measure_id)
    assert measure.wording == ()
    assert measure.licence.terms


def test_families_are_linked() -> None:
    linked: dict[str, set[str]] = {}
    for measure in ta.Registry().measures.values():
        linked.setdefault(measure.family, set()).add(measure.id)
    assert {family: ids for family, ids in linked.items() if len(ids) > 1} == FAMILIES


def test_alias() -> None:
    registry = ta.Registry()
    assert registry.measure("bai") is registry.measure("br-wai")
    assert "bai" not in registry.measures


def test_no_alias_is_an_id_or_another_alias() -> None:
    measures = ta.Registry().measures.values()
    names = Counter(name for measure in measures for name in (measure.id, *measure.aliases))
    assert set(names.values()) == {1}


def test_the_nearest_id_is_suggested() -> None:
    with pytest.raises(ta.UnknownIdError, match="did you mean 'wai-srt'"):
        ta.Registry().measure("wai-srtt")


OPENED = """
import json, sys
opened = []
def watch(event, arguments):
    if event == "open" and str(arguments[0]).endswith(".toml"):
        opened.append(str(arguments[0]))
sys.addaudithook(watch)
import therapeutic_alliance as ta
registry = ta.Registry()
listed = len(registry.measures)
before = list(opened)
registry.measure("wai-sr")
print(json.dumps([listed, before, opened]))
"""


def test_reading_one_definition_reads_no_other() -> None:
    """Seen by the interpreter's own audit hook, in a fresh process."""
    run = subprocess.run([sys.executable, "-c", OPENED], capture_output=True, text=True, check=True)
    listed, before, opened = json.loads(run.stdout)
    assert listed == len(worked.IDS)
    assert before == [], "listing reads no file"
    assert opened == [str(MEASURES / "wai-sr.toml")]
