"""What only DuckDB can do with its relations."""

from collections.abc import Iterable
from typing import Any

import narwhals as nw

from therapeutic_alliance.errors import MissingExtraError, TableError
from therapeutic_alliance.frames.detect import eager
from therapeutic_alliance.frames.detect.task import Task


def or_error(relation: Any, names: Iterable[str], judged: Iterable[str], refused: str) -> Any:
    """The columns, of which those that were judged fail where the column ``refused`` has words."""
    from duckdb import CaseExpression, ColumnExpression, FunctionExpression

    words = ColumnExpression(refused)
    failed = FunctionExpression("error", words)
    return relation.select(
        *map(ColumnExpression, names),
        *(
            CaseExpression(words.isnotnull(), failed).otherwise(ColumnExpression(name)).alias(name)
            for name in judged
        ),
    )


def by_rows(task: Task, relation: Any) -> Any:
    """A relation over the rows as they are now, held in memory, on the same connection.

    DuckDB has no grouped map that takes Python code, so the rows are read at once.
    """
    import duckdb

    _refuse_without_pyarrow()
    table = nw.from_native(relation.to_arrow_table(), eager_only=True)
    alliance_detected = eager.detected(task, table).to_native()  # noqa: F841 - the query reads it
    try:
        held = relation.query("alliance_sessions", "SELECT * FROM alliance_detected")
    except duckdb.CatalogException:
        held = None
    if held is None:
        raise TableError("DuckDB cannot give the rows back: SET python_enable_replacements = true")
    kinds = dict(zip(relation.columns, relation.types, strict=True))
    return held.select(
        *(
            duckdb.ColumnExpression(name).cast(kinds[name]).alias(name)
            if name in kinds
            else duckdb.ColumnExpression(name)
            for name in held.columns
        )
    )


def _refuse_without_pyarrow() -> None:
    try:
        import pyarrow  # type: ignore[import-untyped]  # noqa: F401, ICN001 - is it there?
    except ImportError:
        pass
    else:
        return
    raise MissingExtraError.of("this detector on DuckDB needs", "duckdb")
