"""Arguments of ``score_file`` that are of another kind: one line that says what is needed."""

from pathlib import Path
from typing import Any

import pandas as pd  # type: ignore[import-untyped]
import pyarrow as pa  # type: ignore[import-untyped]
import pytest

import therapeutic_alliance as ta
from tests.frames.files.forms import ITEMS, WAI, forms, get, parquet
from therapeutic_alliance.frames.files.score_file import score_file

COLUMNS = "columns: a mapping of item ids to column names is needed"
KEY = (
    "key: a mapping of case, session, date, measure, rater, person, occasion to columns is needed, "
    "or None"
)
CODES = "codes: texts or numbers are needed, such as '99'"
SOURCE = "source: the path of a file of columns, a CsvFile or a DuckTable is needed"


def _told(source: Any, out: Any, **how: Any) -> str:
    with pytest.raises(ta.AllianceError) as caught:
        score_file(WAI, source, out, **how)
    assert caught.value.__context__ is None
    return str(caught.value)


@pytest.mark.parametrize(
    ("how", "rule"),
    [
        *(({"columns": each}, COLUMNS) for each in (None, ["1"], ta.frames.LongTable(by="case"))),
        *(({"key": each}, KEY) for each in ("case", ["case"], [1], {"cases": "who"})),
        *(({"codes": each}, CODES) for each in (None, [None], b"99", {"99": 1}, True, [True])),
    ],
)
def test_one_line_says_what_is_needed(tmp_path: Path, how: Any, rule: str) -> None:
    assert _told(parquet(forms(3), tmp_path), tmp_path / "out.parquet", **how) == rule
    assert not (tmp_path / "out.parquet").exists()


@pytest.mark.parametrize("source", [None, 3, WAI, pd.DataFrame(), b"in.parquet"])
def test_what_is_no_place(tmp_path: Path, source: Any) -> None:
    assert _told(source, tmp_path / "out.parquet") == SOURCE
    there = parquet(forms(3), tmp_path)
    assert _told(there, source) == "out: the path of the file to write is needed"


@pytest.mark.parametrize("codes", ["99", 99, 99.0, ["99"], [99], ("99", "98"), {"99"}])
def test_one_code_or_several(tmp_path: Path, codes: Any) -> None:
    """``"99"`` is a code, and not two nines."""
    wide: Any = {item: pa.array([9, 99, 5], pa.int8()) for item in ITEMS}
    out = tmp_path / "out.parquet"
    done = score_file(
        WAI, parquet(pa.table(wide), tmp_path), out, codes=codes, invalid="null-and-count"
    )
    assert get(out)["wai_sr_missing"].to_pylist() == [0, 12, 0]
    assert get(out)["wai_sr_invalid"].to_pylist() == [12, 0, 0]
    assert all(isinstance(code, str) for code in done.provenance["missing_codes"])


def test_a_file_of_which_every_answer_is_refused(tmp_path: Path) -> None:
    wide: Any = {item: [9] * 200 for item in ITEMS}
    with pytest.raises(ta.TableError) as caught:
        score_file(WAI, parquet(pa.table(wide), tmp_path), tmp_path / "out.parquet")
    assert (len(caught.value.problems), caught.value.count) == (1000, 2400)
    assert str(caught.value).endswith("\n... and 2380 more")


@pytest.mark.parametrize("name", ["no.parquet", "no.arrow", "no.csv", "no.duckdb"])
def test_a_file_that_is_not_there(tmp_path: Path, name: str) -> None:
    """In the words of the system, without the folder."""
    path = tmp_path / name
    source = ta.frames.DuckTable(path, "forms") if path.suffix == ".duckdb" else path
    told = _told(source, tmp_path / "out.parquet")
    assert told == f"{name}: cannot be read: No such file or directory"
