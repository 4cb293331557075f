"""Files that cannot be read, places that cannot be written: one line, and nothing is left."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

import therapeutic_alliance as ta
from tests.frames.files.forms import PUT, WAI, arrow, forms, get, parquet
from therapeutic_alliance.frames.files import job
from therapeutic_alliance.frames.files.score_file import score_file
from therapeutic_alliance.frames.sources.places import DuckTable

SECRET = "4711"  # noqa: S105
"""Stands in the bad files, and in no error."""


def _refused(source: Any, out: Path, **how: Any) -> str:
    """The error in words; the folder of the output is as it was."""
    before = {each: each.read_bytes() for each in out.parent.rglob("*") if each.is_file()}
    with pytest.raises(ta.AllianceError) as caught:
        score_file(WAI, source, out, **how)
    assert {each: each.read_bytes() for each in out.parent.rglob("*") if each.is_file()} == before
    assert caught.value.__context__ is None
    assert SECRET not in str(caught.value)
    return str(caught.value)


def _cut(path: Path, keep: Callable[[bytes], bytes]) -> Path:
    path.write_bytes(keep(path.read_bytes()))
    return path


def _file(place: Any) -> Path:
    return place if isinstance(place, Path) else place.path


@pytest.mark.parametrize("kind", ["parquet", "arrow", "arrow_stream", "database"])
@pytest.mark.parametrize(
    "keep",
    [lambda _: b"", lambda _: b"not columns", lambda all_: all_[: len(all_) // 2]],
    ids=["empty", "text", "half"],
)
def test_what_is_not_such_a_file(tmp_path: Path, kind: str, keep: Callable[[bytes], bytes]) -> None:
    place = PUT[kind](forms(300), tmp_path)
    path = _cut(_file(place), keep)
    (tmp_path / "out.parquet").write_bytes(b"old")
    told = _refused(place, tmp_path / "out.parquet")
    assert told.startswith(f"{path.name}: ")
    assert "\n" not in told


@pytest.mark.parametrize("at", [10, 5_000])
def test_bytes_that_changed_in_a_parquet_file(tmp_path: Path, at: int) -> None:
    path = parquet(forms(3_000), tmp_path)
    assert isinstance(path, Path)
    _cut(path, lambda all_: all_[:at] + b"\xff" * 400 + all_[at + 400 :])
    told = _refused(path, tmp_path / "out.parquet", invalid="null-and-count")
    assert told.startswith("in.parquet: ")


@pytest.mark.parametrize("kind", [kind for kind in PUT if kind != "csv"])
def test_no_rows(tmp_path: Path, kind: str) -> None:
    told = _refused(PUT[kind](forms(0), tmp_path), tmp_path / "out.parquet")
    assert told.endswith(": there are no rows")


def test_folders(tmp_path: Path) -> None:
    folder, out = tmp_path / "parts", tmp_path / "out.parquet"
    folder.mkdir()
    assert _refused(folder, out) == "parts: the folder has no Parquet file"
    pq.write_table(forms(5), folder / "a.parquet")
    (folder / "notes.txt").touch()
    assert "and notes.txt is none" in _refused(folder, out)
    (folder / "notes.txt").unlink()
    (folder / "year=2026").mkdir()
    assert "and year=2026 is none" in _refused(folder, out)
    (folder / "year=2026").rmdir()
    pq.write_table(forms(5).drop_columns(["note"]), folder / "b.parquet")
    lacks = 'b.parquet: its columns are not those of a.parquet: no column "note"'
    assert _refused(folder, out) == lacks
    (folder / "b.parquet").write_bytes(b"PAR1")
    assert _refused(folder, out).startswith("b.parquet: not a Parquet file")


def test_columns(tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    table = forms(20)
    cases = {
        "no column for item 7": table.drop_columns(["7"]),
        "has a column wai_sr_total already": table.append_column("wai_sr_total", table["1"]),
        'column "2": holds text': table.set_column(5, "2", table["note"]),
        "of one name": table.append_column("1", table["1"]),
    }
    for rule, each in cases.items():
        told = _refused(parquet(each, tmp_path), out)
        assert told.startswith("in.parquet")
        assert rule in told


def test_what_an_output_cannot_hold(tmp_path: Path) -> None:
    table = forms(20).append_column("tags", pa.array([["x"]] * 20))
    told = _refused(parquet(table, tmp_path), tmp_path / "out.csv")
    assert told == 'out.csv, column "tags": list<element: string>, which .csv files cannot hold'


def test_tables_of_a_database(tmp_path: Path) -> None:
    place = PUT["database"](forms(5), tmp_path)
    assert isinstance(place, DuckTable)
    out = tmp_path / "out.parquet"
    for name in ("", "froms", "lab.forms", ".", 'forms"', '"forms"', '"forms', "main..forms"):
        told = _refused(DuckTable(place.path, name), out)
        assert told == f'warehouse.duckdb: the database has no table or view "{name}"'
    assert "(DuckTable, or --table)" in _refused(place.path, out)
    assert "cannot be read" in _refused(DuckTable(tmp_path / "none.duckdb", "forms"), out)
    with duckdb.connect(str(place.path)) as writing:
        writing.execute("insert into forms select * from forms limit 1")
        # in this process DuckDB itself refuses a second connection of another kind
        assert "another program writes to it" in _refused(place, out)


def test_a_table_is_no_file_and_no_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DuckDB by itself would read either where there is no such table."""
    place = PUT["database"](forms(5), tmp_path)
    parquet(forms(7), tmp_path)
    monkeypatch.chdir(tmp_path)
    for name in ("in.parquet", str(tmp_path / "in.parquet"), "place", "Any", "connection"):
        told = _refused(DuckTable(_file(place), name), tmp_path / "out.parquet")
        assert told.endswith(f'the database has no table or view "{name}"')


def _executed(folder: Path, *statements: str) -> Path:
    """A database with the forms, and what statements do to it."""
    path = _file(PUT["database"](forms(5), folder))
    with duckdb.connect(str(path)) as connection:
        for each in statements:
            connection.execute(each)
    return path


@pytest.mark.parametrize(
    "note", ["'x4711'::int", "error('4711')", "(a // 250000 * 4711)::utinyint", "a"]
)
def test_a_view_that_fails(tmp_path: Path, note: str) -> None:
    """What DuckDB says of it may quote values, and is not told."""
    path = _executed(
        tmp_path,
        "create table more as select range as a from range(300000)",
        f"create view late as select * replace ({note} as note) from forms, more",  # noqa: S608
        "drop table more" if note == "a" else "select 1",
    )
    told = _refused(DuckTable(path, "late"), tmp_path / "out.parquet")
    assert told == 'warehouse.duckdb: the view "late" cannot be read: see what DuckDB says of it'


@pytest.mark.parametrize(
    ("value", "type_"),
    [
        ("'10:00:00+02'::timetz", "TIME WITH TIME ZONE"),
        ("'101'::bit", "BIT"),
        ("2::hugeint::bignum", "BIGNUM"),
        ("5::uhugeint", "UHUGEINT"),
        ("1::variant", "VARIANT"),
        ("[{'a': '101'::bit}]", "BIT"),
        ("map{1: 5::uhugeint}", "UHUGEINT"),
    ],
)
def test_types_that_only_duckdb_has(tmp_path: Path, value: str, type_: str) -> None:
    path = _executed(tmp_path, f"create view odd as select *, {value} as x from forms")  # noqa: S608
    told = _refused(DuckTable(path, "odd"), tmp_path / "out.parquet")
    assert told == (f'warehouse.duckdb, column "x": {type_}: cast it in a view, as to VARCHAR')


def test_more_digits_than_a_decimal_has(tmp_path: Path) -> None:
    path = _executed(
        tmp_path,
        f"create table huge as select *, 1{'0' * 37}::hugeint * session as x from forms",  # noqa: S608
        "create view huger as select * replace (x * 3 as x) from huge",
    )
    out = tmp_path / "out.parquet"
    told = _refused(DuckTable(path, "huger"), out)
    assert told == (
        'warehouse.duckdb, column "x": a whole number of more than 38 digits: '
        "cast it in a view, as to VARCHAR"
    )
    score_file(WAI, DuckTable(path, "huge"), out)
    assert get(out)["x"].to_pylist() == [10**37 * session for session in range(1, 6)]


@pytest.mark.parametrize("kind", ["parquet", "arrow", "arrow_stream"])
@pytest.mark.parametrize("rows", [6, 9, 3, 0])
def test_files_one_after_the_other(tmp_path: Path, kind: str, rows: int) -> None:
    """Each of them is whole, and PyArrow would read one of two that are alike."""
    out = tmp_path / "out.parquet"
    path = _file(PUT[kind](forms(rows), tmp_path))
    second = path.read_bytes()
    PUT[kind](forms(6), tmp_path)
    path.write_bytes(path.read_bytes() + second)
    told = _refused(path, out, key=None, invalid="null-and-count")
    if rows == 6:
        assert told.endswith(
            ": goes on after its end mark: several streams, or something else behind it"
            if kind == "arrow_stream"
            else ": several files, one after the other: join their rows, not their bytes"
        )


def test_what_looks_like_files_one_after_the_other(tmp_path: Path) -> None:
    """Text that is their marks, which footers repeat; indexes behind the rows."""
    path, out = tmp_path / "in.parquet", tmp_path / "out.parquet"
    pq.write_table(forms(6), path, write_page_index=True)
    assert score_file(WAI, path, out).rows == 6
    for place in (parquet, arrow):
        table = forms(6).append_column("x", pa.array(["PAR1PAR1", "ARROW1ARROW1"] * 3))
        assert score_file(WAI, place(table, tmp_path), out).rows == 6


@pytest.mark.parametrize("behind", [b"\0", b"junk"])
def test_bytes_behind_a_stream(tmp_path: Path, behind: bytes) -> None:
    path = _file(PUT["arrow_stream"](forms(5), tmp_path))
    path.write_bytes(path.read_bytes() + behind)
    assert _refused(path, tmp_path / "out.parquet") == (
        "in.ipc: goes on after its end mark: several streams, or something else behind it"
    )


def test_the_output_is_not_the_input(tmp_path: Path) -> None:
    path = parquet(forms(5), tmp_path)
    assert isinstance(path, Path)
    (tmp_path / "link.parquet").hardlink_to(path)
    for out in (path, tmp_path / "link.parquet"):
        assert "the output is the input" in _refused(path, out)
    folder = PUT["parquet_folder"](forms(9), tmp_path)
    assert isinstance(folder, Path)
    assert "or lies in it" in _refused(folder, folder / "part-3.parquet")
    assert "not a file of columns by its name" in _refused(path, tmp_path / "out.xlsx")
    assert "not a file of columns by its name" in _refused(tmp_path / "a.xlsx", tmp_path / "o.csv")


def test_places_that_cannot_be_written(tmp_path: Path) -> None:
    path = parquet(forms(5), tmp_path)
    (tmp_path / "dir.parquet").mkdir()
    assert _refused(path, tmp_path / "nowhere" / "o.parquet") == (
        "o.parquet: cannot be written: No such file or directory"
    )
    assert "not a regular file" in _refused(path, tmp_path / "dir.parquet")
    (tmp_path / "loop.parquet").symlink_to("loop.parquet")
    assert "not a regular file" in _refused(path, tmp_path / "loop.parquet")


@pytest.mark.parametrize("kind", ["parquet", "parquet_folder", "arrow", "csv", "database"])
def test_refused_answers_name_file_row_and_item(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(job, "rows_at_once", lambda _columns: 40)
    table = forms(300)
    answers = table["3"].to_pylist()
    answers[250] = 47
    place = PUT[kind](table.set_column(6, "3", pa.array(answers, pa.int8())), tmp_path)
    out = tmp_path / "out.parquet"
    out.write_bytes(b"old")
    file, row = ("part-2.parquet", 50) if kind == "parquet_folder" else (_file(place).name, 250)
    told = _refused(place, out)
    assert told.splitlines()[0] == f"{file}, row {row}, item 3: above the highest answer, 5"
    done = score_file(WAI, place, out, invalid="null-and-count")
    assert done.refused == 1
    found = get(out)["wai_sr_invalid"].to_pylist()
    assert [at for at, each in enumerate(found) if each] == [250]
