"""The least SD that a person is credited with."""

SD_FLOOR = 0.0375
"""As a fraction of the possible range: this library's convention."""


def sd_floor(low: float, high: float) -> float:
    """The least SD of a person: some give the same score each time, most often the highest.

    >>> sd_floor(1, 5)
    0.15
    """
    return SD_FLOOR * (high - low)
