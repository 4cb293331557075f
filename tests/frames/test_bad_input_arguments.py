"""Arguments of another kind, or in another order: one line of ours, wherever they are given."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd  # type: ignore[import-untyped]
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pytest
from attrs import define, frozen

import therapeutic_alliance as ta
from tests.frames.kinds import ALL, MAKES, Columns, plain

ARM = ta.Registry().measure("arm-5")
ITEMS = [str(n) for n in range(1, 6)]
GOOD: Columns = {item: [4.0, 7.0] for item in ITEMS}


class NoRule:
    needed = 3


@define
class Unhashable:
    def needed(self, of: int) -> int:
        return of


NONE = [0.8, 0, "prorate", ta.Prorate, {}, {"share": 0.8}, [0.8], pd.DataFrame(), NoRule()]
NO_RULE = [*NONE, Unhashable()]
RULE = "missing: a rule is needed, such as ta.Prorate(0.8)"
MEASURE = "a Measure is needed, such as Registry().measure('wai-sr')"


def _told(call: Callable[[], Any], kind: type[Exception] = ta.AllianceError) -> str:
    with pytest.raises(kind) as caught:
        call()
    assert caught.value.__context__ is None
    return str(caught.value)


@pytest.mark.parametrize("missing", NO_RULE, ids=lambda each: type(each).__name__)
@pytest.mark.parametrize("answers", [[4, 4, 4, 4, 4], [4, 4, 4, 4, None]])
def test_missing_of_a_form(missing: Any, answers: list[Any]) -> None:
    """Whether or not there is a gap to be filled."""
    assert _told(lambda: ta.score(ARM, answers, missing=missing)) == RULE


@pytest.mark.parametrize("missing", NO_RULE, ids=lambda each: type(each).__name__)
def test_missing_of_a_course(missing: Any) -> None:
    """Said once, and not for every form."""
    forms = [
        ta.alliance.FilledForm(
            id=f"f{n}", measure="arm-5", session=n, rater="client", answers={"1": 4}
        )
        for n in (1, 2)
    ]
    course = ta.Course(case="c1", administrations=tuple(forms))
    assert _told(lambda: ta.score_course(course, missing=missing)) == RULE


@pytest.mark.parametrize("missing", NO_RULE, ids=lambda each: type(each).__name__)
@pytest.mark.parametrize("kind", ["pandas", "polars-lazy"])
def test_missing_of_a_frame(missing: Any, kind: str) -> None:
    frame = ALL[kind](GOOD)
    invalid: Any = "null-and-count"
    assert _told(lambda: ta.score_frame(ARM, frame, missing=missing, invalid=invalid)) == RULE


@pytest.mark.parametrize("missing", NO_RULE, ids=lambda each: type(each).__name__)
def test_missing_of_a_file(missing: Any, tmp_path: Path) -> None:
    pl.DataFrame(GOOD).write_parquet(tmp_path / "in.parquet")
    out = tmp_path / "out.parquet"
    score_file = ta.frames.score_file
    assert _told(lambda: score_file(ARM, tmp_path / "in.parquet", out, missing=missing)) == RULE
    assert not out.exists()


def test_a_rule_of_the_caller() -> None:
    """Anything hashable that says how many are needed will do."""

    @frozen
    class Half:
        label = "half"

        def needed(self, of: int) -> int:
            return -(-of // 2)

    rule: Any = Half()
    assert ta.score(ARM, [4, 4, 4, None, None], missing=rule)["total"].value == 4.0
    frame = ALL["polars"]({item: [4.0 if item < "4" else None] for item in ITEMS})
    assert plain(ta.score_frame(ARM, frame, missing=rule), "arm_5_total") == [4.0]


@pytest.mark.parametrize("measure", ["arm-5", None, [1, 2], pd.DataFrame(GOOD), {}, ta.Measure])
def test_what_is_no_measure(measure: Any, tmp_path: Path) -> None:
    frame, out = pd.DataFrame(GOOD), tmp_path / "out.parquet"
    pl.DataFrame(GOOD).write_parquet(tmp_path / "in.parquet")
    for call in (
        lambda: ta.score(measure, [4, 4, 4, 4, 4]),
        lambda: ta.score_frame(measure, frame),
        lambda: ta.frames.score_file(measure, tmp_path / "in.parquet", out),
    ):
        assert _told(call, ta.DefinitionError) == MEASURE


@pytest.mark.parametrize("kind", ALL)
def test_measure_and_frame_in_the_other_order(kind: str) -> None:
    swapped: Any = ALL[kind](GOOD)
    assert _told(lambda: ta.score_frame(swapped, ARM), ta.DefinitionError) == MEASURE


@pytest.mark.parametrize(
    "frame",
    [pd.Series([4]), pl.Series([4]), pa.array([4]), [[4] * 5], GOOD, None, "forms.csv", ARM],
    ids=lambda each: f"{type(each).__module__}.{type(each).__name__}",
)
def test_what_is_no_frame(frame: Any) -> None:
    told = _told(lambda: ta.score_frame(ARM, frame), TypeError)
    kinds = "pandas, Polars, PyArrow, DuckDB, PySpark"
    assert told == f"a data frame is needed ({kinds}), not a {type(frame).__name__}"


def test_labels_that_are_whole_numbers() -> None:
    frame = MAKES["pandas"](GOOD).set_axis(range(1, 6), axis=1)
    assert _told(lambda: ta.score_frame(ARM, frame), ta.TableError) == (
        "the frame has no column for item 1, 2, 3, 4, 5; "
        'name it in columns (its label is no text: columns={"1": 1, ...})'
    )
    columns: Any = {item: int(item) for item in ITEMS}
    assert plain(ta.score_frame(ARM, frame, columns), "arm_5_total") == [4.0, 5.8]
