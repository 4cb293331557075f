"""Polars needs no PyArrow: flags and statistics are the same without."""

import polars as pl
import pytest

import therapeutic_alliance as ta
from therapeutic_alliance.frames.eager import answers, attach

SESSIONS = pl.DataFrame(
    {
        "case": [7, 9, 7, 7, 7],
        "session": [2, 1, 1, 3, 4],
        "score": [3.4, 4.0, 4.2, 4.1, None],
    }
)


def detected() -> pl.DataFrame:
    rule = ta.Registry().detector("rci-drop")
    found = ta.detect_frame(
        SESSIONS, rule, by="case", order="session", score="score", low=1, high=5
    )
    assert isinstance(found, pl.DataFrame)
    return found


def test_polars_without_pyarrow(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = detected()
    assert expected["rci_drop_flag"].to_list() == [True, None, None, False, None]
    for module in (answers, attach):
        monkeypatch.setattr(module, "has_arrow", lambda: False)
    found = detected()
    assert found.equals(expected, null_equal=True)
    assert found["rci_drop_statistic"].null_count() == 3
