"""What executors of Spark do with a partition, without Spark: pickled, and fed record batches."""

import pickle
from typing import Any

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pytest

import therapeutic_alliance as ta
from tests.frames.detect import told
from tests.frames.detect.invented import Fails, Lowest
from therapeutic_alliance.frames.detect.on_spark import Partition
from therapeutic_alliance.frames.detect.task import Task

ROWS = told.simulated(20)
TABLE = pl.DataFrame(ROWS, told.NAMES, orient="row", strict=False).to_arrow()


def partition(detector: Any) -> Any:
    course = ta.Series.of([], **told.RANGES[told.column_of(detector)])  # type: ignore[arg-type]
    score = told.column_of(detector)
    task = Task(detector=detector, by=told.BY, order="session", score=score, course=course)
    return pickle.loads(pickle.dumps(Partition(task, tuple(told.NAMES))))  # noqa: S301


@pytest.mark.parametrize("detector", [*told.online(), Lowest()], ids=lambda each: each.id)
def test_cases_are_judged_whole_though_batches_tear_them_apart(detector: Any) -> None:
    batches = partition(detector)(iter(TABLE.to_batches(max_chunksize=7)))
    found = pa.Table.from_batches(list(batches))
    kept = pl.DataFrame(found.select(list(told.NAMES)))
    assert kept.equals(pl.DataFrame(TABLE))  # NaN is NaN
    assert [str(kind) for kind in found.schema.types[-3:]] == ["bool", "double", "double"]
    want = told.oracle(detector, ROWS, told.column_of(detector))
    assert told.same(told.found(found, detector), want)


def test_a_partition_without_rows_gives_none() -> None:
    assert list(partition(Lowest())(iter([]))) == []


def test_errors_name_no_rows() -> None:
    """Those of a partition are not those of the caller's frame."""
    batches = pa.concat_tables([TABLE, TABLE]).to_batches()
    with pytest.raises(ta.TableError) as error:
        list(partition(Lowest())(iter(batches)))
    assert str(error.value) == 'column "session": its case has that session before'
    with pytest.raises(ta.PluginError) as fault:
        list(partition(Fails())(iter(TABLE.to_batches())))
    assert str(fault.value) == "detector fails raised ValueError at its case"
    assert error.value.__context__ is fault.value.__context__ is None
