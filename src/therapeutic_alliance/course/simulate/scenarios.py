"""The seven scenarios and four transfers of the comparison, each as its changes to the base."""

from collections.abc import Mapping
from types import MappingProxyType

from attrs import evolve

from therapeutic_alliance.course.simulate.scenario import Scenario

BASE = Scenario(name="base")
SCENARIOS: Mapping[str, Scenario] = MappingProxyType(
    {
        each.name: each
        for each in (
            BASE,
            evolve(BASE, name="noisy", within_sd=0.40),
            evolve(BASE, name="ceiling", mean=4.6),
            evolve(BASE, name="short", sessions=8),
            evolve(BASE, name="growth", slope=0.05, slope_sd=0.03, early=0.5),
            evolve(BASE, name="shallow", depth=0.50),
            evolve(
                BASE, name="srs", low=0.0, high=100.0, mean=88.0, between_sd=9.0,
                within_sd=4.0, slope=0.25, slope_sd=0.25, early=4.0, item_sd=5.0, depth=14.0,
            ),
        )
    }
)  # fmt: skip
"""By name."""
TRANSFERS = (("noisy", "base"), ("base", "noisy"), ("base", "ceiling"), ("base", "growth"))
"""From which scenario constants are learned, and on which the rules are tried."""
