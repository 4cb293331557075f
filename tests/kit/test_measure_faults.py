"""Each fault planted in a measure, in its evidence or in the scorer is caught by the contract."""

from pathlib import Path

import pytest

from tests.kit import measure_faults
from tests.kit.kills import Kill
from tests.kit.run import Outcomes, caught_by, outcomes
from therapeutic_alliance.testing import MeasureContract

CONTRACTS = {
    name: (each.__doc__ or "").strip()
    for name, each in vars(measure_faults).items()
    if isinstance(each, type) and each.__module__ == measure_faults.__name__
}
SOUND = ("Sound", "FaultyScorer")
FAULTS = [name for name in CONTRACTS if name not in SOUND]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Outcomes:
    return outcomes(Path(measure_faults.__file__), tmp_path_factory.mktemp("ran"))


@pytest.mark.parametrize("name", SOUND)
def test_the_sound_twin_passes(ran: Outcomes, name: str) -> None:
    tests = [each for each in dir(MeasureContract) if each.startswith("test_")]
    assert {test: outcome.result for test, outcome in ran[name].items()} == dict.fromkeys(
        tests, "passed"
    )


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_caught(ran: Outcomes, kills: list[Kill], name: str) -> None:
    kills.append(Kill("measure", CONTRACTS[name], caught_by(ran[name])))
    assert caught_by(ran[name])


def test_every_test_catches_some_fault(ran: Outcomes) -> None:
    """One that never fails would be there for show."""
    catching = {test for name in FAULTS for test in caught_by(ran[name])}
    assert catching == {each for each in dir(MeasureContract) if each.startswith("test_")}


def test_nothing_is_skipped_and_nothing_breaks(ran: Outcomes) -> None:
    results = {outcome.result for tests in ran.values() for outcome in tests.values()}
    assert results == {"passed", "failed"}


@pytest.mark.parametrize(
    ("name", "test", "words"),
    [
        (
            "NothingGiven",
            "test_round_trip_through_json",
            "NothingGiven gives no measure: ",
        ),
        ("WorkedForgotten", "test_worked_examples", "gives no worked: forms that you scored by"),
        ("WorkedEmpty", "test_worked_examples", "WorkedEmpty gives no worked"),
        ("RangesForgotten", "test_ranges", "gives no ranges: the lowest and highest possible"),
        ("RefusedForgotten", "test_refused_answers", "gives no refused: answers that the form"),
        ("OpenScale", "test_worked_examples", "give the edition that is scored, not the open one"),
        ("NoMeasureAtAll", "test_ranges", "NoMeasureAtAll.measure is a str, not a Measure"),
        ("NoWorkedForm", "test_worked_examples", "worked holds something that is no Worked(...)"),
        ("WrongValue", "test_worked_examples", "worked example 6: total is 10, worked 6"),
        ("ScorableForNot", "test_worked_examples", "steady is not scorable, worked 9"),
        ("UnknownScore", "test_worked_examples", "bond is no score of the measure"),
        ("TooFewAnswers", "test_worked_examples", "worked example 6: the form is refused"),
        ("ItemLeftOut", "test_worked_examples", "worked example 1: steady is 5, worked 8"),
        ("WrongRange", "test_ranges", "score total reaches 0 to 24, ranges say 0 to 25"),
        ("RangeLeftOut", "test_ranges", "score total has no entry in ranges"),
        ("OfferedRefused", "test_refused_answers", "item q1 accepts 4, which is in refused"),
        ("UnknownItem", "test_refused_answers", "refused names q9, which is no item"),
        ("NoEvidence", "test_definition_is_well_made", "$.evidence.scale: missing"),
    ],
)
def test_the_sentence(ran: Outcomes, name: str, test: str, words: str) -> None:
    assert words in ran[name][test].message


def test_weak_examples_are_told_in_words(ran: Outcomes) -> None:
    message = ran["AllMaximum"]["test_worked_examples_pin_the_whole_key"].message
    assert "keys with one step wrong would go unnoticed:" in message
    assert "item q1 " in message
    assert " with item " in message
    assert "more like these\nWhat would notice them:" in message
    assert "answered unevenly" in message
    assert "answers missing" in message
    assert len(message.splitlines()) < 20, "one line a key, ten keys, no traceback"
