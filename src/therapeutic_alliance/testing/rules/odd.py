"""Series that rules stumble over; all simulated."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from therapeutic_alliance.course.series import Series


def _series(values: Iterable[float | None], sessions: list[int] | None = None) -> Series:
    return Series.of(values, low=1, high=5, sessions=sessions, rater="client")


ODD: Mapping[str, Series] = MappingProxyType(
    {
        "no session": _series([]),
        "one session": _series([3]),
        "one session, unobserved": _series([None]),
        "two sessions": _series([4, 2]),
        "two sessions, one observed": _series([None, 2]),
        "nothing observed": _series([None] * 8),
        "one of many observed": _series([None, None, 3, None, None, None]),
        "all scores equal": _series([3] * 12),
        "all scores at the ceiling": _series([5] * 12),
        "all scores at the floor": _series([1] * 12),
        "at the ceiling, then one fall": _series([5] * 8 + [1]),
        "from end to end and back": _series([5, 1] * 6),
        "long gaps": _series([4, 3, 4, 1, 4], [1, 90, 91, 5_000, 999_999_999]),
        "a late first session": _series([4, 4, 1, 4], [70, 71, 72, 73]),
        "many sessions": _series([3 + (n % 7) / 5 for n in range(60)]),
    }
)
"""By what is odd about them."""
