"""Names of columns that an engine takes for more than a name, such as a pattern."""

import re
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


WANTED: dict[str, list[bool | None]] = {
    "rci-drop": [None, None, True, False],
    "eb-z": [None, None, None, None],
}
"""A rule that engines compute as a drop, and one that goes over the rows themselves."""


COLUMNS = {
    "by": ["a", "b", "a", "b"],
    "order": [1, 1, 2, 2],
    "score": [4.0, 4.0, 3.0, 4.0],
    "nothing": [0, 1, 2, 3],
}


def _called(use: str, odd: str, given: Any = COLUMNS) -> tuple[dict[str, Any], dict[str, Any]]:
    """The columns, of which one is called oddly, and the arguments that name them."""
    columns = {odd if role == use else role: cells for role, cells in given.items()}
    roles = {role: odd if role == use else role for role in ("by", "order", "score")}
    return columns, {**roles, "low": 1, "high": 5}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("use", COLUMNS)
@pytest.mark.parametrize("rule", WANTED)
@pytest.mark.parametrize("kind", FRAMES)
def test_of_detectors(kind: str, rule: str, use: str, odd: str) -> None:
    columns, roles = _called(use, odd)
    found = in_memory(ta.detect_frame(FRAMES[kind](columns), ta.Registry().detector(rule), **roles))
    assert names(found)[:4] == list(columns)
    flags = plain(found, f"{rule.replace('-', '_')}_flag")
    ordered = sorted(
        zip(plain(found, roles["order"]), plain(found, roles["by"]), flags, strict=True)
    )
    assert [flag for *_, flag in ordered] == WANTED[rule]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("rule", WANTED)
@pytest.mark.parametrize("kind", FRAMES)
def test_what_is_refused_is_told_by_its_own_name(kind: str, rule: str, odd: str) -> None:
    right = {"by": ["a", "a"], "order": [1, 2], "score": [4.0, 3.0]}
    for use, wrong in {"by": ["a", None], "order": [2, 2], "score": [4.0, 9.0]}.items():
        columns, roles = _called(use, odd, {**right, use: wrong})
        with pytest.raises(Exception, match=re.escape(f'column "{odd}": ')):
            in_memory(ta.detect_frame(FRAMES[kind](columns), ta.Registry().detector(rule), **roles))


@pytest.mark.parametrize("rule", WANTED)
@pytest.mark.parametrize("kind", FRAMES)
def test_one_rater_a_call_beside_odd_names(kind: str, rule: str) -> None:
    columns, roles = _called("nothing", "a.b")
    columns |= {"rater": ["client", "client", "therapist", "client"], "*": [0] * 4}
    with pytest.raises(Exception, match='column "rater": names another rater than client'):
        in_memory(
            ta.detect_frame(
                FRAMES[kind](columns), ta.Registry().detector(rule), **roles, rater="client"
            )
        )


@pytest.mark.parametrize("prefix", ["a.", '"', "*", "^", "`", "_c0"])
@pytest.mark.parametrize("rule", WANTED)
@pytest.mark.parametrize("kind", FRAMES)
def test_of_new_columns(kind: str, rule: str, prefix: str) -> None:
    columns, roles = _called("order", "*")
    found = ta.detect_frame(
        FRAMES[kind](columns), ta.Registry().detector(rule), **roles, prefix=prefix
    )
    stem = f"{prefix}{rule.replace('-', '_')}"
    assert names(found) == [*columns, f"{stem}_flag", f"{stem}_statistic", f"{stem}_threshold"]
    assert sorted(plain(found, f"{stem}_flag"), key=str) == sorted(WANTED[rule], key=str)
