"""The kernel against ``ta.score``: every kind of number, small blocks, nothing overflows."""

from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.frames.eager.by_rows import expected, found
from tests.strategies import callers, measures
from therapeutic_alliance.frames.eager.answers import of_arrays
from therapeutic_alliance.frames.kernel.arrays import Answers, Array
from therapeutic_alliance.frames.kernel.run import run
from therapeutic_alliance.frames.kernel.scored import Nulls
from therapeutic_alliance.frames.plan import plan

STRANGE = [3.5, -1, 300, 2**31, 2**63 - 1, -(2**63), 2**53 + 1, 1e300, np.inf, -np.inf, 0.1, -0.0]
KINDS = ["i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8"]
NULLS: list[Nulls] = ["nan", "mask", "bits"]


def column(chance: np.random.Generator, legal: list[float], rows: int) -> Answers:
    """Answers to one item of any kind of number, some missing, some strange; chunks or an array."""
    kind = np.dtype(chance.choice(KINDS))
    cells = np.where(
        chance.random(rows) < chance.choice([0, 0.2]),
        chance.choice(STRANGE, rows),
        chance.choice(legal[:1] if chance.random() < 0.2 else legal, rows),
    )
    with np.errstate(all="ignore"):
        values = cells.astype(kind)
    if kind.kind == "f":
        values[chance.random(rows) < 0.2] = np.nan
    gone = chance.random(rows) < chance.choice([0, 0.2, 1])
    if chance.random() < 0.5:
        return Array(values, gone if chance.random() < 0.5 else None)
    before = int(chance.integers(0, 12))
    padded = pa.array(np.resize(values, rows + before), mask=np.resize(gone, rows + before))
    cuts = sorted(chance.integers(before, rows + before + 1, chance.integers(0, 4)))
    ends = [before, *cuts, rows + before]
    return of_arrays([padded[a:b] for a, b in pairwise(ends)])


@pytest.mark.parametrize("nulls", NULLS)
@given(
    measure=measures(),
    rule=callers(),
    rows=st.integers(0, 40),
    block=st.sampled_from([8, 16, 64]),
    seed=st.integers(0, 2**32),
)
def test_rows_score_as_forms_do(
    nulls: Nulls, measure: ta.Measure, rule: ta.Prorate | None, rows: int, block: int, seed: int
) -> None:
    chance = np.random.default_rng(seed)
    scales = [measure.scale_of(item) for item in measure.items]
    answers = [column(chance, scale.answers(), rows) for scale in scales]
    scored = run(plan(measure, rule), answers, rows, nulls, block)
    by_row = [[each.answer(row) for each in answers] for row in range(rows)]
    assert found(scored, rows, nulls) == [expected(measure, row, rule) for row in by_row]


def of_one_scale(items: int, low: float, high: float, step: float = 1) -> ta.Measure:
    names = tuple(f"q{n}" for n in range(items))
    return ta.Measure(
        id="invented",
        version="1",
        name="Invented",
        raters=("client",),
        items=names,
        scale=ta.Scale(low=low, high=high, step=step),
        reverse=names[1::3],
        scores=(ta.ScoreRule(id="total", items=names, aggregate="mean"),),
    )


@pytest.mark.parametrize("share", [0.2, 0.8, 1])
@pytest.mark.parametrize(
    ("items", "low", "high", "step"),
    [
        (2, 1, 5, 1),
        (7, 0, 1, 1),
        (36, 1, 7, 1),
        (4, 0, 10, 0.1),
        (64, -3, 3, 1),
        (300, 0, 3, 1),
        (1000, 1, 9, 1),
        (3, 0, 254, 1),
        (3, -128, 127, 1),
        (2, 0, 9999, 1),
        (3, 1e6, 1e6 + 30, 3),
        (2, -99.5, 99.5, 0.5),
    ],
)
def test_no_sum_overflows(items: int, low: float, high: float, step: float, share: float) -> None:
    measure = of_one_scale(items, low, high, step)
    legal = measure.scale_of("q0").answers()
    chance = np.random.default_rng(items)
    rows = np.array([[legal[0]] * items, [legal[-1]] * items, *chance.choice(legal, (6, items))])
    rows[4:][chance.random((4, items)) < 0.1] = np.nan
    rule = ta.Prorate(share)
    wide = np.int64 if step == int(step) else np.float64
    gone = np.isnan(rows)
    for kind in {np.float64, wide}:
        answers = [
            Array(np.where(lost, 0, cells).astype(kind), lost)
            for cells, lost in zip(rows.T, gone.T, strict=True)
        ]
        by_row = [[each.answer(row) for each in answers] for row in range(len(rows))]
        scored = run(plan(measure, rule), answers, len(rows), "mask")
        assert found(scored, len(rows), "mask") == [expected(measure, row, rule) for row in by_row]


@pytest.mark.parametrize("rows", [20_000, 40_001])
@pytest.mark.parametrize("nulls", NULLS)
def test_large_blocks(rows: int, nulls: Nulls) -> None:
    """Those are looked up two rows at a time."""
    measure = of_one_scale(3, 1, 5)
    chance = np.random.default_rng(rows)
    cells = chance.integers(0, 7, (3, rows)).astype(np.int8)
    gone = chance.random((3, rows)) < 0.2
    answers = [Array(values, lost) for values, lost in zip(cells, gone, strict=True)]
    rule = ta.Prorate(0.5)
    known: dict[tuple[Any, ...], list[Any]] = {}
    made = found(run(plan(measure, rule), answers, rows, nulls, 2**15), rows, nulls)
    for row, scored in enumerate(made):
        given = tuple(each.answer(row) for each in answers)
        if given not in known:
            known[given] = expected(measure, given, rule)
        assert scored == known[given]


def test_an_answer_that_wraps_around_is_refused() -> None:
    """Cast to one byte, 257 is 1 and 2**32 + 1 is, too."""
    measure = of_one_scale(1, 1, 5)
    for kind, cells in {
        "i2": [257, -255],
        "u4": [2**32 - 255, 257],
        "i8": [2**32 + 1, -(2**63) + 1],
        "u8": [2**64 - 1, 2**63 + 1],
        "f8": [257, 2.0**64],
        "f4": [257, 2.0**32],
    }.items():
        scored = run(plan(measure, None), [Array(np.array(cells, kind))], 2, "nan")
        assert scored.invalid.tolist() == [1, 1]
        assert np.isnan(scored.values[0]).all()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("ends", [(0, 254), (-100, 300), (-3, 300), (0, 9000), (-9000, -8990)])
def test_scales_that_a_kind_of_number_does_not_hold(kind: str, ends: tuple[int, int]) -> None:
    measure = of_one_scale(2, *ends)
    whole = np.arange(-9000, 9001, 7) if kind != "i1" else np.arange(-128, 128)
    with np.errstate(all="ignore"):
        values = whole.astype(kind)
    answers = [Array(values), Array(values[::-1])]
    scored = run(plan(measure, None), answers, len(values), "nan", 64)
    by_row = [[each.answer(row) for each in answers] for row in range(len(values))]
    assert found(scored, len(values), "nan") == [expected(measure, row, None) for row in by_row]
