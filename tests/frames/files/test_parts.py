"""The files of a folder as one table: columns whose types differ by file."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

import therapeutic_alliance as ta
from tests.frames.files.forms import WAI, forms
from therapeutic_alliance.frames.files.score_file import score_file
from therapeutic_alliance.frames.sources.same_columns import fitted, one_schema

NUMBERS = (pa.int8(), pa.int16(), pa.int64(), pa.uint8(), pa.uint32())


def _folder(place: Path, *parts: pa.Table) -> Path:
    folder = place / "parts"
    folder.mkdir()
    for name, part in zip("abc", parts, strict=False):
        pq.write_table(part, folder / f"{name}.parquet")
    return folder


def _more(values: Sequence[Any], kind: pa.DataType) -> pa.Table:
    """Forms with one column more."""
    return forms(len(values)).append_column("x", pa.array(values, kind))


@given(st.lists(st.sampled_from([*NUMBERS, pa.null()]), min_size=1, max_size=4), st.data())
def test_whole_numbers_go_together_and_stay(kinds: list[pa.DataType], data: st.DataObject) -> None:
    """With columns of nothing, too, wherever they stand."""
    batches = []
    for kind in kinds:
        number = st.none() if pa.types.is_null(kind) else st.none() | st.integers(0, 127)
        values = data.draw(st.lists(number, max_size=3))
        batches.append(pa.record_batch({"x": pa.array(values, kind)}))
    schema = one_schema({str(name): batch.schema for name, batch in enumerate(batches)})
    for batch in batches:
        fit = fitted(batch, schema, "")
        assert fit.schema.equals(schema)
        assert fit.column(0).to_pylist() == batch.column(0).to_pylist()


def test_answers_of_other_widths_by_file(tmp_path: Path) -> None:
    narrow, wide = forms(4, missing=0), forms(4, missing=0)
    wide = wide.set_column(4, "1", wide["1"].cast(pa.int64()))
    nothing = wide.set_column(4, "1", pa.nulls(4))
    folder, out = _folder(tmp_path, narrow, wide, nothing), tmp_path / "out.parquet"
    assert score_file(WAI, folder, out, key=None).rows == 12
    scored = pq.read_table(out)
    assert scored["wai_sr_missing"].to_pylist() == [0] * 8 + [1] * 4
    assert scored["1"].to_pylist() == [*narrow["1"].to_pylist() * 2, *[None] * 4]


@pytest.mark.parametrize("turned", [False, True])
def test_answers_that_are_floats_in_some_files(tmp_path: Path, turned: bool) -> None:
    """As pandas writes a column of whole numbers with a gap."""
    whole, other = forms(4, missing=0), forms(4, missing=0)
    gap = other.set_column(4, "1", pa.array([3.0, None, 1.0, 7.5]))
    parts = (gap, whole) if turned else (whole, gap)
    folder, out = _folder(tmp_path, *parts), tmp_path / "out.parquet"
    done = score_file(WAI, folder, out, key=None, invalid="null-and-count")
    assert (done.rows, done.refused) == (8, 1)
    scored = pq.read_table(out)
    assert scored.schema.field("1").type == pa.float64()
    assert scored["1"].to_pylist() == [answer for part in parts for answer in part["1"].to_pylist()]


def test_an_answer_that_a_float_does_not_hold(tmp_path: Path) -> None:
    parts = [forms(1).set_column(4, "1", pa.array([each])) for each in (1.0, 2**53 + 1)]
    with pytest.raises(ta.TableError) as caught:
        score_file(WAI, _folder(tmp_path, *parts), tmp_path / "out.parquet", key=None)
    assert str(caught.value) == (
        'b.parquet: column "1": int64 that does not fit double of other files'
    )


@pytest.mark.parametrize(
    ("first", "second", "rule"),
    [
        (pa.int64(), pa.float64(), "double, and int64 in files before"),
        (pa.int8(), pa.string(), "string, and int8 in files before"),
        (pa.bool_(), pa.int8(), "int8, and bool in files before"),
    ],
)
def test_types_that_do_not_go_together(
    tmp_path: Path, first: pa.DataType, second: pa.DataType, rule: str
) -> None:
    folder = _folder(tmp_path, *(_more([None], kind) for kind in (first, second)))
    with pytest.raises(ta.TableError) as caught:
        score_file(WAI, folder, tmp_path / "out.parquet")
    assert str(caught.value) == f'b.parquet, column "x": {rule}'


def test_a_number_that_the_common_type_does_not_hold(tmp_path: Path) -> None:
    folder = _folder(tmp_path, _more([-1], pa.int64()), _more([2**64 - 1], pa.uint64()))
    with pytest.raises(ta.TableError) as caught:
        score_file(WAI, folder, tmp_path / "out.parquet", key=None)
    assert str(caught.value) == (
        'b.parquet: column "x": uint64 that does not fit int64 of other files'
    )


def test_columns_of_another_order_or_name(tmp_path: Path) -> None:
    table = forms(4)
    turned = table.select([1, 0, *range(2, table.num_columns)])
    others = {
        "they stand in another order": turned,
        'no column "note"': table.drop_columns(["note"]),
        'column "x" is one more': _more([1, 2, 3, 4], pa.int8()),
    }
    for number, (rule, other) in enumerate(others.items()):
        (tmp_path / str(number)).mkdir()
        folder = _folder(tmp_path / str(number), table, other)
        with pytest.raises(ta.TableError) as caught:
            score_file(WAI, folder, tmp_path / "out.parquet")
        assert str(caught.value) == f"b.parquet: its columns are not those of a.parquet: {rule}"
