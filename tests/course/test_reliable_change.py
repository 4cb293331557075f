"""How large a drop must be: ruptures.md H6 and section 0 (5) to (7)."""

from math import inf, nan, sqrt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.course.illustrations import stated
from therapeutic_alliance.course.change import ReliableChange
from therapeutic_alliance.course.detectors.reliable_drop import DropFromBest
from therapeutic_alliance.course.sd_floor import sd_floor


@pytest.mark.parametrize(
    ("z", "worked"), [(1 / sqrt(2), 0.2214), (1, 0.3130), (1.96, 0.6136), (1.645, 0.5150)],
    ids=["SEM", "Sdiff", "RC95", "RC90"],
)  # fmt: skip
def test_h6_worked_numbers(z: float, worked: float) -> None:
    """H6, example: SD .70, r .90; RC = z * Sdiff, and Sdiff = sqrt(2) * SEM."""
    assert ReliableChange(**stated(z)).size(1, 5) == pytest.approx(worked, abs=5e-5)


@pytest.mark.parametrize(("low", "high", "size"), [(1, 5, 0.60), (0, 40, 6.0)])
def test_convention(low: float, high: float, size: float) -> None:
    """Section 0 (7): .60 on a mean from 1 to 5, 6.0 on SRS totals."""
    assert ReliableChange().size(low, high) == pytest.approx(size)


@pytest.mark.parametrize("absent", ["sd", "reliability", "kind", "source"])
def test_all_four_or_the_convention(absent: str) -> None:
    """Section 0 (7): computed only if the caller gives all of them."""
    change = ReliableChange(**{**stated(), absent: None})
    assert change.size(1, 5) == pytest.approx(0.6)
    assert change.absent == (absent,)
    assert f"{absent} not given" in str(change)


def test_alpha_is_a_lower_bound() -> None:
    """H6: the explanation of an RC from alpha says so."""
    assert "lower bound" in str(ReliableChange(**{**stated(), "kind": "alpha"}))
    assert "lower bound" not in str(ReliableChange(**stated()))


@pytest.mark.parametrize(("low", "high", "floor"), [(1, 5, 0.15), (0, 40, 1.5)])
def test_sd_floor(low: float, high: float, floor: float) -> None:
    """Section 0 (6)."""
    assert sd_floor(low, high) == pytest.approx(floor)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sd", 0), ("sd", -1), ("sd", nan), ("sd", inf),
        ("reliability", 1), ("reliability", -0.1), ("reliability", nan),
        ("z", 0), ("z", nan), ("z", inf),
        ("kind", "omega"),
        ("source", 3), ("source", nan), ("source", True), ("source", "a\nb"), ("source", b"a"),
    ],
)  # fmt: skip
def test_parameters_out_of_range(name: str, value: Any) -> None:
    with pytest.raises(ta.AllianceError, match=name):
        ta.Registry().detector("rci-drop", **{**stated(), name: value})


def test_unknown_parameter() -> None:
    with pytest.raises(ta.UnknownIdError, match="max_gap"):
        ta.Registry().detector("rci-drop", gap=1)


@pytest.mark.parametrize("changes", [{"reference": "best"}, {"max_gap": -1}, {"max_gap": True}])
def test_own_parameters_of_rci_drop(changes: Any) -> None:
    with pytest.raises(ta.AllianceError, match="rci-drop"):
        ta.Registry().detector("rci-drop", **changes)


def test_a_drop_of_exactly_the_threshold_counts() -> None:
    """Section 0 (5): 4.3 - 4.0 >= .3 is False in IEEE arithmetic."""
    assert not 4.3 - 4.0 >= 0.3
    rule = DropFromBest(sd=0.3 / sqrt(2), reliability=0, kind="retest", source="this test", z=1)
    flags = rule.flags(ta.Series.of([4.3, 4.0], low=1, high=5))
    assert flags[1].threshold == pytest.approx(0.3)
    assert flags[1].flag is True


def test_the_tolerance_is_small() -> None:
    """Section 0 (5): 1e-9 below still counts, 1e-7 below does not."""
    for short, flag in ((0.9e-9, True), (1e-7, False)):
        series = ta.Series.of([4.0, 3.4 + short], low=1, high=5)
        assert DropFromBest().flags(series)[1].flag is flag


@given(
    st.floats(0.01, 20), st.floats(0, 0.99), st.floats(0.5, 3), st.floats(1.01, 3),
)  # fmt: skip
def test_less_reliable_or_more_certain_means_larger(
    sd: float, reliability: float, z: float, more: float
) -> None:
    def size(**given: float) -> float:
        values: Any = {"sd": sd, "reliability": reliability, "z": z, **given}
        return ReliableChange(kind="retest", source="this test", **values).size(0, 1)

    assert size(z=z * more) > size()
    assert size(sd=sd * more) == pytest.approx(size() * more)
    assert size(reliability=reliability / more) >= size()
