"""Text that an engine tells apart by its bytes, as frames in memory do.

In DuckDB and Spark a column, or the whole database, may have a collation by which ``Ab`` is ``aB``.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import narwhals as nw

from therapeutic_alliance.frames.dtypes import TEXT
from therapeutic_alliance.frames.duckdb_columns import quoted, replaced


def exactly(frame: Any, names: Iterable[str], mark: str) -> tuple[Any, Mapping[str, str]]:
    """A lazy frame in which these columns are compared by the bytes of their text.

    Besides, what their counterparts are called that still are as they were: those begin with
    ``mark``. Columns that have none are compared like that anyway.
    """
    kind = frame.implementation
    if kind.is_duckdb():
        schema = frame.collect_schema()
        collated = [name for name in dict.fromkeys(names) if type(schema[name]).__name__ in TEXT]
        exact = _in_duckdb
    elif kind.is_spark_like():
        collated = [name for name in dict.fromkeys(names) if _is_collated(frame, name)]
        exact = _in_spark
    else:
        collated = []
    if not collated:
        return frame, {}
    kept = {name: f"{mark}own{number}" for number, name in enumerate(collated)}
    both = frame.with_columns(nw.col(name).alias(own) for name, own in kept.items())
    return exact(both, collated), kept


def _in_duckdb(frame: Any, collated: Iterable[str]) -> Any:
    """No schema tells of collations there."""
    of_bytes = {name: f"{quoted(name)}::VARCHAR COLLATE C" for name in collated}
    return nw.from_native(replaced(frame.to_native(), of_bytes))


def _in_spark(frame: Any, collated: Iterable[str]) -> Any:
    """A plain string has none."""
    return frame.with_columns(nw.col(name).cast(nw.String) for name in collated)


def _is_collated(frame: Any, name: str) -> bool:
    """Since version 4 a string may be."""
    from pyspark.sql.types import StringType

    kind = frame.to_native().schema[name].dataType
    return isinstance(kind, StringType) and kind != StringType()
