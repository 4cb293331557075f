"""The mapping file: each section and key, and strict errors with their path."""

from pathlib import Path

import pytest

import therapeutic_alliance as ta
from tests.tables.tables import ARM, REGISTRY, text, write
from therapeutic_alliance.importers.mapping import TableMap, read_mapping
from therapeutic_alliance.importers.scored import scored_rows
from therapeutic_alliance.importers.table import FormTable

FULL = """
[columns]
case = "Client no."
date = "Day"
rater = "Who"
person = "Which"
occasion = "When"
measure = "Form"

[items]
1 = "Q one"
2 = "Q two"
3 = "Q three"
4 = "Q four"
5 = "Q five"

[codes]
missing = [99, "n/a", -9.0]
rater = { K = "client", T = "therapist" }
measure = { arm = "arm-5" }
occasion = { vor = "pre", nach = "post" }

[labels]
"stimmt gar nicht" = 1
"stimmt genau" = 7.0

[coding]
encoding = "cp1252"
delimiter = ";"
decimal = ","
"""


def test_everything_that_a_mapping_says(tmp_path: Path) -> None:
    head = ["Größe", "Client no.", "Day", "Who", "Which", "When", "Form"]
    head += ["Q one", "Q two", "Q three", "Q four", "Q five"]
    rows = [
        head,
        ["-", "c1", "2026-03-08", "K", "p1", "vor", "arm", "stimmt genau", 6, "4,0", "n/a", -9],
        ["-", "c1", "2026-03-01", "K", "p1", "nach", "arm-5", "stimmt gar nicht", 2, 3, 4, 99],
    ]
    path = write(tmp_path / "t.csv", rows, ";", "cp1252")
    table = FormTable(path, read_mapping(text(tmp_path / "m.toml", FULL)), REGISTRY.measure)
    forms = [row.sheet and row.sheet.form for row in scored_rows(table)]
    assert [form and form.answers for form in forms] == [
        {"1": 7, "2": 6, "3": 4, "4": None, "5": None},
        {"1": 1, "2": 2, "3": 3, "4": 4, "5": None},
    ]
    assert [form and form.key for form in forms] == [
        ("c1", 2, "arm-5", "client", "p1", "pre"),
        ("c1", 1, "arm-5", "client", "p1", "post"),
    ]


def test_items_of_a_long_table_are_named_too(tmp_path: Path) -> None:
    names = {item: f"question-{item}" for item in ARM}
    rows = [["case", "session", "rater", "item", "answer"]]
    rows += [["c1", "1", "client", names[item], "4"] for item in ARM]
    path = write(tmp_path / "t.csv", rows)
    table = FormTable(path, TableMap(items=names, measure="arm-5"), REGISTRY.measure)
    [row] = scored_rows(table)
    assert row.sheet is not None
    assert row.sheet["total"].value == 4


def test_items_that_no_measure_has(tmp_path: Path) -> None:
    rows = [["case", "session", "rater", "measure", *ARM], ["c1", 1, "client", "arm-5", *"66266"]]
    path = write(tmp_path / "t.csv", rows)
    items = {"1": "1", "6": "q6", "7": "q7"}
    table = FormTable(path, TableMap(items=items), REGISTRY.measure)
    assert all(row.sheet for row in scored_rows(table))
    assert "[items]: arm-5 has no item 6, 7" in table.remarks
    table = FormTable(path, TableMap(items=items, measure="arm-5"), REGISTRY.measure)
    with pytest.raises(ta.TableError, match=r"t\.csv: \[items\]: arm-5 has no item 6, 7"):
        list(table)


def test_coding_of_measure_rater_unit_and_order(tmp_path: Path) -> None:
    content = '[coding]\nmeasure = "srs"\nrater = "client"\nunit = "mm"\norder = "printed"\n'
    found = read_mapping(text(tmp_path / "m.toml", content))
    assert (found.measure, found.rater, found.unit, found.order) == (
        *("srs", "client", "mm", "printed"),
    )


def test_an_empty_mapping_says_nothing(tmp_path: Path) -> None:
    assert read_mapping(text(tmp_path / "m.toml", "")) == TableMap()


def test_a_mapping_in_json(tmp_path: Path) -> None:
    found = read_mapping(text(tmp_path / "m.json", '{"codes": {"missing": ["NA", 99]}}'))
    assert found.missing == {"NA", "99"}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (
            "[colums]\ncase = 'x'",
            "$.colums: unknown section: columns, items, codes, labels, coding",
        ),
        ("columns = 5", "$.columns: not a table of names"),
        ("coding = 5", "$.coding: not a table of names"),
        ("codes = [1]", "$.codes: not a table of names"),
        ("labels = 'x'", "$.labels: not a table of names"),
        ("[[items]]\n1 = 'x'", "$.items: not a table of names"),
        ("[columns]\ncase = 5", "$.columns.case: expected str"),
        ("[columns]\nitems = 'x'", "$.columns.items: not one of case, session, date"),
        ("[items]\n1 = 5", "$.items.1: expected str"),
        ("[labels]\nnever = '1'", "$.labels.never: expected int or float"),
        ("[labels]\nnever = true", "$.labels.never: expected int or float"),
        ("[codes]\nmissing = 99", "$.codes.missing: expected list or dict"),
        ("[codes]\nmissing = {a = 'b'}", "$.codes.missing: not a list of texts and numbers"),
        ("[codes]\nmissing = [[99]]", "$.codes.missing: not a list of texts and numbers"),
        ("[codes]\nmissing = [true]", "$.codes.missing: not a list of texts and numbers"),
        ("[codes]\nrater = ['x']", "$.codes.rater: not a table of names, each with a text"),
        ("[codes]\nmeasure = {a = 5}", "$.codes.measure: not a table of names, each with a text"),
        ("[codes]\nperson = {a = 'b'}", "$.codes.person: not one of missing, rater, measure"),
        ("[coding]\nencoding = 5", "$.coding.encoding: expected str"),
        ("[coding]\ndecimal = ';'", "$.coding.decimal: one of ., ,"),
        ("[coding]\nunit = 'inch'", "$.coding.unit: one of cm, mm"),
        ("[coding]\nrater = 'nurse'", "$.coding.rater: one of client, therapist, observer, "),
        (
            "[coding]\norder = 'printed'\n[labels]\nnever = 1",
            "$.coding.order: not together with [labels]",
        ),
        ("[coding]\ndelimiter = ',,'", "$.coding.delimiter: one character"),
        ("[coding]\nquote = 'x'", "$.coding.quote: not one of encoding, delimiter"),
        ("[columns", "not TOML"),
        ("a = 1\na = 2", "not TOML"),
        ("a = " + "[" * 40, "nested deeper than 32 levels"),
        ("[" + "a." * 100_000 + "b]", "nested deeper than 32 levels"),
        ("\n".join(f"[{'a.' * n}a]" for n in range(500)), "nested deeper than 32 levels"),
        ("#" * 2_000_000, "longer than 1048576 bytes"),
        ("a = " + "9" * 5_000, "a number is too long"),
    ],
)
def test_a_faulty_mapping(tmp_path: Path, content: str, problem: str) -> None:
    with pytest.raises(ta.DocumentError) as caught:
        read_mapping(text(tmp_path / "m.toml", content))
    [told] = caught.value.problems
    assert str(told).startswith(("m.toml: ", "m.toml, "))
    assert problem in str(told)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("content", ["[1]", "5", "null", '"columns"'])
def test_json_that_is_no_mapping(tmp_path: Path, content: str) -> None:
    with pytest.raises(ta.DocumentError, match=r"m\.json: a mapping is a table of sections"):
        read_mapping(text(tmp_path / "m.json", content))


def test_a_mapping_of_another_kind(tmp_path: Path) -> None:
    with pytest.raises(ta.DocumentError, match=r"m\.csv: neither \.toml nor \.json"):
        read_mapping(text(tmp_path / "m.csv", ""))


def test_no_such_mapping(tmp_path: Path) -> None:
    with pytest.raises(ta.DocumentError, match=r"m\.toml: cannot be read: No such file"):
        read_mapping(tmp_path / "m.toml")
