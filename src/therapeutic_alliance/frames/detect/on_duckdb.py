"""What only DuckDB can do with its relations."""

from collections.abc import Iterable, Mapping
from typing import Any

import narwhals as nw

from therapeutic_alliance.errors import MissingExtraError, TableError
from therapeutic_alliance.frames.detect import eager
from therapeutic_alliance.frames.detect.task import Task
from therapeutic_alliance.frames.plain_names import quoted


def or_error(relation: Any, kept: Iterable[str], judged: Mapping[str, str], refused: str) -> Any:
    """The columns ``kept``, and those that were ``judged``, under the names that these are to have.

    Those fail where the column ``refused`` has words.
    """
    from duckdb import CaseExpression, ColumnExpression, FunctionExpression

    words = ColumnExpression(refused)
    failed = FunctionExpression("error", words)
    return relation.select(
        *map(ColumnExpression, kept),
        *(
            CaseExpression(words.isnotnull(), failed).otherwise(ColumnExpression(name)).alias(new)
            for name, new in judged.items()
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
    columns = {name: duckdb.SQLExpression(quoted(name)) for name in held.columns}
    return held.select(
        *(
            column.cast(kinds[name]).alias(name) if name in kinds else column
            for name, column in columns.items()
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
