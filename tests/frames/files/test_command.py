"""``alliance score`` with columns."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

import therapeutic_alliance as ta
from tests.cli.commands import ALLIANCE, Run
from tests.frames.files.forms import ITEMS, PUT, WAI, as_read, forms, get, parquet, rows
from therapeutic_alliance.frames.sources.places import DuckTable

MEASURE = ("--measure", "wai-sr")
MIXED = """
id = "mixed"
version = "1"
name = "Mixed"
raters = ["client"]
items = 2
[item_scales]
1 = { low = 1, high = 7 }
2 = { low = 0, high = 10, step = 0.1, kind = "visual-analogue", unit = "cm" }
[[scores]]
id = "total"
items = ["1", "2"]
aggregate = "sum"
"""


@pytest.mark.parametrize(
    ("kind", "suffix"),
    [
        (kind, suffix)
        for kind in PUT
        for suffix in (".parquet", ".arrow", ".csv")
        if (kind, suffix) != ("csv", ".csv")  # a scores table, as ever
    ],
)
def test_every_kind(alliance: Run, tmp_path: Path, kind: str, suffix: str) -> None:
    place = PUT[kind](forms(300), tmp_path)
    out = tmp_path / f"out{suffix}"
    file = place.path if isinstance(place, DuckTable) else place
    table = ("--table", "forms") if isinstance(place, DuckTable) else ()
    ran = alliance("score", file, *table, *MEASURE, "-o", out, "--prorate", "0.8")
    assert (ran.code, ran.out) == (0, ""), ran.err
    assert ran.err.splitlines()[:2] == [
        "rows: 300; refused answers: 0",
        "no two rows are alike in: case, session, rater",
    ]
    assert ("no place for provenance" in ran.err) == (suffix == ".csv")
    assert "wai-sr, licence: " in ran.err
    expected = ta.score_frame(WAI, forms(300), missing=ta.Prorate(0.8))
    read = expected if suffix == ".csv" else as_read(kind, expected)
    assert rows(get(out)) == rows(read)


def test_a_summary(alliance: Run, tmp_path: Path) -> None:
    path, out = parquet(forms(300), tmp_path), tmp_path / "out.parquet"
    ran = alliance("score", path, *MEASURE, "-o", out, "--json")
    assert {**ran.json, "provenance": None} == {
        "rows": 300,
        "refused": 0,
        "compared": ["case", "session", "rater"],
        "not_compared": "",
        "without_key": 0,
        "provenance": None,
    }
    assert ran.json["provenance"]["definition_sha256"] == WAI.fingerprint


def test_rows_that_were_not_compared(alliance: Run, tmp_path: Path) -> None:
    """The summary says so, and why."""
    table, out = forms(30), tmp_path / "out.parquet"
    no_case = [None if row % 3 else "c" for row in range(30)]
    capitals = table.rename_columns(["Case", "Session", *table.column_names[2:]])
    hint = "name columns in [columns] of a --map"
    said = {
        f"rows were not compared: no columns case and session (or date); {hint}": (capitals, ()),
        f"rows were not compared: no column case; {hint}": (table.drop_columns(["case"]), ()),
        f"rows were not compared: no column session (or date); {hint}": (
            table.drop_columns(["session"]),
            (),
        ),
        "rows were not compared: --trust-keys": (table, ("--trust-keys",)),
        "no two rows are alike in: case, session, rater; "
        "rows not compared, without case or session: 20": (
            table.set_column(0, "case", pa.array(no_case)),
            (),
        ),
    }
    for told, (each, how) in said.items():
        ran = alliance("score", parquet(each, tmp_path), *MEASURE, "-o", out, *how)
        assert ran.code == 0, ran.err
        assert ran.err.splitlines()[1] == told


def test_refused_answers(alliance: Run, tmp_path: Path) -> None:
    answers = [9, 3, 0] * 10
    table = forms(30).set_column(6, "3", pa.array(answers, pa.int8()))
    path, out = parquet(table, tmp_path), tmp_path / "out.parquet"
    ran = alliance("score", path, *MEASURE, "-o", out)
    assert (ran.code, ran.out, out.exists()) == (1, "", False)
    lines = ran.err.splitlines()
    assert lines[:2] == [
        "alliance: in.parquet, row 0, item 3: above the highest answer, 5",
        "in.parquet, row 2, item 3: below the lowest answer, 1",
    ]
    assert len(lines) == 20
    ran = alliance("score", path, *MEASURE, "-o", out, "--keep-going", "--json")
    assert (ran.code, ran.json["refused"]) == (1, 20)
    assert get(out)["wai_sr_invalid"].to_pylist() == [1, 0, 1] * 10
    ran = alliance("score", path, *MEASURE, "-o", out, "--missing", "9", "--missing=0")
    assert ran.code == 0, ran.err


def test_a_map(alliance: Run, tmp_path: Path) -> None:
    names = ["who", "no", "rater", "note", *(f"q{item}" for item in ITEMS)]
    table = forms(30, missing=0).rename_columns(names)
    table = table.set_column(4, "q1", pa.array([88] * 30))
    path, out = parquet(table, tmp_path), tmp_path / "out.parquet"
    items = "\n".join(f'{item} = "q{item}"' for item in ITEMS)
    (tmp_path / "map.toml").write_text(
        f'[columns]\ncase = "who"\nsession = "no"\n[items]\n{items}\n'
        '[codes]\nmissing = [88]\n[coding]\nmeasure = "wai-sr"\n'
    )
    ran = alliance("score", path, "--map", tmp_path / "map.toml", "-o", out, "--json")
    assert ran.code == 0, ran.err
    assert ran.json["compared"] == ["who", "no", "rater"]
    assert get(out)["wai_sr_missing"].to_pylist() == [1] * 30


def test_a_code_that_is_an_answer_is_told(alliance: Run, tmp_path: Path) -> None:
    """As a table that is read as forms, a file loses such answers, and says of which items."""
    (tmp_path / "mixed.toml").write_text(MIXED)
    (tmp_path / "t.csv").write_text("case,session,rater,1,2\nc,1,client,9,9\n")
    said = ("score", tmp_path / "t.csv", "--measure", tmp_path / "mixed.toml", "--missing")
    hidden = "is also an answer of mixed, {}: one that was given counts as not answered"
    for out in ("o.csv", "o.parquet"):
        to = ("-o", tmp_path / out)
        ran = alliance(*said, "9", "--missing", "-1", *to)
        assert ran.code == 0, ran.err
        assert f"missing code 9 {hidden.format('item 2')}" in ran.err.splitlines()
        assert "code -1" not in ran.err
        ran = alliance(*said, "9", "--missing", "1", *to)
        assert f"missing code 1 {hidden.format('every item')}" in ran.err.splitlines()
    assert get(tmp_path / "o.parquet")["2"].to_pylist() == [9]
    (tmp_path / "t.csv").write_text("case,session,rater,1,2\nc,1,client,99,99\n")
    ran = alliance(*said, "99", "--unit", "mm")
    assert f"missing code 99 {hidden.format('item 2')}" in ran.err.splitlines()


def test_a_stated_range_and_csv_of_another_dialect(alliance: Run, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(f"{';'.join(ITEMS)}\n{';'.join(['7,0'] * 12)}\n")
    dialect = ("--delimiter", ";", "--decimal", ",", "--range", "1-7")
    ran = alliance("score", tmp_path / "in.csv", *MEASURE, *dialect, "-o", tmp_path / "o.parquet")
    assert ran.code == 0, ran.err
    assert "wai-sr is stated" in ran.err
    assert get(tmp_path / "o.parquet")["wai_sr_total"].to_pylist() == [84.0]


def test_keys_are_trusted(alliance: Run, tmp_path: Path) -> None:
    table = pa.concat_tables([forms(32), forms(32).slice(0, 1)])
    path, out = parquet(table, tmp_path), tmp_path / "out.parquet"
    ran = alliance("score", path, *MEASURE, "-o", out)
    assert ran.code == 1
    assert ran.err == (
        "alliance: in.parquet, row 32: a second form with the key of row 0 (case, session, rater)\n"
    )
    assert alliance("score", path, *MEASURE, "-o", out, "--trust-keys").code == 0


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ((), "columns are written to a file"),
        (("-o", "out.json"), "columns are written to a file"),
        (("-o", "out.parquet"), "--measure is needed"),
        (("-o", "out.parquet", *MEASURE, "--rater", "client"), "--rater does not go"),
        (("-o", "out.parquet", *MEASURE, "--unit", "cm"), "--unit does not go"),
        (("-o", "out.parquet", *MEASURE, "--order", "printed"), "--order does not go"),
        (("-o", "out.parquet", *MEASURE, "--from", "table"), "--from does not go"),
        (("-o", "out.parquet", *MEASURE, "--delimiter", ";"), "--delimiter is for CSV"),
        (("-o", "out.parquet", *MEASURE, "--keep-going", "--rejects", "r.csv"), "--rejects does"),
        (("-o", "out.parquet", *MEASURE, "--missing", "none"), "is a number, but in CSV"),
        (("-o", "out.parquet", *MEASURE, "--map", "labels.toml"), "[labels] does not go"),
        (("-o", "out.parquet", *MEASURE, "--map", "codes.toml"), "[codes] (but for missing) does"),
        (("-o", "in.parquet", *MEASURE), "the output is the input"),
        (("-o", "nowhere/o.parquet", *MEASURE), "o.parquet: cannot be written"),
    ],
)
def test_wrong_usage(
    alliance: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    said: tuple[str, ...],
    told: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "labels.toml").write_text("[labels]\nnever = 1\n")
    (tmp_path / "codes.toml").write_text('[codes.rater]\nc = "client"\n')
    parquet(forms(5), tmp_path)
    before = sorted(tmp_path.rglob("*"))
    ran = alliance("score", "in.parquet", *said)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("out", ["loop.csv", "loop.parquet"])
def test_a_link_that_leads_to_itself(alliance: Run, tmp_path: Path, out: str) -> None:
    (tmp_path / out).symlink_to(out)
    path = PUT["csv"](forms(5), tmp_path)
    ran = alliance("score", path, *MEASURE, "-o", tmp_path / out)
    assert (ran.code, ran.err.splitlines()[-1]) == (
        2,
        f"alliance: {out}: cannot be written: not a regular file",
    )


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_a_link_to_the_input_is_the_input(alliance: Run, tmp_path: Path, suffix: str) -> None:
    """What an output leads to is written: here it would be what is read."""
    path, link = PUT[suffix[1:]](forms(5), tmp_path), tmp_path / f"link{suffix}"
    assert isinstance(path, Path)
    link.symlink_to(path.name)
    before = path.read_bytes()
    assert alliance("score", path, *MEASURE, "-o", link).code == 2
    assert path.read_bytes() == before


def test_databases_and_folders(alliance: Run, tmp_path: Path) -> None:
    place = PUT["database"](forms(5), tmp_path)
    assert isinstance(place, DuckTable)
    (tmp_path / "else").mkdir()
    to = ("-o", tmp_path / "else" / "out.parquet", *MEASURE)
    assert "name the table in it" in alliance("score", place.path, *to).err
    assert "no table or view" in alliance("score", place.path, "--table", "x", *to).err
    assert "cannot be read" in alliance("score", tmp_path, "--table", "x", *to).err
    assert "is none" in alliance("score", tmp_path, *to).err


@pytest.mark.parametrize("absent", ["pyarrow", "narwhals", "duckdb"])
def test_without_a_package(tmp_path: Path, absent: str) -> None:
    """One line that names the extra; other tables are scored as ever."""
    PUT["database"](forms(5), tmp_path)
    place = tmp_path / "warehouse.duckdb"
    said = ["score", str(place), "--table", "forms", *MEASURE, "-o", str(tmp_path / "o.parquet")]
    program = (
        f"import sys; sys.modules[{absent!r}] = None\n"
        "from therapeutic_alliance.cli.app import run; sys.exit(run(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", program]
    ran = subprocess.run([*command, *said], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (2, "")
    extra = "duckdb" if absent == "duckdb" else "files"
    [line] = ran.stderr.splitlines()
    assert line.endswith(f"the extra: pip install 'therapeutic-alliance[{extra}]'")
    (tmp_path / "t.csv").write_text("case,session,rater,1,2,3,4,5\nc,1,client,6,7,1,6,5\n")
    said = ["score", str(tmp_path / "t.csv"), "--measure", "arm-5"]
    assert subprocess.run([*command, *said], capture_output=True, check=False).returncode == 0


def test_a_bar_on_a_terminal(tmp_path: Path) -> None:
    """And nothing of it elsewhere."""
    path = tmp_path / "in.parquet"
    pq.write_table(forms(20), path)
    command = [ALLIANCE, "score", str(path), *MEASURE, "-o", str(tmp_path / "out.parquet")]
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm"}
    ran = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=theirs, env=environment, check=True
    )
    os.close(theirs)
    assert ran.stdout == b""
    seen = b""
    while b"licence" not in seen:
        seen += os.read(ours, 1 << 16)
    os.close(ours)
    assert b"rows scored" in seen
    ran = subprocess.run(command, capture_output=True, check=True)
    assert b"rows scored" not in ran.stderr


@pytest.mark.parametrize(
    "more",
    [
        "[labels]\nnever = 1\n",
        "[codes]\nrater = { P = 'client' }\n",
        "[coding]\nunit = 'cm'\n",
        "[columns]\nitem = '1'\n",
    ],
)
def test_what_a_map_cannot_say_of_columns(alliance: Run, tmp_path: Path, more: str) -> None:
    """The error names the way on: the scores table is only for text."""
    out = tmp_path / "out.parquet"
    (tmp_path / "map.toml").write_text(more)
    for suffix, way in {
        ".parquet": "recode FILE first",
        ".csv": "recode FILE first, or have its scores table with --out .csv or .json",
    }.items():
        path = PUT[suffix[1:]](forms(3), tmp_path)
        ran = alliance("score", path, *MEASURE, "--map", tmp_path / "map.toml", "-o", out)
        assert (ran.code, out.exists()) == (2, False)
        assert f"does not go with columns: {way}" in " ".join(ran.err.split())
