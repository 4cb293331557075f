"""Whether a frame has the columns that a rule looks at, and room for what it says."""

from collections.abc import Hashable
from typing import Any

from therapeutic_alliance.errors import TableError
from therapeutic_alliance.frames.detect.task import Task
from therapeutic_alliance.frames.headings import headings, refuse_taken


def refuse_roles(task: Task, frame: Any) -> None:
    """Raise :class:`TableError` for columns that lack, have two roles, or are there already."""
    there = headings(frame)
    roles = [*(("by", name) for name in task.by), ("order", task.order), ("score", task.score)]
    named: list[Any] = []
    for role, name in roles:
        if not isinstance(name, Hashable):
            raise TableError(f"{role}: the name of a column is needed, not a {type(name).__name__}")
        if name not in there:
            raise TableError(f'{role}: the frame has no column "{name}"')
        if name in named:
            raise TableError(f"{role}: a column that is named before")
        named.append(name)
    refuse_taken(frame, there, task.names, "rename it, or give prefix=")
