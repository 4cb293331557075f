"""The forms of a table, for programs: the same as the command reads."""

from pathlib import Path

import pytest

import therapeutic_alliance as ta
from therapeutic_alliance.importers.simulated import example_path

TIDY = "case,session,rater,1,2,3,4,5\nc1,1,client,6,7,1,6,5\n"


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_the_measure_column_says_which() -> None:
    assert tuple(ta.read_forms(example_path("caseload"))) == ta.example("caseload")


def test_an_edition_can_be_given(tmp_path: Path) -> None:
    wide = ta.Registry().measure("arm-5").stated(low=0, high=9)
    path = written(tmp_path / "t.csv", TIDY.replace("6,7", "9,0"))
    [form] = ta.read_forms(path, wide)
    assert ta.score(wide, form)["total"].value == pytest.approx(5.6)


def test_rater_and_mapping(tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", "who,session,1,2,3,4,5\nc1,1,6,7,1,6,99\n")
    mapping = written(tmp_path / "m.toml", '[columns]\ncase = "who"\n[codes]\nmissing = [99]\n')
    measure = ta.Registry().measure("arm-5")
    [form] = ta.read_forms(path, measure, rater="therapist", mapping=mapping)
    assert (form.rater, form.answers["5"]) == ("therapist", None)


def test_it_streams_up_to_the_first_bad_row(tmp_path: Path) -> None:
    forms = ta.read_forms(
        written(tmp_path / "t.csv", TIDY + "c1,2,client,6,7,1,6,x\n"),
        ta.Registry().measure("arm-5"),
    )
    assert next(forms).session == 1
    with pytest.raises(ta.TableError, match=r"^t.csv, row 3, item 5: not a number"):
        next(forms)


def test_another_registry_is_asked(tmp_path: Path) -> None:
    own = ta.loads(
        "measure",
        '{"id": "own", "version": "1", "name": "Own", "raters": ["client"], "items": 1,'
        ' "scale": {"low": 0, "high": 4},'
        ' "scores": [{"id": "total", "items": ["1"], "aggregate": "sum"}]}',
    )
    folder = tmp_path / "measures"
    folder.mkdir()
    written(folder / "own.json", ta.dumps(own))
    path = written(tmp_path / "t.csv", "case,session,rater,measure,1\nc1,1,client,own,3\n")
    with pytest.raises(ta.TableError):
        list(ta.read_forms(path))
    [form] = ta.read_forms(path, registry=ta.Registry().with_path(folder))
    assert form.measure == "own"
