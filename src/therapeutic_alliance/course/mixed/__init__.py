"""Mixed models of a cohort: what holds on average, and how much cases differ in it.

``ta.mixed.growth(cases)`` and ``ta.mixed.truth_and_bias(dyads)``. Both need the extra ``stats``:
statsmodels fits them, by restricted maximum likelihood, with every coefficient random over cases.
Whether that came to an end is often doubtful, so the result says so: read ``converged`` and
``remarks`` before the numbers.
"""

from therapeutic_alliance.course.mixed.fit import Effect
from therapeutic_alliance.course.mixed.growth import GrowthModel, growth
from therapeutic_alliance.course.mixed.truth_and_bias import TruthAndBiasModel, truth_and_bias

__all__ = ["Effect", "GrowthModel", "TruthAndBiasModel", "growth", "truth_and_bias"]
