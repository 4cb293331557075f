"""Records are cut, and refused, where Python's own strict reader would."""

import csv
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from therapeutic_alliance.frames.sources import utf8
from therapeutic_alliance.frames.sources.csv import csv_file
from therapeutic_alliance.frames.sources.csv_records import BrokenCsvError, Records
from therapeutic_alliance.frames.sources.places import CsvFile

TEXTS = st.text('a",\n\r', max_size=40) | st.lists(
    st.sampled_from(['"', '""', ",", "\n", "\r\n", "a", '"a"', '"a\n"', '5"']), max_size=15
).map("".join)


def _strictly(text: str) -> tuple[list[list[str]], bool]:
    """All records before the first broken one, and whether there is one."""
    found: list[list[str]] = []
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    while True:
        try:
            record = next(reader, None)
        except csv.Error:
            return found, True
        if record is None:
            return found, False
        if record:
            found.append(record)


@given(TEXTS, st.integers(1, 45))
@example('a,"b\na,"b\n', 45)
@example('"a"\n"a""', 3)
@example('5" a\n"b"\n', 45)
def test_records_are_those_of_a_strict_reader(text: str, size: int) -> None:
    expected, broken = _strictly(text)
    data = text.encode()
    found: list[list[str]] = []
    refused = False
    blocks = (data[at : at + size] for at in range(0, len(data), size))
    pieces = Records(",").pieces(blocks)
    try:
        for piece in pieces:
            records, bad = _strictly(piece.decode())
            assert not bad
            found += records
    except BrokenCsvError as fault:
        refused = True
        before = [*filter(None, csv.reader(StringIO(fault.before.decode() + "x", newline="")))]
        assert found + before[:-1] == expected
    else:
        assert found == expected
    assert refused == broken


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=9) | st.text(
    '",\n\r ', max_size=4
)
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=9
    ).map(lambda rows: [[f"c{at}" for at in range(width)], *rows])
)


@given(
    TABLES,
    st.sampled_from([(csv.QUOTE_ALL, "\n"), (csv.QUOTE_ALL, "\r"), (csv.QUOTE_MINIMAL, "\r\n")]),
    st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]),
    st.integers(1, 60),
)
def test_cells_are_read_as_they_were_written(
    table: list[list[str]], style: tuple[Any, str], encoding: str, size: int
) -> None:
    text = StringIO(newline="")
    quoting, line_end = style
    csv.writer(text, quoting=quoting, lineterminator=line_end).writerows(table)
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(utf8, "BLOCK", size)
        path = Path(folder) / "in.csv"
        path.write_bytes(text.getvalue().encode(encoding))
        source = csv_file(CsvFile(path, encoding=encoding), (), ())
        read = pa.Table.from_batches([*source.batches(1)], source.schema)
    assert read.column_names == table[0]
    assert [[*row.values()] for row in read.to_pylist()] == table[1:]
