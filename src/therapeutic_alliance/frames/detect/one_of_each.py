"""One measure, score, metric and rater a call, where a frame says which its rows are of."""

from collections.abc import Iterator, Mapping
from typing import Any

import narwhals as nw
from attrs import frozen

from therapeutic_alliance.course.detectors.misfit import known_by
from therapeutic_alliance.errors import Problem, TableError
from therapeutic_alliance.frames.detect.task import Task

TEXT = ("String", "Categorical", "Enum")


@frozen
class Said:
    """A column that says what scores are of, named as in the scores table."""

    column: str
    asked: str | None
    """What this call is of; ``None``: of any, but one."""

    @property
    def rule(self) -> str:
        """What is wrong with rows that say something else, in words."""
        wrong = f"names several {self.column}s"
        if self.asked is not None:
            wrong = f"names another {self.column} than {self.asked}"
        return f"{wrong}; one {self.column} a call: filter the rows first, or rename the column"


def said(task: Task, schema: Mapping[str, Any]) -> tuple[Said, ...]:
    """The columns of text that a frame has of these, but for those that have another role.

    >>> import therapeutic_alliance as ta
    >>> rule, course = ta.Registry().detector("rci-drop"), ta.Series.of([], low=1, high=5)
    >>> task = Task(detector=rule, by=("case",), order="session", score="score", course=course)
    >>> said(task, {"case": nw.Int64(), "score": nw.Float64(), "rater": nw.String()})
    (Said(column='rater', asked=None),)
    """
    course, known = task.course, known_by(task.detector)
    asked = {
        "measure": course.measure or getattr(known, "measure", None),
        "score": course.spec.id,
        "metric": course.spec.metric,
        "rater": course.rater or getattr(known, "rater", None),
    }
    return tuple(
        Said(name, of)
        for name, of in asked.items()
        if name not in (task.order, task.score) and type(schema.get(name)).__name__ in TEXT
    )


def refuse_mixed(task: Task, frame: Any) -> None:
    """Raise :class:`TableError` where rows of a frame of Narwhals in memory are of another one."""
    problems = [
        Problem(column=each.column, rule=each.rule)
        for each in said(task, frame.schema)
        if _others(each, set(frame.get_column(each.column).drop_nulls().unique().to_list()))
    ]
    if problems:
        raise TableError(problems)


def mixed(task: Task, schema: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Column, rule, and the expression whether a row breaks it.

    Where any will do, but one, no more is compared than the rows of a case.
    """
    for each in said(task, schema):
        own = nw.col(each.column).cast(nw.String)
        if each.asked is None:
            first, last = own.min().over(*task.by), own.max().over(*task.by)
            yield each.column, each.rule, first != last
        else:
            yield each.column, each.rule, own != each.asked


def _others(one: Said, names: set[Any]) -> bool:
    return len(names) > 1 if one.asked is None else bool(names - {one.asked})
