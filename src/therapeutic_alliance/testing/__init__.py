"""The conformance kit: what an author of plugins subclasses in ordinary pytest files.

Needs the extra ``testing``. The names of the contracts' tests are part of the public API. Each
name is loaded on first use::

    from therapeutic_alliance.testing import MeasureContract, Worked

    class TestPulse(MeasureContract):
        measure = read_measure("pulse.toml")
        worked = [Worked(answers=[1, 2, None, 4], scores={"total": None})]
        ranges = {"total": (0, 16)}
        refused = {"q1": [5, -1, 0.5]}
"""

from importlib import import_module
from typing import TYPE_CHECKING

from therapeutic_alliance.errors import MissingExtraError

try:
    import_module("pytest")
    import_module("hypothesis")
except ImportError:
    raise MissingExtraError(
        "the conformance kit needs the extra: pip install 'therapeutic-alliance[testing]'"
    ) from None

if TYPE_CHECKING:
    from therapeutic_alliance.testing.contract import Contract as Contract
    from therapeutic_alliance.testing.course_strategy import whole_courses as whole_courses
    from therapeutic_alliance.testing.files.exporter import ExporterContract as ExporterContract
    from therapeutic_alliance.testing.files.exporter import Key as Key
    from therapeutic_alliance.testing.files.exporter import (
        RoundTripExporterContract as RoundTripExporterContract,
    )
    from therapeutic_alliance.testing.files.exporter import WorkedExport as WorkedExport
    from therapeutic_alliance.testing.files.importer import BadFile as BadFile
    from therapeutic_alliance.testing.files.importer import ImporterContract as ImporterContract
    from therapeutic_alliance.testing.files.importer import WorkedFile as WorkedFile
    from therapeutic_alliance.testing.keys.measure import MeasureContract as MeasureContract
    from therapeutic_alliance.testing.keys.worked import Worked as Worked
    from therapeutic_alliance.testing.plugins.plugin import PluginContract as PluginContract
    from therapeutic_alliance.testing.rules.cohort import (
        CohortDetectorContract as CohortDetectorContract,
    )
    from therapeutic_alliance.testing.rules.detector import DetectorContract as DetectorContract
    from therapeutic_alliance.testing.rules.detector import WorkedCourse as WorkedCourse
    from therapeutic_alliance.testing.rules.observation import (
        ObservationDetectorContract as ObservationDetectorContract,
    )
    from therapeutic_alliance.testing.rules.phases import PhaseModelContract as PhaseModelContract
    from therapeutic_alliance.testing.rules.phases import WorkedPhases as WorkedPhases
    from therapeutic_alliance.testing.strategies import answers as answers
    from therapeutic_alliance.testing.strategies import courses as courses
    from therapeutic_alliance.testing.strategies import measures as measures
    from therapeutic_alliance.testing.strategies import series as series

_HOME = {
    "contract": ("Contract",),
    "course_strategy": ("whole_courses",),
    "rules.cohort": ("CohortDetectorContract",),
    "rules.detector": ("DetectorContract", "WorkedCourse"),
    "files.exporter": ("ExporterContract", "Key", "RoundTripExporterContract", "WorkedExport"),
    "files.importer": ("BadFile", "ImporterContract", "WorkedFile"),
    "keys.measure": ("MeasureContract",),
    "rules.observation": ("ObservationDetectorContract",),
    "rules.phases": ("PhaseModelContract", "WorkedPhases"),
    "plugins.plugin": ("PluginContract",),
    "strategies": ("answers", "courses", "measures", "series"),
    "keys.worked": ("Worked",),
}
_MODULE = {name: module for module, names in _HOME.items() for name in names}

__all__ = [*sorted(_MODULE)]  # noqa: PLE0604


def __getattr__(name: str) -> object:
    if name not in _MODULE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_MODULE[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
