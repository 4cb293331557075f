"""Mean, sample variance and SD, exactly summed: the order of the numbers does not matter."""

from collections.abc import Sequence
from math import fsum, sqrt

ZERO = 1e-18
"""A variance or sum of squares up to this is none: numbers within 1e-9 of one another are equal."""


def mean(numbers: Sequence[float]) -> float:
    """The mean; there must be a number.

    >>> mean([4.0, 4.5])
    4.25
    """
    return fsum(numbers) / len(numbers)


def variance(numbers: Sequence[float]) -> float:
    """The sample variance, divisor ``n - 1``; of fewer than two numbers 0.

    >>> variance([4.0, 5.0, 6.0])
    1.0
    """
    if len(numbers) < 2:
        return 0.0
    centre = mean(numbers)
    return fsum((each - centre) ** 2 for each in numbers) / (len(numbers) - 1)


def sd(numbers: Sequence[float]) -> float:
    """The sample SD, divisor ``n - 1``; of fewer than two numbers 0."""
    return sqrt(variance(numbers))
