"""Drops from the observed session before, of all cases at once."""

import numpy as np

from therapeutic_alliance.frames.rules.courses import Courses, Found, flagged_from


def since_last(courses: Courses, threshold: float, max_gap: int) -> Found:
    """What a rule says that flags a fall of ``threshold`` since the observed session before.

    A case's first session is not evaluable, nor is one after more than ``max_gap`` others that were
    not observed.

    >>> import numpy as np
    >>> courses = Courses(
    ...     row=np.arange(5), start=np.array([0, 3]), session=np.array([1, 2, 9, 1, 2]),
    ...     value=np.array([4.0, 3.0, 1.0, 5.0, 5.0]),
    ... )
    >>> found = since_last(courses, 0.6, 2)
    >>> found.flag.tolist(), found.statistic.tolist()
    ([-1, 1, -1, -1, 0], [nan, 1.0, nan, nan, 0.0])
    """
    drop = np.empty(len(courses.row))
    np.subtract(courses.value[:-1], courses.value[1:], out=drop[1:])
    drop[1:][np.diff(courses.session) - 1 > max_gap] = np.nan
    drop[courses.start] = np.nan
    return flagged_from(threshold, courses, drop)
