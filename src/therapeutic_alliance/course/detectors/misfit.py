"""What a rule knows of a cohort is to be of the scores that it looks at."""

from typing import Protocol, runtime_checkable

from therapeutic_alliance.course.series import Series

HELD = ("model", "cohort")
"""Fields of rules; where one has both, the first that is given counts."""


@runtime_checkable
class OfSomeScores(Protocol):
    """Numbers that know what scores they are of, such as :class:`CohortConstants`."""

    def misfit_to(self, series: Series) -> str:
        """Why they are not for a series; empty if nothing says so."""


def misfit(rule: object, series: Series) -> str:
    """Why a rule cannot judge a series by what it knows of a cohort; empty if nothing says so.

    >>> import therapeutic_alliance as ta
    >>> from attrs import evolve
    >>> arm = evolve(ta.CohortConstants.illustrative(), measure="arm-5")
    >>> wai = ta.Series.of([3.9, 4.4], measure=ta.Registry().measure("wai-sr"), metric="mean")
    >>> misfit(ta.Registry().detector("crisis-run", cohort=arm), wai)
    'the cohort constants are of another measure, arm-5'
    """
    known = known_by(rule)
    return known.misfit_to(series) if known else ""


def known_by(rule: object) -> OfSomeScores | None:
    """What a rule knows of a cohort, if it does."""
    held = (getattr(rule, name, None) for name in HELD)
    return next((each for each in held if isinstance(each, OfSomeScores)), None)
