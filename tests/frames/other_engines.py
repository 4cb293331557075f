"""Engines that Narwhals speaks with besides; this library has no more than a line for any."""

from collections.abc import Mapping

from tests.frames.engines import Engine, Score, Scored, arrow, by_row, from_pandas, numpy_frame
from tests.frames.generated import Table


def _dask(table: Table, score: Score) -> Scored:
    from dask.dataframe import from_pandas as in_parts

    parts = in_parts(  # type: ignore[no-untyped-call]
        numpy_frame(table), npartitions=2
    )
    return from_pandas(score(parts).compute())


def _ibis(table: Table, score: Score) -> Scored:
    import ibis  # type: ignore[import-untyped]

    scored = score(ibis.memtable(arrow(table))).to_pyarrow()
    return by_row(scored.column_names, [tuple(row.values()) for row in scored.to_pylist()])


OTHERS: Mapping[str, Engine] = {"Dask": _dask, "Ibis": _ibis}
