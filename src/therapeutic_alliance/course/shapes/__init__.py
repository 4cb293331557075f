"""What can be said of the shape of a course: one function and one frozen value each.

``early_alliance``, ``peak``, ``thirds``, ``classify`` (stable, linear, U, inverted U),
``piecewise_growth`` and ``premature_termination`` look at a series; each value says in words what
it rests on, or what is missing. None of them is a detection, and none rates anybody.
"""

from therapeutic_alliance.course.phases.peak import Peak, peak
from therapeutic_alliance.course.phases.thirds import Thirds, thirds
from therapeutic_alliance.course.shapes.curves import Curve
from therapeutic_alliance.course.shapes.early_alliance import EarlyAlliance, early_alliance
from therapeutic_alliance.course.shapes.piecewise import PiecewiseGrowth, piecewise_growth
from therapeutic_alliance.course.shapes.premature_termination import (
    Feature,
    TerminationFeatures,
    premature_termination,
)
from therapeutic_alliance.course.shapes.shape import Shape, classify

__all__ = [
    "Curve",
    "EarlyAlliance",
    "Feature",
    "Peak",
    "PiecewiseGrowth",
    "Shape",
    "TerminationFeatures",
    "Thirds",
    "classify",
    "early_alliance",
    "peak",
    "piecewise_growth",
    "premature_termination",
    "thirds",
]
