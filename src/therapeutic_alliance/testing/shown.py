"""How a value that a law was tried on is told to the author."""

from therapeutic_alliance.course.series import Series

LONGEST = 400
"""Characters of a value; the rest is left out."""


def shown(value: object) -> str:
    """A series as it would be typed, everything else as Python has it. All of it is simulated.

    >>> shown(Series.of([4.2, None], low=1, high=5, sessions=[1, 3]))
    "Series.of([4.2, None], sessions=[1, 3], low=1, high=5, metric='mean')"
    """
    text = repr(value) if not isinstance(value, Series) else _series(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} ..."


def _series(series: Series) -> str:
    values = [point.value for point in series]
    sessions = [point.session for point in series]
    spec = series.spec
    return (
        f"Series.of({values}, sessions={sessions}, low={spec.low:g}, high={spec.high:g}, "
        f"metric={spec.metric!r})"
    )
