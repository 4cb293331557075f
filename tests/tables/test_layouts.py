"""Wide and long tables, several measures in one, columns that are nobody's."""

from pathlib import Path

import pytest

import therapeutic_alliance as ta
from tests.tables.tables import ARM, REGISTRY, WAI, problems, read, score_table, scored, write

ARM_ROW = [6, 7, 1, 6, 5]
WAI_ROW = [5, 4, 4, 3, 4, 5, 3, 4, 4, 5, 2, 4]


def test_wide_gives_the_scores_table(tmp_path: Path) -> None:
    head = ["case", "session", "date", "rater", "person", "occasion", "measure", *WAI]
    row = ["c1", 3, "2026-03-01", "client", "p1", "pre", "wai-sr", *WAI_ROW]
    [task, bond, goal, total] = score_table(scored(write(tmp_path / "t.csv", [head, row])))
    measure = REGISTRY.measure("wai-sr")
    assert bond == {
        "case": "c1",
        "session": 3,
        "date": "2026-03-01",
        "rater": "client",
        "person": "p1",
        "occasion": "pre",
        "measure": "wai-sr",
        "score": "bond",
        "metric": "sum",
        "value": 15.0,
        "low": 4.0,
        "high": 20.0,
        "answered": 4,
        "of": 4,
        "status": "scored",
        "measure_version": measure.version,
        "definition_sha256": measure.fingerprint,
        "provider": "therapeutic-alliance",
        "library_version": ta.__version__,
    }
    assert [each["value"] for each in (task, goal, total)] == [18.0, 14.0, 47.0]


def test_long_gives_the_same(tmp_path: Path) -> None:
    who = ["c1", 1, "client", "arm-5"]
    wide = write(
        tmp_path / "w.csv", [["case", "session", "rater", "measure", *ARM], [*who, *ARM_ROW]]
    )
    long = [["case", "session", "rater", "measure", "item", "answer"]]
    long += [[*map(str, who), item, str(given)] for item, given in zip(ARM, ARM_ROW, strict=True)]
    shuffled = [long[0], *long[:0:-1]]
    expected = score_table(scored(wide))
    for rows in (long, shuffled):
        assert score_table(scored(write(tmp_path / "l.csv", rows))) == expected


def test_an_item_absent_from_a_long_form_is_not_answered(tmp_path: Path) -> None:
    rows = [["case", "session", "rater", "item", "answer"]]
    rows += [["c1", "1", "client", item, "4"] for item in ARM[:-1]]
    path = write(tmp_path / "l.csv", rows)
    [total] = score_table(scored(path, measure="arm-5"))
    assert (total["value"], total["answered"], total["status"]) == (None, 4, "not-scorable")
    [total] = score_table(scored(path, measure="arm-5", rule=ta.Prorate(0.8)))
    assert (total["value"], total["status"]) == (4.0, "prorated")


def test_several_measures_in_one_wide_table(tmp_path: Path) -> None:
    head = ["case", "session", "rater", "measure", *WAI]
    rows = [
        ["c1", 1, "client", "wai-sr", *WAI_ROW],
        ["c1", 1, "client", "arm-5", *ARM_ROW, *[""] * 7],
        ["c1", 2, "client", "arm-5", *ARM_ROW, 3, *[""] * 6],
    ]
    path = write(tmp_path / "t.csv", [head, *rows])
    good = scored(path)
    assert [row.sheet and row.sheet.measure.id for row in good] == ["wai-sr", "arm-5", None]
    assert problems(path) == ["t.csv, row 4: column 10 holds an answer to no item of arm-5"]


def test_a_missing_code_in_a_column_of_another_form_is_no_answer(tmp_path: Path) -> None:
    head = ["case", "session", "rater", "measure", *WAI]
    row = ["c1", 1, "client", "arm-5", *ARM_ROW, *["-9"] * 7]
    path = write(tmp_path / "t.csv", [head, row])
    assert problems(path, missing=frozenset({"-9"})) == []
    assert len(problems(path)) == 7


def test_a_mapped_column_of_another_form_counts_as_an_answer_too(tmp_path: Path) -> None:
    names = {str(n): f"w{n}" for n in range(1, 13)}
    head = ["case", "session", "rater", "measure", *names.values()]
    row = ["c1", 1, "client", "arm-5", *ARM_ROW, *[4] * 7]
    path = write(tmp_path / "t.csv", [head, row])
    assert len(problems(path, items=names)) == 7
    with pytest.raises(ta.TableError, match="arm-5 has no item 6, 7, 8, 9, 10, 11, 12"):
        scored(path, measure="arm-5", items=names)
    own = {item: names[item] for item in ARM}
    assert problems(path, measure="arm-5", items=own) == []


def test_a_missing_code_in_a_column_of_another_form_is_that_number(tmp_path: Path) -> None:
    head = ["case", "session", "rater", *ARM, "6"]
    path = write(tmp_path / "t.csv", [head, ["c1", 1, "client", *ARM_ROW, "99.0"]])
    assert problems(path, measure="arm-5", missing=frozenset({"99"})) == []
    assert len(problems(path, measure="arm-5", missing=frozenset({"98"}))) == 1


def test_columns_that_are_nobodys_are_counted_not_read(tmp_path: Path) -> None:
    head = ["note", "case", "session", "rater", *ARM, "age"]
    row = ["=1+1 says: 9", "c1", 1, "client", *ARM_ROW, "unknown"]
    table = read(write(tmp_path / "t.csv", [head, row]), measure="arm-5")
    assert [row.problems for row in table] == [()]
    assert table.remarks == ("columns not used: 2",)


@pytest.mark.parametrize(("suffix", "delimiter"), [(".csv", ","), (".tsv", "\t"), (".tab", "\t")])
def test_the_suffix_says_the_delimiter(tmp_path: Path, suffix: str, delimiter: str) -> None:
    rows = [["case", "session", "rater", *ARM], ["c1", 1, "client", *ARM_ROW]]
    path = write(tmp_path / f"t{suffix}", rows, delimiter)
    [total] = score_table(scored(path, measure="arm-5"))
    assert total["value"] == 6.2


def test_blank_lines_are_left_out_and_rows_keep_their_number(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(
        '\ncase,session,rater,1,2,3,4,5,note\n\nc1,1,client,6,7,1,6,5,"two\nlines"\n'
        ",,,,,,,,\nc1,2,client,6,7,1,6,8,\n"
    )
    assert [row.row for row in scored(path, measure="arm-5")] == [4, 7]
    assert problems(path, measure="arm-5") == ["t.csv, row 7, item 5: above the highest answer, 7"]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends(tmp_path: Path, end: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(
        end.join(["case,session,rater,1,2,3,4,5", "c1,1,client,6,7,1,6,5"]).encode() + end.encode()
    )
    assert score_table(scored(path, measure="arm-5"))[0]["value"] == 6.2


def test_an_alias_names_the_measure(tmp_path: Path) -> None:
    measure = next(each for each in REGISTRY.measures.values() if each.aliases)
    rows = [["case", "session", "rater", "measure", *measure.items]]
    rows.append(["c1", "1", measure.raters[0], measure.aliases[0], *[""] * len(measure.items)])
    path = write(tmp_path / "t.csv", rows)
    [row] = scored(path)
    assert row.sheet is not None
    assert row.sheet.form is not None
    assert row.sheet.form.measure == measure.id
    assert problems(path, measure=measure.id) == []
    assert problems(path, measure="arm-5") == [
        "t.csv, row 2: measure: the row is of another measure than arm-5"
    ]
