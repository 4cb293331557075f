"""What only DuckDB can do with its relations."""

from collections.abc import Mapping
from typing import Any

import narwhals as nw

from therapeutic_alliance.errors import MissingExtraError, TableError
from therapeutic_alliance.frames.detect import eager
from therapeutic_alliance.frames.detect.duckdb_types import readable
from therapeutic_alliance.frames.detect.task import Task
from therapeutic_alliance.frames.duckdb_columns import quoted, types_of
from therapeutic_alliance.frames.eager.answers import has_arrow

_ROWS, _VIEW = "therapeutic_alliance_rows", "therapeutic_alliance_view"
"""What a query calls a variable of Python, and a view that it has to make."""


def or_error(
    relation: Any, kept: Mapping[str, str], judged: Mapping[str, str], refused: str
) -> Any:
    """The columns ``kept``, and those that were ``judged``, under the names that each is to have.

    Those that were judged fail where the column ``refused`` has words.
    """
    from duckdb import CaseExpression, ColumnExpression, FunctionExpression

    words = ColumnExpression(refused)
    failed = FunctionExpression("error", words)
    return relation.select(
        *(ColumnExpression(name).alias(own) for name, own in kept.items()),
        *(
            CaseExpression(words.isnotnull(), failed).otherwise(ColumnExpression(name)).alias(new)
            for name, new in judged.items()
        ),
    )


def by_rows(task: Task, relation: Any) -> Any:
    """A relation over the rows as they are now, held in memory, on the same connection.

    DuckDB has no grouped map that takes Python code, so the rows are read at once.
    """
    from duckdb import SQLExpression

    if not has_arrow():
        raise MissingExtraError.of("this detector on DuckDB needs", "duckdb")
    for name in (_ROWS, _VIEW):
        _refuse_taken(relation, name)
    table = nw.from_native(readable(task, relation).to_arrow_table(), eager_only=True)
    held = _held(relation, eager.detected(task, table).to_native())
    kinds = types_of(relation)
    columns = {name: SQLExpression(quoted(name)) for name in held.columns}
    return held.select(
        *(
            column.cast(kinds[name]).alias(name) if name in kinds else column
            for name, column in columns.items()
        )
    )


def _held(relation: Any, therapeutic_alliance_rows: Any) -> Any:  # noqa: ARG001 - the query does
    """The rows of a table of Arrow, on the connection of the relation."""
    import duckdb

    try:
        held = relation.query(_VIEW, f"FROM {_ROWS}")
        relation.query(_VIEW, f"DROP VIEW IF EXISTS {_VIEW}")  # before version 2 it stays
    except duckdb.Error:
        held = None
    if held is None:
        raise TableError(
            "DuckDB cannot read the rows back: this detector needs python_enable_replacements, "
            "enable_external_access, and before DuckDB 2 a database that may be written to; "
            "or give it relation.to_arrow_table()"
        )
    return held


def _refuse_taken(relation: Any, name: str) -> None:
    """A table or a view would be read in place of a variable that is called like it."""
    import duckdb

    try:
        relation.filter(f"EXISTS (FROM {name})")
    except duckdb.CatalogException:
        return
    raise TableError(f"the database has a table or a view {name}: rename it")
