"""Frames that cannot be scored: rows and items are named, values are not."""

import subprocess
import sys
from typing import Any

import pandas as pd  # type: ignore[import-untyped]
import polars as pl
import pytest

import therapeutic_alliance as ta
from tests.frames.kinds import MAKES, copied, names, same
from tests.privacy.leaks import leaked

ARM = ta.Registry().measure("arm-5")
ITEMS = [str(n) for n in range(1, 6)]
GOOD: dict[str, list[float | None]] = {item: [4, 4] for item in ITEMS}


def _refused(frame: Any, columns: dict[str, str] | None = None) -> ta.TableError:
    with pytest.raises(ta.TableError) as caught:
        ta.score_frame(ARM, frame, columns)
    return caught.value


@pytest.mark.parametrize("kind", MAKES)
@pytest.mark.parametrize(
    ("answer", "rule"),
    [
        (98321, "above the highest answer, 7"),
        (-98321, "below the lowest answer, 1"),
        (4.25, "not a whole number"),
        (float("inf"), "not a finite number"),
    ],
)
def test_a_bad_answer_is_named_by_row_and_item(kind: str, answer: float, rule: str) -> None:
    frame = MAKES[kind]({**GOOD, "2": [4, answer], "5": [answer, 4]})
    before = copied(frame)
    error = _refused(frame)
    assert str(error) == f"row 0, item 5: {rule}\nrow 1, item 2: {rule}"
    assert not leaked(error, "98321", "4.25")
    assert same(frame, before)
    assert names(frame) == ITEMS


@pytest.mark.parametrize("kind", MAKES)
def test_a_column_is_named_unless_it_is_called_as_its_item(kind: str) -> None:
    given: dict[str, list[float | None]] = {
        "q1": [98321, 4],
        **{item: GOOD[item] for item in ITEMS[1:4]},
        "5": [4, 0],
    }
    error = _refused(MAKES[kind](given), {"1": "q1"})
    assert str(error).splitlines() == [
        'row 0, item 1, column "q1": above the highest answer, 7',
        "row 1, item 5: below the lowest answer, 1",
    ]
    assert [each.column for each in error.problems] == ["q1", None]


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame])
@pytest.mark.parametrize("cells", [[True, False], ["quokka", "98321"]])
def test_bools_and_texts_are_no_answers(make: Any, cells: list[Any]) -> None:
    frame = make({**GOOD, "3": cells})
    if make is pd.DataFrame and cells[0] == "quokka":
        frame["3"] = frame["3"].astype("string")  # before pandas 3 texts are objects
    error = _refused(frame)
    held = "booleans" if cells[0] is True else "text"
    assert str(error) == f'item 3, column "3": holds {held}, numbers are needed'
    assert not leaked(error, "quokka", "98321")


def test_nullable_bools_are_no_answers() -> None:
    frame = pd.DataFrame({**GOOD, "3": pd.array([True, None], dtype="boolean")})
    assert str(_refused(frame)) == 'item 3, column "3": holds booleans, numbers are needed'


@pytest.mark.parametrize("kind", MAKES)
def test_columns_that_are_not_there(kind: str) -> None:
    frame = MAKES[kind]({item: GOOD[item] for item in ITEMS[:3]})
    hint = "the frame has no column for item 4, 5; name it in columns"
    assert str(_refused(frame)) == hint
    named = 'item 4: the frame has no column "x"'
    assert str(_refused(MAKES[kind](GOOD), {"4": "x"})) == named
    assert (
        str(_refused(frame, {"9": "1"})) == "columns: no item of arm-5: 9; it has 5 items, 1 to 5"
    )


def test_one_column_for_two_items() -> None:
    error = _refused(MAKES["polars"](GOOD), {"1": "2"})
    assert str(error) == "columns: one column for the items 1, 2"


@pytest.mark.parametrize("kind", MAKES)
def test_a_column_of_the_frame_is_never_replaced(kind: str) -> None:
    frame = MAKES[kind]({**GOOD, "arm_5_total": [1, 2]})
    assert str(_refused(frame)) == "the frame has a column arm_5_total already: rename it"
    scored = ta.score_frame(ARM, MAKES[kind](GOOD))
    assert str(_refused(scored)) == "the frame has a column arm_5_total already: rename it"


@pytest.mark.parametrize("frame", [[["quokka"]], {"1": ["quokka"]}, "quokka", None])
def test_what_is_no_frame(frame: Any) -> None:
    with pytest.raises(TypeError) as caught:
        ta.score_frame(ARM, frame)
    assert not leaked(caught.value, "quokka")


def test_an_open_measure_says_what_is_open() -> None:
    frame = MAKES["polars"]({str(n): [4] for n in range(1, 7)})
    with pytest.raises(ta.DefinitionError, match="sai"):
        ta.score_frame(ta.Registry().measure("sai"), frame)


@pytest.mark.parametrize("package", ["narwhals", "numpy"])
def test_without_a_package_one_line_names_the_extra(package: str) -> None:
    program = f"""
import sys
sys.modules["{package}"] = None
import therapeutic_alliance as ta
try:
    ta.score_frame(ta.Registry().measure("arm-5"), None)
except ta.MissingExtraError as error:
    print(error, error.__cause__, isinstance(error, ImportError))
"""
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    hint = "data frames need the extra: pip install 'therapeutic-alliance[frames]'"
    assert ran.stdout == f"{hint} None True\n"
