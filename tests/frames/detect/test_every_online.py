"""Every online built-in on whole columns says what its own ``flags`` says, bit for bit."""

from typing import Any

import numpy as np
import polars as pl
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.frames.detect.every_online import (
    ANY,
    ONLINE,
    REGISTRY,
    SETTINGS,
    SPECS,
    TOTALS_ONLY,
    TRIED,
    Table,
    bits,
    by_case,
    on_frame,
    rule_of,
    simulated,
    tables,
)
from therapeutic_alliance.course.detectors.waning import Waning
from therapeutic_alliance.frames.rules import (
    own_past,
    sequential,
    set_aside_z,
    state_probability,
    waning,
)
from therapeutic_alliance.frames.rules.by_detector import RULES
from therapeutic_alliance.model.scored import ScoreSpec

TOTAL = SPECS[1]
BLOCKS = (
    (own_past, "CASES"),
    (sequential, "CASES"),
    (set_aside_z, "CASES"),
    (state_probability, "ROWS"),
    (waning, "AT_ONCE"),
)
"""How much is looked at together."""


def _specs(name: str) -> tuple[ScoreSpec, ...]:
    return (TOTAL,) if name == TOTALS_ONLY else SPECS


def test_every_online_built_in_is_tried() -> None:
    """One that is registered later needs a form for whole columns, and settings here."""
    assert set(ONLINE) == set(SETTINGS)
    assert {type(rule) for rule in ONLINE.values()} == set(RULES)


@pytest.mark.parametrize("name", SETTINGS)
@given(data=st.data())
def test_equal_bit_for_bit(name: str, data: st.DataObject) -> None:
    """Cases in any order, with gaps, without scores, at the ends of the range, of float noise."""
    rule = rule_of(name, data.draw(st.integers(0, len(SETTINGS[name]) - 1)))
    spec = data.draw(st.sampled_from(_specs(name)))
    table = data.draw(tables(spec))
    sessions = data.draw(st.sampled_from([pl.Int8, pl.UInt8, pl.Int64, pl.UInt64]))
    assert bits(on_frame(rule, spec, table, sessions)) == bits(by_case(rule, spec, table))


@pytest.mark.parametrize(("name", "index"), TRIED)
def test_equal_for_many_simulated_cases(name: str, index: int) -> None:
    """So many scores that a rounding of its own would show in one of them."""
    rule = rule_of(name, index)
    for seed, spec in enumerate(_specs(name)):
        table = simulated(spec, 60, seed)
        assert bits(on_frame(rule, spec, table)) == bits(by_case(rule, spec, table))


@pytest.mark.parametrize("name", SETTINGS)
def test_the_simulated_cases_are_flagged(name: str) -> None:
    """At some sessions and not at others, so that the tests above compare something."""
    said = [
        flag
        for index in range(len(SETTINGS[name]))
        for flag, *_ in by_case(rule_of(name, index), TOTAL, simulated(TOTAL, 60, 1))
    ]
    assert {True, False, None} <= set(said)


@pytest.mark.parametrize("name", SETTINGS)
def test_a_case_does_not_depend_on_the_others(name: str) -> None:
    """Alone or among cases of any length."""
    rule: Any = rule_of(name, len(SETTINGS[name]) - 1)
    spec = _specs(name)[0]
    together = simulated(spec, 12, 5)
    said = on_frame(rule, spec, together)
    for case in range(12):
        rows = [row for row, each in enumerate(together.case) if each == case]
        alone = Table(
            [case] * len(rows),
            [together.session[row] for row in rows],
            [together.value[row] for row in rows],
        )
        assert bits(on_frame(rule, spec, alone)) == bits([said[row] for row in rows])


@pytest.mark.parametrize("name", SETTINGS)
def test_blocks_do_not_show(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However few cases, or windows, are looked at together."""
    for module, constant in BLOCKS:
        monkeypatch.setattr(module, constant, 7)
    rule = rule_of(name, 1)
    table = simulated(TOTAL, 30, 7)
    assert bits(on_frame(rule, TOTAL, table)) == bits(by_case(rule, TOTAL, table))


@pytest.mark.parametrize("name", SETTINGS)
def test_strict_numpy(name: str) -> None:
    """Nothing depends on how the caller has NumPy treat underflow and the like."""
    with np.errstate(all="raise"):
        assert on_frame(rule_of(name, 1), TOTAL, simulated(TOTAL, 300, 3))


@pytest.mark.parametrize("name", [n for n, rule in ONLINE.items() if hasattr(rule, "cohort")])
def test_nothing_is_said_by_constants_of_another_measure(name: str) -> None:
    """As ``flags`` says nothing; by those of the same it does."""
    frame = pl.DataFrame({"case": [1] * 4, "session": [1, 2, 3, 4], "score": [40.0, 41, 40, 20]})
    measure = REGISTRY.measure("wai-sr")
    for of, said in (("arm-5", False), ("wai-sr", True)):
        rule = REGISTRY.detector(name, cohort=evolve(ANY, measure=of))
        told = ta.detect_frame(
            frame, rule, by="case", order="session", score={"total": "score"}, measure=measure
        )
        nulls = told.drop(frame.columns).null_count().row(0)
        assert (nulls != (4, 4, 4)) is said


def test_a_fall_that_is_over_is_no_waning() -> None:
    """The last third lies no lower than the middle one, though a straight decline explains more."""
    shares = [0.582, 0.51, 0.41, 0.348, 0.496, 0.264]
    table = Table.of([[(n, 1 + 4 * share) for n, share in enumerate(shares, 1)]], 1)
    rule = Waning(window=6, sd=0.1, reliability=0.9, kind="retest", source="invented")
    said = by_case(rule, SPECS[0], table)
    assert [flag for flag, *_ in said if flag is not None] == [False]
    assert bits(on_frame(rule, SPECS[0], table)) == bits(said)
