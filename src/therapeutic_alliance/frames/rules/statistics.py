"""The quicker way for rules whose statistic follows from one column, and the flag from it."""

from collections.abc import Callable, Iterator

from therapeutic_alliance.frames.rules.blocks import blocks
from therapeutic_alliance.frames.rules.courses import Courses, Floats

Follow = Callable[[Iterator[Floats]], Iterator[Floats | float]]
"""A generator, as for :func:`by_blocks`: a column's part of each wave in, its statistics out."""


def put_statistics(courses: Courses, column: Floats, follow: Follow) -> None:
    """Put the statistic of each session in the place of what it follows from.

    ``column`` is in the order of ``courses``; ``NaN``: there is no statistic.

    >>> import numpy as np
    >>> courses = Courses(
    ...     row=np.array([1, 0, 2]), start=np.array([0, 1]),
    ...     session=np.array([1, 1, 2]), value=np.array([4.0, 3.0, 2.0]),
    ... )
    >>> def fall(waves):
    ...     last = next(waves)
    ...     yield np.nan
    ...     for value in waves:
    ...         yield last[: len(value)] - value
    ...         last = value
    >>> column = courses.value.copy()
    >>> put_statistics(courses, column, fall)
    >>> column.tolist()
    [nan, nan, 1.0]
    """
    for waves in blocks(courses, len(courses.start)):
        for at, statistic in zip(waves, follow(map(column.take, waves)), strict=True):
            column[at] = statistic
