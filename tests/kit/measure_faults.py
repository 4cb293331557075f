"""Contracts of one sound measure, and of the same with a fault planted in it.

Run by ``test_measure_faults.py`` in a process of its own. The docstring of a class is its fault.
"""
# ruff: noqa: RUF012 - written as authors write them; docstrings are table cells

from typing import Any

import pytest
from attrs import evolve

import therapeutic_alliance as ta
from therapeutic_alliance.model.evidence import Evidence
from therapeutic_alliance.testing import MeasureContract, Worked
from therapeutic_alliance.testing.keys import measure as contract

FACTS: Any = ("raters", "items", "scale", "scores", "reverse", "aggregate", "missing")
PULSE = ta.Measure(
    id="pulse",
    version="1",
    name="Pulse (invented)",
    raters=("client",),
    items=("q1", "q2", "q3", "q4", "q5", "q6"),
    scale=ta.Scale(low=0, high=4),
    reverse=("q2", "q5"),
    scores=(
        ta.ScoreRule(id="steady", items=("q1", "q2", "q3"), aggregate="sum"),
        ta.ScoreRule(id="open", items=("q4", "q5", "q6"), aggregate="sum"),
        ta.ScoreRule(id="total", of=("steady", "open"), aggregate="sum", range=(0, 24)),
    ),
    missing=ta.MissingRule(at_most=1),
    status="stated",
    status_reason="invented",
    evidence=tuple(Evidence(fact=fact, grade="stated") for fact in FACTS),
)
STEADY, OPEN, TOTAL = PULSE.scores
UNEVEN = Worked(answers=[1, 0, 3, 2, 4, 0], scores={"steady": 8, "open": 2, "total": 10})
OTHER = Worked(
    answers={"q1": 4, "q2": 3, "q3": 0, "q4": 1, "q5": 2, "q6": 3},
    scores={"steady": 5, "open": 6, "total": 11},
    note="by id",
)
ONE_MISSING = Worked(
    answers=[None, 0, 3, 2, 4, 1],
    scores={"steady": 10.5, "open": 3, "total": 12},
    note="4 and 3, so 3.5 for the first; over all five the mean is 2",
)
TWO_MISSING = Worked(answers=[None, None, 3, 2, 4, 1], scores={"steady": None, "total": None})
TWO_OF_OPEN = Worked(answers=[1, 0, 3, None, None, 1], scores={"open": None, "steady": 8})


def with_scores(*scores: ta.ScoreRule) -> ta.Measure:
    return evolve(PULSE, scores=scores)


class Sound(MeasureContract):
    """nothing is wrong"""

    measure: Any = PULSE
    worked: Any = [UNEVEN, OTHER, ONE_MISSING, TWO_MISSING, TWO_OF_OPEN]
    ranges: Any = {"steady": (0, 12), "open": (0, 12), "total": (0, 24)}
    refused: Any = {"q1": [5, -1, 0.5, "2", True]}


class Reversed(Sound):
    """an item reversed that is not"""

    measure = evolve(PULSE, reverse=("q2", "q3", "q5"))


class NotReversed(Sound):
    """a reversed item forgotten"""

    measure = evolve(PULSE, reverse=("q2",))


class ItemLeftOut(Sound):
    """an item left out of a score"""

    measure = with_scores(evolve(STEADY, items=("q1", "q2")), OPEN, TOTAL)


class ItemsSwapped(Sound):
    """two items swapped between scores"""

    measure = with_scores(
        evolve(STEADY, items=("q1", "q2", "q4")), evolve(OPEN, items=("q3", "q5", "q6")), TOTAL
    )


class ItemTwice(Sound):
    """an item in two scores"""

    measure = with_scores(STEADY, evolve(OPEN, items=("q3", "q4", "q5", "q6")), TOTAL)


class TopTooHigh(Sound):
    """the scale ends one too high"""

    measure = evolve(PULSE, scale=ta.Scale(low=0, high=5))


class BottomTooHigh(Sound):
    """the scale begins at 1, not at 0"""

    measure = evolve(PULSE, scale=ta.Scale(low=1, high=4))


class HalfSteps(Sound):
    """half steps are accepted"""

    measure = evolve(PULSE, scale=ta.Scale(low=0, high=4, step=0.5))


class MeanForSum(Sound):
    """means where sums are printed"""

    measure = with_scores(
        *(evolve(rule, aggregate="mean", range=None) for rule in (STEADY, OPEN, TOTAL))
    )


class PartialTotal(Sound):
    """the total leaves a score out"""

    measure = with_scores(STEADY, OPEN, evolve(TOTAL, of=("steady",), range=None))


class TooLax(Sound):
    """the missing rule allows one too many"""

    measure = evolve(PULSE, missing=ta.MissingRule(at_most=2))


class NoRule(Sound):
    """the missing rule forgotten"""

    measure = evolve(PULSE, missing=None)


class LaxForOneScore(Sound):
    """one score with a missing rule of its own"""

    measure = with_scores(STEADY, evolve(OPEN, missing=ta.MissingRule(at_most=2)), TOTAL)


class NoEvidence(Sound):
    """no evidence for the scale"""

    measure = evolve(PULSE, evidence=tuple(e for e in PULSE.evidence if e.fact != "scale"))


class OpenScale(Sound):
    """an open measure, not the stated edition"""

    measure = evolve(
        PULSE,
        scale=None,
        open=("scale",),
        status="open",
        scores=tuple(evolve(rule, range=None) for rule in PULSE.scores),
    )


class NoMeasureAtAll(Sound):
    """a file name in place of the measure"""

    measure = "pulse.toml"


class AllMaximum(Sound):
    """weak examples: all answers at the maximum"""

    worked = [
        Worked(answers=[4, 0, 4, 4, 0, 4], scores={"steady": 12, "open": 12, "total": 24}),
    ]


class OneExample(Sound):
    """weak examples: a single form"""

    worked = [UNEVEN]


class NoneMissing(Sound):
    """weak examples: none with answers missing"""

    worked = [UNEVEN, OTHER]


class TotalOnly(Sound):
    """weak examples: only totals worked out"""

    worked = [
        Worked(answers=each.answers, scores={"total": each.scores["total"]})
        for each in (UNEVEN, OTHER, ONE_MISSING, TWO_MISSING)
    ]


class WrongValue(Sound):
    """a worked value is wrong"""

    worked = [*Sound.worked, Worked(answers=[1, 1, 1, 1, 1, 1], scores={"total": 6})]


class ScorableForNot(Sound):
    """a worked value where nothing is scorable"""

    worked = [*Sound.worked, Worked(answers=[None, None, 3, 2, 4, 1], scores={"steady": 9})]


class UnknownScore(Sound):
    """a worked score that the measure has not"""

    worked = [*Sound.worked, Worked(answers=[1, 1, 1, 1, 1, 1], scores={"bond": 6})]


class TooFewAnswers(Sound):
    """a worked form with too few answers"""

    worked = [*Sound.worked, Worked(answers=[1, 1, 1], scores={"total": 6})]


class NoWorkedForm(Sound):
    """an example that is no Worked(...)"""

    worked = [*Sound.worked, {"answers": [1, 1, 1, 1, 1, 1]}]


class WrongRange(Sound):
    """a range off by one"""

    ranges = {"steady": (0, 12), "open": (0, 12), "total": (0, 25)}


class RangeLeftOut(Sound):
    """the range of one score left out"""

    ranges = {"steady": (0, 12), "open": (0, 12)}


class OfferedRefused(Sound):
    """an answer in refused that the form offers"""

    refused = {"q1": [5, -1, 0.5, 4]}


class UnknownItem(Sound):
    """an item in refused that the measure has not"""

    refused = {"q1": [5, -1, 0.5], "q9": [5]}


class NoStepRefused(Sound):
    """weak refusals: none between two steps"""

    refused = {"q1": [5, -1]}


class WorkedForgotten(Sound):
    """no worked examples"""

    worked = None


class WorkedEmpty(Sound):
    """an empty list of worked examples"""

    worked = []


class RangesForgotten(Sound):
    """no ranges"""

    ranges = None


class RefusedForgotten(Sound):
    """no refused answers"""

    refused = None


class NothingGiven(MeasureContract):
    """nothing given at all"""


class FaultyScorer(Sound):
    """the sheet says what it should"""

    @pytest.fixture(autouse=True)
    def _faulty(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(contract, "score", self.score)

    def score(self, measure: ta.Measure, form: Any) -> ta.ScoreSheet:
        return ta.score(measure, form)

    def change(self, sheet: ta.ScoreSheet, add: float) -> ta.ScoreSheet:
        """The same sheet, with something added to each value."""
        values = [
            each if each.value is None else evolve(each, value=each.value + add) for each in sheet
        ]
        return evolve(sheet, scores=tuple(values))


class ZeroForMissing(FaultyScorer):
    """scorer: a missing answer counts as 0"""

    def score(self, measure: ta.Measure, form: Any) -> ta.ScoreSheet:
        if isinstance(form, dict):
            form = {item: answer or 0 for item, answer in form.items()}
        return ta.score(measure, form)


class OffByOne(FaultyScorer):
    """scorer: every score one too high"""

    def score(self, measure: ta.Measure, form: Any) -> ta.ScoreSheet:
        return self.change(ta.score(measure, form), 1)


class OrderCounts(FaultyScorer):
    """scorer: the first answer given counts twice"""

    def score(self, measure: ta.Measure, form: Any) -> ta.ScoreSheet:
        first = next(iter(form.values())) if isinstance(form, dict) else form[0]
        return self.change(ta.score(measure, form), (first or 0) / 100)


class Falls(FaultyScorer):
    """scorer: a higher answer lowers the scores"""

    def score(self, measure: ta.Measure, form: Any) -> ta.ScoreSheet:
        given = {item: 4 - answer if answer is not None else None for item, answer in form.items()}
        return ta.score(measure, given)


class Loses(Sound):
    """reader: the missing rule is lost in JSON"""

    @pytest.fixture(autouse=True)
    def _faulty(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(contract, "loads", self.lose)

    def lose(self, _kind: str, text: str) -> ta.Measure:
        return evolve(ta.loads("measure", text), missing=None)
