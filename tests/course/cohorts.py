"""Simulated cohorts for the tests of constants."""

from datetime import date
from random import Random

from attrs import evolve

import therapeutic_alliance as ta

DAY = date(2026, 3, 1)
Fit = ta.CohortConstants.fit


def cohort(n: int = 40, seed: int = 5, growth: float = 0.0) -> list[ta.Series]:
    """Simulated persons on a mean of 1 to 5, with 3 to 14 sessions, some not observed."""
    draw = Random(seed)  # noqa: S311 - simulated
    made = []
    for person in range(n):
        level = draw.gauss(3.5, 0.4)
        values = [
            min(5, max(1, draw.gauss(level + growth * session, 0.3)))
            if session < 3 or draw.random() > 0.1
            else None
            for session in range(draw.randint(3, 14))
        ]
        made.append(evolve(ta.Series.of(values, low=1, high=5, rater="client"), case=f"c{person}"))
    return made


def shares(series: ta.Series) -> list[float]:
    return [series.share(each.value) for each in series if each.value is not None]
