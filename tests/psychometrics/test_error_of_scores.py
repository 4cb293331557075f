"""SEM, Sdiff and RC: ruptures.md H6 and section 5."""

from math import inf, nan
from typing import Any

import pytest

import therapeutic_alliance as ta
from therapeutic_alliance.psychometrics import difference_error, reliable_change, sem


def test_h6_example() -> None:
    """H6, example SD .70, r .90: SEM .2214, Sdiff .3130, RC95 .6136, RC90 .5150."""
    found = sem(0.7, 0.9), difference_error(0.7, 0.9), reliable_change(0.7, 0.9)
    assert (*found, reliable_change(0.7, 0.9, z=1.645)) == pytest.approx(
        (0.2214, 0.3130, 0.6136, 0.5150), abs=5e-5
    )


def test_the_rules_use_the_same_formula() -> None:
    told = ta.ReliableChange(sd=0.7, reliability=0.9, kind="retest", source="an illustration")
    assert told.size(1, 5) == reliable_change(0.7, 0.9)


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ((0, 0.9), "sd"), ((-1, 0.9), "sd"), ((nan, 0.9), "sd"), ((inf, 0.9), "sd"),
        ((True, 0.9), "sd"), (("1", 0.9), "sd"), ((1, 1), "reliability"),
        ((1, -0.1), "reliability"), ((1, nan), "reliability"), ((1, 0.9, 0), "z"),
        ((1, 0.9, inf), "z"),
    ],
)  # fmt: skip
def test_out_of_range(arguments: Any, name: str) -> None:
    with pytest.raises(ta.AllianceError, match=f"^{name}: "):
        reliable_change(*arguments)
