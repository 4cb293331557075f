"""The heading: what has to be there, once."""

from pathlib import Path
from typing import Any

import pytest

import therapeutic_alliance as ta
from tests.tables.tables import ARM, read, scored, text, write

TIDY = ["case", "session", "rater", *ARM]
ROW = ["c1", 1, "client", 6, 7, 1, 6, 5]


def _refused(path: Path, **said: Any) -> list[str]:
    with pytest.raises(ta.TableError) as caught:
        scored(path, **said)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff", "\ufeff\n", ",,,\n"])
def test_an_empty_file(tmp_path: Path, content: str) -> None:
    path = text(tmp_path / "t.csv", content)
    assert _refused(path) == ["t.csv: the file is empty"]


@pytest.mark.parametrize("content", ["", "\n", "\n\n", "\r\n"])
@pytest.mark.parametrize(
    "layout", ["case,session,rater,1,2,3,4,5", "case,session,rater,item,answer"]
)
def test_a_heading_alone(tmp_path: Path, layout: str, content: str) -> None:
    path = text(tmp_path / "t.csv", layout + content)
    assert _refused(path, measure="arm-5") == ["t.csv, row 1: a heading and no row below it"]


@pytest.mark.parametrize(
    ("head", "said", "expected"),
    [
        (["session", "rater", *ARM], {}, "no column 'case'"),
        (["case", "rater", *ARM], {}, "no column 'session' or 'date'"),
        (["case", "session", *ARM], {}, "no column 'rater'"),
        (TIDY, {"measure": None}, "no column 'measure'"),
        (TIDY, {"columns": {"person": "who"}}, "column for person is not there"),
        ([*TIDY, "case"], {}, "two columns could be the case"),
        ([*TIDY, "item"], {}, "needs both an 'item' and an 'answer' column"),
        ([*TIDY, "answer"], {}, "needs both an 'item' and an 'answer' column"),
        (["case", "session", "rater", *ARM[:-1]], {}, "none or several for item 5"),
        ([*TIDY, "5"], {}, "none or several for item 5"),
        (TIDY, {"items": {"1": "5"}}, "none or several for item 1, 5"),
        (TIDY, {"items": {"2": "q2"}}, "that [items] names is not there, for item 2"),
        (TIDY, {"columns": {"person": "case"}}, "one heading is used for case and person"),
        (TIDY, {"items": {"5": "case"}}, "one heading is used for case and item 5"),
        (["case;session;1"], {}, "one column only, and its heading has ';': say --delimiter ';'"),
        (["case\tsession"], {}, "one column only, and its heading has tab: say --delimiter tab"),
        (["case|session"], {}, "one column only, and its heading has '|': say --delimiter '|'"),
    ],
)
def test_a_faulty_heading(
    tmp_path: Path, head: list[str], said: dict[str, Any], expected: str
) -> None:
    path = write(tmp_path / "t.csv", [head, [*ROW, *[""] * 3][: len(head)]])
    [told] = _refused(path, **{"measure": "arm-5", **said})
    assert told.startswith("t.csv, row 1: ")
    assert expected in told


def test_every_fault_at_once(tmp_path: Path) -> None:
    path = text(tmp_path / "t.csv", "1,2,3\n1,2,3\n")
    assert [told.split("'")[1] for told in _refused(path)] == [
        "case",
        "session",
        "rater",
        "measure",
    ]


def test_headings_are_compared_without_outer_spaces(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", [[f" {name} " for name in TIDY], ROW])
    assert all(row.sheet for row in scored(path, measure="arm-5"))


def test_a_guarded_heading_is_found_by_its_name(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", [["case", "session", "rater", *ARM[:-1], "'-5"], ROW])
    assert all(row.sheet for row in scored(path, measure="arm-5", items={"5": "-5"}))


def test_a_heading_is_never_quoted(tmp_path: Path) -> None:
    """Without a heading, the first row is a person's."""
    path = write(tmp_path / "t.csv", [["quokka", "98321", "wombat"], ["quokka", "98321", "x"]])
    for told in _refused(path):
        assert not {"quokka", "98321", "wombat"} & set(told.replace("'", " ").split())


def test_rater_and_measure_for_the_whole_table(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", [["case", "session", *ARM], [ROW[0], ROW[1], *ROW[3:]]])
    [row] = read(path, measure="arm-5", rater="client")
    assert row.form is not None
    assert (row.form.measure, row.form.rater) == ("arm-5", "client")


def test_no_such_file(tmp_path: Path) -> None:
    assert _refused(tmp_path / "t.csv") == ["t.csv: cannot be read: No such file or directory"]


def test_a_folder_or_a_device_is_no_table(tmp_path: Path) -> None:
    assert _refused(tmp_path) == [f"{tmp_path.name}: cannot be read: not a regular file"]
    assert _refused(Path("/dev/zero")) == ["zero: cannot be read: not a regular file"]
