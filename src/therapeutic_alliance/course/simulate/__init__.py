"""Simulated courses with known ruptures. Every parameter is an assumption, none a norm.

>>> from therapeutic_alliance import simulate
>>> [case] = simulate.simulate(simulate.BASE, 1, seed=1)
>>> len(case.inside) == len(case.series)
True
"""

from therapeutic_alliance.course.simulate.case import SimulatedCase, TruePerson, TrueRupture
from therapeutic_alliance.course.simulate.draw import simulate
from therapeutic_alliance.course.simulate.scenario import Scenario
from therapeutic_alliance.course.simulate.scenarios import BASE, SCENARIOS, TRANSFERS

__all__ = [
    "BASE",
    "SCENARIOS",
    "TRANSFERS",
    "Scenario",
    "SimulatedCase",
    "TruePerson",
    "TrueRupture",
    "simulate",
]
