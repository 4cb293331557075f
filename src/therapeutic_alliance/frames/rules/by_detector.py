"""Which detectors have a form for whole columns."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from therapeutic_alliance.course.detectors.drop_sd import DropSd
from therapeutic_alliance.course.detectors.eb_z import EbZ
from therapeutic_alliance.course.detectors.individuals_chart_past import IndividualsChartPast
from therapeutic_alliance.course.detectors.own_mean import OwnMeanSdOnline
from therapeutic_alliance.course.detectors.reliable_drop import DropFromBest, RciDrop
from therapeutic_alliance.course.detectors.sequential import Cusum, Ewma
from therapeutic_alliance.course.detectors.set_aside_z import SetAsideZ
from therapeutic_alliance.course.detectors.srs_rules import SrsRules
from therapeutic_alliance.course.detectors.state_probability import StateProbability
from therapeutic_alliance.course.detectors.waning import Waning
from therapeutic_alliance.frames.rules.courses import Courses, Found
from therapeutic_alliance.frames.rules.drop_sd import drop_sd
from therapeutic_alliance.frames.rules.eb_z import eb_z
from therapeutic_alliance.frames.rules.own_past import individuals_chart, own_mean_sd_online
from therapeutic_alliance.frames.rules.reliable_drop import drop_from_best, rci_drop
from therapeutic_alliance.frames.rules.sequential import cusum, ewma
from therapeutic_alliance.frames.rules.set_aside_z import set_aside_z
from therapeutic_alliance.frames.rules.srs_rules import srs_rules
from therapeutic_alliance.frames.rules.state_probability import state_probability
from therapeutic_alliance.frames.rules.waning import waning
from therapeutic_alliance.model.scored import ScoreSpec

Rule = Callable[[Any, ScoreSpec, Courses], Found]
"""Detector, score and sessions in; what the detector's own ``flags`` says of them out."""

RULES: Mapping[type, Rule] = MappingProxyType(
    {
        DropFromBest: drop_from_best,
        RciDrop: rci_drop,
        EbZ: eb_z,
        Cusum: cusum,
        DropSd: drop_sd,
        Ewma: ewma,
        IndividualsChartPast: individuals_chart,
        OwnMeanSdOnline: own_mean_sd_online,
        SetAsideZ: set_aside_z,
        SrsRules: srs_rules,
        StateProbability: state_probability,
        Waning: waning,
    }
)
"""By the very class of a detector: what inherits from one may do something else."""
