"""A plugin's detector whose faults are told as the plugin's, also deep inside a computation."""

from collections.abc import Sequence
from typing import Any, Literal

from attrs import frozen

from therapeutic_alliance.cli.foreign import Foreign
from therapeutic_alliance.course.compare.trained import Training
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.model.contracts import Detector
from therapeutic_alliance.model.finding import Flags


@frozen
class Guarded:
    """Hands everything on to the detector."""

    detector: Detector[Series]

    @property
    def id(self) -> str:
        """The detector's."""
        return self.detector.id

    @property
    def mode(self) -> Literal["online", "retrospective"]:
        """The detector's."""
        return self.detector.mode

    @property
    def citation(self) -> str:
        """The detector's."""
        return self.detector.citation

    def trained(self, cases: Sequence[Series]) -> "Guarded":
        """The detector after it learned what it can."""
        training, foreign = Training(tuple(cases)), Foreign.of("detector", self.detector)
        after: Any = foreign.one(lambda: training.trained(self.detector), object)
        return Guarded(after)

    def flags(self, series: Series) -> Flags:
        """The detector's; :class:`PluginError` if it fails."""
        return Foreign.of("detector", self.detector).one(lambda: self.detector.flags(series), Flags)
