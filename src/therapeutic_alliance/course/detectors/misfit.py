"""Rules that may use a cohort do not use one of another measure, score or rater."""

from attrs import evolve

from therapeutic_alliance.course.cohort import CohortConstants
from therapeutic_alliance.course.detectors.online import not_observed
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.model.finding import Flag, Flags


def check_cohort(rule: str, cohort: object) -> None:
    """Refuse what is neither ``None`` nor constants of a cohort."""
    if cohort is not None and not isinstance(cohort, CohortConstants):
        raise AllianceError(f"{rule}: cohort is a CohortConstants, or None")


def misfit(series: Series, cohort: CohortConstants | None) -> str:
    """Why the constants are not for the series; empty if they are, or there are none."""
    if cohort is None:
        return ""
    return cohort.misfit(measure=series.measure, score=series.spec.id, rater=series.rater)


def unless_misfit(found: Flags, series: Series, cohort: CohortConstants | None) -> Flags:
    """The flags; if the constants are of something else, no observed session is evaluable.

    >>> import therapeutic_alliance as ta
    >>> from therapeutic_alliance.course.detectors.crisis_run import CrisisRun
    >>> from attrs import evolve
    >>> arm = evolve(ta.CohortConstants.illustrative(), measure="arm-5")
    >>> wai = ta.Series.of([3.9, 4.4, 3.0], measure=ta.Registry().measure("wai-sr"), metric="mean")
    >>> CrisisRun(cohort=arm).flags(wai)[2].why
    'the cohort constants are of another measure, arm-5'
    """
    why = misfit(series, cohort)
    if not why:
        return found
    return evolve(
        found,
        flags=tuple(
            not_observed(each.session)
            if each.value is None
            else Flag(session=each.session, flag=None, why=why)
            for each in series
        ),
    )
