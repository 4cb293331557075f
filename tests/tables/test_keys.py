"""Who and when: dates, sessions, raters, forms that stand twice, rows that are apart."""

from pathlib import Path

import pytest

import therapeutic_alliance as ta
from tests.tables.tables import ARM, REGISTRY, problems, read, scored, write
from therapeutic_alliance.importers.keys import TrustedForms
from therapeutic_alliance.importers.mapping import TableMap
from therapeutic_alliance.importers.table import FormTable

HEAD = ["case", "session", "rater", "person", "occasion", "measure", *ARM]
GOOD = ["c1", "1", "client", "p1", "pre", "arm-5", *"67165"]
LONG = ["case", "session", "rater", "item", "answer"]


def test_sessions_are_numbered_by_date_and_that_is_said(tmp_path: Path) -> None:
    dates = ["2026-03-08", "2026-03-01", "2026-03-08T17:30:00+01:00", "20260401"]
    raters = ["client", "client", "therapist", "client"]
    rows = [["case", "date", "rater", *ARM]]
    rows += [["c1", day, rater, *"44444"] for day, rater in zip(dates, raters, strict=True)]
    rows.append(["c2", "2026-09-09", "client", *"44444"])
    table = read(write(tmp_path / "t.csv", rows), measure="arm-5")
    forms = [row.form for row in table]
    assert [form and form.session for form in forms] == [2, 1, 2, 3, 1]
    said = "sessions are numbered by date, from 1 for each case; a missed one leaves no gap"
    assert table.remarks[0] == said


@pytest.mark.parametrize("day", ["2026-W01-1", "2026-001", "2026-13-01", "1.3.2026", "2026-3-1"])
def test_other_dates_are_refused(tmp_path: Path, day: str) -> None:
    rows = [["case", "session", "date", "rater", *ARM], ["c1", "1", day, "client", *"44444"]]
    [row] = read(write(tmp_path / "t.csv", rows), measure="arm-5")
    assert [problem.rule for problem in row.problems] == ["date: not a date such as 2026-03-01"]


def test_a_session_column_holds_over_dates(tmp_path: Path) -> None:
    rows = [["case", "session", "date", "rater", *ARM]]
    rows += [["c1", "7", "2026-03-01", "client", *"44444"], ["c1", "8", "", "client", *"44444"]]
    table = read(write(tmp_path / "t.csv", rows), measure="arm-5")
    assert [row.form and (row.form.session, row.form.date is None) for row in table] == [
        (7, False),
        (8, True),
    ]
    assert table.remarks == ()


@pytest.mark.parametrize("day", ["1.3.2026", "03/01/2026", "2026-02-30", "46082", "", "yesterday"])
def test_what_is_no_date(tmp_path: Path, day: str) -> None:
    rows = [["case", "date", "rater", *ARM], ["c1", day, "client", *"44444"]]
    [told] = problems(write(tmp_path / "t.csv", rows), measure="arm-5")
    assert told.startswith("t.csv, row 2: date: ")
    assert not day or day not in told


@pytest.mark.parametrize(("cell", "session"), [("1", 1), ("007", 7), ("3.0", 3), (" 2 ", 2)])
def test_sessions(tmp_path: Path, cell: str, session: int) -> None:
    rows = [HEAD, [GOOD[0], cell, *GOOD[2:]]]
    [row] = read(write(tmp_path / "t.csv", rows))
    assert row.form is not None
    assert row.form.session == session


@pytest.mark.parametrize(
    ("column", "cell", "rule"),
    [
        ("session", "0", "session: not a whole number from 1 to 999999999"),
        ("session", "-98321", "session: not a whole number from 1 to 999999999"),
        ("session", "2.5", "session: not a whole number from 1 to 999999999"),
        ("session", "", "session: not a whole number from 1 to 999999999"),
        ("session", "9832198321", "session: not a whole number from 1 to 999999999"),
        ("case", "", "case: not an id"),
        ("case", "Jane Quokka", "case: not an id"),
        ("case", "q" * 65, "case: not an id"),
        ("person", "Dr. Quokka!", "person: not an id"),
        ("rater", "quokka", "rater: not a rater role: client, therapist"),
        ("rater", "", "rater: not a rater role"),
        ("rater", "observer", "rater: arm-5 accepts these raters only: client, therapist"),
        ("occasion", "quokka", "occasion: neither pre nor post"),
        ("measure", "", "measure: the cell is empty"),
        ("measure", "arm5", "measure: no such measure; did you mean 'arm-5'?"),
        ("measure", "Quokka; hates; Mondays", "measure: no such measure; "),
        ("measure", "quokka.toml", "measure: no such measure; "),
    ],
)  # fmt: skip
def test_a_faulty_key_cell(tmp_path: Path, column: str, cell: str, rule: str) -> None:
    row = [cell if name == column else given for name, given in zip(HEAD, GOOD, strict=True)]
    path = write(tmp_path / "t.csv", [HEAD, GOOD, row])
    [told] = problems(path)
    assert told.startswith(f"t.csv, row 3: {rule}")
    assert not cell or cell in ("0", "2.5", "observer") or cell not in told
    assert "uokka" not in told
    assert "Mondays" not in told


def test_every_fault_of_a_row_is_told(tmp_path: Path) -> None:
    row = ["not an id", "1", "quokka", "", "", "arm-5", "x", "9", "4.5", "", "True"]
    found = problems(write(tmp_path / "t.csv", [HEAD, row]))
    assert [told.split(": ")[0] + told.split(": ")[1] for told in found] == [
        "t.csv, row 2, item 1not a number, and neither a missing code nor a label of the map",
        "t.csv, row 2, item 5not a number, and neither a missing code nor a label of the map",
        "t.csv, row 2case",
        "t.csv, row 2rater",
    ]


def test_a_guarded_id_is_the_id(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", [HEAD, ["'-c1", *GOOD[1:]], ["-c1", *GOOD[1:]]])
    [first, second] = scored(path)
    assert first.sheet is not None
    assert first.sheet.form is not None
    assert first.sheet.form.case == "-c1"
    assert "a second form with the key of row 2" in str(second.problems[0])


@pytest.mark.parametrize("column", range(5))
def test_forms_that_differ_in_one_part_of_the_key_are_two(tmp_path: Path, column: int) -> None:
    other = ["c2", "2", "therapist", "p2", "post"]
    row = [*GOOD]
    row[column] = other[column]
    assert problems(write(tmp_path / "t.csv", [HEAD, GOOD, row])) == []


def test_a_second_form_names_both_rows(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", [HEAD, GOOD, ["c2", *GOOD[1:]], GOOD, GOOD])
    rule = "a second form with the key of row 2 (case, session, measure, rater, ...)"
    assert problems(path) == [f"t.csv, row 4: {rule}", f"t.csv, row 5: {rule}"]


def test_a_bad_form_keeps_its_key(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", [HEAD, [*GOOD[:-1], "x"], GOOD])
    assert "key of row 2" in problems(path)[1]


def test_trusted_keys_are_not_compared(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", [HEAD, GOOD, GOOD])
    table = FormTable(path, TableMap(), REGISTRY.measure, TrustedForms())
    assert [row.problems for row in table] == [(), ()]


def test_an_item_twice_in_a_long_form(tmp_path: Path) -> None:
    rows = [LONG, *(["c1", "1", "client", item, "4"] for item in [*ARM, "2"])]
    [told] = problems(write(tmp_path / "t.csv", rows), measure="arm-5")
    assert told == "t.csv, row 7, item 2: stands twice in one form, first at row 3"


@pytest.mark.parametrize("item", ["6", "quokka", "", "01"])
def test_a_row_of_no_item(tmp_path: Path, item: str) -> None:
    rows = [LONG, *(["c1", "1", "client", each, "4"] for each in [*ARM, item])]
    [told] = problems(write(tmp_path / "t.csv", rows), measure="arm-5")
    assert told == "t.csv, row 7: names no item of arm-5 (1 to 5); see [items] of a mapping file"


def test_rows_of_a_form_that_are_apart(tmp_path: Path) -> None:
    first = [["c1", "1", "client", item, "4"] for item in ARM]
    second = [["c2", "1", "client", item, "4"] for item in ARM]
    path = write(tmp_path / "t.csv", [LONG, *first[:3], *second, *first[3:]])
    apart = "the rows of one form are not together"
    how = "sort the table by case, session, measure, rater, person and occasion"
    assert problems(path, measure="arm-5") == [
        f"t.csv, row 2: {apart}, it goes on at row 10: {how}",
        f"t.csv, row 10: {apart}, it began at row 2: {how}",
    ]
    assert problems(write(path, [LONG, *first, *second]), measure="arm-5") == []


def test_half_a_form_gets_no_score(tmp_path: Path) -> None:
    """A ragged row in the middle of a form; what stands before it is not the form."""
    rows = [["c1", "1", "client", item, "4"] for item in ARM]
    rows[3:3] = [["c1", "1"]]
    path = write(tmp_path / "t.csv", [LONG, *rows])
    found = scored(path, measure="arm-5", rule=ta.Prorate(0.1))
    assert [row.sheet for row in found] == [None, None, None]


def test_rows_apart_that_write_their_key_differently(tmp_path: Path) -> None:
    rows = [["c1", session, "client", item, "4"] for item in ARM for session in ("1", "01")]
    [_, told, *_] = problems(write(tmp_path / "t.csv", [LONG, *rows]), measure="arm-5")
    assert "not together" in told
