"""The built-in phase model keeps the contract. All courses are simulated."""

import therapeutic_alliance as ta
from therapeutic_alliance.testing import PhaseModelContract, WorkedPhases

REGISTRY = ta.Registry()


class TestTwoPhase(PhaseModelContract):
    phase_model = REGISTRY.phase_model("two-phase")
    worked = (
        WorkedPhases(
            values=[4, 3, None, 4, 4, 2, 3],
            low=1,
            high=5,
            phases=[("formation", 1, 5), ("challenge", 6, 7)],
        ),
        WorkedPhases(values=[4, 3], low=1, high=5, phases=[("formation", 1, 2)]),
        WorkedPhases(
            values=[4, 3, 3],
            low=1,
            high=5,
            phases=[("formation", 2, 4), ("challenge", 9, 9)],
            sessions=[2, 4, 9],
            note="by session numbers, not positions",
        ),
        WorkedPhases(values=[], low=1, high=5, phases=[]),
    )


class TestTwoPhaseWithBoundary(PhaseModelContract):
    phase_model = REGISTRY.phase_model("two-phase", boundary=1)
    worked = (
        WorkedPhases(
            values=[4, 3, 4], low=1, high=5, phases=[("formation", 1, 1), ("challenge", 2, 3)]
        ),
    )
