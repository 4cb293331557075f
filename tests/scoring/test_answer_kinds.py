"""What counts as a number: whole numbers of any library, floats, and never a bool."""

from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests import strategies
from tests.privacy.leaks import leaked

REGISTRY = ta.Registry()
WAI, SRS = REGISTRY.measure("wai-sr"), REGISTRY.measure("srs")


class Four(IntEnum):
    FOUR = 4


class Indexed:
    def __index__(self) -> int:
        return 4


class Unhashable:
    __hash__ = None  # type: ignore[assignment]


FOURS: list[Any] = [
    4, 4.0, Four.FOUR, Indexed(),
    np.int8(4), np.int64(4), np.uint16(4), np.float16(4), np.float32(4), np.float64(4),
    np.array(4),
]  # fmt: skip


@pytest.mark.parametrize("four", FOURS, ids=lambda four: type(four).__name__)
def test_a_whole_number_is_a_whole_number(four: Any) -> None:
    assert ta.score(WAI, [four] * 12).scores == ta.score(WAI, [4] * 12).scores


REFUSED: list[tuple[Any, str]] = [
    (True, "not a number"), (False, "not a number"),
    (np.True_, "not a number"), (np.False_, "not a number"),
    ("4", "not a number"), (b"4", "not a number"), (np.str_("4"), "not a number"),
    (Decimal(4), "not a number"), (Fraction(4), "not a number"), (4 + 0j, "not a number"),
    ([4], "not a number"), ({4}, "not a number"), ({}, "not a number"),
    (Unhashable(), "not a number"), (np.array([4]), "not a number"),
    (np.array([4, 4]), "not a number"), (np.array([True]), "not a number"),
    (np.datetime64("2026-03-01"), "not a number"),
    (float("nan"), "not a finite"), (np.float32("nan"), "not a finite"),
    (float("inf"), "not a finite"), (4.5, "not a whole"), (np.float64(4.5), "not a whole"),
    (0, "below"), (6, "above"), (np.int64(6), "above"), (-(10**400), "below"), (10**400, "above"),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "rule"), REFUSED, ids=lambda each: type(each).__name__)
def test_what_is_refused(answer: Any, rule: str) -> None:
    with pytest.raises(ta.AnswerError) as caught:
        ta.score(WAI, [answer, *[4] * 11])
    [problem] = caught.value.problems
    assert problem.item == "1"
    assert problem.rule.startswith(rule)


class Broken:
    def __index__(self) -> int:
        raise RuntimeError("quokka")


def test_what_an_object_says_when_it_breaks_is_not_told() -> None:
    with pytest.raises(ta.AnswerError) as caught:
        ta.score(WAI, {"1": Broken()})
    assert str(caught.value) == "item 1: not a number"
    assert not leaked(caught.value, "quokka")


def test_every_refused_item_is_told_at_once() -> None:
    with pytest.raises(ta.AnswerError) as caught:
        ta.score(WAI, [9, 4, True, "x", *[4] * 8])
    assert [problem.item for problem in caught.value.problems] == ["1", "3", "4"]


@given(st.integers(0, 100))
def test_marks_on_a_step(tenths: int) -> None:
    """The float nearest to the tenth, however it is written."""
    for mark in (tenths / 10, float(f"{tenths // 10}.{tenths % 10}"), np.float64(tenths / 10)):
        assert ta.score(SRS, [mark, 0, 0, 0])["total"].value == tenths / 10


@given(st.floats(0, 10).filter(lambda mark: round(mark, 1) != mark))
def test_marks_between_steps(mark: float) -> None:
    with pytest.raises(ta.AnswerError, match=r"item 1: not on a step of 0\.1"):
        ta.score(SRS, [mark, 0, 0, 0])


@given(strategies.forms(complete=True))
def test_numpy_columns_give_what_plain_numbers_give(
    form: tuple[ta.Measure, dict[str, float | None]],
) -> None:
    measure, answers = form
    row = np.array([answers[item] for item in measure.items], dtype=np.float64)
    assert ta.score(measure, list(row)).scores == ta.score(measure, answers).scores


@pytest.mark.parametrize("answers", [[4] * 11, [4] * 13, [], "444444444444", {"13": 4}, {1: 4}])
def test_wrong_items(answers: Any) -> None:
    with pytest.raises(ta.AnswerError, match="12"):
        ta.score(WAI, answers)


def test_absent_and_none_are_the_same() -> None:
    given_none = ta.score(WAI, {**dict.fromkeys(WAI.items, 4), "5": None})
    absent = ta.score(WAI, {item: 4 for item in WAI.items if item != "5"})
    assert given_none == absent
    assert ta.score(WAI, {})["total"].status == "not-scorable"
