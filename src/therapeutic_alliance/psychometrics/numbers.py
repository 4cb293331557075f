"""What can be computed with."""

from numbers import Real
from typing import TypeGuard

LARGEST = 1e100
"""A number whose square is still one."""


def is_number(value: object) -> TypeGuard[float]:
    """Whether it is a number that can be computed with, NumPy's included, and no bool."""
    if isinstance(value, int):
        return not isinstance(value, bool) and abs(value) <= LARGEST
    return isinstance(value, Real) and abs(float(value)) <= LARGEST
