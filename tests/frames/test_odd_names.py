"""Names of columns that an engine takes for more than a name, such as a pattern."""

from typing import Any

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pytest

import therapeutic_alliance as ta
from tests.frames.kinds import ALL, in_memory, names, plain, relation

ARM = ta.Registry().measure("arm-5")
ITEMS = [str(n) for n in range(1, 6)]
COUNTED: Any = {"invalid": "null-and-count"}
ODD = ["*", "^.*$", "^1$", "a.b", 'say "x"', "_row", "_c0"]
FRAMES: dict[str, Any] = {
    "polars": pl.DataFrame,
    "polars-lazy": pl.LazyFrame,
    "pyarrow": pa.table,
    "pandas": lambda columns: pa.table(columns).to_pandas(),
    "duckdb": lambda columns: relation(pa.table(columns)),
}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("kind", ALL)
def test_of_an_item_or_of_nothing_that_matters(kind: str, odd: str) -> None:
    given: Any = {**{item: [6, 4] for item in ITEMS}, odd: [1, 98321]}
    scored = ta.score_frame(ARM, ALL[kind](given), **COUNTED)
    assert names(scored)[:6] == [*ITEMS, odd]
    assert plain(scored, odd) == [1, 98321]
    assert plain(scored, "arm_5_total") == [5.2, 4.0]
    scored = ta.score_frame(ARM, ALL[kind](given), {"1": odd}, **COUNTED)
    assert plain(scored, "arm_5_total_answered") == [5, 4]
    assert plain(scored, "1") == [6, 4]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("use", ["by", "item", "answer", "nothing"])
@pytest.mark.parametrize("kind", FRAMES)
def test_of_long_tables(kind: str, use: str, odd: str) -> None:
    """``c`` and ``1`` are what the patterns fit."""
    called = {"by": "by", "item": "item", "answer": "answer", use: odd}
    given: Any = {
        called["by"]: ["c1"] * 5 + ["c2"] * 5,
        called["item"]: ITEMS * 2,
        called["answer"]: [6, 7, 1, 6, 5, 7, 7, 7, 7, 7],
    }
    others = {name: [2] * 10 for name in ("c", "1", odd) if name not in given}
    long = ta.frames.LongTable(**{role: called[role] for role in ("by", "item", "answer")})
    scored = in_memory(ta.score_frame(ARM, FRAMES[kind]({**given, **others}), long, **COUNTED))
    found = zip(plain(scored, called["by"]), plain(scored, "arm_5_total"), strict=True)
    assert sorted(found) == [("c1", 6.2), ("c2", 5.8)]


@pytest.mark.parametrize("kind", ["polars", "polars-lazy", "pandas", "pyarrow"])
def test_a_key_without_a_name(kind: str) -> None:
    given = {"": ["c1"] * 5, "item": ITEMS, "answer": [6, 7, 1, 6, 5]}
    scored = ta.score_frame(ARM, FRAMES[kind](given), ta.frames.LongTable(by=""), **COUNTED)
    assert (plain(scored, ""), plain(scored, "arm_5_total")) == (["c1"], [6.2])


WANTED = {"rci-drop": [None, None, True, False], "eb-z": [None, None, None, None]}
"""A rule that engines compute as a drop, and one that goes over the rows themselves."""


@pytest.mark.parametrize("odd", ["*", "^.*$", "^1$"])
@pytest.mark.parametrize("use", ["by", "order", "score", "nothing"])
@pytest.mark.parametrize("rule", WANTED)
@pytest.mark.parametrize("kind", FRAMES)
def test_of_detectors(kind: str, rule: str, use: str, odd: str) -> None:
    """Frames in memory take any; engines say which they do not."""
    detector = ta.Registry().detector(rule)
    columns = {
        "by": ["a", "b", "a", "b"],
        "order": [1, 1, 2, 2],
        "score": [4.0, 4.0, 3.0, 4.0],
        "nothing": [0, 1, 2, 3],
    }
    frame = FRAMES[kind]({odd if role == use else role: cells for role, cells in columns.items()})
    roles: Any = {role: odd if role == use else role for role in ("by", "order", "score")}
    if (kind == "polars-lazy" and use != "nothing") or (kind == "duckdb" and odd == "*"):
        with pytest.raises(ta.TableError) as caught:
            ta.detect_frame(frame, detector, **roles, low=1, high=5)
        told = "the engine takes this for more than a name: rename it"
        assert str(caught.value) == f'column "{odd}": {told}'
        return
    found = in_memory(ta.detect_frame(frame, detector, **roles, low=1, high=5))
    flags = plain(found, f"{detector.id.replace('-', '_')}_flag")
    ordered = sorted(
        zip(plain(found, roles["order"]), plain(found, roles["by"]), flags, strict=True)
    )
    assert [flag for *_, flag in ordered] == WANTED[rule]
