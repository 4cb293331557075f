"""Therapeutic alliance measures: scores that are right, explained and followed over time.

Everything public is here and loaded on first use::

    import therapeutic_alliance as ta

    measure = ta.Registry().measure("wai-sr")
    sheet = ta.score(measure, {"1": 5, "2": 4})
"""

from importlib import import_module
from typing import TYPE_CHECKING

from therapeutic_alliance._version import __version__

if TYPE_CHECKING:
    from therapeutic_alliance import frames as frames
    from therapeutic_alliance import psychometrics as psychometrics
    from therapeutic_alliance.codec.files import read_course as read_course
    from therapeutic_alliance.codec.files import read_measure as read_measure
    from therapeutic_alliance.codec.json_schema import json_schema as json_schema
    from therapeutic_alliance.codec.text import dumps as dumps
    from therapeutic_alliance.codec.text import loads as loads
    from therapeutic_alliance.course import evidence as evidence
    from therapeutic_alliance.course import mixed as mixed
    from therapeutic_alliance.course import raters as raters
    from therapeutic_alliance.course import shapes as shapes
    from therapeutic_alliance.course import simulate as simulate
    from therapeutic_alliance.course.caseload import caseload as caseload
    from therapeutic_alliance.course.change import ByReliableChange as ByReliableChange
    from therapeutic_alliance.course.change import ReliableChange as ReliableChange
    from therapeutic_alliance.course.cohort import CohortConstants as CohortConstants
    from therapeutic_alliance.course.compare.compare import compare as compare
    from therapeutic_alliance.course.compare.comparison import Comparison as Comparison
    from therapeutic_alliance.course.compare.study import study as study
    from therapeutic_alliance.course.detectors.live import Live as Live
    from therapeutic_alliance.course.detectors.online import OnlineDetector as OnlineDetector
    from therapeutic_alliance.course.detectors.retrospective import (
        RetrospectiveDetector as RetrospectiveDetector,
    )
    from therapeutic_alliance.course.episodes import episodes as episodes
    from therapeutic_alliance.course.indicators import Indicator as Indicator
    from therapeutic_alliance.course.indicators import indicators as indicators
    from therapeutic_alliance.course.merge import merge as merge
    from therapeutic_alliance.course.series import EPSILON as EPSILON
    from therapeutic_alliance.course.series import Point as Point
    from therapeutic_alliance.course.series import Series as Series
    from therapeutic_alliance.course.two_state.model import StateModel as StateModel
    from therapeutic_alliance.errors import AllianceError as AllianceError
    from therapeutic_alliance.errors import AmbiguousIdError as AmbiguousIdError
    from therapeutic_alliance.errors import AnswerError as AnswerError
    from therapeutic_alliance.errors import DefinitionError as DefinitionError
    from therapeutic_alliance.errors import DocumentError as DocumentError
    from therapeutic_alliance.errors import MissingExtraError as MissingExtraError
    from therapeutic_alliance.errors import PluginError as PluginError
    from therapeutic_alliance.errors import Problem as Problem
    from therapeutic_alliance.errors import SeriesError as SeriesError
    from therapeutic_alliance.errors import TableError as TableError
    from therapeutic_alliance.errors import UnknownIdError as UnknownIdError
    from therapeutic_alliance.frames.detect.detect_frame import detect_frame as detect_frame
    from therapeutic_alliance.frames.score import score_frame as score_frame
    from therapeutic_alliance.importers.read import read_forms as read_forms
    from therapeutic_alliance.importers.simulated import example as example
    from therapeutic_alliance.model import alliance as alliance
    from therapeutic_alliance.model import vocabulary as vocabulary
    from therapeutic_alliance.model.contracts import Detector as Detector
    from therapeutic_alliance.model.contracts import Exporter as Exporter
    from therapeutic_alliance.model.contracts import Importer as Importer
    from therapeutic_alliance.model.contracts import PhaseModel as PhaseModel
    from therapeutic_alliance.model.course import Course as Course
    from therapeutic_alliance.model.finding import Episode as Episode
    from therapeutic_alliance.model.finding import Flag as Flag
    from therapeutic_alliance.model.finding import Flags as Flags
    from therapeutic_alliance.model.finding import Phase as Phase
    from therapeutic_alliance.model.finding import Phases as Phases
    from therapeutic_alliance.model.measure import Measure as Measure
    from therapeutic_alliance.model.record import Administration as Administration
    from therapeutic_alliance.model.rule import MissingRule as MissingRule
    from therapeutic_alliance.model.rule import Prorate as Prorate
    from therapeutic_alliance.model.rule import ScoreRule as ScoreRule
    from therapeutic_alliance.model.scale import Scale as Scale
    from therapeutic_alliance.model.scored import Score as Score
    from therapeutic_alliance.model.scored import ScoreSheet as ScoreSheet
    from therapeutic_alliance.model.scored import ScoreSpec as ScoreSpec
    from therapeutic_alliance.scoring.explain import explain as explain
    from therapeutic_alliance.scoring.lint import lint as lint
    from therapeutic_alliance.scoring.sheet import score as score
    from therapeutic_alliance.sdk.courses import score_course as score_course
    from therapeutic_alliance.sdk.courses import series as series
    from therapeutic_alliance.sdk.hooks import hookimpl as hookimpl
    from therapeutic_alliance.sdk.installed import installed_plugins as installed_plugins
    from therapeutic_alliance.sdk.registry import Registry as Registry
    from therapeutic_alliance.sdk.status import PluginStatus as PluginStatus

_HOME = {
    "codec.files": ("read_course", "read_measure"),
    "codec.json_schema": ("json_schema",),
    "codec.text": ("dumps", "loads"),
    "course.caseload": ("caseload",),
    "course.change": ("ByReliableChange", "ReliableChange"),
    "course.cohort": ("CohortConstants",),
    "course.detectors.live": ("Live",),
    "course.detectors.online": ("OnlineDetector",),
    "course.detectors.retrospective": ("RetrospectiveDetector",),
    "course.episodes": ("episodes",),
    "course.evidence": ("evidence",),
    "course.indicators": ("Indicator", "indicators"),
    "course.merge": ("merge",),
    "course.mixed": ("mixed",),
    "course.raters": ("raters",),
    "course.series": ("EPSILON", "Point", "Series"),
    "course.shapes": ("shapes",),
    "course.simulate": ("simulate",),
    "course.compare.compare": ("compare",),
    "course.compare.comparison": ("Comparison",),
    "course.compare.study": ("study",),
    "course.two_state.model": ("StateModel",),
    "errors": (
        "AllianceError",
        "AmbiguousIdError",
        "AnswerError",
        "DefinitionError",
        "DocumentError",
        "MissingExtraError",
        "PluginError",
        "Problem",
        "SeriesError",
        "TableError",
        "UnknownIdError",
    ),
    "frames": ("frames",),
    "frames.detect.detect_frame": ("detect_frame",),
    "frames.score": ("score_frame",),
    "importers.read": ("read_forms",),
    "importers.simulated": ("example",),
    "model.alliance": ("alliance",),
    "model.vocabulary": ("vocabulary",),
    "model.contracts": ("Detector", "Exporter", "Importer", "PhaseModel"),
    "model.course": ("Course",),
    "model.finding": ("Episode", "Flag", "Flags", "Phase", "Phases"),
    "model.measure": ("Measure",),
    "model.record": ("Administration",),
    "model.rule": ("MissingRule", "Prorate", "ScoreRule"),
    "model.scale": ("Scale",),
    "model.scored": ("Score", "ScoreSheet", "ScoreSpec"),
    "psychometrics": ("psychometrics",),
    "scoring.explain": ("explain",),
    "scoring.lint": ("lint",),
    "scoring.sheet": ("score",),
    "sdk.courses": ("score_course", "series"),
    "sdk.hooks": ("hookimpl",),
    "sdk.installed": ("installed_plugins",),
    "sdk.registry": ("Registry",),
    "sdk.status": ("PluginStatus",),
}
_NAMESPACES = (
    "alliance",
    "evidence",
    "frames",
    "psychometrics",
    "mixed",
    "raters",
    "shapes",
    "simulate",
    "vocabulary",
)
"""Names that are modules themselves."""
_MODULE = {name: module for module, names in _HOME.items() for name in names}

__all__ = ["__version__", *sorted(_MODULE)]  # noqa: PLE0604


def __getattr__(name: str) -> object:
    if name not in _MODULE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(f"{__name__}.{_MODULE[name]}")
    value = module if name in _NAMESPACES else getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
