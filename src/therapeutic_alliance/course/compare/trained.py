"""Rules with what they need to know of a cohort: learned on other, unlabelled cases."""

from functools import cached_property
from typing import Any

import attrs
from attrs import evolve, frozen

from therapeutic_alliance.course.cohort import CohortConstants
from therapeutic_alliance.course.compare.rules import not_detector
from therapeutic_alliance.course.detectors.state_probability import ByStateModel
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.course.two_state.model import StateModel
from therapeutic_alliance.errors import PluginError, SeriesError
from therapeutic_alliance.model.contracts import Detector


@frozen(slots=False)
class Training:
    """A cohort to learn from; what several rules need is computed once."""

    cases: tuple[Series, ...]

    @cached_property
    def constants(self) -> CohortConstants:
        """Level, spread and growth."""
        try:
            return CohortConstants.fit(self.cases, growth=True)
        except SeriesError as error:
            refused = str(error)
        raise SeriesError(f"{refused}: more cases to learn on are needed")

    @cached_property
    def model(self) -> StateModel:
        """The two-state model; needs the extra ``stats``."""
        return StateModel.fit(self.cases, self.constants)

    def trained(self, detector: Detector[Series]) -> Detector[Series]:
        """A rule after it learned what it can.

        A rule of a plugin may have a method ``trained(cases)``, which gives the rule to use after
        these series. One with a parameter ``cohort`` that is ``None`` gets the constants, one by a
        state model the model. All others are used as they are.
        """
        own: Any = getattr(detector, "trained", None)
        if own is not None:
            after: Detector[Series] = own(self.cases)
            if what := not_detector(after):
                raise PluginError(f"detector {detector.id}: trained gives {what}, no detector")
            return after
        if isinstance(detector, ByStateModel):
            return detector if detector.used else evolve(detector, model=self.model)
        if attrs.has(type(detector)) and getattr(detector, "cohort", 0) is None:
            return _with_constants(detector, self.constants)
        return detector


def _with_constants(detector: Any, constants: CohortConstants) -> Detector[Series]:
    known: Detector[Series] = evolve(detector, cohort=constants)
    return known
