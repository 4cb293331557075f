"""Closed forms of psychometrics in plain Python: no packages, no data frames.

The quality of scores and ratings: ``ta.psychometrics.alpha(rows)``, ``ta.psychometrics.icc(rows)``.
"""

from therapeutic_alliance.psychometrics.alpha import Alpha, alpha
from therapeutic_alliance.psychometrics.icc import Icc, MeanSquares, icc
from therapeutic_alliance.psychometrics.measurement_error import (
    difference_error,
    reliable_change,
    sem,
)
from therapeutic_alliance.psychometrics.uniform import Uniformity, uniformity
from therapeutic_alliance.psychometrics.variance_components import Components, components

__all__ = [
    "Alpha",
    "Components",
    "Icc",
    "MeanSquares",
    "Uniformity",
    "alpha",
    "components",
    "difference_error",
    "icc",
    "reliable_change",
    "sem",
    "uniformity",
]
