"""Where the level of a row of scores changes: penalised least squares, solved by ``ruptures``."""

from collections.abc import Sequence
from itertools import pairwise
from math import fsum, log

TOLERANCE = 1e-9
"""Differences of costs up to this fraction of the total do not count."""


def can_break(n: int, *, c: float, min_size: int) -> bool:
    """Whether any row of ``n`` scores could show a change of level.

    One break saves at most the whole sum of squares, ``(n - 1) * var``, and costs
    ``c * var * ln(n)``.

    >>> can_break(3, c=2, min_size=1), can_break(4, c=2, min_size=1)
    (False, True)
    """
    return n >= 2 * min_size and c * log(n) < n - 1


def breaks(scores: Sequence[float], *, c: float, min_size: int) -> tuple[int, ...]:
    """Positions, from 0, at which a stretch of another level begins; the first is left out.

    The cheapest division into stretches of ``min_size`` or more scores. It costs the sum of
    squares within the stretches and, for each break, ``c * var * ln(n)``, where ``var`` is the
    variance of all scores (divisor ``n - 1``). Of equally cheap ones that with fewer breaks.

    Scores are fractions of their possible range, 0 to 1.

    >>> breaks([0.8, 0.8, 0.3, 0.8], c=1, min_size=1)
    (2, 3)
    """
    n = len(scores)
    whole = _squares(scores)
    if whole <= TOLERANCE**2 or not can_break(n, c=c, min_size=min_size):
        return ()
    penalty = c * whole / (n - 1) * log(n)
    # more breaks than these cost more than they can save
    most = int(min(n // min_size - 1, (n - 1) / (c * log(n))))
    found: tuple[int, ...] = ()
    least = whole
    for division in _cheapest(scores, most, min_size):
        cost = penalty * len(division) + _within(scores, division)
        if cost < least - TOLERANCE * whole:
            found, least = division, cost
    return found


def _cheapest(scores: Sequence[float], most: int, min_size: int) -> list[tuple[int, ...]]:
    """The best division with one break, with two, and so on.

    Solved for each number of breaks: where stretches have a least size, the search with a
    penalty prunes what it still needs and can miss the best one.
    """
    import numpy as np  # they take a second to load, which discovery need not pay
    import ruptures  # type: ignore[import-untyped]

    search = ruptures.KernelCPD(kernel="linear", min_size=min_size)  # every score, no jumps
    search.fit(np.array(scores, dtype=float).reshape(-1, 1))
    search.predict(n_bkps=most)
    # what it ends with is no break but the length of the row
    return [
        tuple(int(end) for end in search.predict(n_bkps=count)[:-1]) for count in range(1, most + 1)
    ]


def _within(scores: Sequence[float], division: tuple[int, ...]) -> float:
    ends = pairwise((0, *division, len(scores)))
    return fsum(_squares(scores[first:last]) for first, last in ends)


def _squares(scores: Sequence[float]) -> float:
    mean = fsum(scores) / len(scores)
    return fsum((score - mean) ** 2 for score in scores)
