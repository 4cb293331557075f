"""What lazy frames refuse, when, and in which words; and what comes after detection."""

from collections.abc import Callable
from typing import Any

import duckdb
import polars as pl
import pytest

import therapeutic_alliance as ta
from tests.frames.detect import told

REGISTRY = ta.Registry()
WINDOW = REGISTRY.detector("rci-drop")
BEST = REGISTRY.detector("drop-from-best")
BY_ROWS = REGISTRY.detector("eb-z", cohort=ta.CohortConstants.illustrative())
SECRET = 31337
FRAME = pl.DataFrame(
    {
        "clinic": ["a", "a", "b"],
        "case": [SECRET, SECRET, SECRET],
        "session": [1, 2, 1],
        "score": [4.5, 3.25, 4.5],
    }
)
SESSION = "a session number is a whole number from 1"
WRONG = {
    "no case": ({"case": [SECRET, None, 4]}, 'column "case": names no case'),
    "NaN for a case": ({"case": [7.0, float("nan"), 7.0]}, 'column "case": names no case'),
    "no session": ({"session": [1, None, 1]}, f'column "session": {SESSION}'),
    "session 0": ({"session": [0, 2, 1]}, f'column "session": {SESSION}'),
    "half a session": ({"session": [1.0, 2.5, 1.0]}, f'column "session": {SESSION}'),
    "NaN for a session": ({"session": [1.0, float("nan"), 1.0]}, f'column "session": {SESSION}'),
    "a session twice": ({"session": [2, 2, 2]}, 'column "session": its case has that session'),
    "too high": (
        {"score": [4.5, 5.5, 4.5]},
        'column "score": outside the possible range, 1 to 5',
    ),
    "no number": ({"score": [4.5, float("-inf"), 1.0]}, 'column "score": not a finite number'),
}
REFUSED = (ta.TableError, pl.exceptions.ComputeError, duckdb.InvalidInputException)
Compute = Callable[[pl.DataFrame, Any], list[tuple[Any, ...]]]


def in_polars(frame: pl.DataFrame, detector: Any) -> list[tuple[Any, ...]]:
    return told.detect(frame.lazy(), detector).collect().rows()  # type: ignore[no-any-return]


def in_duckdb(frame: pl.DataFrame, detector: Any) -> list[tuple[Any, ...]]:
    with duckdb.connect() as connection:
        found = told.detect(connection.from_arrow(frame.to_arrow()), detector)
        return found.fetchall()  # type: ignore[no-any-return]


@pytest.mark.parametrize("compute", [in_polars, in_duckdb])
@pytest.mark.parametrize("detector", [WINDOW, BEST, BY_ROWS], ids=lambda each: each.id)
@pytest.mark.parametrize(("columns", "words"), WRONG.values(), ids=WRONG.keys())
def test_rows_are_refused_in_the_words_of_frames_in_memory(
    compute: Compute, detector: Any, columns: dict[str, list[Any]], words: str
) -> None:
    frame = FRAME.with_columns(**{name: pl.Series(each) for name, each in columns.items()})
    with pytest.raises(ta.TableError) as eager:
        told.detect(frame, detector)
    assert words in str(eager.value)
    with pytest.raises(REFUSED) as lazy:
        compute(frame, detector)
    assert words in str(lazy.value)
    assert not any(secret in str(lazy.value) for secret in (str(SECRET), "3.25", "2.5", "5.5"))


@pytest.mark.parametrize("compute", [in_polars, in_duckdb])
@pytest.mark.parametrize("detector", [WINDOW, BY_ROWS], ids=lambda each: each.id)
def test_a_frame_without_fault_or_rows_is_taken(compute: Compute, detector: Any) -> None:
    assert len(compute(FRAME, detector)) == 3
    assert len(compute(FRAME.with_columns(session=pl.col("session").cast(float)), detector)) == 3
    assert len(compute(FRAME.with_columns(score=pl.lit(None)), detector)) == 3
    assert compute(FRAME.clear(), detector) == []


@pytest.mark.parametrize("compute", [in_polars, in_duckdb])
@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"score": pl.col("score").cast(pl.String)}, 'column "score": holds text'),
        ({"session": pl.col("session") > 1}, 'column "session": holds booleans'),
        ({"case": pl.concat_list("case")}, 'column "case" holds nested values'),
        ({"rci_drop_flag": pl.lit(1)}, "the frame has a column rci_drop_flag already"),
    ],
)
def test_columns_are_refused_at_the_call(
    compute: Compute, columns: dict[str, pl.Expr], words: str
) -> None:
    with pytest.raises(ta.TableError, match=words):
        compute(FRAME.with_columns(**columns), WINDOW)


def test_cases_of_python_objects_are_refused_in_the_words_of_frames_in_memory() -> None:
    objects = pl.Series("case", [object()] * 3, dtype=pl.Object)
    for frame in (FRAME.with_columns(objects), FRAME.with_columns(objects).lazy()):
        with pytest.raises(ta.TableError, match=r'^by: column "case" holds Python objects$'):
            told.detect(frame, BY_ROWS)


def test_scores_that_creep_up_are_refused_in_sql_and_judged_in_memory() -> None:
    scores = [4.0 + 6e-10 * n for n in range(4)]
    rows = told.rows([[(n + 1, score) for n, score in enumerate(scores)]])
    frame = pl.DataFrame(rows, told.NAMES, orient="row")
    assert told.same(told.found(told.detect(frame, BEST), BEST), told.oracle(BEST, rows, "score"))
    with pytest.raises(duckdb.InvalidInputException, match="creep up by less than 1e-09"):
        in_duckdb(frame, BEST)
    assert len(in_duckdb(frame, WINDOW)) == 4


@pytest.mark.parametrize("detector", [WINDOW, BY_ROWS], ids=lambda each: each.id)
def test_what_is_filtered_later_was_seen_by_the_detector(detector: Any) -> None:
    """No engine may move a filter, or a limit, before the detection."""
    frame = pl.DataFrame(told.simulated(20), told.NAMES, orient="row", strict=False)
    whole = told.detect(frame, detector)
    lazy = told.detect(frame.lazy(), detector)
    for engine in ("in-memory", "streaming"):
        late = lazy.filter(pl.col("session") > 5).collect(engine=engine)
        assert late.equals(whole.filter(pl.col("session") > 5))
        assert lazy.tail(3).collect(engine=engine).equals(whole.tail(3))
        assert lazy.head(3).collect(engine=engine).equals(whole.head(3))
        assert lazy.select("note").collect(engine=engine).equals(whole.select("note"))
    with duckdb.connect() as connection:
        found = told.detect(connection.from_arrow(frame.to_arrow()), detector)
        late = found.filter("session > 5").order("row").pl()
    assert late.equals(whole.filter(pl.col("session") > 5).sort("row"))


@pytest.mark.parametrize("detector", [WINDOW, BEST, BY_ROWS], ids=lambda each: each.id)
def test_names_of_columns_may_be_anything(detector: Any) -> None:
    """Also those that a rule would have for its own temporary columns, and words of SQL."""
    names = {"clinic": "a.b", "case": 'the "case"', "session": "order by", "score": "_x"}
    frame = FRAME.rename(names).with_columns(pl.lit(1).alias("__t"), pl.lit(2).alias("select"))
    want = told.detect(FRAME, detector).rows()
    given: dict[str, Any] = {"by": [names["clinic"], names["case"]], "order": names["session"]}
    given |= {"score": names["score"], "low": 1, "high": 5}
    assert (
        ta.detect_frame(frame.lazy(), detector, **given).drop("__t", "select").collect().rows()
        == want
    )
    with duckdb.connect() as connection:
        found = ta.detect_frame(connection.from_arrow(frame.to_arrow()), detector, **given)
        assert found.columns[:6] == frame.columns
        rows = found.pl().drop("__t", "select").rows()
    assert sorted(rows, key=repr) == sorted(want, key=repr)
