"""A definition that contradicts itself is never built; the fault is told with its path."""

from math import inf, nan
from typing import Any

import pytest
from attrs import evolve

import therapeutic_alliance as ta
from tests.scoring.test_lint import CLEAN, STRUCTURE, A, B
from therapeutic_alliance.model.measure import ItemScale, Measure, Wording
from therapeutic_alliance.model.rule import OrderCoding

SCALE = CLEAN.scale
RATING = ta.ScoreRule(id="rated", items=("1",), aggregate="rating")


def _one(**given: Any) -> dict[str, Any]:
    return {"scores": (ta.ScoreRule(**{"id": "total", "aggregate": "sum", **given}),)}


def _after(**given: Any) -> dict[str, Any]:
    """A third score after the two parts."""
    return {"scores": (A, B, ta.ScoreRule(**{"id": "c", "aggregate": "sum", **given}))}


MEANS = evolve(B, aggregate="mean")
PLANTED: list[tuple[str, dict[str, Any], str, str]] = [
    ("id", {"id": "Pulse"}, "$.id", "not an id"),
    ("long id", {"id": "a" * 65}, "$.id", "not an id"),
    ("alias", {"aliases": ("a_b",)}, "$.aliases[0]", "not an id"),
    ("family", {"family": "-"}, "$.family", "not an id"),
    ("no rater", {"raters": ()}, "$.raters", "no rater"),
    ("unknown rater", {"raters": ("client", "nurse")}, "$.raters[1]", "a rater role"),
    ("rater twice", {"raters": ("client", "client")}, "$.raters[1]", "twice"),
    ("item id", {"items": ("1", "2", "3", "4", "a b")}, "$.items[4]", "not an item id"),
    ("item twice", {"items": ("1", "2", "3", "4", "4")}, "$.items[4]", "twice"),
    ("too many items", {"items": tuple(str(n) for n in range(1, 1_002))}, "$.items", "1 to 1000"),
    ("reverse of no item", {"reverse": ("1", "9")}, "$.reverse[1]", "not an item"),
    ("reverse twice", {"reverse": ("1", "1")}, "$.reverse[1]", "twice"),
    ("wording of no item", {"wording": (Wording(item="9", text="x"),)},
     "$.wording[0]", "not an item"),
    ("no scale", {"scale": None}, "$.scale", "missing"),
    ("scale of no item", {"item_scales": (ItemScale(item="9", scale=ta.Scale(low=0, high=1)),)},
     "$.item_scales[0]", "not an item"),
    ("impossible scale of an item",
     {"item_scales": (ItemScale(item="2", scale=ta.Scale(low=1, high=1)),)},
     "$.item_scales.2", "low is not below high"),
    ("order of no item", {"orders": (OrderCoding(id="printed", flipped=("1", "9")),)},
     "$.orders.printed.flipped[1]", "not an item"),
    ("no score", {"scores": ()}, "$.scores", "no score"),
    ("score twice", {"scores": (A, evolve(B, id="a"))}, "$.scores[1]", "twice"),
    ("score id", _one(id="Total", items=("1",)), "$.scores[0].id", "not an id"),
    ("nothing in a score", _one(), "$.scores[0]", "exactly one of items, of, size"),
    ("items and parts", _after(items=("1",), of=("a",)), "$.scores[2]", "exactly one of"),
    ("score of no item", _one(items=("1", "9")), "$.scores[0].items[1]", "not an item"),
    ("item twice in a score", _one(items=("1", "1")), "$.scores[0].items[1]", "twice"),
    ("unknown part", _after(of=("a", "x")), "$.scores[2].of[1]", "stands before"),
    ("part of itself", _after(of=("a", "c")), "$.scores[2].of[1]", "stands before"),
    ("part twice", _after(of=("a", "a")), "$.scores[2].of[1]", "twice"),
    ("part that stands later",
     {"scores": (ta.ScoreRule(id="total", of=("a",), aggregate="sum"), A, B)},
     "$.scores[0].of[0]", "stands before"),
    ("sums and means in a total",
     {"scores": (A, MEANS, ta.ScoreRule(id="c", of=("a", "b"), aggregate="mean"))},
     "$.scores[2].of", "never mixed"),
    ("ratings in a total",
     {"scores": (A, B, RATING, ta.ScoreRule(id="c", of=("rated",), aggregate="sum"))},
     "$.scores[3].of", "never mixed"),
    ("no aggregate", _one(items=("1",), aggregate=None), "$.scores[0].aggregate", "missing"),
    ("rating of two", _one(items=("1", "2"), aggregate="rating"),
     "$.scores[0]", "exactly one item"),
    ("summed though never", {"never_sum": True, "scores": (RATING, A)},
     "$.scores[1].aggregate", "never summed"),
    ("size of a known key", _one(size=4), "$.scores[0].size", "while the key is open"),
    ("all may be missing", {"missing": ta.MissingRule(at_most=4)},
     "$.missing.at_most", "number of items less 1"),
    ("none may be missing", {"missing": ta.MissingRule(at_most=0)},
     "$.missing.at_most", "number of items less 1"),
    ("all of a score may be missing", _one(items=("1", "2"), missing=ta.MissingRule(at_most=2)),
     "$.scores[0].missing.at_most", "score's items less 1"),
    ("what is open", {"open": ("scores",)}, "$.open[0]", "one of scale"),
    ("open scale that is given",
     {"open": ("scale",), "scores": (ta.ScoreRule(id="total", items=("1",), aggregate="sum"),)},
     "$.scale", "yet one is given"),
    ("open reversal that is given", {"open": ("reverse",), "reverse": ("1",)},
     "$.reverse", "yet a set is given"),
]  # fmt: skip


def _problems(base: Measure, changes: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(ta.DefinitionError) as caught:
        evolve(base, **changes)
    return [(problem.path, problem.rule) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("changes", "path", "rule"), [row[1:] for row in PLANTED], ids=[row[0] for row in PLANTED]
)
def test_planted_fault(changes: dict[str, Any], path: str, rule: str) -> None:
    [(found, words)] = _problems(CLEAN, changes)
    assert found == path
    assert rule in words


@pytest.mark.parametrize(
    ("scale", "rule"),
    [
        ({"low": 5, "high": 1}, "low is not below high"),
        ({"low": 0, "high": 10, "step": 3}, "does not divide"),
        ({"low": 0, "high": 4, "step": 0}, "does not divide"),
        ({"low": 0, "high": 4, "step": -1}, "does not divide"),
        ({"low": 0, "high": 10, "step": 0.001}, "more than 10000 answers"),
        ({"low": nan, "high": 4}, "finite"),
        ({"low": 0, "high": inf}, "finite"),
        ({"low": 0, "high": 10**400}, "finite"),
        ({"low": 0, "high": 4, "step": 1e-7}, "6 decimals"),
        ({"low": 0, "high": 4, "kind": "visual-analogue"}, "needs a unit"),
        ({"low": 0, "high": 4, "unit": "cm"}, "needs a unit"),
    ],
    ids=str,
)
def test_impossible_scale(scale: dict[str, Any], rule: str) -> None:
    [(path, words)] = _problems(CLEAN, {"scale": ta.Scale(**scale)})
    assert path == "$.scale"
    assert rule in words


def test_no_items() -> None:
    assert ("$.items", "a measure has 1 to 1000 items") in _problems(CLEAN, {"items": ()})


def test_a_step_of_nothing_is_not_a_step_of_one() -> None:
    sai = ta.Registry().measure("sai")
    with pytest.raises(ta.DefinitionError, match="step"):
        sai.stated(low=0, high=5, reverse=[], step=0)


def test_structure_needs_sizes_of_one_or_more() -> None:
    scores = (ta.ScoreRule(id="a", size=0),)
    assert [path for path, _ in _problems(STRUCTURE, {"scores": scores})] == ["$.scores[0].size"]
