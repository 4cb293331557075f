"""Invented scores of several raters."""

from collections.abc import Sequence

from attrs import evolve

import therapeutic_alliance as ta

CLIENT = ta.Series.of([4.0, 4.2, 3.6, 4.4, 4.3], low=1, high=5)
THERAPIST = ta.Series.of([3.6, 3.7, 3.4, 3.9, 3.8], low=1, high=5)
"""The example of ruptures.md section 3."""


def of(
    values: Sequence[float | None],
    *,
    low: float = 1,
    high: float = 5,
    case: str | None = None,
    person: str | None = None,
    measure: str | None = None,
) -> ta.Series:
    """A series of item means."""
    plain = ta.Series.of(values, low=low, high=high)
    return evolve(plain, case=case, person=person, measure=measure)
