"""The series that laws of detectors and phase models are tried on."""

from collections.abc import Callable
from functools import cache

from attrs import evolve

from therapeutic_alliance.course.series import Point, Series
from therapeutic_alliance.testing.contract import holds, tried
from therapeutic_alliance.testing.rules.odd import ODD
from therapeutic_alliance.testing.rules.simulated import simulated
from therapeutic_alliance.testing.strategies import series as drawn

COURSES = 60
DRAWN = 60
"""How many simulated courses, and how many drawn ones, each law is tried on."""


def everywhere(law: Callable[[Series], None]) -> None:
    """A law of odd series, simulated courses and drawn ones; each law gets its own copies."""
    for series in (*ODD.values(), *simulated(COURSES), *_drawn()):
        tried(law, _copy(series))


@cache
def _drawn() -> tuple[Series, ...]:
    """Drawn once, because drawing takes longer than most laws; the shortest first."""
    found: list[Series] = []
    holds(found.append, drawn(), examples=DRAWN)
    return tuple(sorted(found, key=len))


def _copy(series: Series) -> Series:
    return evolve(series, points=tuple(Point(each.session, each.value) for each in series))
