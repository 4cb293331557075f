"""What frames say of sessions is what the detector says of each case, bit for bit."""

import subprocess
import sys
from typing import Any

import numpy as np
import pandas as pd  # type: ignore[import-untyped]
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.frames.detect.every_online import (
    ANY,
    SETTINGS,
    SPECS,
    Table,
    bits,
    by_case,
    rule_of,
    simulated,
    tables,
)
from tests.frames.detect.frames_of import MADE, NAMED, columns_of, told
from tests.frames.kinds import copied, names, same
from therapeutic_alliance.model.scored import ScoreSpec

RULES = ("drop-from-best", "rci-drop", "eb-z")
TRIED = [(name, index) for name in RULES for index in range(len(SETTINGS[name]))]
NARROW = ScoreSpec("total", "mean", 1, 3, 0)
NOISE = Table.of([[(1, 2.3), (2, 2.0), (3, 2.3 + 1e-12), (5, 2.0), (6, 2.1)]], 1)
"""2.3 - 2.0 is a little less than the threshold, 0.3; 2.3 and a trace is no better than 2.3."""


def detected(frame: Any, rule: Any, by: Any, spec: ScoreSpec) -> Any:
    return ta.detect_frame(
        frame, rule, by=by, order="session", score={spec.id: "score"}, metric=spec.metric,
        low=spec.low, high=spec.high,
    )  # fmt: skip


def agrees(rule: Any, spec: ScoreSpec, table: Table, kind: str, named: str) -> None:
    columns = columns_of(table, NAMED[named])
    frame = MADE[kind](columns)
    before, by = copied(frame), [*columns][:-2]
    found = detected(frame, rule, by, spec)
    stem = rule.id.replace("-", "_")
    assert type(found) is type(frame)
    assert bits(told(found, stem)) == bits(by_case(rule, spec, table))
    assert names(found)[: len(columns)] == names(frame)
    assert same(frame, before)


@pytest.mark.parametrize(("name", "index"), TRIED)
@settings(max_examples=25)
@given(st.data())
def test_equal_to_the_flags_of_each_case(name: str, index: int, data: st.DataObject) -> None:
    spec = data.draw(st.sampled_from(SPECS))
    table = data.draw(tables(spec))
    kind, named = data.draw(st.sampled_from([*MADE])), data.draw(st.sampled_from([*NAMED]))
    agrees(rule_of(name, index), spec, table, kind, named)


@pytest.mark.parametrize("named", NAMED)
@pytest.mark.parametrize("kind", MADE)
@pytest.mark.parametrize("name", RULES)
def test_every_kind_of_frame_and_of_name(name: str, kind: str, named: str) -> None:
    rule = ta.Registry().detector(name, **({"cohort": ANY} if name == "eb-z" else {}))
    agrees(rule, SPECS[0], simulated(SPECS[0], 20, 3), kind, named)


@pytest.mark.parametrize("reference", ["previous", "running-max"])
@pytest.mark.parametrize("kind", MADE)
def test_float_noise_at_the_threshold(kind: str, reference: Any) -> None:
    rule = ta.Registry().detector("rci-drop", reference=reference)
    agrees(rule, NARROW, NOISE, kind, "numbers")
    found = detected(MADE[kind](columns_of(NOISE, NAMED["numbers"])), rule, "case", NARROW)
    assert sum(flag is True for flag, _, _ in told(found, "rci_drop")) == 2


def test_more_cases_and_rows_than_a_block_has() -> None:
    """30 000 cases, 100 000 rows: every row against plain NumPy."""
    draw = np.random.default_rng(5)
    case = np.repeat(np.arange(30_000), draw.integers(1, 7, 30_000))
    session = np.arange(len(case)) - np.searchsorted(case, case) + 1
    score = draw.integers(10, 51, len(case)) / 10
    shuffled = draw.permutation(len(case))
    columns = {"case": case, "session": session, "score": score}
    frame = pl.DataFrame({name: each[shuffled] for name, each in columns.items()})
    found = detected(frame, ta.Registry().detector("drop-from-best"), "case", SPECS[0])
    best = pl.col("score").cum_max().shift().over("case", order_by="session")
    expected = frame.with_columns(drop=best - pl.col("score"))["drop"]
    assert found["drop_from_best_statistic"].equals(expected)


def test_one_long_case() -> None:
    table = simulated(SPECS[0], 1, 2)
    scores = [value for value in table.value if value is not None]
    long = Table.of([[(n + 1, scores[n % len(scores)]) for n in range(3_000)]], 4)
    agrees(rule_of("eb-z", 1), SPECS[0], long, "polars", "numbers")
    agrees(rule_of("drop-from-best", 0), SPECS[0], long, "pandas", "text")


def test_the_index_comes_back() -> None:
    index = pd.Index(["x", "x", "y"], name="who")
    frame = pd.DataFrame(
        {"case": [1, 1, 1], "session": [3, 1, 2], "score": [3.0, 4.0, None]}, index=index
    )
    found = detected(frame, ta.Registry().detector("rci-drop"), "case", SPECS[0])
    assert found.index.equals(index)
    assert found.index.name == "who"
    assert found["rci_drop_flag"].tolist() == [True, pd.NA, pd.NA]


@pytest.mark.parametrize(
    ("kind", "kinds"),
    [
        ("pandas", ["boolean", "float64", "float64"]),
        ("pandas-nullable", ["boolean", "Float64", "Float64"]),
        ("pandas-arrow", ["bool[pyarrow]", "double[pyarrow]", "double[pyarrow]"]),
        ("polars", ["Boolean", "Float64", "Float64"]),
        ("pyarrow", ["bool", "double", "double"]),
    ],
)
@pytest.mark.parametrize("table", [Table.of([], 0), NOISE], ids=["empty", "full"])
def test_the_new_columns_have_the_kinds_of_the_frame(
    kind: str, kinds: list[str], table: Table
) -> None:
    columns = columns_of(table, NAMED["numbers"])
    if not table.case and kind.startswith("p"):
        none: Any = np.array([], np.int64)
        columns = {**columns, "case": none, "session": none}
    found = detected(MADE[kind](columns), ta.Registry().detector("rci-drop"), "case", SPECS[0])
    new = names(found)[-3:]
    assert new == ["rci_drop_flag", "rci_drop_statistic", "rci_drop_threshold"]
    is_arrow = isinstance(found, pa.Table)
    assert [str(found[name].type if is_arrow else found[name].dtype) for name in new] == kinds


def test_a_course_of_a_measure() -> None:
    """With the range, score and rater that the constants of a cohort are asked for."""
    frame = pl.DataFrame({"case": [1] * 4, "session": [1, 2, 3, 4], "wai_sr_bond": [18, 18, 9, 18]})
    measure = ta.Registry().measure("wai-sr")
    rule = ta.Registry().detector("eb-z", cohort=ANY)
    found = ta.detect_frame(
        frame, rule, by=["case"], order="session", score="wai_sr_bond", measure=measure
    )
    series = ta.Series.of([18, 18, 9, 18], measure=measure, score="bond")
    assert found["eb_z_statistic"].to_list() == [flag.statistic for flag in rule.flags(series)]
    therapists = ta.Registry().detector("eb-z", cohort=evolve(ANY, rater="therapist"))
    other = ta.detect_frame(
        frame, therapists, by="case", order="session", score="wai_sr_bond", measure=measure,
        rater="client",
    )  # fmt: skip
    assert other["eb_z_statistic"].to_list() == [None] * 4


FAR = Table.of([[(n, 4.0), (2**61, 3.0), (2**61 + n, 3.5)] for n in range(1, 6)], 8)
"""Session numbers that do not fit into one whole number together with case and row."""


@pytest.mark.parametrize("name", RULES)
def test_session_numbers_far_apart(name: str) -> None:
    rule = ta.Registry().detector(name, **({"cohort": ANY} if name == "eb-z" else {}))
    agrees(rule, SPECS[0], FAR, "polars", "wide")


def test_a_session_twice_far_apart() -> None:
    columns = columns_of(FAR, NAMED["wide"])
    frame = pl.DataFrame(columns, schema_overrides={"score": pl.Float64})
    with pytest.raises(ta.TableError, match='row 15, column "session": its case has'):
        detected(pl.concat([frame, frame[:1]]), rule_of("rci-drop", 0), "case", SPECS[0])


def test_columns_of_the_case_that_overflow_together() -> None:
    """2**62 times 4 is 0 in 64 bits: four cases all the same, none of them has a session twice."""
    frame = pl.DataFrame({"a": [0, 2**62] * 2, "b": [0, 0, 3, 3], "session": [1] * 4})
    found = detected(frame.with_columns(score=4.0), rule_of("rci-drop", 0), ["a", "b"], SPECS[0])
    assert found["rci_drop_flag"].to_list() == [None] * 4


@pytest.mark.parametrize("kind", [pl.Int8, pl.UInt8, pl.Int16, pl.UInt32, pl.Int64, pl.UInt64])
def test_whole_numbers_of_every_width(kind: Any) -> None:
    """At the ends of what they can hold, for the case, the session and the score."""
    zero = pl.Series([0], dtype=kind)
    least, most = zero.lower_bound().item(), zero.upper_bound().item()
    frame = pl.DataFrame(
        {"case": [least, most, least, most], "session": [1, 1, 127, 127], "score": [5, 5, 1, 5]},
        schema=dict.fromkeys(("case", "session", "score"), kind),
    )
    found = detected(frame, rule_of("drop-from-best", 0), "case", SPECS[0])
    assert found["drop_from_best_statistic"].to_list() == [None, None, 4.0, 0.0]


WITHOUT_PYARROW = """
import sys

sys.modules["pyarrow"] = None
import importlib.util

found = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name == "pyarrow" else found(name, *rest)
import polars
import therapeutic_alliance as ta

frame = polars.DataFrame({"case": ["a", "a", "a"], "session": [3, 1, 2], "score": [2, 4, None]})
rule = ta.Registry().detector("rci-drop")
found = ta.detect_frame(frame, rule, by="case", order="session", score="score", low=1, high=5)
print(found.select("^rci_drop.*$").rows(), [str(kind) for kind in found.dtypes[-3:]])
"""


def test_polars_without_pyarrow() -> None:
    """Which the extra ``frames`` does not bring."""
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", WITHOUT_PYARROW],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.stdout == (
        "[(True, 2.0, 0.6), (None, None, None), (None, None, None)] "
        "['Boolean', 'Float64', 'Float64']\n"
    ), run.stderr
