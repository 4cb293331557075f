"""Frames in memory: columns out, through a rule, new columns on."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from therapeutic_alliance.course.detectors.misfit import misfit
from therapeutic_alliance.frames.detect import per_case
from therapeutic_alliance.frames.detect.cases import cases
from therapeutic_alliance.frames.detect.columns import columns
from therapeutic_alliance.frames.detect.faults import TWICE, Fault, refuse
from therapeutic_alliance.frames.detect.one_of_each import refuse_mixed
from therapeutic_alliance.frames.detect.reading import scores, sessions
from therapeutic_alliance.frames.detect.sorting import in_order
from therapeutic_alliance.frames.detect.task import Task
from therapeutic_alliance.frames.dtypes import refuse_other_than_numbers
from therapeutic_alliance.frames.eager.attach import attached, nulls_of
from therapeutic_alliance.frames.rules.by_detector import RULES
from therapeutic_alliance.frames.rules.courses import Courses, Found

CASES = 8192
"""At a time: what a rule makes of them fits in the cache of a core."""


def detected(task: Task, frame: Any) -> Any:
    """The frame of Narwhals with the new columns.

    It must hold whole cases. Raises :class:`TableError` for rows that cannot be judged.
    """
    refuse_other_than_numbers(frame, [("order", task.order), ("score", task.score)])
    refuse_mixed(task, frame)
    rows = len(frame)
    flag, statistic = np.full(rows, -1, np.int8), np.full(rows, np.nan)
    threshold: Any = np.nan if type(task.detector) in RULES else statistic.copy()
    for found in _by_blocks(task, frame) if rows else ():
        flag[found.row] = found.flag
        statistic[found.row] = found.statistic
        if isinstance(found.threshold, float):
            threshold = found.threshold
        else:
            threshold[found.row] = found.threshold
    nulls = nulls_of(frame, task.score)
    return attached(frame, columns(task, flag, statistic, threshold, nulls), nulls)


def _by_blocks(task: Task, frame: Any) -> Iterator[Found]:
    """What the rule says of some cases, and of the next ones."""
    case, session = cases(frame, task.by), sessions(frame, task.order)
    score, all_observed = scores(frame, task.score, task.course.spec)
    rows = in_order(case, session)
    refuse([Fault(task.order, TWICE, np.sort(rows.twice))])
    rule = RULES.get(type(task.detector))
    if rule and misfit(task.detector, task.course):
        return
    for first in range(0, len(rows.start), CASES):
        start, after = rows.start[first : first + CASES], rows.start[first + CASES :][:1]
        row, numbers = rows.part(slice(start[0], after[0] if len(after) else None))
        courses = Courses(row, start - start[0], numbers, score[row])
        if rule is None:
            yield per_case.found(task, courses)
        elif all_observed:
            yield rule(task.detector, task.course.spec, courses)
        elif len((observed := courses.observed()).row):
            yield rule(task.detector, task.course.spec, observed)
