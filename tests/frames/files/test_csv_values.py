"""Values for which CSV has no words: empty, or refused by column."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pytest
from attrs import evolve

import therapeutic_alliance as ta
from tests.frames.files.forms import WAI, forms, get, parquet
from therapeutic_alliance.frames.files.csv_values import csv_values
from therapeutic_alliance.frames.files.score_file import score_file

NAN = float("nan")


@pytest.mark.parametrize("kind", [pa.float16(), pa.float32(), pa.float64()], ids=str)
def test_nan_is_an_empty_cell(tmp_path: Path, kind: pa.DataType) -> None:
    """In every column of floats; what was written is read again with the same scores."""
    numbers = {
        name: pa.array(np.array([first, NAN, 3], np.float32)).cast(kind)
        for name, first in (("x", 1.5), ("1", NAN))
    }
    table = forms(3, missing=0).append_column("x", numbers["x"]).set_column(4, "1", numbers["1"])
    with pa.ipc.new_file(tmp_path / "in.arrow", table.schema) as writer:  # Parquet of late only
        writer.write_table(table)
    out, again = tmp_path / "out.csv", tmp_path / "again.parquet"
    score_file(WAI, tmp_path / "in.arrow", out)
    score_file(evolve(WAI, id="other"), out, again)
    read = get(again)
    assert read["x"].to_pylist() == ["1.5", "", "3"]
    assert read["1"].to_pylist() == [None, None, 3]
    assert read["wai_sr_missing"].to_pylist() == ["1", "1", "0"]
    assert read["other_missing"].to_pylist() == [1, 1, 0]


def _time(number: int, kind: pa.DataType) -> pa.Array:
    """Of its number, as databases write what PyArrow's own ways in refuse."""
    width = np.int32 if kind.bit_width == 32 else np.int64
    values = pa.py_buffer(np.array([number, 0, 0], width))
    return pa.Array.from_buffers(kind, 3, [pa.py_buffer(b"\x03"), values])


LAST = {32: 2**31 - 1, 64: 2**63 - 1}
TIMES = {
    **{kind: LAST[kind.bit_width] for kind in (pa.date32(), pa.timestamp("us"))},
    pa.timestamp("us", "Europe/Berlin"): LAST[64],
    pa.time64("us"): 24 * 3_600_000_000,
}


@pytest.mark.parametrize(("kind", "number"), TIMES.items(), ids=str)
def test_a_time_that_is_none_is_refused_by_column(
    tmp_path: Path, kind: pa.DataType, number: int
) -> None:
    """PyArrow would write words of its own, or some other time."""
    out = tmp_path / "out.csv"
    places = (number, 1 - number) if not pa.types.is_time(kind) else (number,)
    for each in places:
        table = forms(3).append_column("when", _time(each, kind))
        with pytest.raises(ta.TableError) as caught:
            score_file(WAI, parquet(table, tmp_path), out)
        assert str(caught.value) == (
            'out.csv, column "when": a date or time that CSV has no way to write'
        )
        assert not out.exists()
    score_file(WAI, parquet(table, tmp_path), tmp_path / "out.parquet")


@pytest.mark.parametrize(
    "column",
    [
        *(_time(5, kind) for kind in (*TIMES, pa.date64(), pa.duration("s"), pa.time32("s"))),
        *(pa.nulls(3, kind) for kind in TIMES),
        *(pa.nulls(0, kind) for kind in TIMES),
        pa.array(["<value out of range: 1>", "nan", None]),
        pa.array([1, None, 3]),
        pa.array([1.5, -0.0, float("inf")]),
    ],
    ids=lambda column: f"{column.type}-{len(column)}",
)
def test_all_else_stays(column: Any) -> None:
    batch = pa.record_batch({"x": column})
    assert csv_values(batch, "out.csv").equals(batch)
