"""``alliance score``."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

import therapeutic_alliance as ta
from tests.cli.commands import Run, process
from tests.cli.conftest import FORMS, TIDY
from therapeutic_alliance.exporters.scores import COLUMNS

Make = Callable[..., Path]
ARM = ("--measure", "arm-5")


def test_the_scores_table_is_on_stdout(alliance: Run, make: Make) -> None:
    ran = alliance("score", make(), *ARM)
    assert ran.code == 0
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert tuple(rows[0]) == COLUMNS
    assert [(row["case"], row["session"], row["value"], row["status"]) for row in rows] == [
        ("c1", "1", "6.2", "scored"),
        ("c1", "2", "5.8", "scored"),
        ("c2", "1", "", "not-scorable"),
    ]
    assert ran.err.splitlines()[0] == "forms: 3; scores: 2 scored, 1 not-scorable"


def test_json_on_stdout(alliance: Run, make: Make) -> None:
    rows = alliance("score", make(), *ARM, "--json").json
    assert [tuple(row) for row in rows] == [COLUMNS] * 3
    assert rows[0]["value"] == 6.2
    assert rows[2]["value"] is None


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".json"])
def test_an_output_file(alliance: Run, make: Make, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"out{suffix}"
    ran = alliance("score", make(), *ARM, "-o", out)
    assert (ran.code, ran.out) == (0, "")
    text = out.read_text()
    if suffix == ".json":
        values = [row["value"] for row in json.loads(text)]
    else:
        delimiter = "\t" if suffix == ".tsv" else ","
        values = [row["value"] for row in csv.DictReader(io.StringIO(text), delimiter=delimiter)]
    assert [str(value or "") for value in values] == ["6.2", "5.8", ""]


def test_a_summary_beside_an_output_file(alliance: Run, make: Make, tmp_path: Path) -> None:
    ran = alliance("score", make(), *ARM, "-o", tmp_path / "o.csv", "--json")
    assert ran.json == {
        "forms": 3,
        "rejected": 0,
        "scores": {"scored": 2, "prorated": 0, "not-scorable": 1},
    }


def test_the_example_scores_as_the_library_scores_it(alliance: Run, tmp_path: Path) -> None:
    from therapeutic_alliance.importers.simulated import example_path

    out = tmp_path / "scores.json"
    assert alliance("score", example_path("caseload"), "-o", out).code == 0
    registry = ta.Registry()
    expected = [
        [form.case, form.session, form.measure, score.id, score.value]
        for form in ta.example("caseload")
        for score in ta.score(registry.measure(form.measure), form)
    ]
    found = json.loads(out.read_text())
    names = ("case", "session", "measure", "score", "value")
    assert [[row[name] for name in names] for row in found] == expected


def test_licence_and_status_are_remarks(alliance: Run, make: Make) -> None:
    ran = alliance("score", make(), *ARM, "--range", "0-8")
    assert "arm-5 is stated: stated by the caller: scale" in ran.err
    assert "arm-5, licence: " in ran.err
    assert "licence" not in ran.out


BAD = TIDY + FORMS + "c3,1,client,6,7,8,x,5\nc4,1,client,6,7,1,6\n"


def test_one_bad_row_spoils_the_whole(alliance: Run, make: Make, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    for where in ((), ("--json",), ("-o", out)):
        ran = alliance("score", make(BAD), *ARM, *where)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err == (
            "alliance: t.csv, row 5, item 4: not a number, and neither a missing code nor a label "
            "of the map\nt.csv, row 6: 7 cells where the heading has 8\n"
        )
    assert [each.name for each in tmp_path.iterdir()] == ["t.csv"]


def test_a_bad_row_leaves_the_old_output(alliance: Run, make: Make, tmp_path: Path) -> None:
    out = make("old", "out.csv")
    assert alliance("score", make(BAD), *ARM, "-o", out).code == 1
    assert out.read_text() == "old"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["out.csv", "t.csv"]


def test_keep_going_lists_the_rest(alliance: Run, make: Make, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    ran = alliance("score", make(BAD), *ARM, "-o", out, "--keep-going", "--json")
    assert ran.code == 1
    assert (ran.json["forms"], ran.json["rejected"]) == (3, 2)
    assert len(out.read_text().splitlines()) == 4
    rejects = list(csv.reader((tmp_path / "out.rejects.csv").read_text().splitlines()))
    assert rejects == [
        ["file", "row", "item", "rule"],
        ["t.csv", "5", "4", "not a number, and neither a missing code nor a label of the map"],
        ["t.csv", "6", "", "7 cells where the heading has 8"],
    ]


def test_rejects_where_they_are_asked_for(alliance: Run, make: Make, tmp_path: Path) -> None:
    rejects = tmp_path / "bad" / "rows.csv"
    rejects.parent.mkdir()
    ran = alliance("score", make(BAD), *ARM, "--keep-going", "--rejects", rejects)
    assert ran.code == 1
    assert len(ran.out.splitlines()) == 4
    assert len(rejects.read_text().splitlines()) == 3


def test_rejects_stand_in_the_current_folder_without_an_output(make: Make, tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    ran = process("score", make(BAD), *ARM, "--keep-going", cwd=here)
    assert ran.code == 1
    assert [each.name for each in here.iterdir()] == ["t.rejects.csv"]


def test_keep_going_without_a_bad_row_is_done(alliance: Run, make: Make, tmp_path: Path) -> None:
    ran = alliance("score", make(), *ARM, "-o", tmp_path / "o.csv", "--keep-going")
    assert ran.code == 0
    assert (tmp_path / "o.rejects.csv").read_text() == "file,row,item,rule\n"


def test_keep_going_cannot_save_a_table_without_rows(
    alliance: Run, make: Make, tmp_path: Path
) -> None:
    ran = alliance("score", make(TIDY), *ARM, "-o", tmp_path / "o.csv", "--keep-going")
    assert (ran.code, ran.out) == (1, "")
    assert [each.name for each in tmp_path.iterdir()] == ["t.csv"]


@pytest.mark.parametrize(
    ("out", "rejects"),
    [("t.csv", "r.csv"), ("o.csv", "o.csv"), ("o.csv", "t.csv"), ("t.csv", None)],
)
def test_no_file_takes_the_place_of_another(
    alliance: Run, make: Make, tmp_path: Path, out: str, rejects: str | None
) -> None:
    table = make()
    to = ("--rejects", tmp_path / rejects) if rejects else ()
    ran = alliance("score", table, *ARM, "-o", tmp_path / out, "--keep-going", *to)
    assert ran.code == 2
    assert "three different files" in ran.err
    assert table.read_text() == TIDY + FORMS


def test_an_input_that_would_be_the_default_rejects_file(
    alliance: Run, make: Make, tmp_path: Path
) -> None:
    table = make(name="o.rejects.csv")
    ran = alliance("score", table, *ARM, "-o", tmp_path / "o.csv", "--keep-going")
    assert ran.code == 2
    assert table.read_text() == TIDY + FORMS


@pytest.mark.parametrize("count", [19, 21, 500])
def test_a_bad_table_is_not_read_to_its_end(alliance: Run, make: Make, count: int) -> None:
    rows = [f"c1,{session},client,6,7,1,6,x\n" for session in range(1, count + 1)]
    ran = alliance("score", make(TIDY + "".join(rows)), *ARM)
    assert ran.code == 1
    lines = ran.err.splitlines()
    assert len(lines) <= 20
    assert ("reading stopped here" in lines[-1]) == (count > 20)


def test_rejects_go_with_keep_going(alliance: Run, make: Make, tmp_path: Path) -> None:
    ran = alliance("score", make(), *ARM, "--rejects", str(tmp_path / "r.csv"))
    assert (ran.code, ran.out) == (2, "")
    assert "--rejects goes with --keep-going" in ran.err
