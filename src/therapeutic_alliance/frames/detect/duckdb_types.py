"""Relations of DuckDB as rules by rows can read them, through Arrow and back."""

from typing import Any

from therapeutic_alliance.errors import Problem, TableError
from therapeutic_alliance.frames.detect.task import Task
from therapeutic_alliance.frames.duckdb_columns import HUGE, changed, quoted, replaced, types_of


def readable(task: Task, relation: Any) -> Any:
    """Sessions and scores of 128 bits as numbers that are no decimals in Arrow.

    A session that has no room becomes null, which is refused. Raises :class:`TableError` for
    columns that Arrow gives back as something else.
    """
    types = types_of(relation)
    numbers = {task.order: "BIGINT", task.score: "DOUBLE"}
    found = replaced(
        relation,
        {
            name: f"TRY_CAST({quoted(name)} AS {number})"
            for name, number in numbers.items()
            if types[name].id in HUGE
        },
    )
    rule = "does not come back from Python as it was: leave it out, or cast it to text"
    problems = [Problem(column=name, rule=f"{kind} {rule}") for name, kind in changed(found)]
    if problems:
        raise TableError(problems)
    return found
