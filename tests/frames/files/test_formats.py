"""Every kind of input to every kind of output: the scores of ``score_frame``, and all columns."""

import os
from decimal import Decimal
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd  # type: ignore[import-untyped]
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

import therapeutic_alliance as ta
from tests.frames.files.forms import ITEMS, PUT, WAI, arrow, as_read, forms, get, parquet, rows
from therapeutic_alliance.frames.files import job
from therapeutic_alliance.frames.files.score_file import score_file
from therapeutic_alliance.frames.sources import batches
from therapeutic_alliance.frames.sources.places import DuckTable

OUTS = (".parquet", ".arrow", ".csv")


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a few hundred rows are many batches."""
    monkeypatch.setattr(job, "rows_at_once", lambda _columns: 37)


@pytest.mark.parametrize("suffix", OUTS)
@pytest.mark.parametrize("kind", PUT)
def test_a_file_is_scored_as_its_frame_is(tmp_path: Path, kind: str, suffix: str) -> None:
    table = forms(300)
    out = tmp_path / f"out{suffix}"
    done = score_file(WAI, PUT[kind](table, tmp_path), out, missing=ta.Prorate(0.8))
    expected = ta.score_frame(WAI, table, missing=ta.Prorate(0.8))
    found = get(out)
    assert found.column_names == expected.column_names
    assert rows(found) == rows(expected if suffix == ".csv" else as_read(kind, expected))
    assert (done.rows, done.refused) == (300, 0)
    assert done.compared == ("case", "session", "rater")
    if suffix != ".csv":
        new = expected.column_names[len(table.column_names) :]
        assert [found.schema.field(name) for name in new] == [
            expected.schema.field(name) for name in new
        ]


@pytest.mark.parametrize("suffix", [".parquet", ".arrow"])
def test_columns_of_any_type_stay_as_they_are(tmp_path: Path, suffix: str) -> None:
    table = forms(100)
    other = {
        "site": pa.array(["a", "b"] * 50).dictionary_encode(),
        "tags": pa.array([["x"], []] * 50),
        "place": pa.array([{"lat": 1.0}, None] * 50),
        "at": pa.array(np.arange(100), pa.timestamp("us", "UTC")),
        "price": pa.array([Decimal("1.50"), None] * 50),
        "raw": pa.array([b"\0\xff", None] * 50),
        "nothing": pa.nulls(100),
    }
    for name, column in other.items():
        table = table.append_column(name, column)
    out = tmp_path / f"out{suffix}"
    score_file(WAI, arrow(table, tmp_path), out)
    found = get(out)
    for name, column in other.items():
        assert found.schema.field(name).type == column.type
        assert found[name].to_pylist() == column.to_pylist()


@pytest.mark.parametrize("suffix", [".parquet", ".arrow"])
def test_categories_that_differ_from_batch_to_batch(tmp_path: Path, suffix: str) -> None:
    """A stream, and a row group of Parquet, can bring categories of their own."""
    sites = [f"site{row // 20}" for row in range(200)]
    parts = [pa.array(sites[start : start + 50]).dictionary_encode() for start in range(0, 200, 50)]
    table = forms(200).append_column("site", pa.chunked_array(parts))
    path, out = tmp_path / "in.ipc", tmp_path / f"out{suffix}"
    with pa.ipc.new_stream(path, table.schema) as writer:
        writer.write_table(table)
    score_file(WAI, path, out)
    found = get(out)
    assert pa.types.is_dictionary(found.schema.field("site").type)
    assert found["site"].to_pylist() == sites


def test_floats_and_columns_called_otherwise(tmp_path: Path) -> None:
    table = forms(60).rename_columns(
        ["case", "session", "rater", "note", *(f"q{item}" for item in ITEMS)]
    )
    columns = {item: f"q{item}" for item in ITEMS}
    for name in columns.values():
        at = table.column_names.index(name)
        table = table.set_column(at, name, table[name].cast(pa.float32()))
    out = tmp_path / "out.parquet"
    score_file(WAI, parquet(table, tmp_path), out, columns=columns)
    assert rows(get(out)) == rows(ta.score_frame(WAI, table, columns))


def test_codes_are_not_answered_and_stay_in_the_file(tmp_path: Path) -> None:
    table = forms(40, missing=0)
    coded = table.set_column(4, "1", pa.array([99, -9, 3, 4] * 10, pa.int8()))
    out = tmp_path / "out.parquet"
    done = score_file(WAI, parquet(coded, tmp_path), out, codes=["99", "-9.0"])
    found = get(out)
    assert found["wai_sr_missing"].to_pylist() == [1, 1, 0, 0] * 10
    assert found["1"].to_pylist() == [99, -9, 3, 4] * 10
    assert done.provenance["missing_codes"] == ["99", "-9.0"]


@pytest.mark.parametrize("kind", [pa.float16(), pa.float32(), pa.float64(), pa.int8(), pa.uint64()])
def test_a_code_is_a_number_of_the_columns_kind(tmp_path: Path, kind: pa.DataType) -> None:
    """99.9 is the float32 next to it, and no whole number; 1000 does not fit int8."""
    floats = pa.types.is_floating(kind)
    table = forms(3, missing=0)
    coded = table.set_column(4, "1", pa.array([99.9 if floats else 5, 4, None]).cast(kind))
    out = tmp_path / "out.parquet"
    score_file(WAI, parquet(coded, tmp_path), out, codes=["99.9", "1000", "-1000"])
    assert get(out)["wai_sr_missing"].to_pylist() == [1 if floats else 0, 0, 1]


@pytest.mark.parametrize("kind", ["parquet", "arrow", "arrow_stream"])
def test_categories_that_are_numbers_are_answers(tmp_path: Path, kind: str) -> None:
    """Parquet reads them as numbers anyway."""
    table = forms(60)
    coded = table.set_column(4, "1", table["1"].combine_chunks().dictionary_encode())
    out = tmp_path / "out.parquet"
    score_file(WAI, PUT[kind](coded, tmp_path), out)
    assert rows(get(out)) == rows(ta.score_frame(WAI, table))
    words = table["1"].cast(pa.string()).combine_chunks().dictionary_encode()
    place = PUT[kind](table.set_column(4, "1", words), tmp_path)
    with pytest.raises(ta.TableError, match="holds categories, numbers are needed"):
        score_file(WAI, place, out)


def test_an_index_of_pandas_comes_back(tmp_path: Path) -> None:
    frame = forms(30).to_pandas().set_index(["case", "session"])
    frame.to_parquet(tmp_path / "in.parquet")
    score_file(WAI, tmp_path / "in.parquet", tmp_path / "out.parquet")
    back = pd.read_parquet(tmp_path / "out.parquet")
    assert list(back.index.names) == ["case", "session"]
    assert "wai_sr_total" in back
    assert back.index.equals(frame.index)


def test_a_view_of_a_database_and_a_table_in_a_schema(tmp_path: Path) -> None:
    place = PUT["database"](forms(20), tmp_path)
    assert not isinstance(place, Path)
    with duckdb.connect(str(place.path)) as connection:
        connection.execute("create schema lab; create table lab.old as select * from forms")
        connection.execute('create view "of late" as select * from forms where session > 5')
    before = place.path.read_bytes()
    for name, many in (("lab.old", 20), ("of late", 10), ("FORMS", 20), ("main.forms", 20)):
        done = score_file(WAI, DuckTable(place.path, name), tmp_path / "out.parquet")
        assert done.rows == many
    assert place.path.read_bytes() == before


def test_names_of_tables_with_dots_and_quotes(tmp_path: Path) -> None:
    """Its own name comes first; quoted, any table can be meant."""
    tables = ('main."a.b"', 'a."b"', '"My.Schema"."T.1"', 'main."say ""a"""', 'a."b.c"', '"a.b".c')
    place = PUT["database"](forms(20), tmp_path)
    assert isinstance(place, DuckTable)
    with duckdb.connect(str(place.path)) as connection:
        connection.execute('create schema a; create schema "My.Schema"; create schema "a.b"')
        for many, name in enumerate(tables, 1):
            connection.execute(f"create table {name} as from forms limit {many}")
    asked = {
        "a.b": 1,
        '"main"."a.b"': 1,
        '"a"."b"': 2,
        '"My.Schema"."T.1"': 3,
        '"my.schema"."t.1"': 3,
        "My.Schema.T.1": 3,
        'say "a"': 4,
        'main.say "a"': 4,
        '"a"."b.c"': 5,
        '"a.b"."c"': 6,
    }
    for name, many in asked.items():
        table = DuckTable(place.path, name)
        assert score_file(WAI, table, tmp_path / "out.parquet").rows == many, name
    with pytest.raises(ta.TableError, match="no table or view"):  # there are two
        score_file(WAI, DuckTable(place.path, "a.b.c"), tmp_path / "out.parquet")


@pytest.mark.parametrize("kind", ["hugeint", "uhugeint"])
def test_answers_that_are_sums(tmp_path: Path, kind: str) -> None:
    """DuckDB adds whole numbers up to 128 bits, as in ``pivot ... using sum(answer)``."""
    table, out = forms(60), tmp_path / "out.parquet"
    place = PUT["database"](table, tmp_path)
    assert isinstance(place, DuckTable)
    wide = ", ".join(f'"{item}"::{kind} as "{item}"' for item in ITEMS)
    with duckdb.connect(str(place.path)) as connection:
        connection.execute(f"create view sums as select * replace ({wide}) from forms")  # noqa: S608
    score_file(WAI, DuckTable(place.path, "sums"), out)
    assert rows(get(out)) == rows(ta.score_frame(WAI, table))
    assert get(out).schema.field("1").type == pa.float64()


def test_a_path_that_is_no_text(tmp_path: Path) -> None:
    """Bytes that are not UTF-8 can be the name of a file."""
    folder = tmp_path / "parts"
    folder.mkdir()
    for path in (tmp_path / os.fsdecode(b"\xff\xfe.parquet"), folder / os.fsdecode(b"\xff.pq")):
        with path.open("wb") as file:
            pq.write_table(forms(5), file)
    for source in (path, folder, tmp_path / os.fsdecode(b"\xff\xfe.parquet")):
        assert score_file(WAI, source, tmp_path / "out.parquet").rows == 5


def test_wide_tables_get_smaller_batches() -> None:
    assert batches.rows_at_once(30) == batches.ROWS
    assert batches.rows_at_once(3_000) * 3_000 <= 1 << 23
    assert batches.rows_at_once(10**9) == 1 << 10
