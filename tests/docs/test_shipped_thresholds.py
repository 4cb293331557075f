"""The tables of rules at the thresholds that they ship with are those of the script."""

import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

import therapeutic_alliance as ta
from therapeutic_alliance.course.simulate import BASE, simulate

DOCS = Path(__file__).parents[2] / "docs"
SCRIPT = DOCS / "_ext" / "shipped_thresholds.py"


def _script() -> Any:
    spec = spec_from_file_location("shipped_thresholds", SCRIPT)
    assert spec
    assert spec.loader
    made = module_from_spec(spec)
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    return made


@pytest.mark.slow
def test_the_committed_tables_are_those_of_the_script() -> None:
    """``make thresholds`` makes them anew."""
    run = subprocess.run([sys.executable, SCRIPT], capture_output=True, check=True)
    committed = DOCS / "guide" / "shipped-thresholds.txt"
    assert run.stdout.decode() == committed.read_text(encoding="utf-8")


def test_the_rules_are_as_they_ship() -> None:
    """Counted anew, apart from the script, of the same cases."""
    script = _script()
    flagged, ordinary, treatments = 0, 0, 0
    rule = ta.Registry().detector("drop-from-best")
    for case in simulate(BASE, 60, 20_002):
        flags = {flag.session: flag.flag for flag in rule.flags(case.series)}
        treatments += any(flags.values())
        for point in case.series.observed:
            if point.session > 3 and not case.rupture_at(point.session):
                flagged, ordinary = flagged + bool(flags[point.session]), ordinary + 1
    found = script.found("base", 60, 20_002)["drop-from-best"]
    assert found.ordinary.flagged.count(True) == flagged
    assert len(found.ordinary.flagged) == ordinary
    assert found.treatments.flagged.count(True) == treatments
