"""The contract of detectors that observe no scores: built-in ones keep it, planted faults do not.

All observations are invented.
"""

from pathlib import Path
from typing import Any, ClassVar

import pytest

import therapeutic_alliance as ta
from tests.course import every
from tests.kit import observation_faults
from tests.kit.observation_faults import FAULTS, NO, YES, asked
from tests.kit.run import Outcomes, caught_by, outcomes
from therapeutic_alliance.model.alliance import SegmentCodes
from therapeutic_alliance.testing import ObservationDetectorContract

REGISTRY = ta.Registry()
E = ta.evidence


def coded(*codes: str) -> tuple[SegmentCodes, ...]:
    return (SegmentCodes(id="k", system="3rs", segment=1, codes=codes),)


class TestDirectReport(ObservationDetectorContract):
    detector = REGISTRY.detector("direct-report")
    observed = (asked(NO, YES, None, YES), asked(None, NO))


class TestObserver3RS(ObservationDetectorContract):
    detector = REGISTRY.detector("observer-3rs")
    observed: ClassVar[Any] = (
        E.Observations(
            kind="codes",
            points=(
                E.Observation(1, coded()),
                E.Observation(2, coded("denial")),
                E.Observation(4, None),
                E.Observation(5, coded("of-our-own")),
            ),
        ),
    )


class TestPrePost(ObservationDetectorContract):
    detector = REGISTRY.detector("pre-post")
    observed = (
        every.made(
            REGISTRY.detector("pre-post"),
            [(1, (30, 32)), (2, (31, 24)), (3, (None, 30)), (5, (20, 36)), (6, (36, None))],
        ),
    )


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Outcomes:
    return outcomes(Path(observation_faults.__file__), tmp_path_factory.mktemp("ran"))


def test_the_sound_twin_passes(ran: Outcomes) -> None:
    assert {each.result for each in ran["TestSound"].values()} == {"passed"}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda each: each.__name__)
def test_a_fault_is_caught(ran: Outcomes, fault: type) -> None:
    assert caught_by(ran[f"Test{fault.__name__}"])


def test_each_law_catches_a_fault(ran: Outcomes) -> None:
    own = [name for name in vars(ObservationDetectorContract) if name.startswith("test_")]
    caught = {name for fault in FAULTS for name in caught_by(ran[f"Test{fault.__name__}"])}
    assert set(own) <= caught


WRONG = """
import therapeutic_alliance as ta
from therapeutic_alliance.testing import DetectorContract, WorkedCourse

class TestWrong(DetectorContract):
    detector = ta.Registry().detector("{id}")
    worked = [WorkedCourse(values=[4, 2], low=1, high=5, flagged=[2], not_evaluable=[1])]
"""


@pytest.mark.parametrize(
    ("id_", "kind"),
    [("direct-report", "reports"), ("observer-3rs", "codes"), ("pre-post", "pre-post")],
)
def test_the_contract_for_scores_says_once_that_it_is_another(
    tmp_path: Path, id_: str, kind: str
) -> None:
    file = tmp_path / "test_wrong.py"
    file.write_text(WRONG.replace("{id}", id_), encoding="utf-8")
    [tests] = outcomes(file, tmp_path).values()
    assert caught_by(tests) == ("test_everything_needed_is_given",)
    assert {each.result for each in tests.values()} == {"failed", "skipped"}
    said = f"the detector observes {kind}, not scores: use ObservationDetectorContract"
    assert said in tests["test_everything_needed_is_given"].message
    assert all(said in each.message for each in tests.values())
