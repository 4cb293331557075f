"""The detectors with cohort constants keep the contract of the kit. All courses are simulated."""

from collections.abc import Sequence

from attrs import evolve

import therapeutic_alliance as ta
from therapeutic_alliance.course.detectors.eb_z import EbZ
from therapeutic_alliance.course.detectors.sequential import Cusum, Ewma
from therapeutic_alliance.course.detectors.set_aside_z import SetAsideZ
from therapeutic_alliance.testing import CohortDetectorContract, WorkedCourse

ILLUSTRATIVE = ta.CohortConstants.illustrative()
A = [3.8, 4.0, 4.2, 4.3, 4.2, 3.4, 4.1, 4.3, 4.4, 4.3, 4.4, 3.9, 3.6, 3.5, 4.2, 4.4]


class FromCohortContract(CohortDetectorContract):
    detector: EbZ | SetAsideZ | Ewma | Cusum

    def fit(self, cohort: Sequence[ta.Series]) -> EbZ | SetAsideZ | Ewma | Cusum:
        return evolve(self.detector, cohort=ta.CohortConstants.fit(cohort))


def worked(*flagged: int) -> tuple[WorkedCourse, ...]:
    """Series A of ruptures.md, section 0."""
    return (WorkedCourse(values=A, low=1, high=5, flagged=flagged, not_evaluable=[1, 2]),)


class TestEbZ(FromCohortContract):
    detector = EbZ(cohort=ILLUSTRATIVE)
    worked = worked(6, 13, 14)


class TestSetAsideZ(FromCohortContract):
    detector = SetAsideZ(cohort=ILLUSTRATIVE)
    worked = worked(6)


class TestEwma(FromCohortContract):
    detector = Ewma(cohort=ILLUSTRATIVE)
    worked = worked(14)


class TestCusum(FromCohortContract):
    detector = Cusum(cohort=ILLUSTRATIVE)
    worked = worked(6, 14)


del FromCohortContract  # has nothing to be tested itself
