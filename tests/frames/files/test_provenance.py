"""What a file says of how its scores came about."""

import json
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

import therapeutic_alliance as ta
from tests.frames.files.forms import ITEMS, WAI, forms, get
from therapeutic_alliance.frames.files.provenance import KEY, scorings
from therapeutic_alliance.frames.files.score_file import score_file


@pytest.mark.parametrize("suffix", [".parquet", ".arrow"])
def test_it_stands_beside_what_was_there(tmp_path: Path, suffix: str) -> None:
    table = forms(30)
    field = table.schema.field("note").with_metadata({"unit": "none"})
    schema = table.schema.set(3, field).with_metadata({"geo": "{}", "ours": "x"})
    pq.write_table(table.cast(schema), tmp_path / "in.parquet")
    out = tmp_path / f"out{suffix}"
    done = score_file(WAI, tmp_path / "in.parquet", out, missing=ta.Prorate(0.8), codes=["99"])
    found = get(out).schema
    assert found.metadata[b"geo"] == b"{}"
    assert found.metadata[b"ours"] == b"x"
    assert found.field("note").metadata[b"unit"] == b"none"
    [scored] = json.loads(found.metadata[KEY])["scored"]
    assert scored == done.provenance
    assert scored == {
        "measure": "wai-sr",
        "measure_version": WAI.version,
        "measure_status": WAI.status,
        "definition_sha256": WAI.fingerprint,
        "provider": WAI.provider,
        "library_version": ta.__version__,
        "missing_rule": ta.Prorate(0.8).label,
        "missing_codes": ["99"],
        "invalid": "raise",
        "items": {item: item for item in ITEMS},
        "columns": get(out).column_names[16:],
    }


def test_a_file_scored_twice_tells_of_both(tmp_path: Path) -> None:
    arm = ta.Registry().measure("arm-5")
    first, second = tmp_path / "1.parquet", tmp_path / "2.parquet"
    pq.write_table(forms(30), tmp_path / "in.parquet")
    score_file(WAI, tmp_path / "in.parquet", first)
    columns = {item: item for item in arm.items}
    score_file(arm, first, second, columns=columns)
    told = scorings(get(second).schema.metadata)
    assert [each["measure"] for each in told] == ["wai-sr", "arm-5"]
    assert {"wai_sr_total", "arm_5_total"} < set(get(second).column_names)


@pytest.mark.parametrize("odd", [b"", b"{", b"[]", b'{"scored": 1}', b"\xff"])
def test_a_key_that_holds_something_else(odd: bytes) -> None:
    assert scorings({KEY: odd}) == []
    assert scorings(None) == []


def test_parquet_holds_it_as_a_key_of_its_own(tmp_path: Path) -> None:
    """For readers that know nothing of Arrow's schemas."""
    pq.write_table(forms(30), tmp_path / "in.parquet")
    score_file(WAI, tmp_path / "in.parquet", tmp_path / "out.parquet")
    metadata = pq.read_metadata(tmp_path / "out.parquet").metadata
    assert json.loads(metadata[KEY])["scored"][0]["measure"] == "wai-sr"
    assert pa.types.is_float64(get(tmp_path / "out.parquet").schema.field("wai_sr_total").type)
