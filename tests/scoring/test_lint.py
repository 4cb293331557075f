"""Each rule of lint finds the one fault that was planted, at its path."""

from typing import Any

import pytest
from attrs import evolve

import therapeutic_alliance as ta
from therapeutic_alliance.model.evidence import CutOff, Evidence, Licence, Source, Statistic
from therapeutic_alliance.model.measure import Measure, Wording
from therapeutic_alliance.model.rule import OrderCoding
from therapeutic_alliance.scoring.lint import REQUIRED


def _fact(name: str, **given: Any) -> Evidence:
    return Evidence(**{"fact": name, "grade": "verified", "sources": ("form",), **given})


FACTS = tuple(_fact(name) for name in REQUIRED)
CLEAN = Measure(
    id="pulse",
    version="1",
    name="Pulse (invented)",
    raters=("client",),
    items=("1", "2", "3", "4"),
    scale=ta.Scale(low=0, high=4),
    scores=(
        ta.ScoreRule(id="a", items=("1", "2"), aggregate="sum", range=(0, 8)),
        ta.ScoreRule(id="b", items=("3", "4"), aggregate="sum"),
        ta.ScoreRule(id="total", of=("a", "b"), aggregate="sum", range=(0, 16)),
    ),
    status="verified",
    evidence=FACTS,
    sources=(Source(id="form", citation="invented"),),
    licence=Licence(holder="nobody", terms="none", sources=("form",)),
)
A, B, TOTAL = CLEAN.scores
UNRANGED = evolve(TOTAL, range=None)


def _facts(*changed: Evidence) -> tuple[Evidence, ...]:
    names = [fact.fact for fact in changed]
    return (*(fact for fact in FACTS if fact.fact not in names), *changed)


def _cut_off(**given: Any) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "value": 8, "direction": "below", "grade": "verified", "sources": ("form",), **given,
    }  # fmt: skip
    return {"cut_offs": (CutOff(**facts),)}


def _statistic(**given: Any) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "kind": "alpha", "score": "a", "value": 0.9, "grade": "verified", "sources": ("form",),
        **given,
    }  # fmt: skip
    return {"statistics": (Statistic(**facts),)}


WITH_WORDING: dict[str, Any] = {"wording": (Wording(item="1", text="(invented)"),)}

PLANTED: list[tuple[str, dict[str, Any], str, str]] = [
    ("item in two scores", {"scores": (A, evolve(B, items=("2", "3", "4")), UNRANGED)},
     "$.scores", "items 2"),
    ("item in no score", {"scores": (A, evolve(B, items=("3",)), UNRANGED)},
     "$.scores", "items 4"),
    ("needless excuse", {"not_partition": "because"}, "$.not_partition", "exactly one"),
    ("range too wide", {"scores": (evolve(A, range=(0, 9)), B, TOTAL)},
     "$.scores[0].range", "0 to 8"),
    ("range of a total", {"scores": (A, B, evolve(TOTAL, range=(4, 16)))},
     "$.scores[2].range", "0 to 16"),
    ("graded twice", {"evidence": (*FACTS, _fact("items"))}, "$.evidence.items", "graded twice"),
    ("missing rule ungraded", {"missing": ta.MissingRule(at_most=1)},
     "$.evidence.missing", "grade and sources"),
    ("order ungraded", {"orders": (OrderCoding(id="printed", flipped=("1",)),)},
     "$.evidence.orders", "grade and sources"),
    ("unknown source of a fact", {"evidence": _facts(_fact("items", sources=("form", "page")))},
     "$.evidence.items.sources", "'page' is not in sources"),
    ("fact without source", {"evidence": _facts(_fact("raters", sources=()))},
     "$.evidence.raters.sources", "no source is named"),
    ("unknown source of a cut-off", _cut_off(score="a", sources=("page",)),
     "$.cut_offs[0].sources", "not in sources"),
    ("cut-off without source", _cut_off(score="a", sources=()),
     "$.cut_offs[0].sources", "no source is named"),
    ("unknown source of a statistic", _statistic(sources=("page",)),
     "$.statistics[0].sources", "not in sources"),
    ("unknown source of the licence", {"licence": Licence(sources=("form", "page"))},
     "$.licence.sources", "'page' is not in sources"),
    ("source that nothing cites", {"sources": (*CLEAN.sources, Source(id="x", citation="x"))},
     "$.sources.x", "nothing cites it"),
    ("status too good", {"evidence": _facts(_fact("scale", grade="single-source"))},
     "$.status", "no better than 'flagged'"),
    ("status too good for what was stated", {"evidence": _facts(_fact("scale", grade="stated"))},
     "$.status", "no better than 'stated'"),
    ("status without reason", {"status": "flagged"}, "$.status_reason", "'flagged'"),
    ("open without what", {"status": "open"}, "$.status", "list of what is open"),
    ("cut-off of no score", _cut_off(), "$.cut_offs[0]", "give score"),
    ("cut-off of a score and of each item", _cut_off(score="a", each_item=True),
     "$.cut_offs[0]", "give score"),
    ("cut-off of an unknown score", _cut_off(score="c"), "$.cut_offs[0].score", "not a score"),
    ("statistic of an unknown score", _statistic(score="c"),
     "$.statistics[0].score", "not a score"),
    ("wording without licence", WITH_WORDING, "$.wording", "without a licence"),
    ("wording without terms",
     {**WITH_WORDING, "licence": Licence(holder="nobody", wording_may_ship=True)},
     "$.licence", "holder and terms"),
]  # fmt: skip


def test_the_clean_measure_is_clean() -> None:
    assert ta.lint(CLEAN) == ()


@pytest.mark.parametrize(
    ("changes", "path", "rule"), [row[1:] for row in PLANTED], ids=[row[0] for row in PLANTED]
)
def test_planted_fault(changes: dict[str, Any], path: str, rule: str) -> None:
    [problem] = ta.lint(evolve(CLEAN, **changes))
    assert problem.path == path
    assert rule in problem.rule


@pytest.mark.parametrize("name", REQUIRED)
def test_a_fact_without_grade(name: str) -> None:
    facts = tuple(fact for fact in FACTS if fact.fact != name)
    [problem] = ta.lint(evolve(CLEAN, evidence=facts))
    assert problem.path == f"$.evidence.{name}"


@pytest.mark.parametrize(
    "changes",
    [
        {"scores": (A, evolve(B, items=("2", "3")), evolve(TOTAL, range=None)),
         "not_partition": "two scores of the same ratings"},
        {"status": "stated", "status_reason": "by the caller"},
        {"status": "flagged", "status_reason": "lower for a reason"},
        {"evidence": _facts(_fact("raters", grade="single-source"))},
        {**WITH_WORDING, "licence": Licence(holder="a", terms="b", wording_may_ship=True)},
        _cut_off(score="a"), _cut_off(each_item=True), _statistic(),
        {"evidence": (*FACTS, _fact("missing")), "missing": ta.MissingRule(at_most=1)},
    ],
    ids=range(9),
)  # fmt: skip
def test_what_is_in_order(changes: dict[str, Any]) -> None:
    assert ta.lint(evolve(CLEAN, **changes)) == ()


STRUCTURE = evolve(
    CLEAN,
    open=("key",),
    status="open",
    scores=(ta.ScoreRule(id="a", size=2), ta.ScoreRule(id="b", size=2)),
    evidence=tuple(_fact(name) for name in ("raters", "items", "scale", "scores")),
)


def test_structure_only() -> None:
    assert ta.lint(STRUCTURE) == ()
    larger = (ta.ScoreRule(id="a", size=2), ta.ScoreRule(id="b", size=3))
    [problem] = ta.lint(evolve(STRUCTURE, scores=larger))
    assert (problem.path, problem.rule) == ("$.scores", "the sizes add up to more than the items")
    [problem] = ta.lint(evolve(STRUCTURE, status="verified"))
    assert problem.path == "$.status"


def test_every_fault_is_told_at_once() -> None:
    broken = evolve(CLEAN, not_partition="x", status="flagged", evidence=FACTS[1:], **WITH_WORDING)
    assert {problem.path for problem in ta.lint(broken)} == {
        "$.not_partition", "$.status_reason", "$.evidence.raters", "$.wording",
    }  # fmt: skip
