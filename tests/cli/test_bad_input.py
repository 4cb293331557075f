"""Everything that can be wrong with what a person hands in: told clearly, without the person.

The canaries stand where answers, case ids and free text stand; none may be on stderr.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.commands import Ran, Run, process

Make = Callable[..., Path]
CANARIES = ("98321", "4.25", "quokka", "wombat", "numbat", "bilby")
HEAD = "case,session,rater,1,2,3,4,5\n"
GOOD = "quokka-1,1,client,6,7,1,6,5\n"
ARM = ("--measure", "arm-5")
LONG = "case,session,rater,item,answer\n"

BAD: dict[str, tuple[str | bytes, tuple[str, ...], int, str]] = {
    "unknown measure": (HEAD + GOOD, ("--measure", "arm"), 2, "did you mean 'arm-5'?"),
    "unknown measure in a row": (
        HEAD.replace("rater", "rater,measure") + GOOD.replace("client", "client,bilby numbat"),
        (), 1, "t.csv, row 2: measure: no such measure; ",
    ),
    "unknown item": (
        LONG + "quokka-1,1,client,98321,4\n", ARM, 1, "t.csv, row 2: names no item of arm-5",
    ),
    "duplicate item": (
        LONG + "quokka-1,1,client,1,4\n" * 2, ARM, 1,
        "t.csv, row 3, item 1: stands twice in one form, first at row 2",
    ),
    "duplicate column": (
        "case,session,rater,1,2,3,4,5,5\nquokka-1,1,client,6,7,1,6,98321,5\n", ARM, 1,
        "none or several for item 5",
    ),
    "no column": (
        "case,session,rater,1,2,3,4\nquokka-1,1,client,6,7,1,98321\n", ARM, 1,
        "none or several for item 5",
    ),
    "above": (HEAD + "c1,1,client,6,7,1,6,98321\n", ARM, 1, "item 5: above the highest answer, 7"),
    "below": (HEAD + "c1,1,client,6,7,1,6,-98321\n", ARM, 1, "item 5: below the lowest answer, 1"),
    "bool": (HEAD + "quokka-1,1,client,6,7,1,6,True\n", ARM, 1, "row 2, item 5: not a number"),
    "text": (HEAD + "quokka-1,1,client,6,7,1,6,numbat\n", ARM, 1, "row 2, item 5: not a number"),
    "nan": (HEAD + "quokka-1,1,client,6,7,1,6,NaN\n", ARM, 1, "row 2, item 5: not a number"),
    "4.25": (HEAD + "quokka-1,1,client,6,7,1,6,4.25\n", ARM, 1, "item 5: not a whole number"),
    "1-7 for 1-5": (
        "case,session,rater," + ",".join(map(str, range(1, 11)))
        + "\nquokka-1,1,therapist,1,2,3,4,5,6,7,1,2,3\n",
        ("--measure", "wai-srt"), 1, "t.csv, row 2, item 6: above the highest answer, 5",
    ),
    "rater not accepted": (
        HEAD + "quokka-1,1,observer,6,7,1,6,5\n", ARM, 1,
        "t.csv, row 2: rater: arm-5 accepts these raters only: client, therapist",
    ),
    "rater unknown": (HEAD + "c,1,wombat,6,7,1,6,5\n", ARM, 1, "row 2: rater: not a rater role"),
    "case": (HEAD + "Jane Quokka,1,client,6,7,1,6,5\n", ARM, 1, "row 2: case: not an id"),
    "session": (HEAD + "c,quokka,client,6,7,1,6,5\n", ARM, 1, "row 2: session: not a whole number"),
    "empty": ("", ARM, 1, "t.csv: the file is empty"),
    "header only": (HEAD, ARM, 1, "t.csv, row 1: a heading and no row below it"),
    "ragged": (HEAD + GOOD + "quokka-2,1,client,6,7,1,6\n", ARM, 1, "t.csv, row 3: 7 cells where"),
    "quote": (HEAD + 'quokka-1,1,client,"6"98321,7,1,6,5\n', ARM, 1, "row 2: a quoted cell is not"),
    "encoding": (
        (HEAD.replace("\n", ",x\n") + "quokka-1,1,client,6,7,1,6,5,b\xefl").encode("cp1252"),
        ARM, 1, "t.csv, row 2: not utf-8: name the file's encoding",
    ),
    "encoding unknown": (HEAD + GOOD, (*ARM, "--encoding", "x"), 2, "no such encoding"),
    "encoding of no text": (HEAD + GOOD, (*ARM, "--encoding", "rot13"), 2, "'--encoding': no such"),
    "two forms": (HEAD + GOOD * 2, ARM, 1, "row 3: a second form with the key of row 2"),
    "rows apart": (
        LONG + "quokka-1,1,client,1,4\nquokka-2,1,client,1,4\nquokka-1,1,client,2,4\n", ARM, 1,
        "row 2: the rows of one form are not together, it goes on at row 4: sort the table",
    ),
    "long line": ("98321" * 300_000, ARM, 1, "t.csv, row 1: longer than 1048576 characters"),
    "no csv": (b"PK\x03\x04\xff\xfe\x00quokka", ARM, 1, "t.csv: this is a workbook"),
    "delimiter": (HEAD + GOOD, (*ARM, "--delimiter", "ab"), 2, "'--delimiter': one character"),
    "no header": (GOOD + GOOD, ARM, 1, "t.csv, row 1: no column 'case'"),
    "unit": (HEAD + GOOD, (*ARM, "--unit", "mm"), 2, "--unit: arm-5 has no visual analogue"),
    "order": (HEAD + GOOD, (*ARM, "--order", "98"), 2, "--order: arm-5 has no such order of print"),
    "open measure": (
        "case,session,rater,1,2,3,4,5,6\nquokka-1,1,client,1,2,3,4,98321,6\n",
        ("--measure", "sai"), 1, "sai",
    ),
}  # fmt: skip


def _clean(ran: Ran, code: int, told: str) -> None:
    assert (ran.code, ran.out) == (code, "")
    assert told in ran.err
    assert "Traceback" not in ran.err
    assert not [canary for canary in CANARIES if canary in ran.err.lower()]


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_told(alliance: Run, make: Make, tmp_path: Path, name: str) -> None:
    content, said, code, told = BAD[name]
    table, out = make(content), make("old", "out.csv")
    for to in ((), ("--json",), ("-o", out), ("-o", tmp_path / "new.csv")):
        _clean(alliance("score", table, *said, *to), code, told)
    _clean(alliance("detect", table, *said), code, told)
    assert out.read_text() == "old"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["out.csv", "t.csv"]


@pytest.mark.parametrize("name", BAD)
def test_rejects_hold_no_person(alliance: Run, make: Make, tmp_path: Path, name: str) -> None:
    content, said, _, told = BAD[name]
    ran = alliance("score", make(content), *said, "--keep-going", "-o", tmp_path / "out.csv")
    assert ran.code in (1, 2)
    assert not [canary for canary in CANARIES if canary in ran.err]
    rejects = tmp_path / "out.rejects.csv"
    if rejects.exists():
        text = rejects.read_text()
        assert told.rpartition(": ")[2].split(",")[0] in text
        assert not [canary for canary in CANARIES if canary in text]
    assert rejects.exists() == (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("name", ["above", "empty", "encoding", "two forms", "unknown measure"])
def test_the_real_command_says_the_same(make: Make, name: str) -> None:
    content, said, code, told = BAD[name]
    _clean(process("score", make(content), *said), code, told)


@pytest.mark.parametrize("place", ["nowhere/o.csv", "t.csv/o.csv", "o", "o.xlsx", "", "folder"])
def test_a_target_that_cannot_be_written(
    alliance: Run, make: Make, tmp_path: Path, place: str
) -> None:
    table = make(HEAD + GOOD)
    (tmp_path / "folder").mkdir()
    before = sorted(tmp_path.rglob("*"))
    _clean(alliance("score", table, *ARM, "-o", tmp_path / place), 2, "")
    if place.endswith("o.csv"):
        said = ("--keep-going", "--rejects", tmp_path / place)
        _clean(alliance("score", table, *ARM, *said), 2, "o.csv: cannot be written: ")
        new = ("-o", tmp_path / "new.csv")
        _clean(alliance("score", table, *ARM, *new, *said), 2, "o.csv: cannot be written: ")
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("score",), "Missing argument 'FILE'"),
        (("score", "nowhere.csv"), "does not exist"),
        (("score", "."), "is a directory"),
        (("score", "{table}", "--frob"), "No such option"),
        (("score", "{table}", "--map", "nowhere.toml"), "does not exist"),
        (("score", "{table}", "--decimal", "x"), "Invalid value for '--decimal'"),
        (("inspect", "{table}", "--encoding", "x"), "'--encoding': no such encoding"),
        (("inspect", "{table}", "--delimiter", ";;"), "'--delimiter': one character"),
        (("frob",), "No such command"),
        (("inspect", "nowhere.csv"), "does not exist"),
        (("check", "nowhere.toml"), "does not exist"),
        (("detect", "nowhere.csv"), "does not exist"),
    ],
)
def test_wrong_usage(alliance: Run, make: Make, arguments: tuple[str, ...], told: str) -> None:
    table = str(make(HEAD + GOOD))
    _clean(alliance(*(each.format(table=table) for each in arguments)), 2, told)


def test_a_pipe_is_refused_because_a_table_is_read_twice(alliance: Run) -> None:
    ran = alliance("score", "/dev/null", *ARM)
    assert (ran.code, ran.out) == (1, "")
    assert "null: cannot be read: not a regular file" in ran.err


@pytest.mark.parametrize("content", ["[" + "a." * 100_000 + "a]", "a=" + "[" * 100_000])
@pytest.mark.parametrize("option", ["--map", "--key", "--measure"])
def test_a_toml_of_nested_tables(alliance: Run, make: Make, option: str, content: str) -> None:
    said = (option, make(content, "deep.toml"))
    ran = alliance("score", make(HEAD + GOOD), *ARM, *said)
    _clean(ran, 1, "deep.toml: nested deeper than 32 levels")
