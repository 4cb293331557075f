"""What this distribution contributes itself, by the same hooks as any plugin."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

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
def alliance_detectors() -> Iterable["Detector[Series]"]:
    """The detectors under ``course/detectors/``."""
    from therapeutic_alliance.course.detectors.reliable_drop import (
        DropFromBest,
        RciDrop,
    )

    return [DropFromBest(), RciDrop()]


@hookimpl
def alliance_phase_models() -> Iterable["PhaseModel[Series]"]:
    """The models of ``course/phases.py``."""
    from therapeutic_alliance.course.phases import TwoPhase

    return [TwoPhase()]


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
