"""An Arrow stream ends with a mark; one without it was cut, also between two batches."""

from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]
import pytest

import therapeutic_alliance as ta
from tests.frames.files.forms import WAI, forms
from therapeutic_alliance.frames.files.score_file import score_file


@pytest.mark.parametrize("legacy", [False, True])
def test_cut_at_any_byte_of_the_end(tmp_path: Path, legacy: bool) -> None:
    """The last batch ends in bytes of zero, which could be taken for a mark."""
    path, table = tmp_path / "in.ipc", forms(40).append_column("x", pa.array([0] * 40))
    ends = []
    options = pa.ipc.IpcWriteOptions(use_legacy_format=legacy)
    with path.open("wb") as file, pa.ipc.new_stream(file, table.schema, options=options) as writer:
        for batch in table.to_batches(max_chunksize=10):
            writer.write_batch(batch)
            ends.append(file.tell())
    whole = path.read_bytes()
    mark = 4 if legacy else 8
    assert whole[-4:] == bytes(4)
    assert len(whole) == ends[-1] + mark
    assert score_file(WAI, path, tmp_path / "out.parquet").rows == 40
    for keep in [*ends, *range(ends[-1], len(whole))]:
        path.write_bytes(whole[:keep])
        with pytest.raises(ta.TableError) as caught:
            score_file(WAI, path, tmp_path / "cut.parquet")
        between = "ends before its end mark: cut short"
        within = "not an Arrow IPC file or stream, or not a whole one"
        told = {between} if keep in ends else {between, within}
        assert str(caught.value).removeprefix("in.ipc: ") in told
        assert caught.value.__context__ is None
        assert not (tmp_path / "cut.parquet").exists()
