"""One clear error that names row or column and rule, and never what stands there."""

from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd  # type: ignore[import-untyped]
import polars as pl
import pytest
from attrs import frozen

import therapeutic_alliance as ta
from tests.frames.detect.frames_of import MADE

GOOD: dict[str, list[Any]] = {
    "case": [7741, 7741, 9982],
    "session": [1, 2, 1],
    "score": [4.0, 3.0, 4.4],
}
SR = ta.Registry().measure("wai-sr")
RCI = ta.Registry().detector("rci-drop")
NUMBER = "a session number is a whole number from 1"


def said(frame: Any, rule: Any = None, **asked: Any) -> str:
    asked = {"by": "case", "order": "session", "score": "score", "low": 1, "high": 5, **asked}
    with pytest.raises(ta.AllianceError) as raised:
        ta.detect_frame(frame, rule or RCI, **asked)
    assert raised.value.__context__ is None or raised.value.__suppress_context__
    assert not any(secret in str(raised.value) for secret in ("7741", "9982", "4.4"))
    return str(raised.value)


@pytest.mark.parametrize("kind", MADE)
@pytest.mark.parametrize(
    ("column", "cells", "told"),
    [
        ("session", [1, 1, 1], 'row 1, column "session": its case has that session before'),
        ("session", [1, None, 1], f'row 1, column "session": {NUMBER}'),
        ("session", [1.0, 2.5, 1.0], f'row 1, column "session": {NUMBER}'),
        ("session", [1.0, 2.0, float("inf")], f'row 2, column "session": {NUMBER}'),
        ("session", [0, 2, 1], f'row 0, column "session": {NUMBER}'),
        ("session", [-(2**63), 2, 2**63 - 1], f'row 0, column "session": {NUMBER}'),
        ("case", [7741, None, 7741], 'row 1, column "case": names no case'),
        ("case", ["7741", None, "7741"], 'row 1, column "case": names no case'),
        ("case", [7741.0, float("nan"), 9982.0], 'row 1, column "case": names no case'),
        ("score", [4.0, 0.9, 4.4], 'row 1, column "score": outside the possible range, 1 to 5'),
        ("score", [4.0, None, 5.1], 'row 2, column "score": outside the possible range, 1 to 5'),
        ("score", [4.0, float("nan"), float("-inf")], 'row 2, column "score": not a finite number'),
    ],
)
def test_rows(kind: str, column: str, cells: list[Any], told: str) -> None:
    assert said(MADE[kind]({**GOOD, column: cells})).splitlines()[0] == told


def test_every_column_of_objects_is_looked_at() -> None:
    frame = pd.DataFrame({**GOOD, "score": pd.Series([4.0, "4.4", True], dtype="object")})
    assert said(frame) == 'row 1, column "score": not a number\nrow 2, column "score": not a number'


def test_twenty_lines_and_how_many_more() -> None:
    rows = np.arange(1, 1001)
    frame = pl.DataFrame({"case": rows, "session": rows * 0, "score": rows * 0 + 4})
    lines = said(frame).splitlines()
    assert len(lines) == 21
    assert lines[-1] == "... and 980 more"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"by": "who"}, 'by: the frame has no column "who"'),
        ({"order": "when"}, 'order: the frame has no column "when"'),
        ({"score": "what"}, 'score: the frame has no column "what"'),
        ({"by": pl.Series(["7741"])}, "by: the name of a column, or a list of several"),
        ({"order": [7741]}, "order: the name of a column is needed, not a list"),
        ({"score": [4.4]}, "score: the name of a column, or {id of a score: column}"),
        ({"score": {"total": [4.4]}}, "score: the name of a column is needed, not a list"),
        ({"prefix": 7741}, "prefix: text, such as 'bond_'"),
        ({"metric": "z"}, "metric: one of sum, mean, percent, rating"),
        (
            {"measure": SR, "score": {"total": "score"}},
            "a possible range: give measure, or low and high, not both",
        ),
        ({"measure": "wai-sr"}, "a Measure is needed, such as Registry().measure('wai-sr')"),
        ({"by": ["case", "case"]}, "by: a column that is named before"),
        ({"order": "case"}, "order: a column that is named before"),
        ({"by": []}, "by: at least one column that names a case"),
        ({"low": None}, "a possible range is needed: give measure, or low and high"),
        ({"low": 6}, "the possible range: low is not below high"),
        ({"score": {}}, "score: one column, or {id of a score: column}"),
    ],
)
def test_what_is_asked(asked: dict[str, Any], told: str) -> None:
    assert said(pl.DataFrame(GOOD), **asked) == told


def test_a_score_that_a_measure_does_not_have() -> None:
    told = said(pl.DataFrame(GOOD), measure=SR, low=None, high=None)
    assert told == (
        "score: the columns of wai-sr are wai_sr_task, wai_sr_bond, wai_sr_goal, wai_sr_total; "
        "for one of another name, give {id of the score: column}"
    )


def test_a_column_of_score_frame_has_the_metric_of_its_score() -> None:
    frame = pl.DataFrame(GOOD).rename({"score": "wai_sr_total"})
    asked = {"measure": SR, "low": None, "high": None}
    for metric in ("percent", "mean"):
        assert said(frame, **asked, score="wai_sr_total", metric=metric) == (
            'metric: column "wai_sr_total" holds the sum, as score_frame makes it; '
            'for another metric, give {"total": column}'
        )
    told = said(frame, **asked, score="wai_sr_total", metric="z")
    assert told == "metric: one of sum, mean, percent, rating"
    where: dict[str, Any] = {"by": "case", "order": "session", "measure": SR}
    found = ta.detect_frame(frame, RCI, score={"total": "wai_sr_total"}, metric="mean", **where)
    assert found["rci_drop_flag"].to_list() == [None, True, None]


@pytest.mark.parametrize("rater", ["rater", "score", "", 3, ["client"], pl.Series(["client"])])
def test_a_rater_that_is_no_role(rater: Any) -> None:
    assert said(pl.DataFrame(GOOD), rater=rater).startswith("rater: one of client, therapist, ")


def test_a_rater_that_the_measure_does_not_accept() -> None:
    asked = {"measure": SR, "low": None, "high": None, "score": {"total": "score"}}
    told = "rater: wai-sr accepts these raters only: client"
    assert said(pl.DataFrame(GOOD), **asked, rater="therapist") == told


def test_a_score_that_the_rule_is_not_made_for() -> None:
    rule = ta.Registry().detector("srs-rules")
    assert "totals of 4 items from 0 to 40 only" in said(pl.DataFrame(GOOD), rule)


def test_a_rule_that_does_not_look_at_scores() -> None:
    rule = ta.Registry().detector("direct-report")
    assert said(pl.DataFrame(GOOD), rule) == "direct-report looks at direct reports, not at scores"


@pytest.mark.parametrize(
    ("column", "cells", "told"),
    [
        ("score", ["4", "3", "4.4"], 'score, column "score": holds text, numbers are needed'),
        ("score", [True, False, True], 'score, column "score": holds booleans, numbers are needed'),
        ("session", ["1", "2", "1"], 'order, column "session": holds text, numbers are needed'),
        ("case", [[7741], [7741], [9982]], 'by: column "case" holds nested values'),
    ],
)
def test_columns_of_another_kind(column: str, cells: list[Any], told: str) -> None:
    assert said(pl.DataFrame({**GOOD, column: cells})) == told


def test_a_column_that_is_there_already() -> None:
    frame = pl.DataFrame({**GOOD, "rci_drop_flag": [1, 2, 3]})
    assert said(frame) == "the frame has a column rci_drop_flag already: rename it, or give prefix="


@pytest.mark.parametrize("kind", MADE)
def test_a_prefix_for_the_same_detector_side_by_side(kind: str) -> None:
    asked: dict[str, Any] = {"by": "case", "order": "session", "score": "score"}
    asked |= {"low": 1, "high": 5}
    once = ta.detect_frame(MADE[kind](GOOD), RCI, **asked)
    twice = nw.from_native(ta.detect_frame(once, RCI, **asked, prefix="again "))
    new = [f"rci_drop_{part}" for part in ("flag", "statistic", "threshold")]
    assert twice.columns == [*GOOD, *new, *(f"again {name}" for name in new)]
    for name in new:
        assert str(twice[name].to_list()) == str(twice[f"again {name}"].to_list())
    assert "again rci_drop_flag already" in said(twice.to_native(), prefix="again ")


@pytest.mark.parametrize(
    "frame",
    [None, {"case": [1]}, [1], "frame", np.zeros(3), pd.Series([7741]), pl.Series([7741])],
)
def test_no_frame(frame: Any) -> None:
    with pytest.raises(TypeError, match=f"data frame is needed .* not a {type(frame).__name__}"):
        ta.detect_frame(
            frame, ta.Registry().detector("rci-drop"), by="case", order="session", score="score",
            low=1, high=5,
        )  # fmt: skip


@pytest.mark.parametrize("id_", ["Mine X", "", "a" * 65, "-", "case 7741", 3, None])
def test_a_detector_whose_id_cannot_name_columns(id_: Any) -> None:
    class Named(type(RCI)):  # type: ignore[misc]
        id = id_

    told = said(pl.DataFrame(GOOD), Named())
    assert told.startswith("the id of the detector is not made of lower-case words joined by '-'")


@pytest.mark.parametrize("rule", ["rci-drop", 3, object()])
def test_no_detector(rule: Any) -> None:
    assert said(pl.DataFrame(GOOD), rule) == "a detector is needed, such as registry.detector(id)"


def test_a_rule_that_inherits_from_one_of_the_library_goes_case_by_case() -> None:
    """It may do something else."""
    base: Any = type(ta.Registry().detector("rci-drop"))

    @frozen(kw_only=True)
    class Never(base):  # type: ignore[misc]
        def step(self, state: Any, point: ta.Point) -> tuple[Any, ta.Flag]:
            return state, ta.Flag(session=point.session, flag=None, why="never")

    with pytest.warns(UserWarning, match="rci-drop"):
        found = ta.detect_frame(
            pl.DataFrame(GOOD), Never(), by="case", order="session", score="score", low=1, high=5
        )
    assert found["rci_drop_flag"].to_list() == [None] * 3
