"""The sessions of all cases as columns, and what a rule says of them."""

from functools import cached_property
from typing import NamedTuple

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from therapeutic_alliance.course.series import EPSILON

Ints = NDArray[np.integer]
Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]
Codes = NDArray[np.int8]
"""1: flagged, 0: not flagged, -1: not evaluable."""


@frozen
class Courses:
    """The sessions of some whole cases, sorted by case, then by session; at least one.

    For a rule on whole columns a session without a score is not among them: it leaves the state of
    every online rule as it is, and is not evaluable.

    >>> import numpy as np
    >>> courses = Courses(
    ...     row=np.array([2, 0, 1]), start=np.array([0, 2]),
    ...     session=np.array([1, 3, 1]), value=np.array([5.0, 4.0, 3.0]),
    ... )
    >>> courses.lengths.tolist()
    [2, 1]
    """

    row: Ints = field(repr=False)
    """Where each stands in the caller's frame."""
    start: Ints = field(repr=False)
    """Position of the first session of each case."""
    session: Ints = field(repr=False)
    value: Floats = field(repr=False)

    @cached_property
    def lengths(self) -> Ints:
        """How many sessions each case has."""
        return np.diff(self.start, append=len(self.row))

    def observed(self) -> "Courses":
        """Without the sessions and cases that have no score, ``NaN``; there may be none left.

        >>> import numpy as np
        >>> session, value = np.array([1, 2, 1]), np.array([np.nan, 4.0, np.nan])
        >>> courses = Courses(np.array([7, 8, 9]), np.array([0, 2]), session, value).observed()
        >>> courses.row.tolist(), courses.start.tolist()
        ([8], [0])
        """
        there = ~np.isnan(self.value)
        lengths = np.add.reduceat(there, self.start, dtype=np.int64)
        lengths = lengths[lengths > 0]
        start = np.cumsum(lengths) - lengths
        return Courses(self.row[there], start, self.session[there], self.value[there])


class Found(NamedTuple):
    """What a rule says of sessions, in any order; a session that is left out is not evaluable."""

    row: Ints
    """Of the caller's frame."""
    flag: Codes
    statistic: Floats
    """``NaN`` where a rule has none."""
    threshold: Floats | float
    """``NaN`` where a rule has none; one number for all: it is that of each with a statistic."""


NONE = Found(np.empty(0, np.int64), np.empty(0, np.int8), np.empty(0), np.nan)
"""No session is evaluable, and none has a statistic: what a rule says that lacks its cohort."""


def flagged_from(threshold: float, courses: Courses, statistic: Floats) -> Found:
    """Flagged from a threshold on; sessions without a statistic are not evaluable.

    >>> import numpy as np
    >>> one, two = np.array([1, 2]), np.array([4.0, 4.0])
    >>> courses = Courses(row=np.array([0, 1]), start=np.array([0]), session=one, value=two)
    >>> flagged_from(0.6, courses, np.array([np.nan, 0.6])).flag.tolist()
    [-1, 1]
    """
    flag = (statistic >= threshold - EPSILON).view(np.int8)
    flag -= np.isnan(statistic)
    return Found(courses.row, flag, statistic, float(threshold))
