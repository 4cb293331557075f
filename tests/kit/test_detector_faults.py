"""Each fault planted in a detector is caught by its contract, and the sound twin keeps it."""

from pathlib import Path

import pytest

from tests.kit import detector_faults as planted
from tests.kit.kills import Kill
from tests.kit.run import Outcomes, caught_by, outcomes
from therapeutic_alliance.testing import CohortDetectorContract

TESTS = {name for name in dir(CohortDetectorContract) if name.startswith("test_")}


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Outcomes:
    return outcomes(Path(planted.__file__), tmp_path_factory.mktemp("ran"))


def test_the_sound_twin_passes(ran: Outcomes) -> None:
    found = {test: outcome.result for test, outcome in ran["TestSound"].items()}
    assert found == dict.fromkeys(TESTS, "passed")


@pytest.mark.parametrize("fault", planted.FAULTS, ids=lambda fault: fault.__name__)
def test_a_fault_is_caught(ran: Outcomes, kills: list[Kill], fault: type) -> None:
    caught = caught_by(ran[f"Test{fault.__name__}"])
    kills.append(Kill("detector", (fault.__doc__ or "").strip(), caught))
    assert caught


def test_every_test_catches_some_fault(ran: Outcomes) -> None:
    """One that never fails would be there for show."""
    assert {test for tests in ran.values() for test in caught_by(tests)} == TESTS


def test_nothing_is_skipped_and_nothing_breaks(ran: Outcomes) -> None:
    results = {outcome.result for tests in ran.values() for outcome in tests.values()}
    assert results == {"passed", "failed"}
