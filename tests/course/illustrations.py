"""The series of ruptures.md section 0, and the sessions that a rule flags in them."""

from collections.abc import Sequence
from typing import Any

import therapeutic_alliance as ta
from therapeutic_alliance.course.cohort import CohortConstants
from therapeutic_alliance.course.detectors.reliable_drop import DropFromBest, RciDrop

_A = [3.8, 4.0, 4.2, 4.3, 4.2, 3.4, 4.1, 4.3, 4.4, 4.3, 4.4, 3.9, 3.6, 3.5, 4.2, 4.4]
_B = [4.5, 4.6, None, 4.6, 4.5, None, 3.7, 4.4, 4.6, 4.6]
_C = [5.0, 5.0, 5.0, 5.0, 5.0, 4.5, 5.0, 5.0]
_C2 = [5.0, 5.0, 5.0, 5.0, 5.0, 59 / 12, 5.0, 5.0]
_D = [4.2, 4.1, 3.0, 4.2]
_S = [35.0, 37.2, 38.0, 38.5, 36.9, 38.8, 39.5, 35.5, 38.9, 40, 40, 40]


def on_mean(values: Sequence[float | None]) -> ta.Series:
    """A series of item means from 1 to 5."""
    return ta.Series.of(values, low=1, high=5)


A, B, C, C2, D = on_mean(_A), on_mean(_B), on_mean(_C), on_mean(_C2), on_mean(_D)
S = ta.Series.of(_S, low=0, high=40, metric="sum")
ALL = {"A": A, "B": B, "C": C, "C2": C2, "D": D, "S": S}

RULES: list[DropFromBest | RciDrop] = [
    DropFromBest(),
    RciDrop(),
    RciDrop(reference="running-max"),
    RciDrop(reference="session-3"),
]
"""H1b and H6 in all its variants, with the library's convention."""

COHORT = CohortConstants(
    mean=0.75,
    between_variance=0.15**2,
    within_variance=0.0625**2,
    person_sd=0.075,
    means_sd=0.15,
    source="an illustration",
)
"""H1 and H4: on a mean of 1 to 5 an SD of .30 within persons, and of .60 between them; with H14's
illustrative prior. Nobody's scores."""


def stated(z: float = 1.96) -> dict[str, Any]:
    """SD .70 and r .90: illustrations without a source."""
    return {"sd": 0.7, "reliability": 0.9, "kind": "retest", "source": "an illustration", "z": z}


def told(flags: ta.Flags) -> list[bool | None]:
    return [flag.flag for flag in flags]
