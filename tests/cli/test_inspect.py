"""``alliance inspect``: shape, columns, candidates, odd cells."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands import Run
from therapeutic_alliance.importers.simulated import example_path

Make = Callable[..., Path]
LOOK = {"file", "rows", "layout", "columns", "candidates", "hints"}
COLUMN = {"position", "name", "use", "filled", "distinct", "span", "odd"}
MESSY = (
    "Client;When;Q1;Q2;Q3;Q4;Q5;note\n"
    "Quokka;1.3.2026;1;2;3;4;5;x\n"
    "Wombat;8.3.2026;7;6;5;4;99;\n"
    "Numbat;15.3.2026;4;4;4;-9;often;\n"
    "Bilby;22.3.2026;4;4\n"
)


def _column(look: dict[str, Any], name: str) -> dict[str, Any]:
    column: dict[str, Any]
    [column] = [each for each in look["columns"] if each["name"] == name]
    return column


def test_a_tidy_table(alliance: Run) -> None:
    ran = alliance("inspect", example_path("caseload"), "--json")
    assert (ran.code, ran.err) == (0, "")
    look = ran.json
    assert set(look) == LOOK
    assert all(set(each) == COLUMN for each in look["columns"])
    assert look["layout"] == "wide: one row a form"
    assert (_column(look, "case")["use"], _column(look, "case")["distinct"]) == ("case", 6)
    assert _column(look, "12")["use"] == "item 12"
    candidates = {each["measure"]: each["verdict"] for each in look["candidates"]}
    assert candidates["wai-sr"] == "fits 1 to 5; 2 to 5 in the file"
    assert "wai-srt" not in candidates  # ten items
    assert look["hints"] == []


def test_a_messy_table(alliance: Run, make: Make) -> None:
    look = alliance("inspect", make(MESSY), "--delimiter", ";", "--json").json
    assert look["rows"] == 4
    assert _column(look, "Q5") == {
        "position": 7,
        "name": "Q5",
        "use": "item 5",
        "filled": 3,
        "distinct": 3,
        "span": "5 to 5",
        "odd": "not a number, e.g. rows 4; missing code? 99",
    }
    assert _column(look, "Q4")["odd"] == "missing code? -9"
    assert {each["measure"] for each in look["candidates"]} >= {"arm-5"}
    hints = "\n".join(look["hints"])
    for said in (
        'no column called case: name it in a mapping file, [columns] case = "..."',
        "no column called session or date",
        "or say --rater",
        "say --missing=-9 --missing=99",
        '[items] "1" = "Q1" and so on',
        "1 rows have more or fewer cells than the heading, e.g. rows 5",
    ):
        assert said in hints


def test_what_it_hints_at_can_be_done(alliance: Run, make: Make) -> None:
    table = make(MESSY.replace("often", "5").rpartition("Bilby")[0].replace(".3.2026", ""))
    items = "".join(f'{n} = "Q{n}"\n' for n in range(1, 6))
    mapping = make(f'[columns]\ncase = "Client"\nsession = "When"\n[items]\n{items}', "m.toml")
    said = ("--missing=-9", "--missing=99", "--rater", "client", "--measure", "arm-5")
    ran = alliance("score", table, "--delimiter", ";", "--map", mapping, *said)
    assert ran.code == 0, ran.err


def test_a_cell_is_never_shown(alliance: Run, make: Make) -> None:
    for arguments in ((), ("--json",)):
        ran = alliance("inspect", make(MESSY), "--delimiter", ";", *arguments)
        assert not [each for each in ("Quokka", "Wombat", "often", "2026") if each in ran.out]


def test_numeric_ids_are_never_shown(alliance: Run, make: Make) -> None:
    table = make("case,session,rater,person,1\n98321,1,client,12389,3\n98322,1,client,12390,4\n")
    ran = alliance("inspect", table)
    assert ran.code == 0
    assert not [each for each in ("98321", "98322", "12389", "12390") if each in ran.out]
    assert "3 to 4" in ran.out


def test_answers_of_another_form_do_not_fit(alliance: Run, make: Make) -> None:
    heads = ",".join(map(str, range(1, 13)))
    table = make(f"case,session,rater,{heads}\nc1,1,client,{','.join('123456712345')}\n")
    candidates = alliance("inspect", table, "--json").json["candidates"]
    [wai_sr] = [each for each in candidates if each["measure"] == "wai-sr"]
    assert wai_sr["verdict"] == (
        "does not fit 1 to 5; 1 to 7 in the file: another form, or --range"
    )
    fits = [each["verdict"].startswith("fits") for each in candidates]
    assert fits == sorted(fits, reverse=True)


def test_a_long_table(alliance: Run, make: Make) -> None:
    table = make("case,session,rater,item,answer\nc1,1,client,1,3\nc1,1,client,2,x\n")
    look = alliance("inspect", table, "--json").json
    assert look["layout"] == "long: one row an answer, 2 different items"
    assert _column(look, "answer")["odd"] == "not a number, e.g. rows 3"


def test_candidates_of_a_long_table_have_as_many_items(alliance: Run, make: Make) -> None:
    rows = "".join(f"c1,1,client,{n},4\n" for n in range(1, 6)) + "c1,2,client,5,99\n"
    look = alliance("inspect", make("case,session,rater,item,answer\n" + rows), "--json").json
    assert look["layout"] == "long: one row an answer, 5 different items"
    arm = {"measure": "arm-5", "columns": "5 different items"}
    assert arm | {"verdict": "fits 1 to 7; 4 to 4 in the file"} in look["candidates"]
    assert "if these codes mean not answered, say --missing=99" in look["hints"]


FOUR = "case,session,rater,1,2,3,4\n"


@pytest.mark.parametrize(
    ("marks", "codes"),
    [
        ("50,60,97,77", ""),  # marks in mm
        ("50,60,70,99", ""),
        ("1,4,7,9", ""),  # from 0 to 10
        ("50,60,97,999", "999"),
        ("1,4,7,99", "99"),
        ("1.5,4,7,-9", "-9"),
        ("1,4,9,99", "99"),
        ("99,99,99,99", ""),
    ],
)
def test_a_code_is_suggested_only_if_a_measure_fits_better_without(
    alliance: Run, make: Make, marks: str, codes: str
) -> None:
    look = alliance("inspect", make(FOUR + f"c1,1,client,{marks}\n"), "--json").json
    told = [hint.rpartition("--missing=")[2] for hint in look["hints"] if "--missing=" in hint]
    assert told == ([codes] if codes else [])
    shown = {_column(look, str(n))["span"].partition(" ")[0] for n in range(1, 5)}
    assert shown - {""} == {f"{float(mark):g}" for mark in marks.split(",")} - {codes}


def test_marks_in_mm_fit_a_line_of_10_cm(alliance: Run, make: Make) -> None:
    look = alliance("inspect", make(FOUR + "c1,1,client,50,60,97,77\n"), "--json").json
    verdicts = {each["measure"]: each["verdict"] for each in look["candidates"]}
    assert verdicts["srs"] == (
        "fits 0 to 10 cm if the marks are mm: --unit mm; 50 to 97 in the file"
    )


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        ("case;session;1\nc;1;2\n", "its heading has ';': say --delimiter ';'"),
        ("case,session,rater,1,note,note\nc,1,client,2,,\n", "columns 5, 6 have the same heading"),
        (FOUR + "c1,1,client,often,never,often,4\n", "1 to 4: mostly texts; if they are answers"),
        (FOUR.replace(",", ";") + "c1;1;client;4,5;4;4;4\n", "1 to 4: numbers with another"),
    ],
)
def test_what_else_is_hinted_at(alliance: Run, make: Make, content: str, hint: str) -> None:
    delimiter = ";" if "rater;" in content else ","
    look = alliance("inspect", make(content), "--json", "--delimiter", delimiter).json
    assert [said for said in look["hints"] if hint in said]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"PK\x03\x04\x14\x00", "this is a workbook: save it as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1", "this is a workbook: save it as CSV"),
        (FOUR.encode("utf-16"), "this is UTF-16: say --encoding utf-16"),
    ],
)
def test_a_file_of_another_kind(alliance: Run, make: Make, content: bytes, told: str) -> None:
    for command in (("inspect",), ("score", "--measure", "srs")):
        ran = alliance(*command, make(content))
        assert (ran.code, ran.out, ran.err) == (1, "", f"alliance: t.csv: {told}\n")
    if "utf-16" in told:
        assert alliance("inspect", make(content), "--encoding", "utf-16").code == 0


def test_a_heading_may_begin_with_pk(alliance: Run, make: Make) -> None:
    assert alliance("inspect", make("PK,case\n1,2\n")).code == 0


def test_many_different_cells_are_not_kept(alliance: Run, make: Make) -> None:
    rows = "".join(f"c{n},1,client,3\n" for n in range(500))
    look = alliance("inspect", make("case,session,rater,1\n" + rows), "--json").json
    assert _column(look, "case")["distinct"] == "200+"


def test_a_heading_that_is_markup(alliance: Run, make: Make) -> None:
    ran = alliance("inspect", make("[/bold],[red]x,=1+1,\x1b[31m\n1,2,3,4\n"))
    assert ran.code == 0
    assert "[/bold]" in ran.out
    assert "[red]x" in ran.out
    assert "\x1b" not in ran.out
    ran = alliance("inspect", make("case,\x1b[31m1,\x1b[31m2\nc1,2,3\n"))
    assert '[items] "1" = "\N{REPLACEMENT CHARACTER}[31m1"' in ran.out
    assert "\x1b" not in ran.out


@pytest.mark.parametrize("content", ["", "\n"])
def test_nothing_to_inspect(alliance: Run, make: Make, content: str) -> None:
    ran = alliance("inspect", make(content))
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "alliance: t.csv: the file is empty\n"


def test_a_heading_alone_is_a_table_of_no_rows(alliance: Run, make: Make) -> None:
    look = alliance("inspect", make("case,session,rater,1,2\n"), "--json").json
    assert (look["rows"], look["candidates"]) == (0, [])


@pytest.mark.parametrize(("heading", "asked"), [("c1,1,client,5\n", True), ("case,x\n", False)])
def test_a_table_without_a_heading_is_asked_about(
    alliance: Run, make: Make, heading: str, asked: bool
) -> None:
    hints = alliance("inspect", make(heading), "--json").json["hints"]
    assert ("row 1 is taken for the heading: is it one?" in hints) is asked
