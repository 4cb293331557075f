"""Detectors without a form for whole columns: case by case, in Python."""

import numpy as np
from attrs import evolve

from therapeutic_alliance.course.series import Point, Series
from therapeutic_alliance.course.vet import vet
from therapeutic_alliance.errors import AllianceError, PluginError
from therapeutic_alliance.frames.detect.asked import asked, is_ours
from therapeutic_alliance.frames.detect.task import Task
from therapeutic_alliance.frames.rules.courses import Courses, Found
from therapeutic_alliance.model.contracts import Detector
from therapeutic_alliance.model.finding import Flag, Flags


def found(task: Task, courses: Courses) -> Found:
    """What the detector's own ``flags`` says of each case.

    Other than with a rule on whole columns, ``courses`` holds the sessions without a score, too:
    their value is ``NaN``. Raises :class:`PluginError` for flags that are none (see :func:`vet`),
    and for what a detector raises, see :func:`asked`.
    """
    flags: list[Flag] = []
    ends = [*courses.start[1:].tolist(), len(courses.row)]
    for start, end in zip(courses.start.tolist(), ends, strict=True):
        cut = slice(start, end)
        sessions, values = courses.session[cut].tolist(), courses.value[cut].tolist()
        flags += _of_case(task, sessions, values, int(courses.row[start]))
    return Found(
        courses.row,
        np.array([-1 if flag.flag is None else flag.flag for flag in flags], np.int8),
        _numbers([flag.statistic for flag in flags]),
        _numbers([flag.threshold for flag in flags]),
    )


def _of_case(task: Task, sessions: list[int], values: list[float], row: int) -> tuple[Flag, ...]:
    points = tuple(
        Point(session, None if value != value else value)  # noqa: PLR0124 - the test for NaN
        for session, value in zip(sessions, values, strict=True)
    )
    series: Series = evolve(task.course, points=points)
    rule = task.detector
    lets_by = (AllianceError,) if is_ours(rule) else ()
    flags = asked(rule, lambda: rule.flags(series), "at its case", row=row, lets_by=lets_by)
    asked(
        rule, lambda: _vet(rule, series, flags, row), "at its case", row=row, lets_by=(PluginError,)
    )
    return flags.flags


def _vet(rule: Detector[Series], series: Series, flags: Flags, row: int) -> None:
    """As :func:`vet`, with the row of the first session of the case."""
    try:
        vet(rule, series, flags)
    except PluginError as error:
        problems = error.problems
    else:
        return
    raise PluginError(evolve(each, row=row, rule=f"at its case, {each.rule}") for each in problems)


def _numbers(values: list[float | None]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([np.nan if value is None else value for value in values], np.float64)
