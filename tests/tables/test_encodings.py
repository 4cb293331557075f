"""Encodings, byte order marks, delimiters."""

from pathlib import Path
from typing import Any

import pytest

import therapeutic_alliance as ta
from tests.tables.tables import ARM, problems, scored, totals, write

ROWS: list[list[Any]] = [
    ["case", "session", "rater", "Größe", *ARM],
    ["c1", 1, "client", "é", 6, 7, 1, 6, 5],
]
ITEMS = {"1": "Größe", "2": "2", "3": "3", "4": "4", "5": "5"}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-8-sig", "UTF8"),
        ("utf-8-sig", "utf_8"),
        ("utf-8-sig", "U8"),
        ("utf-8", "utf-8-sig"),
        ("cp1252", "cp1252"),
        ("latin-1", "iso-8859-15"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-32", "utf-32"),
    ],
)
def test_read_in_its_encoding(tmp_path: Path, written: str, said: str) -> None:
    path = write(tmp_path / "t.csv", ROWS, encoding=written)
    assert totals(path, measure="arm-5", encoding=said) == [6.2]


def test_a_heading_beyond_ascii_is_found(tmp_path: Path) -> None:
    rows = [ROWS[0][:-5] + ARM[1:], [*ROWS[1][:3], 6, 7, 1, 6, 5]]
    path = write(tmp_path / "t.csv", rows, encoding="cp1252")
    assert totals(path, measure="arm-5", encoding="cp1252", items=ITEMS) == [6.2]


@pytest.mark.parametrize(
    ("written", "said", "row"),
    [
        ("cp1252", "utf-8", 1),
        ("utf-16-le", "ascii", 1),
        ("utf-8", "ascii", 1),
        ("utf-8", "utf-16", 1),
    ],
)
def test_the_wrong_encoding_is_told_with_its_row(
    tmp_path: Path, written: str, said: str, row: int
) -> None:
    path = write(tmp_path / "t.csv", ROWS, encoding=written)
    with pytest.raises(ta.TableError) as caught:
        scored(path, measure="arm-5", encoding=said)
    hint = "name the file's encoding, such as --encoding cp1252"
    assert str(caught.value) == f"t.csv, row {row}: not {said}: {hint}"
    assert caught.value.__context__ is None


def test_the_row_of_a_fault_far_below_is_exact(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    good = "".join(f"c{n},1,client,6,7,1,6,5,\n" for n in range(5_000))
    content = ("case,session,rater,1,2,3,4,5,note\n" + good).encode()
    path.write_bytes(content + "last,1,client,6,7,1,6,5,é\n".encode("cp1252"))
    with pytest.raises(ta.TableError, match="row 5002: not utf-8"):
        scored(path, measure="arm-5")


@pytest.mark.parametrize(
    "encoding", ["", "nonsense", "hex", "rot13", "base64", "idna", "a\0b", "\ud800", "../x"]
)
def test_what_is_no_encoding(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path / "t.csv", ROWS)
    with pytest.raises(ta.TableError, match=r"no such encoding|not idna"):
        scored(path, measure="arm-5", encoding=encoding)


def test_half_a_character_of_utf_7_is_not_text(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"case,session,rater,1,2,3,4,5,+2AA-\nc1,1,client,6,7,1,6,5,\n")
    with pytest.raises(ta.TableError, match="row 1: not utf-7"):
        scored(path, measure="arm-5", encoding="utf-7")


@pytest.mark.parametrize("delimiter", [";", "\t", "|", ":"])
def test_a_delimiter_that_is_said(tmp_path: Path, delimiter: str) -> None:
    path = write(tmp_path / "t.csv", ROWS, delimiter)
    assert totals(path, measure="arm-5", delimiter=delimiter) == [6.2]


@pytest.mark.parametrize("delimiter", ["", ",,", '"', "\n", "\r", "\0"])
def test_what_is_no_delimiter(tmp_path: Path, delimiter: str) -> None:
    path = write(tmp_path / "t.csv", ROWS)
    with pytest.raises(ta.DocumentError, match=r"\$\.coding\.delimiter"):
        scored(path, measure="arm-5", delimiter=delimiter)


def test_semicolon_and_decimal_comma(tmp_path: Path) -> None:
    rows = [["case", "session", "rater", *ARM[:4]], ["c1", 1, "client", "7,3", "8", "10,0", "0,1"]]
    path = write(tmp_path / "t.csv", rows, ";")
    assert totals(path, measure="srs", delimiter=";", decimal=",") == [25.4]
    assert problems(path, measure="srs", delimiter=";")[0] == (
        "t.csv, row 2, item 1: not a number: a decimal comma is read with --decimal ,"
    )
