"""Frames that are computed later: Polars lazy, on both of its engines, and DuckDB relations."""

from collections.abc import Callable, Mapping
from functools import partial
from math import inf, nan, nextafter
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from attrs import evolve
from hypothesis import given, settings

import therapeutic_alliance as ta
from tests.frames.by_hand import bits, by_hand
from tests.frames.engines import IN_PROCESS
from tests.frames.generated import Table, tables

REGISTRY = ta.Registry()
ARM = REGISTRY.measure("arm-5")
ITEMS = ARM.items
NEW = [f"arm_5_{name}" for name in ("total", "total_answered", "invalid", "missing", "uniform")]
KINDS = {NEW[0]: pl.Float64, **dict.fromkeys(NEW[1:4], pl.Int16), NEW[4]: pl.Boolean}
FILLED = {item: [6, 7, 7] for item in ITEMS}
ONE = ta.Measure(
    id="one",
    version="1",
    name="Invented",
    raters=("client",),
    items=("q",),
    scale=ta.Scale(low=0, high=3),
    reverse=("q",),
    scores=(ta.ScoreRule(id="total", items=("q",), aggregate="sum"),),
)
score = partial(ta.score_frame, ARM, invalid="null-and-count")


def on_duckdb(frame: pl.DataFrame, how: Callable[[Any], Any]) -> pl.DataFrame:
    with duckdb.connect() as connection:
        return how(connection.from_arrow(frame.to_arrow())).pl()  # type: ignore[no-any-return]


ENGINES: Mapping[str, Callable[[pl.DataFrame, Callable[[Any], Any]], pl.DataFrame]] = {
    "Polars lazy": lambda frame, how: how(frame.lazy()).collect(),
    "Polars streaming": lambda frame, how: how(frame.lazy()).collect(engine="streaming"),
    "DuckDB": on_duckdb,
}
every_engine = pytest.mark.parametrize("engine", ENGINES)


@pytest.mark.slow
@every_engine
@settings(max_examples=15)  # more of them, on all engines, in test_every_engine
@given(table=tables())
def test_scores_are_those_of_plain_python(engine: str, table: Table) -> None:
    how = partial(ta.score_frame, table.measure, missing=table.missing, invalid="null-and-count")
    scored, expected = IN_PROCESS[engine](table, how), by_hand(table)
    assert bits({name: scored[name] for name in expected}) == bits(expected)


@every_engine
@pytest.mark.parametrize(
    "kind",
    [pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.UInt8, pl.UInt16, pl.UInt32, pl.UInt64, pl.Float32],
)
def test_the_ends_of_every_kind_of_number(engine: str, kind: Any) -> None:
    ends = pl.select(pl.lit(7).cast(kind), low=kind.min(), high=kind.max()).row(0)
    columns = {item: pl.Series([7] * 4, dtype=kind) for item in ITEMS[:4]}
    frame = pl.DataFrame({**columns, ITEMS[4]: pl.Series([*ends, None], dtype=kind)})
    scored = ENGINES[engine](frame, score)
    assert scored.schema == {**frame.schema, **KINDS}
    assert scored.select(NEW).rows() == [
        (ta.score(ARM, [7] * 5)["total"].value, 5, 0, 0, True),
        (None, 4, 1, 0, True),
        (None, 4, 1, 0, True),
        (None, 4, 0, 1, True),
    ]


@every_engine
def test_what_is_no_answer_is_counted(engine: str) -> None:
    odd = [3.5, 300, -1, 0, 259, 2.0**62, 1e300, inf, -inf, nextafter(7, 8), nan, None]
    columns = {item: pl.Series([6] * len(odd)) for item in ITEMS[:4]}
    frame = pl.DataFrame({**columns, ITEMS[4]: pl.Series(odd, dtype=pl.Float64)})
    scored = ENGINES[engine](frame, score)
    assert scored["arm_5_invalid"].to_list() == [1] * (len(odd) - 2) + [0, 0]
    assert scored["arm_5_missing"].to_list() == [0] * (len(odd) - 2) + [1, 1]
    assert scored["arm_5_total_answered"].to_list() == [4] * len(odd)
    assert scored["arm_5_total"].to_list() == [None] * len(odd)


@every_engine
def test_steps_of_a_tenth_are_taken_as_printed_and_nothing_beside_them(engine: str) -> None:
    measure = REGISTRY.measure("srs")
    accepted = measure.scale_of(measure.items[0]).answers()
    beside = [nextafter(each, end) for each in accepted for end in (-inf, inf)]
    frame = pl.DataFrame({item: [*accepted, *beside] for item in measure.items})
    scored = ENGINES[engine](frame, partial(ta.score_frame, measure, invalid="null-and-count"))
    assert len(accepted) == 101
    assert scored["srs_invalid"].to_list() == [0] * 101 + [4] * 202
    expected = [ta.score(measure, [answer] * 4)["total"].value for answer in accepted]
    assert scored["srs_total"].to_list() == [*expected, *[None] * 202]
    assert scored["srs_uniform"].to_list() == [True] * 101 + [False] * 202


@every_engine
def test_whole_numbers_on_a_scale_with_steps_of_a_tenth(engine: str) -> None:
    measure = REGISTRY.measure("srs")
    frame = pl.DataFrame({item: [10, 11, -1, 0] for item in measure.items}).cast(pl.Int8)
    scored = ENGINES[engine](frame, partial(ta.score_frame, measure, invalid="null-and-count"))
    assert scored["srs_total"].to_list() == [40, None, None, 0]


@every_engine
@pytest.mark.parametrize("kind", [pl.Int8, pl.UInt8, pl.Int16])
@pytest.mark.parametrize("ends", [(-1000, 1000), (0, 255), (200, 300)])
def test_a_range_wider_than_the_kind_of_number(
    engine: str, kind: Any, ends: tuple[int, int]
) -> None:
    measure = evolve(ONE, scale=ta.Scale(low=ends[0], high=ends[1]), reverse=())
    bounds = pl.select(low=kind.min(), high=kind.max())
    there = [
        answer for answer in (-128, -1, 0, 5, 127, 200, 255) if answer >= int(bounds.item(0, 0))
    ]
    frame = pl.DataFrame({"q": there}).filter(pl.col("q") <= int(bounds.item(0, 1))).cast(kind)
    scored = ENGINES[engine](frame, partial(ta.score_frame, measure, invalid="null-and-count"))
    expected = [answer if ends[0] <= answer <= ends[1] else None for answer in frame["q"]]
    assert scored["one_total"].to_list() == expected


@every_engine
def test_names_that_are_already_taken(engine: str) -> None:
    others = ["_", "_0", "__sum0", "__highest", "Total", "é a"]
    frame = pl.DataFrame({**dict.fromkeys(others, ["kept"] * 3), **FILLED})
    scored = ENGINES[engine](frame, score)
    assert scored.columns == [*others, *ITEMS, *NEW]
    assert scored.select(others).equals(frame.select(others))
    assert scored["arm_5_uniform"].to_list() == [True] * 3


@every_engine
def test_zero_rows(engine: str) -> None:
    scored = ENGINES[engine](pl.DataFrame(FILLED).clear(), score)
    assert scored.schema == {**dict.fromkeys(ITEMS, pl.Int64), **KINDS}
    assert scored.height == 0


@every_engine
def test_columns_of_nothing_but_null(engine: str) -> None:
    frame = pl.DataFrame({**FILLED, "1": pl.Series([None] * 3)})
    scored = ENGINES[engine](frame, score)
    assert scored["arm_5_missing"].to_list() == [1, 1, 1]
    nothing = ENGINES[engine](pl.DataFrame({item: [None, None] for item in ITEMS}), score)
    assert nothing.select(NEW).rows() == [(None, 0, 0, 5, False)] * 2


@every_engine
def test_a_measure_of_one_item(engine: str) -> None:
    frame = pl.DataFrame({"q": [0, 3, 4, None]})
    scored = ENGINES[engine](frame, partial(ta.score_frame, ONE, invalid="null-and-count"))
    assert scored["one_total"].to_list() == [3, 0, None, None]
    assert scored["one_uniform"].to_list() == [False] * 4


@pytest.mark.slow
@every_engine
def test_a_thousand_items(engine: str) -> None:
    items = tuple(f"q{number}" for number in range(1000))
    parts = {"early": items[:700], "late": items[300:]}
    rules = [ta.ScoreRule(id=id_, items=own, aggregate="mean") for id_, own in parts.items()]
    measure = ta.Measure(
        id="wide",
        version="1",
        name="Invented",
        raters=("client",),
        items=items,
        scale=ta.Scale(low=1, high=5),
        reverse=items[::7],
        scores=(*rules, ta.ScoreRule(id="total", of=("early", "late"), aggregate="mean")),
    )
    rows = [[(row * 7 + item * item) % 6 or None for item in range(1000)] for row in range(9)]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(items, pl.Int8), orient="row")
    half = ta.Prorate(0.5)
    how = partial(ta.score_frame, measure, missing=half, invalid="null-and-count")
    scored = ENGINES[engine](frame, how)
    sheets = [ta.score(measure, row, missing=half) for row in rows]
    for number, id_ in enumerate([*parts, "total"]):
        found = scored[f"wide_{id_}"].to_list()
        assert found == [sheet.scores[number].value for sheet in sheets]
        assert None not in found


def test_polars_keeps_the_order_of_rows() -> None:
    frame = pl.DataFrame({item: [1, 7, 3, 5, 2] * 1000 for item in ITEMS}).with_row_index("row")
    scored = score(frame.lazy())
    assert isinstance(scored, pl.LazyFrame)
    assert scored.collect()["row"].to_list() == list(range(5000))


def test_a_file_is_read_when_the_frame_is_computed(tmp_path: Path) -> None:
    path = tmp_path / "forms.csv"
    pl.DataFrame({item: [1] for item in ITEMS}).write_csv(path)
    with duckdb.connect() as connection:
        lazy, relation = (
            score(pl.scan_csv(path)),
            score(connection.read_csv(str(path), header=True)),
        )
        pl.DataFrame(FILLED).write_csv(path)
        later = lazy.collect()
        assert later["arm_5_total"].to_list() == [
            ta.score(ARM, [answer] * 5)["total"].value for answer in (6, 7, 7)
        ]
        assert relation.order("1").pl().equals(later)


def test_a_relation_of_duckdb_goes_on_in_its_connection() -> None:
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE people (who VARCHAR, age INTEGER)")
        connection.execute("INSERT INTO people VALUES ('c1', 30), ('c2', 40)")
        names = ", ".join(f'{6 if item != "3" else 1}::HUGEINT AS "{item}"' for item in ITEMS)
        forms = connection.sql(f"SELECT who, {names} FROM people")  # noqa: S608, no input
        scored = score(forms)
        assert type(scored) is duckdb.DuckDBPyRelation
        joined = scored.join(connection.table("people"), "who").filter("age > 30")
        assert joined.project("who, arm_5_total, age").fetchall() == [
            ("c2", ta.score(ARM, [6, 6, 1, 6, 6])["total"].value, 40)
        ]


def test_whole_numbers_of_128_bits() -> None:
    huge = 2**100 + 7
    with duckdb.connect() as connection:
        for kind in ("HUGEINT", "UHUGEINT"):
            names = ", ".join(f'7::{kind} AS "{item}"' for item in ITEMS[:4])
            forms = connection.sql(f'SELECT {names}, {huge}::{kind} AS "5"')
            assert score(forms).fetchall()[0][-5:] == (None, 4, 1, 0, True)


@pytest.mark.parametrize(
    "make", [pl.DataFrame.lazy, lambda frame: duckdb.from_arrow(frame.to_arrow())]
)
def test_a_lazy_frame_cannot_raise_and_says_so_at_once(make: Any) -> None:
    with pytest.raises(ta.TableError, match="invalid='null-and-count', and look at arm_5_invalid"):
        ta.score_frame(ARM, make(pl.DataFrame(FILLED)))
