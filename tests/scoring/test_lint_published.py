"""Lint on what a definition publishes beside its key: labels, numbers, prose."""

from typing import Any

import pytest
from attrs import evolve

import therapeutic_alliance as ta
from tests.scoring.test_lint import CLEAN, FACTS, _cut_off, _fact, _statistic
from therapeutic_alliance.model.evidence import Caution
from therapeutic_alliance.model.measure import ItemScale
from therapeutic_alliance.model.scale import Anchor

A, B, TOTAL = CLEAN.scores
ANY_SCALE = ta.Scale(low=0, high=4)
WIDE = ItemScale(item="1", scale=ta.Scale(low=0, high=10))


def _labelled(answer: str) -> dict[str, Any]:
    return {"scale": evolve(ANY_SCALE, anchors=(Anchor(answer=answer, label="often"),))}


PLANTED: list[tuple[str, dict[str, Any], str, str]] = [
    ("label beyond the range", _labelled("5"), "$.scale.anchors.5", "not an answer"),
    ("label between the steps", _labelled("1.5"), "$.scale.anchors.1.5", "not an answer"),
    ("label of a word", _labelled("often"), "$.scale.anchors.often", "not an answer"),
    ("empty caution", {"cautions": (Caution(text=" "),)}, "$.cautions[0].text", "empty"),
    ("cut-off out of range", _cut_off(score="a", value=9), "$.cut_offs[0].value", "range"),
    ("coefficient above 1", _statistic(value=2.9), "$.statistics[0].value", "-1 and 1"),
    ("value out of its span", _statistic(low=0.91, high=0.95), "$.statistics[0]", "between"),
    ("nobody asked", _statistic(n=0), "$.statistics[0].n", "1 or more"),
    ("a single score by another name",
     {"scores": (ta.ScoreRule(id="sum", items=CLEAN.items, aggregate="sum"),)},
     "$.scores[0].id", "named total"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "path", "rule"), [row[1:] for row in PLANTED], ids=[row[0] for row in PLANTED]
)
def test_planted_fault(changes: dict[str, Any], path: str, rule: str) -> None:
    [problem] = ta.lint(evolve(CLEAN, **changes))
    assert problem.path == path
    assert rule in problem.rule


def test_a_missing_rule_that_cannot_fill_is_told() -> None:
    mixed = evolve(
        CLEAN,
        item_scales=(WIDE,),
        missing=ta.MissingRule(at_most=1),
        scores=(evolve(A, range=None), B, evolve(TOTAL, range=None)),
        evidence=(*FACTS, _fact("missing")),
    )
    assert [problem.path for problem in ta.lint(mixed)] == [
        "$.scores[0].missing",
        "$.scores[2].missing",
    ]


def test_nothing_is_filled_among_different_ranges_and_explain_says_so() -> None:
    mixed = evolve(CLEAN, item_scales=(WIDE,), scores=(evolve(A, range=None), B))
    sheet = ta.score(mixed, [None, 3, None, 3], missing=ta.Prorate(0.5))
    assert [score.status for score in sheet] == ["not-scorable", "prorated"]
    told = ta.explain(sheet, "a")
    assert "different ranges" in told.missing_rule
    assert (told.needed, told.score.answered) == (2, 1)
    assert "answered: 1 of 2, 2 needed" in str(told)
    assert "caller's request" in ta.explain(sheet, "b").missing_rule


def test_one_score_can_be_exempt_from_the_measures_rule() -> None:
    rule = ta.MissingRule(at_most=1)
    exempt = evolve(CLEAN, missing=rule, scores=(A, evolve(B, missing=ta.MissingRule(at_most=0))))
    assert [score.status for score in ta.score(exempt, [None, 3, None, 3])] == [
        "prorated",
        "not-scorable",
    ]
