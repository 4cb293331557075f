"""``waning`` on whole columns."""

from functools import reduce
from operator import add

import numpy as np

from therapeutic_alliance.course.detectors.waning import Waning, declines
from therapeutic_alliance.course.series import EPSILON
from therapeutic_alliance.frames.rules.courses import Courses, Floats, Found, Ints, Truths
from therapeutic_alliance.model.scored import ScoreSpec

AT_ONCE = 1 << 16
"""Windows that are looked at together."""


def waning(rule: Waning, spec: ScoreSpec, courses: Courses) -> Found:
    """Each window of observed sessions of one case without a long gap."""
    threshold = rule.start(spec).threshold
    first = _windows(rule, courses)
    flag, fall = np.zeros(len(first), np.int8), np.empty(len(first))
    for begin in range(0, len(first), AT_ONCE):
        part = slice(begin, begin + AT_ONCE)
        scores = [courses.value[first[part] + n] for n in range(rule.window)]
        flag[part], fall[part] = _told(rule, scores, threshold)
    row = courses.row[first + rule.window - 1]
    return Found(row, flag, fall, threshold)


def _windows(rule: Waning, courses: Courses) -> Ints:
    """Where the windows begin that can be judged."""
    apart = np.zeros(len(courses.row), np.int64)
    apart[1:] = np.diff(courses.session) - 1 > rule.max_gap
    apart[courses.start] = 1
    breaks = np.cumsum(apart)
    within = rule.window - 1
    return np.flatnonzero(breaks[within:] == breaks[: max(0, len(breaks) - within)])


def _told(rule: Waning, scores: list[Floats], threshold: float) -> tuple[Truths, Floats]:
    """Flags, and falls from the first third to the last."""
    third = rule.window // 3
    parts = (scores[n : n + third] for n in range(0, rule.window, third))
    first, middle, last = (reduce(add, part) / third for part in parts)
    fall = first - last
    flag = (fall >= threshold - EPSILON) & (last < middle - EPSILON)
    falling = np.flatnonzero(flag)
    if len(falling):
        flag[falling] = _straight([each[falling] for each in scores], rule.slide)
    return flag, fall


def _straight(scores: list[Floats], slide: int) -> Truths:
    """Whether a straight decline explains more than any short fall, see :func:`explained`."""
    centre = reduce(add, scores) / len(scores)
    off = [each - centre for each in scores]
    own = np.sqrt(reduce(add, (each * each for each in off)))  # not 0: they fall
    line, *drops = (
        _square(np.maximum(reduce(add, map(np.multiply, each, off)) / own, 0.0))
        for each in declines(len(scores), slide)
    )
    return (own > EPSILON) & (line > reduce(np.maximum, drops) + EPSILON)


def _square(values: Floats) -> Floats:
    return values * values
