"""Uniform answers: ruptures.md section 5."""

from math import nan
from statistics import stdev
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from therapeutic_alliance.psychometrics import uniformity


def test_example() -> None:
    """Section 5, example 5 5 5 5 4 5 5 5 5 5 5 5: long-string 7, IRV .2887."""
    found = uniformity([5, 5, 5, 5, 4, 5, 5, 5, 5, 5, 5, 5])
    assert found.irv == pytest.approx(0.2887, abs=5e-5)
    assert (found.long_string, found.answered, found.of) == (7, 12, 12)
    assert found.uniform_response is False


def test_twelve_at_the_maximum_is_uniform_and_no_carelessness() -> None:
    """Section 5: long-string 12 at the maximum is common."""
    found = uniformity([5] * 12)
    assert (found.long_string, found.irv, found.uniform_response) == (12, 0, True)
    assert "not evidence of carelessness" in found.caution


@pytest.mark.parametrize(
    ("answers", "run", "irv", "uniform"),
    [([], 0, None, None), ([3], 1, None, None), ([None, None], 0, None, None),
     ([None, 3, None], 1, None, None), ([3, None, 3], 1, 0, True), ([3, 3, None, 3], 2, 0, True)],
)  # fmt: skip
def test_an_unanswered_item_ends_a_run(answers: Any, run: int, irv: Any, uniform: Any) -> None:
    found = uniformity(answers)
    assert (found.long_string, found.irv, found.uniform_response) == (run, irv, uniform)


@given(st.lists(st.integers(1, 7) | st.none(), max_size=30))
def test_stated_apart(answers: list[int | None]) -> None:
    found = uniformity(answers)
    given = [answer for answer in answers if answer is not None]
    runs = [
        end - start
        for start in range(len(answers))
        for end in range(start + 1, len(answers) + 1)
        if None not in answers[start:end] and len(set(answers[start:end])) == 1
    ]
    assert found.long_string == max(runs, default=0)
    assert found.answered == len(given)
    if len(given) > 1:
        assert found.irv == pytest.approx(stdev(given))
        assert found.uniform_response is (min(given) == max(given))
    assert uniformity(answers[::-1]).long_string == found.long_string


@pytest.mark.parametrize("wrong", [nan, "5", True])
def test_no_number(wrong: Any) -> None:
    with pytest.raises(ta.AllianceError, match=r"^answer 3: no finite number"):
        uniformity([5, None, wrong])
