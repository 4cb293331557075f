"""Simulated courses, always the same ones; nobody ever gave these scores."""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate
from random import Random

from attrs import evolve

from therapeutic_alliance.course.series import Series

Course = list[tuple[int, int | None]]
"""Session numbers, and whole numbers as scores."""


def courses(count: int, low: int, high: int) -> Iterator[Course]:
    """Courses of whole numbers from ``low`` to ``high``, of 1 to 18 sessions, the shortest first.

    They have falls, gaps and sessions that were not observed.

    >>> [len(course) for course in courses(3, 10, 50)]
    [1, 7, 13]
    """
    draw = Random(20)  # noqa: S311 - simulated, and to be the same each time
    for n in range(count):
        length = 1 + 18 * n // count
        sessions = accumulate(draw.choice((1, 1, 1, 1, 2, 4)) for _ in range(length))
        level = draw.uniform((low + high) / 2, high)
        yield [(session, _score(draw, level, low, high)) for session in sessions]


def _score(draw: Random, level: float, low: int, high: int) -> int | None:
    if draw.random() < 0.1:
        return None
    return min(high, max(low, round(draw.gauss(level, 0.15 * (high - low)))))


@cache
def simulated(count: int, low: int = 10, high: int = 50) -> tuple[Series, ...]:
    """Means from 1 to 5 in steps of 0.1, of one case each; all from low / 10 to high / 10."""
    return tuple(
        Series.of(
            [None if sum_ is None else sum_ / 10 for _, sum_ in course],
            low=1,
            high=5,
            sessions=[session for session, _ in course],
            rater="client",
        )
        for course in courses(count, low, high)
    )


def cohort() -> list[Series]:
    """Forty cases of 4 sessions or more in no order, in a list of their own.

    >>> len(cohort()), cohort() == cohort()
    (40, True)
    """
    return _named(simulated(48)[8:])


def steady() -> list[Series]:
    """Thirty-six other cases, of longer courses that stay high and hardly change.

    >>> len(steady()), min(point.value for case in steady() for point in case.observed)
    (36, 4.5)
    """
    return _named(simulated(72, 44, 48)[36:])


def _named(cases: Iterable[Series]) -> list[Series]:
    cases = list(cases)
    Random(20).shuffle(cases)  # noqa: S311 - in no order, and always the same
    return [evolve(each, case=f"simulated-{n}") for n, each in enumerate(cases, 1)]


def renamed(series: Series, name: str) -> Series:
    """The same scores of somebody else."""
    return evolve(series, case=name, person=f"{name}-p", rater="therapist")
