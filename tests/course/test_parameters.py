"""Every result says the parameters of its rule: two variants are two rules."""

import json
from typing import Any

import pytest
from attrs import frozen

import therapeutic_alliance as ta
from tests.course.illustrations import COHORT, A
from therapeutic_alliance.course.detectors.direct_report import DirectReport
from therapeutic_alliance.course.detectors.observer_3rs import Observer3RS

REGISTRY = ta.Registry()


def test_two_variants_tell_what_they_differ_in() -> None:
    two, three = (REGISTRY.detector("own-mean-sd-online", k=k).flags(A) for k in (2, 3))
    assert (dict(two.parameters)["k"], dict(three.parameters)["k"]) == (2, 3)
    assert {*two.parameters} - {*three.parameters} == {("k", 2)}


@pytest.mark.parametrize("id_", list(REGISTRY.detectors))
def test_every_rule_tells_its_parameters(id_: str) -> None:
    rule: Any = REGISTRY.detector(id_)
    if getattr(rule, "observes", "scores") != "scores" or id_ == "srs-rules":
        return
    told = dict(rule.flags(A).parameters)
    assert json.loads(json.dumps(told)) == told
    assert all(getattr(rule, name) == value for name, value in told.items())
    assert {"cohort", "model", "change"}.isdisjoint(told)
    assert None not in told.values()


def test_what_is_not_given_is_left_out() -> None:
    assert REGISTRY.detector("rci-drop").flags(A).parameters == (
        ("z", 1.96),
        ("reference", "previous"),
        ("max_gap", 2),
    )


def test_constants_are_told_in_words_only() -> None:
    flags = REGISTRY.detector("eb-z", cohort=COHORT).flags(A)
    assert flags.parameters == (("threshold", 2.0), ("prior_df", 6.0))
    assert flags.conventions == ("constants used: an illustration",)


def test_rules_on_something_else_than_scores_tell_them_too() -> None:
    reports: Any = ta.evidence.Observations(kind="reports", points=())
    codes: Any = ta.evidence.Observations(kind="codes", points=())
    assert DirectReport().flags(reports).parameters == ()
    assert Observer3RS().flags(codes).parameters == ()
    told = Observer3RS(weight=ta.evidence.THREE_RS.weights[0]).flags(codes).parameters
    assert told == (("weight", ta.evidence.THREE_RS.weights[0]),)
    pre, post = (ta.Series.of([4], low=1, high=5) for _ in range(2))
    pairs: Any = ta.evidence.pre_post(pre, post)
    found = dict(REGISTRY.detector("pre-post", max_gap=1).flags(pairs).parameters)
    assert found["max_gap"] == 1


def test_a_rule_of_somebody_else_tells_its_own() -> None:
    @frozen
    class Low(ta.RetrospectiveDetector):
        id, citation = "low", "invented for this test"
        below: float = 2.0
        _hidden: int = 3

        def judge(self, observed: Any, spec: Any) -> Any:  # noqa: ARG002 - the contract
            for session, score in observed:
                yield ta.Flag(session=session, flag=score < self.below, why="low, or not")

    assert Low(below=3).flags(A).parameters == (("below", 3),)
