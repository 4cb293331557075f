"""Rules that use a cohort say so where they have none."""

from therapeutic_alliance.course.cohort import CohortConstants
from therapeutic_alliance.errors import AllianceError

LACKING = "needs cohort constants"
NONE_GIVEN = f"{LACKING}: none were given, so that no session is evaluable"


def check_cohort(rule: str, cohort: object) -> None:
    """Refuse what is neither ``None`` nor constants of a cohort."""
    if cohort is not None and not isinstance(cohort, CohortConstants):
        raise AllianceError(f"{rule}: cohort is a CohortConstants, or None")
