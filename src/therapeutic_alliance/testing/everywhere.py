"""The series that laws of detectors and phase models are tried on."""

from collections.abc import Callable

from therapeutic_alliance.course.series import Series
from therapeutic_alliance.testing.contract import holds, tried
from therapeutic_alliance.testing.odd import ODD
from therapeutic_alliance.testing.simulated import simulated
from therapeutic_alliance.testing.strategies import series as drawn

COURSES = 60
DRAWN = 25
"""How many simulated courses, and how many drawn ones, each law is tried on."""


def everywhere(law: Callable[[Series], None]) -> None:
    """A law of odd series, simulated courses and drawn ones."""
    for series in (*ODD.values(), *simulated(COURSES)):
        tried(law, series)
    holds(law, drawn(), examples=DRAWN)
