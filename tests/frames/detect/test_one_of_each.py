"""A frame that says what its rows are of: one measure, score, metric and rater a call."""

from collections.abc import Callable, Mapping
from typing import Any

import duckdb
import narwhals as nw
import pandas as pd  # type: ignore[import-untyped]
import polars as pl
import pytest
from attrs import evolve

import therapeutic_alliance as ta

REGISTRY = ta.Registry()
MEASURE = REGISTRY.measure("wai-sr")
ANY = ta.CohortConstants.illustrative()
WINDOW = REGISTRY.detector("rci-drop")
BY_ROWS = REGISTRY.detector("eb-z", cohort=ANY)
RATED = REGISTRY.detector("eb-z", cohort=evolve(ANY, rater="client"))
RATED_WINDOW = REGISTRY.detector("drop-sd", cohort=evolve(ANY, rater="client"))
TABLE: dict[str, list[Any]] = {
    "case": ["c1", "c1", "c1", "c1"],
    "session": [1, 2, 3, 4],
    "value": [50.0, 40.0, 45.0, 40.0],
    "measure": ["wai-sr"] * 4,
    "score": ["total"] * 4,
    "metric": ["sum"] * 4,
    "rater": ["client"] * 4,
}
"""Invented; columns as in the scores table."""
OTHERS: Mapping[str, str] = {
    "measure": "wai-srt",
    "score": "bond",
    "metric": "mean",
    "rater": "therapist",
}


Table = dict[str, list[Any]]


def _categories(table: Table) -> pd.DataFrame:
    return pd.DataFrame(table).astype(dict.fromkeys(OTHERS, "category"))


IN_MEMORY: Mapping[str, Callable[[Table], Any]] = {
    "pandas": pd.DataFrame,
    "pandas categories": _categories,
    "pandas Arrow": lambda table: pd.DataFrame(table).convert_dtypes(dtype_backend="pyarrow"),
    "polars": pl.DataFrame,
    "polars categories": lambda table: pl.DataFrame(table).cast(
        dict.fromkeys(OTHERS, pl.Categorical)
    ),
    "pyarrow": lambda table: pl.DataFrame(table).to_arrow(),
    "pyarrow dictionaries": lambda table: (
        pl.DataFrame(table).cast(dict.fromkeys(OTHERS, pl.Categorical)).to_arrow()
    ),
}


def flags(frame: Any, rule: Any, **asked: Any) -> list[bool | None]:
    """By case alone, of the total of a measure, unless asked for something else."""
    asked = {"by": "case", "score": {"total": "value"}, "measure": MEASURE, **asked}
    found = nw.from_native(ta.detect_frame(frame, rule, order="session", **asked))
    flag = f"{rule.id.replace('-', '_')}_flag"
    told = found.lazy().select("session", flag).collect("polars").to_native().sort("session")
    return told[flag].to_list()  # type: ignore[no-any-return]


def in_duckdb(table: Table, rule: Any, **asked: Any) -> list[bool | None]:
    with duckdb.connect() as connection:
        return flags(connection.from_arrow(pl.DataFrame(table).to_arrow()), rule, **asked)


def lazily(table: Table, rule: Any, **asked: Any) -> list[bool | None]:
    return flags(pl.LazyFrame(table), rule, **asked)


LAZY = (lazily, in_duckdb)
REFUSED = (ta.TableError, pl.exceptions.ComputeError, duckdb.InvalidInputException)


def _with(column: str, cells: list[Any]) -> Table:
    return {**TABLE, column: cells}


@pytest.mark.parametrize("kind", IN_MEMORY)
@pytest.mark.parametrize(("column", "other"), OTHERS.items())
def test_rows_of_something_else_are_refused(kind: str, column: str, other: str) -> None:
    own = TABLE[column][0]
    for cells in ([own, own, own, other], [None, other, None, None], [other] * 4):
        frame = IN_MEMORY[kind](_with(column, cells))
        with pytest.raises(ta.TableError) as error:
            flags(frame, WINDOW, rater="client")
        assert str(error.value) == (
            f'column "{column}": names another {column} than {own}; one {column} a call: '
            "filter the rows first, or rename the column"
        )


@pytest.mark.parametrize("compute", LAZY)
@pytest.mark.parametrize("rule", [WINDOW, BY_ROWS], ids=lambda each: each.id)
@pytest.mark.parametrize(("column", "other"), OTHERS.items())
def test_also_where_an_engine_computes(compute: Any, rule: Any, column: str, other: str) -> None:
    table = _with(column, [None, TABLE[column][0], None, other])
    with pytest.raises(REFUSED, match=f"names another {column} than"):
        compute(table, rule, rater="client")


@pytest.mark.parametrize("compute", LAZY)
@pytest.mark.parametrize("rule", [WINDOW, BY_ROWS], ids=lambda each: each.id)
def test_several_raters_are_refused_whoever_is_asked_for(compute: Any, rule: Any) -> None:
    table = _with("rater", ["client", "client", None, "therapist"])
    for kind in IN_MEMORY.values():
        with pytest.raises(ta.TableError, match="names several raters; "):
            flags(kind(table), rule)
    with pytest.raises(REFUSED, match='"rater": names several raters; '):
        compute(table, rule)


@pytest.mark.parametrize("rule", [RATED, RATED_WINDOW], ids=lambda each: each.id)
def test_constants_that_know_a_rater_ask_for_that_one(rule: Any) -> None:
    table = _with("rater", ["therapist"] * 4)
    with pytest.raises(ta.TableError, match="another rater than client"):
        flags(pl.DataFrame(table), rule)
    for compute in LAZY:
        with pytest.raises(REFUSED, match="another rater than client"):
            compute(table, rule)
    of_any: dict[str, Any] = {"measure": None, "low": 12, "high": 60, "metric": "sum"}
    assert flags(pl.DataFrame(table), rule, rater="therapist", **of_any) == [None] * 4


def test_that_a_case_is_named_by_them_too_changes_nothing() -> None:
    """A call has one range, and constants of one rater, for all rows."""
    measures = _with("measure", ["wai-sr", "wai-sr", "wai-srt", "wai-srt"])
    with pytest.raises(ta.TableError, match="another measure than wai-sr"):
        flags(pl.DataFrame(measures), WINDOW, by=["case", "measure"])
    with pytest.raises(ta.TableError, match='"measure": names several measures'):
        flags(pl.DataFrame(measures), WINDOW, measure=None, low=1, high=60, metric="sum")
    raters = _with("rater", ["client", "client", "therapist", "therapist"])
    with pytest.raises(ta.TableError, match="another rater than client"):
        flags(pl.DataFrame(raters), BY_ROWS, by=["case", "rater"], rater="client")


@pytest.mark.parametrize("rule", [WINDOW, BY_ROWS, RATED], ids=lambda each: each.id)
def test_one_of_each_is_what_a_table_without_these_columns_is(rule: Any) -> None:
    bare = {name: TABLE[name] for name in ("case", "session", "value")}
    want = flags(pl.DataFrame(bare), rule)
    for table in (TABLE, {**TABLE, **{name: [None] * 4 for name in OTHERS}}):
        for rater in (None, "client"):
            for made in IN_MEMORY.values():
                assert flags(made(table), rule, rater=rater) == want
            for compute in LAZY:
                assert compute(table, rule, rater=rater) == want
    assert True in want or rule is not WINDOW


def test_columns_of_these_names_that_are_no_text_are_nobody_elses_business() -> None:
    numbers = {**TABLE, **{name: [1, 2, 3, 4] for name in OTHERS}}
    for compute in LAZY:
        assert compute(numbers, WINDOW) == flags(pd.DataFrame(numbers), WINDOW)
    own = {"case": TABLE["case"], "session": TABLE["session"], "score": TABLE["value"]}
    assert flags(pd.DataFrame(own), WINDOW, score={"total": "score"})[1] is True
    assert lazily(own, WINDOW, score={"total": "score"})[1] is True


def test_a_frame_without_rows() -> None:
    empty = pl.DataFrame(TABLE).clear()
    assert flags(empty, WINDOW) == flags(empty.lazy(), BY_ROWS) == []
