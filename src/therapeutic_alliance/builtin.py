"""What this distribution contributes itself, by the same hooks as any plugin."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from therapeutic_alliance.sdk.folder import MeasureFolder
from therapeutic_alliance.sdk.hooks import hookimpl

if TYPE_CHECKING:
    from therapeutic_alliance.course.series import Series
    from therapeutic_alliance.model.contracts import Detector, Exporter, Importer, PhaseModel

MEASURES = Path(__file__).parent / "measures"


@hookimpl
def alliance_measures() -> Iterable[MeasureFolder]:
    """The definitions under ``measures/``."""
    return [MeasureFolder(MEASURES)]


@hookimpl
def alliance_detectors() -> Iterable["Detector[Any]"]:
    """The detectors under ``course/detectors/``; some observe something else than scores."""
    from therapeutic_alliance.course.detectors.crisis_run import CrisisRun
    from therapeutic_alliance.course.detectors.direct_report import DirectReport
    from therapeutic_alliance.course.detectors.drop_sd import DropSd, DropSdPerson
    from therapeutic_alliance.course.detectors.eb_z import EbZ
    from therapeutic_alliance.course.detectors.individuals_chart import IndividualsChart
    from therapeutic_alliance.course.detectors.individuals_chart_past import IndividualsChartPast
    from therapeutic_alliance.course.detectors.observer_3rs import Observer3RS
    from therapeutic_alliance.course.detectors.own_mean import OwnMeanSd, OwnMeanSdOnline
    from therapeutic_alliance.course.detectors.pre_post import PrePostDrop
    from therapeutic_alliance.course.detectors.reliable_drop import (
        DropFromBest,
        RciDrop,
    )
    from therapeutic_alliance.course.detectors.sequential import Cusum, Ewma
    from therapeutic_alliance.course.detectors.set_aside_z import SetAsideZ
    from therapeutic_alliance.course.detectors.srs_rules import SrsRules
    from therapeutic_alliance.course.detectors.state_probability import (
        StateProbability,
        StateProbabilitySmoothed,
    )
    from therapeutic_alliance.course.detectors.sudden_loss import SuddenLoss
    from therapeutic_alliance.course.detectors.trend_residual import TrendResidual
    from therapeutic_alliance.course.detectors.waning import Waning

    return [
        DropFromBest(),
        RciDrop(),
        EbZ(),
        SetAsideZ(),
        Ewma(),
        Cusum(),
        DropSd(),
        DropSdPerson(),
        OwnMeanSd(),
        OwnMeanSdOnline(),
        TrendResidual(),
        CrisisRun(),
        IndividualsChart(),
        IndividualsChartPast(),
        SuddenLoss(),
        Waning(),
        SrsRules(),
        DirectReport(),
        Observer3RS(),
        PrePostDrop(),
        StateProbability(),
        StateProbabilitySmoothed(),
    ]


@hookimpl
def alliance_phase_models() -> Iterable["PhaseModel[Series]"]:
    """The models under ``course/phases/``."""
    from therapeutic_alliance.course.phases.peak import ByPeak
    from therapeutic_alliance.course.phases.thirds import ByThirds
    from therapeutic_alliance.course.phases.two_phase import TwoPhase

    return [TwoPhase(), ByPeak(), ByThirds()]


@hookimpl
def alliance_importers() -> Iterable["Importer"]:
    """The importers under ``importers/``."""
    from therapeutic_alliance.importers.courses import CourseForms
    from therapeutic_alliance.importers.tables import Table

    return [Table(), CourseForms()]


@hookimpl
def alliance_exporters() -> Iterable["Exporter"]:
    """The exporters under ``exporters/``."""
    from therapeutic_alliance.exporters.score_tables import ScoresCsv, ScoresJson, ScoresTsv

    return [ScoresCsv(), ScoresTsv(), ScoresJson()]
