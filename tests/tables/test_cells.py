"""What a cell says: numbers, missing codes, labels, units, printed order, formula guards."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.tables.tables import ARM, REGISTRY, WAI, problems, scored, totals, write
from therapeutic_alliance.exporters.tables import CsvWriter, guarded
from therapeutic_alliance.importers.marks import in_unit, unflipped
from therapeutic_alliance.scoring.cells import AnswerReader, UnreadableError, unguarded

VAS = ta.Scale(low=0, high=10, step=0.1, kind="visual-analogue", unit="cm")
VAS_MM = ta.Scale(low=0, high=100, step=1, kind="visual-analogue", unit="mm")


@pytest.mark.parametrize(
    ("cell", "answer"),
    [("4", 4), (" 4 ", 4), ("4.0", 4), ("+4", 4), ("-4", -4), ("'-4", -4), ("4.50", 4.5), ("0", 0),
     (".5", 0.5), ("-.5", -0.5), ("007", 7), ("", None), ("  ", None)],
)  # fmt: skip
def test_numbers(cell: str, answer: float | None) -> None:
    found = AnswerReader()(cell)
    assert found == answer
    assert type(found) is type(answer)


@pytest.mark.parametrize(
    "cell",
    ["nan", "NaN", "inf", "-inf", "True", "FALSE", "1e3", "0x10", "1_000", "4,5", "1.234,5", "--4",
     "4 5", "٤", "½", "1/2", "=4", "#N/A", "NULL", "4.", ".", "9" * 16, "4\0"],
)  # fmt: skip
def test_what_is_no_number_is_never_quoted(cell: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        AnswerReader()(cell)
    assert str(caught.value).startswith("not a number")
    assert cell not in str(caught.value).replace("--decimal ,", "").replace("neither a", "")[13:]


@pytest.mark.parametrize(("cell", "answer"), [("4,5", 4.5), (",5", 0.5), ("4", 4), ("-4,0", -4)])
def test_decimal_comma(cell: str, answer: float) -> None:
    assert AnswerReader(decimal=",")(cell) == answer


@pytest.mark.parametrize("cell", ["4.5", "1.234,5", "1.000", "4,5,6", ","])
def test_no_point_beside_a_decimal_comma(cell: str) -> None:
    with pytest.raises(UnreadableError):
        AnswerReader(decimal=",")(cell)


@pytest.mark.parametrize("cell", ["99", " 99", "99.0", "99,0", "-9", "NA", "k. A."])
def test_missing_codes(cell: str) -> None:
    read = AnswerReader(decimal=",", missing=frozenset({"99", "-9", "NA", "k. A."}))
    assert read(cell.replace("99.0", "99")) is None


@pytest.mark.parametrize(
    ("decimal", "code", "cell"),
    [
        (".", "4.0", "4"), (".", "04", "4"), (".", "4", "4.0"), (".", "4", "04"),
        (".", "9.90", "9.9"), (".", "9.9", "9.90"), (".", "0.0", "0"), (".", "0", "-0.0"),
        (",", "9.9", "9,9"), (",", "9,9", "9,90"), (",", "9,90", "9,9"), (",", "-9", "-9,0"),
        (",", "9.9", "9.9"),
    ],
)  # fmt: skip
def test_a_missing_code_is_the_number_however_it_is_spelled(
    decimal: str, code: str, cell: str
) -> None:
    read = AnswerReader(decimal, frozenset({code}))
    assert read(cell) is None
    assert not read.holds_answer(cell)
    assert AnswerReader(decimal, frozenset({code}), {cell: 3})(cell) == (
        None if code == cell else 3
    )


@pytest.mark.parametrize(("code", "cell"), [("9,9", "9.9"), ("NA", "4"), ("4 4", "4")])
def test_another_code_is_text(code: str, cell: str) -> None:
    read = AnswerReader(missing=frozenset({code}))
    assert read(code) is None
    assert read(cell) == float(cell)


@pytest.mark.parametrize("cell", ["\uff14", "\u0664", "\xbd", "4\u200b", "4\xa04"])
def test_unusual_digits_are_told(cell: str) -> None:
    with pytest.raises(UnreadableError, match="unusual digits or invisible characters"):
        AnswerReader()(cell)


@pytest.mark.parametrize("cell", ["9", "-99", "999", "98"])
def test_other_numbers_are_not_missing(cell: str) -> None:
    assert AnswerReader(missing=frozenset({"99", "-9"}))(cell) == float(cell)


def test_missing_codes_in_a_table(tmp_path: Path) -> None:
    path = write(
        tmp_path / "t.csv",
        [["case", "session", "rater", *ARM], ["c1", 1, "client", 99, "NA", 4, "-9", 4]],
    )
    [row] = scored(path, measure="arm-5", missing=frozenset({"99", "NA", "-9"}))
    assert row.sheet is not None
    assert list(row.sheet.answers) == [None, None, 4, None, 4]
    assert [told.split(": ")[0] for told in problems(path, measure="arm-5")] == [
        "t.csv, row 2, item 2"  # what no number is comes before what no answer is
    ]


def test_labels(tmp_path: Path) -> None:
    cells = ["never", " always ", "4", "5", "-neither-"]
    path = write(
        tmp_path / "t.csv",
        [["case", "session", "rater", *ARM], ["c1", 1, "client", *cells[:-1], "'-neither-"]],
    )
    labels = {"never": 1, "always": 7, "-neither-": 3}
    assert totals(path, measure="arm-5", labels=labels) == [4.0]
    assert totals(path, measure="arm-5", labels=labels | {"4": 5}) == [3.8]  # item 3 is reversed


def test_73_mm_are_7_3_cm(tmp_path: Path) -> None:
    path = write(
        tmp_path / "t.csv",
        [["case", "session", "rater", *ARM[:4]], ["c1", 1, "client", 73, 0, 100, 1]],
    )
    [row] = scored(path, measure="srs", unit="mm")
    assert row.sheet is not None
    assert list(row.sheet.answers) == [7.3, 0, 10, 0.1]
    assert row.sheet["total"].value == 17.4
    hint = " (marks in mm are read with --unit mm)"
    assert problems(path, measure="srs")[0].endswith(f"item 1: above the highest answer, 10{hint}")
    assert "(marks" not in problems(path, measure="srs", unit="cm")[0]


@given(mark=st.integers(0, 100))
def test_a_mark_keeps_its_value_in_either_unit(mark: int) -> None:
    assert in_unit(mark, VAS, "mm") == float(f"{mark // 10}.{mark % 10}")
    assert in_unit(float(f"{mark // 10}.{mark % 10}"), VAS_MM, "cm") == mark
    assert in_unit(mark, VAS, None) == in_unit(mark, VAS, "cm") == mark


@given(mark=st.integers(0, 100))
def test_a_mark_is_flipped_without_a_float_error(mark: int) -> None:
    assert unflipped(mark / 10, VAS) == (100 - mark) / 10


def test_printed_order(tmp_path: Path) -> None:
    path = write(
        tmp_path / "t.csv",
        [
            ["case", "session", "rater", *WAI],
            ["c1", 1, "client", *[1] * 12],
            ["c1", 2, "client", *[6] * 12],
        ],
    )
    plain = scored(path, measure="wai-sr")
    [good, bad] = scored(path, measure="wai-sr", order="printed")
    assert good.sheet is not None
    flipped = REGISTRY.measure("wai-sr").order("printed").flipped
    assert good.sheet.answers == tuple(5 if item in flipped else 1 for item in WAI)
    assert plain[0].sheet != good.sheet
    assert [problem.item for problem in bad.problems] == WAI  # out of range stays out of range


@pytest.mark.parametrize(
    ("measure", "said", "rule"),
    [
        ("wai-sr", {"unit": "mm"}, "unit: wai-sr has no visual analogue scale"),
        ("srs", {"order": "printed"}, "order: srs has no such order of printing; it has: none"),
        (
            "wai-sr",
            {"order": "other"},
            "order: wai-sr has no such order of printing; it has: printed",
        ),
    ],
)
def test_a_unit_or_order_that_the_measure_does_not_have(
    tmp_path: Path, measure: str, said: dict[str, Any], rule: str
) -> None:
    items = REGISTRY.measure(measure).items
    path = write(
        tmp_path / "t.csv",
        [["case", "session", "rater", *items], ["c1", 1, "client", *[1] * len(items)]],
    )
    with pytest.raises(ta.TableError) as caught:
        scored(path, measure=measure, **said)
    assert str(caught.value).startswith(f"t.csv: {rule}")


CELLS = st.text(st.characters(exclude_categories=["Cs"])) | st.from_regex(
    r"\A'{0,3}[=+\-@\t\r\0].{0,4}", fullmatch=True
)


@given(cells=st.lists(CELLS, min_size=1, max_size=4))
def test_text_survives_guard_and_csv(cells: list[str]) -> None:
    file = io.StringIO(newline="")
    names = [f"c{n}" for n in range(len(cells))]
    writer = CsvWriter(file, names)
    writer.row(dict(zip(names, cells, strict=True)))
    file.seek(0)
    [_, row] = csv.reader(file, strict=True)
    assert [unguarded(cell) for cell in row] == cells
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\0")) for cell in row)


@given(value=st.one_of(st.integers(), st.floats(allow_nan=False), st.none()))
def test_numbers_are_not_guarded(value: float | None) -> None:
    assert guarded(value) is value


@given(text=st.text())
def test_only_what_a_spreadsheet_runs_gets_a_quote(text: str) -> None:
    runs = text.lstrip("'")[:1] in tuple("=+-@\t\r\0")
    assert guarded(text) == (f"'{text}" if runs and text else text)
