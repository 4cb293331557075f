"""Several raters of one course, and several courses: distance, agreement, within and between.

``ta.raters.dyad(client, therapist)`` and the others take series and give frozen values. They
describe; none of them says who is right, and none rates a therapist.
"""

from therapeutic_alliance.course.raters.dyad import Convergence, Dyad, convergence, dyad
from therapeutic_alliance.course.raters.split import Split, split_alliance
from therapeutic_alliance.course.raters.surface import PrincipalAxis, Surface
from therapeutic_alliance.course.raters.surface_fit import (
    Congruence,
    Estimate,
    SurfaceFit,
    congruence,
    fit_surface,
)
from therapeutic_alliance.course.raters.truth_and_bias import TruthAndBias, truth_and_bias
from therapeutic_alliance.course.raters.within_between import (
    Decomposition,
    Level,
    Row,
    within_between,
)

__all__ = [
    "Congruence",
    "Convergence",
    "Decomposition",
    "Dyad",
    "Estimate",
    "Level",
    "PrincipalAxis",
    "Row",
    "Split",
    "Surface",
    "SurfaceFit",
    "TruthAndBias",
    "congruence",
    "convergence",
    "dyad",
    "fit_surface",
    "split_alliance",
    "truth_and_bias",
    "within_between",
]
