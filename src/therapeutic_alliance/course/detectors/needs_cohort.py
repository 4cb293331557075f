"""Rules that use a cohort say so where they have none, or one of another measure or rater."""

from attrs import evolve

from therapeutic_alliance.course.cohort import CohortConstants
from therapeutic_alliance.course.detectors.not_evaluable import unless_observed
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.course.two_state.model import StateModel
from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.model.finding import Flags

LACKING = "needs cohort constants"
NONE_GIVEN = f"{LACKING}: none were given, so that no session is evaluable"


def check_cohort(rule: str, cohort: object) -> None:
    """Refuse what is neither ``None`` nor constants of a cohort."""
    if cohort is not None and not isinstance(cohort, CohortConstants):
        raise AllianceError(f"{rule}: cohort is a CohortConstants, or None")


def unless_misfit(
    found: Flags, series: Series, known: CohortConstants | StateModel | None
) -> Flags:
    """The flags; if constants or model are of something else, no observed session is evaluable.

    >>> import therapeutic_alliance as ta
    >>> from therapeutic_alliance.course.detectors.crisis_run import CrisisRun
    >>> from attrs import evolve
    >>> arm = evolve(ta.CohortConstants.illustrative(), measure="arm-5")
    >>> wai = ta.Series.of([3.9, 4.4, 3.0], measure=ta.Registry().measure("wai-sr"), metric="mean")
    >>> CrisisRun(cohort=arm).flags(wai)[2].why
    'the cohort constants are of another measure, arm-5'
    """
    if known is None or not (why := known.misfit_to(series)):
        return found
    return evolve(
        found,
        flags=tuple(unless_observed(each, why) for each in series),
    )
