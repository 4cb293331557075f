"""Files that cannot be read, places that cannot be written: one line, and nothing is left."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

import therapeutic_alliance as ta
from tests.frames.files.forms import PUT, WAI, forms, get, parquet
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
    told = _refused(DuckTable(place.path, SECRET), out)
    assert told == "warehouse.duckdb: the database has no such table"
    assert _refused(DuckTable(place.path, ""), out) == told
    assert "(DuckTable, or --table)" in _refused(place.path, out)
    assert "cannot be read" in _refused(DuckTable(tmp_path / "none.duckdb", "forms"), out)
    with duckdb.connect(str(place.path)) as writing:
        writing.execute("insert into forms select * from forms limit 1")
        # in this process DuckDB itself refuses a second connection of another kind
        assert "another program writes to it" in _refused(place, out)


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
