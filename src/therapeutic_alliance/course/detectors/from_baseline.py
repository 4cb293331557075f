"""What ``eb-z`` and the charts of its ``z`` share: the baseline that a score is held against."""

from attrs import frozen

from therapeutic_alliance.course.cohort import CohortConstants
from therapeutic_alliance.course.detectors.from_cohort import FromCohort
from therapeutic_alliance.course.expectation.baseline import Baseline
from therapeutic_alliance.course.parameters import positive


@frozen(kw_only=True)
class FromBaseline(FromCohort):
    """``z`` from a :class:`Baseline`; see :class:`EbZ` for the arithmetic."""

    prior_df: float = 6.0
    """How firmly the cohort's spread within persons is believed, in degrees of freedom, above 0:
    the higher, the less a person's own scores change the expected deviation. Each adds one."""

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        positive(self.id, "prior_df", self.prior_df)

    def begin(self, cohort: CohortConstants) -> Baseline:
        """The prior."""
        return Baseline.of(cohort, self.prior_df)
