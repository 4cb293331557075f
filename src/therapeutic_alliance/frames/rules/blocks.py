"""Cases by blocks, and those of a block at once, session by session.

Wave ``t`` holds the ``t``-th observed session of each case. The operations of a rule on a wave are
those of its Python ``step``, in the same order, so that the results are equal bit for bit. Cases
are ordered by length, the longest first, so that the cases of a wave are the first ones of the wave
before: state is cut, never gathered. Cases come in blocks so that their state stays small.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from therapeutic_alliance.frames.rules.courses import Courses, Floats, Found, Ints, Truths


class Wave(NamedTuple):
    """The sessions of which all cases have observed equally many before."""

    seen: int
    """How many that is: 0, 1, 2, ..."""
    session: Ints
    """Of each case that has one, the longest case first."""
    value: Floats


class Verdict(NamedTuple):
    """What a rule says of a wave."""

    statistic: Floats
    flag: Truths | None
    """``None``: no session of the wave is evaluable."""
    unclear: Truths | None = None
    """Sessions that are not evaluable and have no statistic."""


Steps = Callable[[Iterator[Wave]], Iterator[Verdict | None]]
"""A generator: it takes the waves in order and gives a verdict on each; state is local to it.

``None``: no session of the wave is evaluable, and none has a statistic."""


def by_blocks(courses: Courses, cases: int, threshold: float, steps: Steps) -> Found:
    """What a rule with a threshold says of all sessions, ``cases`` at a time.

    >>> import numpy as np
    >>> courses = Courses(
    ...     row=np.array([1, 0, 2]), start=np.array([0, 1]),
    ...     session=np.array([1, 1, 2]), value=np.array([4.0, 3.0, 2.0]),
    ... )
    >>> def fall(waves):
    ...     last = np.empty(0)
    ...     for seen, _, value in waves:
    ...         drop = last[: len(value)] - value if seen else None
    ...         yield Verdict(drop, drop >= 0.6) if seen else None
    ...         last = value
    >>> found = by_blocks(courses, 10, 0.6, fall)
    >>> found.row.tolist(), found.flag.tolist(), found.statistic.tolist()
    ([1, 0, 2], [-1, -1, 1], [nan, nan, 1.0])
    """
    session, value = courses.session, courses.value
    flag = np.full(len(value), -1, np.int8)
    statistic = np.full(len(value), np.nan)
    for block in blocks(courses, cases):
        waves = (Wave(seen, session[at], value[at]) for seen, at in enumerate(block))
        for at, verdict in zip(block, steps(waves), strict=True):
            if verdict is None:
                continue
            statistic[at] = verdict.statistic
            if verdict.flag is not None:
                flag[at] = verdict.flag
            if verdict.unclear is not None:
                unclear = at[verdict.unclear]
                flag[unclear], statistic[unclear] = -1, np.nan
    return Found(courses.row, flag, statistic, float(threshold))


def blocks(courses: Courses, cases: int) -> Iterator[list[Ints]]:
    """Of each block of cases, where the sessions of each wave stand among those of ``courses``."""
    for first in range(0, len(courses.start), cases):
        start, lengths = (each[first : first + cases] for each in (courses.start, courses.lengths))
        longest_first = np.argsort(-lengths)
        start, lengths = start[longest_first], lengths[longest_first]
        widths = np.searchsorted(-lengths, -np.arange(lengths[0]))  # cases longer than 0, 1, 2, ...
        yield [start[:width] + seen for seen, width in enumerate(widths.tolist())]
