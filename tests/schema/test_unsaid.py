"""What only the classes refuse: one document for each rule that the schema does not say."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.schema.verdicts import UNSAID, problems, valid
from tests.schema.whole import as_text, whole_course


def _set(section: str, index: int, **fields: Any) -> Callable[[Any], None]:
    return lambda document: document[section][index].update(fields)


def _twice(section: str, **fields: Any) -> Callable[[Any], None]:
    """One more record like the last one that corrects nothing."""

    def add(document: Any) -> None:
        document[section].append({**document[section][0], "id": "another", **fields})

    return add


def _same_person(document: Any) -> None:
    """A bond between the two versions of one participant."""
    document["bonds"][0].update({"of": "participants-0", "toward": "participants-1"})
    document["bonds"].pop()


RATING = {"value": 4, "low": 1, "high": 5}
BREAKS = {
    "Ids are unique": (_set("tasks", 0, id="goals-0"), "$.tasks[0].id"),
    "What is named exists": (_set("bonds", 0, of="nobody"), "$.bonds[0].of"),
    "Corrections run in no circle": (_set("tasks", 0, amends="tasks-1"), "$.tasks[0].amends"),
    "One correction holds": (_twice("goals", amends="goals-0"), "$.goals[3].amends"),
    "Session numbers are unique": (_twice("sessions", date=None), "$.sessions[2].number"),
    "Dates follow session numbers": (_twice("sessions", number=1, date="2026-05-01"), "$.sessions"),
    "A form comes once": (_twice("administrations"), "$.administrations[2]"),
    "The person has the rater's role": (
        _set("administrations", 1, person="t"),
        "$.administrations[1].person",
    ),
    "An answer comes not before its question": (
        _set("task_reviews", 1, date="2026-03-01"),
        "$.task_reviews[1].date",
    ),
    "`low` is below `high`": (
        _set("bonds", 0, rating={"value": 4, "low": 4, "high": 4}),
        "$.bonds[0].rating.low",
    ),
    "A scale is not too wide": (
        _set("bonds", 0, rating={"value": 0, "low": -1.5e308, "high": 1.5e308}),
        "$.bonds[0].rating.high",
    ),
    "A value lies on its scale": (
        _set("bonds", 0, rating={**RATING, "value": 5.5}),
        "$.bonds[0].rating.value",
    ),
    "A bond is to another": (_set("bonds", 0, toward="c"), "$.bonds[0].toward"),
    "A reflection is about another": (_set("reflections", 0, toward="t"), "$.reflections[0]"),
    "A correction is no other person": (_same_person, "$.bonds[0].toward"),
    "No intensity without a rupture": (_set("reports", 0, rupture=False), "$.reports[0].intensity"),
    "Noticed, then addressed": (_set("events", 0, addressed=1), "$.events[0].addressed"),
}


def test_every_rule_is_tried() -> None:
    assert BREAKS.keys() == UNSAID.keys()


@pytest.mark.parametrize("rule", BREAKS)
def test_only_the_classes_refuse_it(rule: str) -> None:
    change, place = BREAKS[rule]
    document = whole_course()
    change(document)
    text = as_text(document)
    assert valid(text)
    told = [(each.path, each.rule) for each in problems(text)]
    assert {place} <= {path[: len(place)] for path, _ in told}, told
    assert any(re.fullmatch(UNSAID[rule], said) for _, said in told), told
