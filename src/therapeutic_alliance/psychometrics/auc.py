"""How well a number tells two groups apart."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable


def auc(positives: Iterable[float], negatives: Iterable[float]) -> float | None:
    """The chance that a positive lies above a negative; a tie counts half.

    The area under the receiver operating characteristic, or Mann & Whitney's U divided by the
    number of pairs: 0 to 1, and 0.5 for a number that says nothing. ``None`` if one group is
    empty. Numbers may be infinite, and must not be NaN.

    >>> auc([3, 4], [1, 2, 3])  # of six pairs five lie right, and one is a tie
    0.9166666666666666
    """
    below = sorted(negatives)
    ranks = [(bisect_left(below, each) + bisect_right(below, each)) / 2 for each in positives]
    if not below or not ranks:
        return None
    return sum(ranks) / len(ranks) / len(below)
