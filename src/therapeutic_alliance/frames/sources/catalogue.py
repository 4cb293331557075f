"""The tables and views of a DuckDB database, by name."""

from collections.abc import Callable
from typing import Any

from attrs import frozen

from therapeutic_alliance.frames.duckdb_columns import quoted

_TABLES = """
    select table_catalog, table_schema, table_name, table_schema = current_schema(),
        case table_type when 'VIEW' then 'view' else 'table' end
    from system.information_schema.tables where table_catalog = current_database()
"""


@frozen
class Table:
    """A table, or a view."""

    catalogue: str
    schema: str
    name: str
    default: bool
    """Whether its schema is the one where tables are that are named without."""
    kind: str

    @property
    def quoted(self) -> str:
        """Its name in SQL, that can be nothing else: no file, and no variable of Python."""
        return ".".join(map(quoted, (self.catalogue, self.schema, self.name)))


def table_of(connection: Any, name: str) -> Table | None:
    """The table or view that a name means: its own, or that and its schema's.

    ``None`` if it means none, or several. A small letter is as good as a capital one.
    """
    tables = [Table(*row) for row in connection.execute(_TABLES).fetchall()]
    ways: tuple[Callable[[str], str], ...] = (str, str.lower)
    for alike in ways:
        for names in (_alone, _in_schema):
            found = [each for each in tables if alike(name) in map(alike, names(each))]
            if len(found) == 1:
                return found[0]
    return None


def _alone(table: Table) -> set[str]:
    return {table.name} if table.default else set()


def _in_schema(table: Table) -> set[str]:
    """With the schema, plainly or quoted as in SQL."""
    both = table.schema, table.name
    return {".".join(both), ".".join(map(quoted, both))}
