"""What a file says of how its scores came about."""

import json
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest
from attrs import evolve

import therapeutic_alliance as ta
from tests.frames.files.forms import ITEMS, WAI, forms, get
from therapeutic_alliance.frames.files.provenance import KEY, scorings, with_provenance
from therapeutic_alliance.frames.files.score_file import score_file

ARM = ta.Registry().measure("arm-5")
OTHER = evolve(ARM, id="other")


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
    first, second = tmp_path / "1.parquet", tmp_path / "2.parquet"
    pq.write_table(forms(30), tmp_path / "in.parquet")
    score_file(WAI, tmp_path / "in.parquet", first)
    score_file(ARM, first, second)
    told = scorings(get(second).schema.metadata)
    assert [each["measure"] for each in told] == ["wai-sr", "arm-5"]
    assert {"wai_sr_total", "arm_5_total"} < set(get(second).column_names)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files of a folder: scored by ARM-5's own rule, and by the caller's."""
    (tmp_path / "parts").mkdir()
    for name, rule in (("1", None), ("2", ta.Prorate(0.6))):
        table = forms(10).set_column(0, "case", pa.array([f"{name}-{row}" for row in range(10)]))
        said = {"both": "x", "own": name, f"only-{name}": "y"}
        pq.write_table(table.replace_schema_metadata(said), tmp_path / "in.parquet")
        out = tmp_path / "parts" / f"{name}.parquet"
        score_file(ARM, tmp_path / "in.parquet", out, missing=rule)
    return tmp_path / "parts"


def test_the_files_of_a_folder_were_scored_otherwise(folder: Path, tmp_path: Path) -> None:
    """No scoring is lost, and none is said of rows for which it does not hold."""
    score_file(WAI, folder, tmp_path / "out.parquet")
    metadata = get(tmp_path / "out.parquet").schema.metadata
    assert [(each["missing_rule"], each.get("files")) for each in scorings(metadata)] == [
        (None, ["1.parquet"]),
        (ta.Prorate(0.6).label, ["2.parquet"]),
        (None, None),
    ]
    assert {*metadata} == {b"both", KEY}
    assert metadata[b"both"] == b"x"


def test_a_file_that_was_a_folder(folder: Path, tmp_path: Path) -> None:
    """Names of files stay, also when the file is one of a folder again."""
    score_file(WAI, folder, tmp_path / "out.parquet")
    again = tmp_path / "again"
    again.mkdir()
    table = pq.read_table(tmp_path / "out.parquet").drop_columns(["case"])
    for name in "ab":
        pq.write_table(table, again / f"{name}.parquet")
    wai = [column for column in table.column_names if column.startswith("wai_sr")]
    pq.write_table(table.drop_columns(wai), tmp_path / "in.parquet")
    score_file(WAI, tmp_path / "in.parquet", tmp_path / "one.parquet")
    one = scorings(get(tmp_path / "one.parquet").schema.metadata)
    assert [each.get("files") for each in one] == [["1.parquet"], ["2.parquet"], None]
    score_file(OTHER, again, tmp_path / "two.parquet")
    two = scorings(get(tmp_path / "two.parquet").schema.metadata)
    assert [each.get("files") for each in two] == [
        ["a.parquet/1.parquet", "b.parquet/1.parquet"],
        ["a.parquet/2.parquet", "b.parquet/2.parquet"],
        None,
        None,
    ]


def test_files_that_were_scored_alike(folder: Path, tmp_path: Path) -> None:
    """One entry, which names no file."""
    (folder / "2.parquet").write_bytes((folder / "1.parquet").read_bytes())
    score_file(WAI, folder, tmp_path / "out.parquet", key=None)
    told = scorings(get(tmp_path / "out.parquet").schema.metadata)
    assert [(each["measure"], "files" in each) for each in told] == [
        ("arm-5", False),
        ("wai-sr", False),
    ]


def test_scores_that_were_dropped_are_told_of_no_more(folder: Path, tmp_path: Path) -> None:
    """Tools keep the metadata of a schema when they drop columns of it."""
    scored = pq.read_table(folder / "1.parquet")
    path, out = tmp_path / "in.parquet", tmp_path / "out.parquet"
    pq.write_table(scored.select(forms(1).column_names), path)
    score_file(ARM, path, out, missing=ta.Prorate(0.8))
    [only] = scorings(get(out).schema.metadata)
    assert only["missing_rule"] == ta.Prorate(0.8).label
    pq.write_table(scored.drop_columns(["arm_5_total_answered", "arm_5_uniform"]), path)
    score_file(WAI, path, out)
    first, _ = scorings(get(out).schema.metadata)
    assert first["columns"] == ["arm_5_total", "arm_5_invalid", "arm_5_missing"]


@pytest.mark.parametrize(
    "odd",
    [
        *(b"", b"{", b"[]", b'{"scored": 1}', b"\xff", b"[" * 100_000),
        *(b'{"scored": [%s]}' % each for each in (b"1", b"{}", b'{"columns": [1]}')),
        b'{"scored": [{"columns": ["1"], "files": 3}]}',
    ],
    ids=lambda odd: odd[:40].decode("latin-1"),
)
def test_a_key_that_holds_something_else(odd: bytes) -> None:
    assert scorings({KEY: odd}) == []


def test_what_was_written_by_others_can_be_written_again() -> None:
    odd = b'{"scored": [{"columns": ["1"], "provider": "\\ud800"}]}'
    assert len(scorings(with_provenance({"": {KEY: odd}}, ["1"], {"columns": ["2"]}))) == 2


def test_parquet_holds_it_as_a_key_of_its_own(tmp_path: Path) -> None:
    """For readers that know nothing of Arrow's schemas."""
    pq.write_table(forms(30), tmp_path / "in.parquet")
    score_file(WAI, tmp_path / "in.parquet", tmp_path / "out.parquet")
    metadata = pq.read_metadata(tmp_path / "out.parquet").metadata
    assert json.loads(metadata[KEY])["scored"][0]["measure"] == "wai-sr"
    assert pa.types.is_float64(get(tmp_path / "out.parquet").schema.field("wai_sr_total").type)
