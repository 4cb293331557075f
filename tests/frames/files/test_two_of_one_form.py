"""A second form of one key is an error; rows that share no key are not compared."""

from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.frames.files.forms import PUT, WAI, forms, parquet
from therapeutic_alliance.frames.files import job
from therapeutic_alliance.frames.files.digest import of_columns
from therapeutic_alliance.frames.files.form_keys import FormKeys
from therapeutic_alliance.frames.files.score_file import score_file

KINDS: dict[Any, st.SearchStrategy[Any]] = {
    pa.string(): st.text(max_size=40) | st.text("a\0", max_size=3),
    pa.large_string(): st.text(st.sampled_from("ab"), max_size=20),
    pa.binary(): st.binary(max_size=9),
    pa.int8(): st.integers(-3, 3),
    pa.uint64(): st.integers(0, 2**64 - 1),
    pa.int64(): st.integers(-(2**63), 2**63 - 1),
    pa.float64(): st.sampled_from([0.0, -0.0, 1.0, 1.5, -1.0]),
    pa.float32(): st.sampled_from([0.0, 0.5]),
    pa.bool_(): st.booleans(),
    pa.date32(): st.dates(),
    pa.timestamp("us"): st.datetimes(),
    pa.dictionary(pa.int8(), pa.string()): st.sampled_from(["a", "b", "ab"]),
    pa.decimal128(5, 2): st.decimals(-9, 9, places=2),
    pa.null(): st.none(),
}


@st.composite
def keys(draw: st.DrawFn) -> tuple[list[pa.Array], list[tuple[Any, ...]]]:
    """Columns of a key, and the same as rows."""
    kinds = draw(st.lists(st.sampled_from([*KINDS]), min_size=1, max_size=4))
    row = st.tuples(*(st.none() | KINDS[kind] for kind in kinds))
    few = draw(st.lists(row, min_size=1, max_size=6))
    rows = draw(st.lists(st.sampled_from(few), min_size=1, max_size=20))
    columns = [
        pa.array(each, kind) for each, kind in zip(zip(*rows, strict=True), kinds, strict=True)
    ]
    return columns, list(zip(*(column.to_pylist() for column in columns), strict=True))


@given(keys(), st.data())
def test_digests_are_alike_where_the_cells_are(
    drawn: tuple[list[pa.Array], list[tuple[Any, ...]]], data: st.DataObject
) -> None:
    """In both lanes, and also of a slice of the columns, which begins in the midst of a buffer."""
    columns, rows = drawn
    start = data.draw(st.integers(0, len(rows) - 1))
    whole, tail = of_columns(columns), of_columns([each.slice(start) for each in columns])
    for lane, of_tail in zip(whole, tail, strict=True):
        assert lane[start:].tolist() == of_tail.tolist()
        number = dict(zip(rows, lane.tolist(), strict=True))
        assert [number[row] for row in rows] == lane.tolist()
        assert len(set(lane.tolist())) == len(number)


@pytest.mark.parametrize(
    "rows",
    [
        [("a",), ("a\0",)],
        [("a" * 8,), ("a" * 8 + "\0",)],
        [("",), ("\0",), (None,)],
        [(0,), (None,)],
        [("ab", "c"), ("a", "bc"), ("abc", ""), ("", "abc")],
        [("a", None), (None, "a")],
        [(1, 2), (2, 1)],
    ],
    ids=repr,
)
def test_cells_that_are_nearly_alike(rows: list[tuple[Any, ...]]) -> None:
    first, second = of_columns([pa.array(column) for column in zip(*rows, strict=True)])
    assert len({*first.tolist()}) == len({*second.tolist()}) == len(rows)


def _seconds(rows: list[tuple[Any, ...]], needed: int) -> list[tuple[int, int]]:
    """In plain Python; a row without a key is like no other."""
    first: dict[Any, int] = {}
    found = []
    for at, row in enumerate(rows):
        if not {None, ""} & {*row[:needed]} and (before := first.setdefault(row, at)) != at:
            found.append((before, at))
    return found


@given(keys(), st.integers(1, 7))
def test_seconds_are_found_across_batches(
    drawn: tuple[list[pa.Array], list[tuple[Any, ...]]], size: int
) -> None:
    columns, rows = drawn
    compared = FormKeys()
    for start in range(0, len(rows), size):
        compared.add([each.slice(start, size) for each in columns], needed=2)
    assert compared.seconds() == _seconds(rows, 2)


def test_nothing_was_added() -> None:
    assert FormKeys().seconds() == []


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "rows_at_once", lambda _columns: 37)


def _twice(table: pa.Table, row: int) -> pa.Table:
    """The table with one of its rows again at the end."""
    return pa.concat_tables([table, table.slice(row, 1)])


@pytest.mark.parametrize("kind", PUT)
def test_both_rows_are_named(tmp_path: Path, kind: str) -> None:
    table, out = _twice(forms(299), 7), tmp_path / "out.parquet"
    place = PUT[kind](table, tmp_path)
    with pytest.raises(ta.TableError) as caught:
        score_file(WAI, place, out, invalid="null-and-count")
    file, row, first = "in.parquet", 299, "row 7"
    if kind == "parquet_folder":
        file, row, first = "part-2.parquet", 99, "row 7 of part-0.parquet"
    elif kind != "parquet":
        file = str((place if isinstance(place, Path) else place.path).name)
    assert str(caught.value) == (
        f"{file}, row {row}: a second form with the key of {first} (case, session, rater)"
    )
    assert not out.exists()
    assert score_file(WAI, place, out, key=None).compared == ()


def test_columns_of_the_key_called_otherwise(tmp_path: Path) -> None:
    table = _twice(forms(20), 3).rename_columns(["who", "no", *forms(1).column_names[2:]])
    path, out = parquet(table, tmp_path), tmp_path / "out.parquet"
    assert score_file(WAI, path, out).compared == ()
    with pytest.raises(ta.TableError, match=r"key of row 3 \(who, no, rater\)"):
        score_file(WAI, path, out, key={"case": "who", "session": "no"})
    with pytest.raises(ta.AllianceError, match="key: a mapping of case, session"):
        score_file(WAI, path, out, key={"foo": "who"})
    with pytest.raises(ta.TableError, match="the column for person is not there"):
        score_file(WAI, path, out, key={"person": "who2"})


def test_a_date_stands_for_a_session_that_is_not_there(tmp_path: Path) -> None:
    table = forms(20)
    day = pa.array([1, 2] * 10).cast(pa.int32()).view(pa.date32())
    dated = table.set_column(1, "date", day)
    with pytest.raises(ta.TableError, match=r"row 2: .* key of row 0 \(case, date, rater\)"):
        score_file(WAI, parquet(dated, tmp_path), tmp_path / "out.parquet")


@pytest.mark.parametrize(
    "dates",
    [
        pa.array([0, 3_600_000_000], pa.timestamp("us")),
        pa.array([0, 3_600_000], pa.date64()),
        pa.array([0, 82_799], pa.timestamp("s", "Europe/Berlin")),
        pa.array(["2026-01-05 10:30", "2026-01-05T18:00+01:00"]),
        pa.array(["20260105", " 2026-01-05"]).dictionary_encode(),
    ],
    ids=lambda dates: str(dates.type),
)
def test_of_a_date_with_a_time_only_the_date_counts(tmp_path: Path, dates: pa.Array) -> None:
    """As in tables that are read as forms."""
    table = forms(2).set_column(1, "date", dates)
    with pytest.raises(ta.TableError, match=r"row 1: .* key of row 0 \(case, date, rater\)"):
        score_file(WAI, parquet(table, tmp_path), tmp_path / "out.parquet")


def test_a_time_zone_that_is_none(tmp_path: Path) -> None:
    table = forms(2).set_column(1, "date", pa.array([0, 1], pa.timestamp("s", "No/Where")))
    with pytest.raises(ta.TableError, match='column "date": is of a type that no key has'):
        score_file(WAI, parquet(table, tmp_path), tmp_path / "out.parquet")


def test_text_as_tables_that_are_read_as_forms_take_it(tmp_path: Path) -> None:
    table = forms(4).set_column(0, "case", pa.array(["a", " a", "a", ""]))
    table = table.set_column(1, "session", pa.array(["01", "1.0", "x1", "1"]))
    with pytest.raises(ta.TableError) as caught:
        score_file(WAI, parquet(table, tmp_path), tmp_path / "out.parquet")
    assert len(caught.value.problems) == 1
    assert "row 1: a second form with the key of row 0 (case, session" in str(caught.value)


@pytest.mark.parametrize("nothing", ["", "  ", None])
def test_rows_without_a_key_are_counted(tmp_path: Path, nothing: str | None) -> None:
    case = pa.array(["c" if row % 4 else nothing for row in range(20)])
    session = pa.array([float(row) if row % 5 else None for row in range(20)])
    table = forms(20).set_column(0, "case", case).set_column(1, "session", session)
    done = score_file(WAI, parquet(table, tmp_path), tmp_path / "out.parquet")
    assert (done.compared, done.not_compared) == (("case", "session", "rater"), "")
    assert done.without_key == len([row for row in range(20) if not row % 4 or not row % 5])


def test_a_session_that_is_nowhere(tmp_path: Path) -> None:
    dates = pa.array(["2026-01-05"] * 20)
    table = forms(20).set_column(1, "session", pa.nulls(20)).append_column("date", dates)
    done = score_file(WAI, parquet(table, tmp_path), tmp_path / "out.parquet")
    assert done.without_key == done.rows == 20


def test_why_rows_were_not_compared(tmp_path: Path) -> None:
    path = parquet(forms(20).drop_columns(["session"]), tmp_path)
    done = score_file(WAI, path, tmp_path / "out.parquet")
    assert (done.compared, done.not_compared) == ((), "no column session (or date)")
    done = score_file(WAI, path, tmp_path / "out.parquet", key=None)
    assert (done.compared, done.not_compared) == ((), "not asked for")


def test_raters_and_persons_tell_forms_apart(tmp_path: Path) -> None:
    table = _twice(forms(20), 3)
    for part in ("person", "occasion"):
        more = table.append_column(part, pa.array([None] * 20 + ["b"]))
        done = score_file(WAI, parquet(more, tmp_path), tmp_path / "out.parquet")
        assert done.compared == ("case", "session", "rater", part)


def test_rows_of_another_measure_are_refused(tmp_path: Path) -> None:
    named = forms(80).append_column("measure", pa.array(["wai-sr"] * 60 + ["srs"] * 20))
    with pytest.raises(ta.TableError) as caught:
        score_file(WAI, parquet(named, tmp_path), tmp_path / "out.parquet", key=None)
    assert str(caught.value) == (
        "in.parquet, row 60: measure: the row is of another measure than wai-sr"
    )
    done = score_file(WAI, parquet(named.slice(0, 60), tmp_path), tmp_path / "out.parquet")
    assert done.compared == ("case", "session", "rater")


@pytest.mark.parametrize("named", ["srs", " srs", 3, float("nan")])
def test_another_measure_in_the_last_row(tmp_path: Path, named: Any) -> None:
    column = pa.array([None] * 79 + [named])
    table = forms(80).append_column("measure", column)
    with pytest.raises(ta.TableError, match="row 79: measure: the row is of another measure"):
        score_file(WAI, parquet(table, tmp_path), tmp_path / "out.parquet")


def test_a_measure_is_written_as_in_tables_that_are_read_as_forms(tmp_path: Path) -> None:
    """With spaces around it, as an alias, or not at all: all rows are of one measure."""
    measure = evolve(WAI, aliases=("wai-short",))
    ways = ["wai-sr", " wai-sr ", "wai-short ", "", "  ", None]
    for column in (pa.array(ways), pa.array(ways).dictionary_encode()):
        table = forms(6).append_column("measure", column)
        done = score_file(measure, parquet(table, tmp_path), tmp_path / "out.parquet")
        assert done.compared == ("case", "session", "rater")
        table = table.set_column(1, "session", pa.array([1] * 6))
        with pytest.raises(ta.TableError) as caught:
            score_file(measure, parquet(table, tmp_path), tmp_path / "out.parquet")
        assert caught.value.count == 5


def test_a_column_that_can_be_no_key(tmp_path: Path) -> None:
    table = forms(20).set_column(0, "case", pa.array([["x"]] * 20))
    with pytest.raises(ta.TableError) as caught:
        score_file(WAI, parquet(table, tmp_path), tmp_path / "out.parquet")
    assert str(caught.value) == 'in.parquet: column "case": is of a type that no key has'
