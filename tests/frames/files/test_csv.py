"""CSV: text stays as it is, answers are read as in a tidy table, bad rows are named."""

import os
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

import therapeutic_alliance as ta
from tests.cli.commands import Run
from tests.frames.files.forms import ITEMS, WAI, get
from therapeutic_alliance.frames.files import job
from therapeutic_alliance.frames.files.score_file import score_file
from therapeutic_alliance.frames.sources import utf8
from therapeutic_alliance.frames.sources.places import CsvFile

ARM = ta.Registry().measure("arm-5")
SECRET = "4711"  # noqa: S105
"""Stands in the bad files, and in no error."""
HEAD = "case,session,1,2,3,4,5,note"


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a few rows are many blocks and batches."""
    monkeypatch.setattr(job, "rows_at_once", lambda _columns: 37)
    monkeypatch.setattr(utf8, "BLOCK", 100)


def _csv(folder: Path, lines: list[str], encoding: str = "utf-8") -> Path:
    path = folder / "in.csv"
    path.write_bytes("\n".join([*lines, ""]).encode(encoding))
    return path


def _scored(folder: Path, source: Any, **how: Any) -> Any:
    out = folder / "out.parquet"
    score_file(ARM, source, out, **how)
    return pq.read_table(out)


def _refused(folder: Path, source: Any, **how: Any) -> str:
    with pytest.raises(ta.TableError) as caught:
        _scored(folder, source, **how)
    assert caught.value.__context__ is None
    assert SECRET not in str(caught.value)
    assert not (folder / "out.parquet").exists()
    return str(caught.value)


def test_text_stays_as_it_is(tmp_path: Path) -> None:
    odd = [
        "007",
        "7",
        "1e5",
        "01234",
        "12345678901234567890",
        "NA",
        "",
        " x ",
        "true",
        "2026-01-05",
    ]
    lines = [f"{cell},{at},6,7,1,6,5,{cell}" for at, cell in enumerate(odd)]
    found = _scored(tmp_path, _csv(tmp_path, [HEAD, *lines]))
    assert found["case"].to_pylist() == found["note"].to_pylist() == odd
    assert found["session"].to_pylist() == [str(at) for at in range(len(odd))]
    assert found["arm_5_total"].to_pylist() == [6.2] * len(odd)


def test_007_is_not_7(tmp_path: Path) -> None:
    path = _csv(tmp_path, [HEAD, "007,1,6,7,1,6,5,", "7,1,6,7,1,6,5,"])
    assert _scored(tmp_path, path).num_rows == 2


@pytest.mark.parametrize(
    ("cell", "answer"),
    [("4", 4), (" 4 ", 4), ("4.0", 4), ("+4", 4), ("04", 4), ("'+4", 4), ("", None), ("  ", None)],
)
def test_cells_that_are_answers(tmp_path: Path, cell: str, answer: float | None) -> None:
    found = _scored(tmp_path, _csv(tmp_path, [HEAD, f"c,1,{cell},7,1,6,5,"]))
    assert found["1"].to_pylist() == [answer]
    assert found["arm_5_missing"].to_pylist() == [int(answer is None)]


@pytest.mark.parametrize(
    ("cell", "more"),
    [
        ("0x4", ""),
        ("4e0", ""),
        ("nan", ""),
        ("inf", ""),
        ("NA", ""),
        ("null", ""),
        ("4711x", ""),
        ("1_0", ""),
        ('"4,0"', ": a decimal comma is read with --decimal ,"),
        ("٤", ": unusual digits or invisible characters"),
    ],
)
def test_cells_that_are_none(tmp_path: Path, cell: str, more: str) -> None:
    lines = [f"c{at},1,6,7,1,6,5," for at in range(100)]
    path = _csv(tmp_path, [HEAD, *lines, f"c,1,6,7,{cell},6,5,", "d,1,6,7,9,6,5,", "e,1,,7,1,6,5,"])
    first = f"in.csv, row 100, item 3: not a number{more}"
    assert _refused(tmp_path, path).splitlines() == [
        first, "in.csv, row 101, item 3: above the highest answer, 7"
    ]  # fmt: skip
    found = _scored(tmp_path, path, invalid="null-and-count")
    assert found["arm_5_invalid"].to_pylist()[99:] == [0, 1, 1, 0]
    assert found["arm_5_missing"].to_pylist()[99:] == [0, 0, 0, 1]
    assert found["3"].to_pylist()[99:] == [1, None, 9, 1]


def test_a_column_called_otherwise_is_named(tmp_path: Path) -> None:
    lines = ["q1,2,3,4,5", f"{SECRET}x,7,1,6,5"]
    told = _refused(tmp_path, _csv(tmp_path, lines), columns={"1": "q1"})
    assert told == 'in.csv, row 0, item 1, column "q1": not a number'


def test_codes_are_for_items_only(tmp_path: Path) -> None:
    lines = ["NA,1,NA,7,1,6,5,NA", "99,2,99,7,1,6,5,99", "99,3,6,7,1,6,5,missed"]
    found = _scored(tmp_path, _csv(tmp_path, [HEAD, *lines]), codes=["NA", "99", "missed"])
    assert found["case"].to_pylist() == ["NA", "99", "99"]
    assert found["note"].to_pylist() == ["NA", "99", "missed"]
    assert found["1"].to_pylist() == [None, 99, 6]
    assert found["arm_5_missing"].to_pylist() == [1, 1, 0]


def test_words_hide_no_second_form(tmp_path: Path) -> None:
    path = _csv(tmp_path, [HEAD, "NA,1,6,7,1,6,5,", "NA,1,6,7,1,6,5,"])
    assert "row 1: a second form" in _refused(tmp_path, path, codes=["NA"])


def test_another_dialect(tmp_path: Path) -> None:
    lines = ["wer;1;2;3;4;5", "Größe;3,0;3;3;+3;3"]
    source = CsvFile(
        _csv(tmp_path, lines, "latin-1"), delimiter=";", decimal=",", encoding="latin-1"
    )
    found = _scored(tmp_path, source)
    assert found["wer"].to_pylist() == ["Größe"]
    assert found["arm_5_total"].to_pylist() == [3.4]  # one of the items is reversed


@pytest.mark.parametrize("suffix", ["parquet", "csv"])
def test_the_delimiter_as_the_decimal_mark(alliance: Run, tmp_path: Path, suffix: str) -> None:
    """Where such answers are quoted, whatever comes out."""
    head = "case,session,rater,1,2,3,4,5"
    path = _csv(tmp_path, [head, 'c,1,client,"6,0",7,1,6,5'])
    out = tmp_path / f"out.{suffix}"
    said = ("--measure", "arm-5", "--delimiter", ",", "--decimal", ",", "-o", out)
    ran = alliance("score", path, *said)
    assert ran.code == 0, ran.err
    assert ("6.2" in out.read_text()) if suffix == "csv" else get(out)["1"].to_pylist() == [6]


def test_headings_with_spaces(tmp_path: Path) -> None:
    """They are read as those of a scores table are, with what guards them in spreadsheets."""
    lines = ["case , session, 1 ,2,3,\t4,5, '-x", "c,1,6,7,1,6,5, y "]
    found = _scored(tmp_path, _csv(tmp_path, lines))
    assert found["arm_5_total"].to_pylist() == [6.2]
    assert found.column_names[:8] == ["case", "session", "1", "2", "3", "4", "5", "-x"]
    assert found["-x"].to_pylist() == [" y "]


def test_headings_that_differ_by_spaces(tmp_path: Path) -> None:
    path = _csv(tmp_path, ["case,session,1, 1,2,3,4,5", "c,1,6,6,7,1,6,5"])
    assert 'of one name: "1"' in _refused(tmp_path, path)


def test_a_point_where_commas_are_decimal(tmp_path: Path) -> None:
    path = _csv(tmp_path, ["1;2;3;4;5", "3,0;3;3.0;3;3"])
    told = _refused(tmp_path, CsvFile(path, delimiter=";", decimal=","))
    assert told == "in.csv, row 0, item 3: not a number with a decimal comma"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("cp1252", "cp1252"),
    ],
)
def test_encodings(tmp_path: Path, written: str, said: str) -> None:
    lines = [f"c{at},{at},6,7,1,6,5,Müßiggang" for at in range(100)]
    found = _scored(tmp_path, CsvFile(_csv(tmp_path, [HEAD, *lines], written), encoding=said))
    assert found.column_names[0] == "case"
    assert found["note"].to_pylist() == ["Müßiggang"] * 100


@pytest.mark.parametrize("row", [0, 3, 250])
def test_bytes_of_another_encoding(tmp_path: Path, row: int) -> None:
    lines = [f"c{at},1,6,7,1,6,5,{'ü' if at == row else 'x'}" for at in range(300)]
    told = _refused(tmp_path, _csv(tmp_path, [HEAD, *lines], "latin-1"))
    assert told == f"in.csv, row {row}: not text in the encoding that was said (default: UTF-8)"


@pytest.mark.parametrize("row", [0, 3, 250])
def test_uneven_rows(tmp_path: Path, row: int) -> None:
    lines = [f"c{at},1,6,7,1,6,5,{'x,' + SECRET if at == row else 'x'}" for at in range(300)]
    told = _refused(tmp_path, _csv(tmp_path, [HEAD, *lines]), invalid="null-and-count")
    assert told == f"in.csv, row {row}: 9 cells where the heading has 8"


@pytest.mark.parametrize("opened", [{3, 8}, {3}, {0, 250}, {299}])
@pytest.mark.parametrize("cell", ['"5 foot', '"x" y', '"x'])
def test_quotes_that_are_not_closed(tmp_path: Path, opened: set[int], cell: str) -> None:
    """None of the rows between two of them may be lost."""
    lines = [f"c{at},1,6,7,1,6,5,{cell if at in opened else 'x'}" for at in range(300)]
    told = _refused(tmp_path, _csv(tmp_path, [HEAD, *lines]), invalid="null-and-count")
    assert told == f"in.csv, row {min(opened)}: a quoted cell is not closed properly"


def test_a_quote_that_would_hold_the_whole_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    lines = ["c,,6,7,1,6,5,x"] * 100_000
    lines[20] = 'c,,6,7,1,6,5,"x'
    told = _refused(tmp_path, _csv(tmp_path, [HEAD, *lines]))
    assert told == (
        "in.csv, row 20: a record longer than 1048576 characters: are its quotes closed?"
    )


def test_quotes_within_a_cell_are_text(tmp_path: Path) -> None:
    notes = ['5" foot', '"a ""b"" c"', '"two\nlines"', '""', 'x"', "'", '"a,b"'] * 40
    lines = [f"c{at},1,6,7,1,6,5,{note}" for at, note in enumerate(notes)]
    found = _scored(tmp_path, _csv(tmp_path, [HEAD, *lines]))
    expected = ['5" foot', 'a "b" c', "two\nlines", "", 'x"', "'", "a,b"] * 40
    assert found["note"].to_pylist() == expected


def test_a_long_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(utf8, "BLOCK", 1 << 16)
    note = "word\n" * 100_000
    path = _csv(tmp_path, [HEAD, f'c,1,6,7,1,6,5,"{note}"'])
    assert _scored(tmp_path, path)["note"].to_pylist() == [note]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "in.csv: the file is empty"),
        ("\n\r\n", "in.csv: the file is empty"),
        (f"{HEAD}\n\n", "in.csv: there are no rows"),
        (f"\n\n{HEAD}", "in.csv: there are no rows"),
        (f'"{HEAD}\nc,1,6,7,1,6,5,x\n', "in.csv: a quoted cell is not closed properly"),
    ],
)
def test_files_without_rows(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "in.csv"
    path.write_text(text)
    assert _refused(tmp_path, path) == told


def test_no_such_file_and_what_is_none(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    assert _refused(tmp_path, path) == "in.csv: cannot be read: No such file or directory"
    os.mkfifo(path)
    assert _refused(tmp_path, path) == "in.csv: cannot be read: not a regular file"


def test_two_columns_of_one_name(tmp_path: Path) -> None:
    path = _csv(tmp_path, [f"{HEAD},1", "c,1,6,7,1,6,5,x,6"])
    assert "of one name" in _refused(tmp_path, path)


def test_blank_lines_and_a_last_line_without_its_end(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    row = "c{},1,6,7,1,6,5,x"
    path.write_bytes("\r\n\r\n".join(["", HEAD, *(row.format(at) for at in range(99))]).encode())
    assert _scored(tmp_path, path)["case"].to_pylist() == [f"c{at}" for at in range(99)]


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ({"delimiter": ";;"}, "delimiter: one character of ASCII"),
        ({"delimiter": ""}, "delimiter: one character of ASCII"),
        ({"delimiter": "§"}, "delimiter: one character of ASCII"),
        ({"delimiter": 3}, "delimiter: one character of ASCII"),
        ({"delimiter": "\n"}, "delimiter: a quote or a line end"),
        ({"delimiter": '"'}, "delimiter: a quote or a line end"),
        ({"decimal": ";;"}, "decimal: a point or a comma"),
        ({"decimal": None}, "decimal: a point or a comma"),
        ({"encoding": "foo"}, "encoding: no such encoding"),
        ({"encoding": "hex"}, "encoding: no such encoding"),
        ({"encoding": 8}, "encoding: no such encoding"),
        ({"encoding": "utf\0"}, "encoding: no such encoding"),
    ],
)
def test_dialects_that_are_none(how: dict[str, Any], told: str) -> None:
    with pytest.raises(ta.AllianceError) as caught:
        CsvFile("in.csv", **how)
    assert str(caught.value).startswith(told)
    assert caught.value.__context__ is None


def test_the_command(alliance: Run, tmp_path: Path) -> None:
    lines = [f"c{at},1,6,7,{'often' if at == 7 else 1},6,5,x" for at in range(20)]
    path, out = _csv(tmp_path, [HEAD, *lines]), tmp_path / "out.parquet"
    said = ("score", path, "--measure", "arm-5", "-o", out)
    ran = alliance(*said)
    assert (ran.code, ran.err) == (1, "alliance: in.csv, row 7, item 3: not a number\n")
    ran = alliance(*said, "--keep-going")
    assert (ran.code, ran.err.splitlines()[0]) == (1, "rows: 20; refused answers: 1")
    ran = alliance(*said, "--missing", "often")
    assert ran.code == 0, ran.err
    assert get(out)["arm_5_missing"].to_pylist()[7] == 1
    assert alliance(*said, "--delimiter", ";", "--decimal", ";").code == 2


def test_items_that_nobody_answered_at_first(tmp_path: Path) -> None:
    lines = [f"{',' * 11}," for _ in range(200)] + [f"x{',3' * 12}"]
    path = _csv(tmp_path, [",".join(["note", *ITEMS]), *lines])
    score_file(WAI, path, tmp_path / "out.parquet")
    found = get(tmp_path / "out.parquet")
    assert found["wai_sr_total"].to_pylist() == [None] * 200 + [36.0]
