"""Rows to CSV, TSV and JSON."""

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from therapeutic_alliance.exporters.tables import writer_for

VALUES = st.one_of(
    st.none(), st.text(), st.integers(), st.floats(allow_nan=False, allow_infinity=False)
)


def _written(suffix: str, rows: list[dict[str, Any]]) -> str:
    file = io.StringIO(newline="")
    writer = writer_for(suffix, file, ["a", "=b"])
    for row in rows:
        writer.row(row)
    writer.end()
    return file.getvalue()


@given(rows=st.lists(st.fixed_dictionaries({"a": VALUES, "=b": VALUES}), max_size=4))
def test_json_holds_what_was_given(rows: list[dict[str, Any]]) -> None:
    assert json.loads(_written(".json", rows)) == rows


@given(rows=st.lists(st.fixed_dictionaries({"a": VALUES, "=b": VALUES}), max_size=4))
@pytest.mark.parametrize(("suffix", "delimiter"), [(".csv", ","), (".tsv", "\t")])
def test_csv_has_one_record_a_row_and_numbers_that_read_back(
    suffix: str, delimiter: str, rows: list[dict[str, Any]]
) -> None:
    text = _written(suffix, rows)
    [head, *body] = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    assert head == ["a", "'=b"]
    assert len(body) == len(rows)
    for cells, row in zip(body, rows, strict=True):
        for cell, value in zip(cells, (row["a"], row["=b"]), strict=True):
            if isinstance(value, int | float):
                assert type(value)(cell) == value  # an int may be too long for a float
            elif value is None:
                assert cell == ""


def test_lines_end_in_line_feeds_and_whole_numbers_have_no_point() -> None:
    rows: list[dict[str, Any]] = [{"a": 16.0, "=b": -0.5}, {"a": None, "=b": "x,\r\ny"}]
    assert _written(".csv", rows) == 'a,\'=b\n16,-0.5\n,"x,\r\ny"\n'


def test_json_without_rows_is_an_empty_array() -> None:
    assert json.loads(_written(".json", [])) == []


def test_json_has_no_nan() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        _written(".json", [{"a": float("nan"), "=b": 1}])


@pytest.mark.parametrize("suffix", ["", ".xlsx", ".CSV", ".txt"])
def test_other_suffixes_are_refused(suffix: str) -> None:
    with pytest.raises(ta.AllianceError, match=r"ends in \.csv, \.tsv or \.json"):
        _written(suffix, [])
