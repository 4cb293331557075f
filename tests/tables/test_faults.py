"""Tables that are damaged: ragged, badly quoted, endless; and answers that no scale has."""

import subprocess
import sys
from pathlib import Path

import pytest

import therapeutic_alliance as ta
from tests.tables.tables import ARM, problems, scored, text, write

HEAD = "case,session,rater,1,2,3,4,5\n"
GOOD = "c1,1,client,6,7,1,6,5\n"


@pytest.mark.parametrize(
    "row", ["c9,1,client,6,7,1,6\n", "c9,1,client,6,7,1,6,5,\n", "c9\n", " \n"]
)
def test_a_ragged_row(tmp_path: Path, row: str) -> None:
    path = text(tmp_path / "t.csv", HEAD + GOOD + row + "c2,1,client,6,7,1,6,5\n")
    rows = scored(path, measure="arm-5")
    assert [each.sheet is not None for each in rows] == [True, False, True]
    cells = row.count(",") + 1
    assert problems(path, measure="arm-5") == [
        f"t.csv, row 3: {cells} cells where the heading has 8"
    ]


@pytest.mark.parametrize(
    "row", ['c9,1,client,"6"7,7,1,6,5\n', 'c9,1,client,"6,7,1,6,5\n', 'c9,1,client,6,7,1,6,"5']
)
def test_a_quote_that_is_not_closed(tmp_path: Path, row: str) -> None:
    path = text(tmp_path / "t.csv", HEAD + GOOD + row)
    with pytest.raises(ta.TableError) as caught:
        scored(path, measure="arm-5")
    assert str(caught.value) == "t.csv, row 3: a quoted cell is not closed properly"
    assert caught.value.__context__ is None


def test_a_cell_that_is_too_long(tmp_path: Path) -> None:
    path = text(tmp_path / "t.csv", HEAD + GOOD + "c" * 140_000 + ",1,client,6,7,1,6,5\n")
    with pytest.raises(ta.TableError) as caught:
        scored(path, measure="arm-5")
    assert str(caught.value) == "t.csv, row 3: a cell is too long"


def test_a_row_of_too_many_cells(tmp_path: Path) -> None:
    for row, content in ((1, "1," * 10_000), (2, HEAD + "," * 10_000)):
        with pytest.raises(ta.TableError) as caught:
            scored(text(tmp_path / "t.csv", content), measure="arm-5")
        assert str(caught.value) == f"t.csv, row {row}: more than 10000 cells"


PEAK = """
import sys
import therapeutic_alliance as ta
from therapeutic_alliance.importers.mapping import TableMap
from therapeutic_alliance.importers.table import FormTable
try:
    for row in FormTable(sys.argv[1], TableMap(measure="arm-5"), ta.Registry().measure):
        pass
except ta.TableError as error:
    print(error)
# not ru_maxrss, which a process inherits from the one that started it
print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
"""


@pytest.mark.parametrize(
    ("head", "row"), [(b"", 1), ((HEAD + GOOD).encode(), 3), ((HEAD + 'c9,1,"').encode(), 2)]
)
def test_a_line_of_100_mb_is_refused_unread(tmp_path: Path, head: bytes, row: int) -> None:
    path = tmp_path / "t.csv"
    with path.open("wb") as file:
        file.write(head)
        file.truncate(100_000_000)  # sparse: the rest of the line is NUL
    ran = subprocess.run(
        [sys.executable, "-c", PEAK, str(path)], capture_output=True, text=True, check=True
    )
    told, peak = ran.stdout.splitlines()
    rule = "longer than 1048576 characters: is this a table with one form a line?"
    assert told == f"t.csv, row {row}: {rule}"
    assert int(peak) < 80_000  # kB
    assert ran.stderr == ""


def test_a_record_of_endless_lines_is_refused_unread(tmp_path: Path) -> None:
    path = text(tmp_path / "t.csv", HEAD + GOOD + '"x\n",' * 5_000_000)
    ran = subprocess.run(
        [sys.executable, "-c", PEAK, str(path)], capture_output=True, text=True, check=True
    )
    told, peak = ran.stdout.splitlines()
    rule = "a record longer than 1048576 characters: are its quotes closed?"
    assert told == f"t.csv, row 3: {rule}"
    assert int(peak) < 120_000  # kB


@pytest.mark.parametrize(
    ("measure", "cell", "rule"),
    [
        ("arm-5", "0", "below the lowest answer, 1"),
        ("arm-5", "8", "above the highest answer, 7"),
        ("arm-5", "4.5", "not a whole number"),
        ("arm-5", "98321", "above the highest answer, 7"),
        ("arm-5", "-98321", "below the lowest answer, 1"),
        ("srs", "7.35", "not on a step of 0.1"),
        ("wai-sr", "7", "above the highest answer, 5"),
        ("arm-5", "nan", "not a number, and neither a missing code nor a label of the map"),
        ("arm-5", "True", "not a number, and neither a missing code nor a label of the map"),
        ("arm-5", "quokka", "not a number, and neither a missing code nor a label of the map"),
    ],
)
def test_an_answer_that_no_scale_has(tmp_path: Path, measure: str, cell: str, rule: str) -> None:
    items = ta.Registry().measure(measure).items
    rows = [["case", "session", "rater", *items]]
    rows.append(["c1", "1", "client", *["3"] * (len(items) - 1), cell])
    path = write(tmp_path / "t.csv", rows)
    assert problems(path, measure=measure) == [f"t.csv, row 2, item {items[-1]}: {rule}"]


@pytest.mark.parametrize("label", [float("nan"), float("inf"), 4.5, 8])
def test_a_label_does_not_get_round_the_scale(tmp_path: Path, label: float) -> None:
    path = write(
        tmp_path / "t.csv", [["case", "session", "rater", *ARM], ["c1", 1, "client", *"5555", "x"]]
    )
    [told] = problems(path, measure="arm-5", labels={"x": label})
    assert told.startswith("t.csv, row 2, item 5: ")


def test_no_problem_quotes_a_person(tmp_path: Path) -> None:
    path = text(tmp_path / "t.csv", HEAD + "quokka 1,1,client,98321,wombat,4.25,1e9,numbat\n")
    told = " ".join(problems(path, measure="arm-5"))
    assert told.count("row 2") == 4
    assert not [sung for sung in ("quokka", "98321", "wombat", "4.25", "numbat") if sung in told]
