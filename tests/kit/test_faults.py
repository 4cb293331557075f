"""Each planted fault is caught by the contract of its kind, and the sound twin keeps it."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from tests.kit import detector_faults, exporter_faults, importer_faults, phases_faults
from tests.kit.kills import Kill
from tests.kit.run import Outcomes, caught_by, outcomes
from therapeutic_alliance.testing import (
    CohortDetectorContract,
    Contract,
    ImporterContract,
    PhaseModelContract,
    RoundTripExporterContract,
)

CONTRACTS: dict[str, tuple[ModuleType, type[Contract]]] = {
    "detector": (detector_faults, CohortDetectorContract),
    "phase model": (phases_faults, PhaseModelContract),
    "importer": (importer_faults, ImporterContract),
    "exporter": (exporter_faults, RoundTripExporterContract),
}
FAULTS = [(kind, fault) for kind, (planted, _) in CONTRACTS.items() for fault in planted.FAULTS]
EACH_KIND = pytest.mark.parametrize("kind", CONTRACTS)


def _tests(kind: str) -> set[str]:
    return {name for name in dir(CONTRACTS[kind][1]) if name.startswith("test_")}


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Outcomes]:
    """What pytest says of the planted faults of a kind, run once."""

    @cache
    def of(kind: str) -> Outcomes:
        return outcomes(Path(str(CONTRACTS[kind][0].__file__)), tmp_path_factory.mktemp("ran"))

    return of


@EACH_KIND
def test_the_sound_twin_passes(ran: Callable[[str], Outcomes], kind: str) -> None:
    found = {test: outcome.result for test, outcome in ran(kind)["TestSound"].items()}
    assert found == dict.fromkeys(_tests(kind), "passed")


@EACH_KIND
def test_sound_things_of_other_shapes_pass(ran: Callable[[str], Outcomes], kind: str) -> None:
    faulty = {f"Test{fault.__name__}" for fault in CONTRACTS[kind][0].FAULTS}
    sound = [tests for name, tests in ran(kind).items() if name not in faulty]
    assert {outcome.result for tests in sound for outcome in tests.values()} == {"passed"}


@pytest.mark.parametrize(
    ("kind", "fault"), FAULTS, ids=lambda each: getattr(each, "__name__", each)
)
def test_a_fault_is_caught(
    ran: Callable[[str], Outcomes], kills: list[Kill], kind: str, fault: type
) -> None:
    caught = caught_by(ran(kind)[f"Test{fault.__name__}"])
    kills.append(Kill(kind, (fault.__doc__ or "").strip(), caught))
    assert caught


@EACH_KIND
def test_there_are_many(kind: str) -> None:
    assert len(CONTRACTS[kind][0].FAULTS) >= 10


@EACH_KIND
def test_every_test_catches_some_fault(ran: Callable[[str], Outcomes], kind: str) -> None:
    """One that never fails would be there for show."""
    assert {test for tests in ran(kind).values() for test in caught_by(tests)} == _tests(kind)


@EACH_KIND
def test_nothing_is_skipped_and_nothing_breaks(ran: Callable[[str], Outcomes], kind: str) -> None:
    # a file that is left open is told by pytest, too, when the test is over
    tests = [tests for name, tests in ran(kind).items() if name != "TestLeavesItOpen"]
    results = {outcome.result for each in tests for outcome in each.values()}
    assert results == {"passed", "failed"}
