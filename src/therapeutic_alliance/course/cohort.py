"""What is known of the scores of a cohort: the constants that some rules need."""

import datetime as dt
from collections.abc import Iterable
from math import fsum

from attrs import frozen

from therapeutic_alliance.course.series import Series
from therapeutic_alliance.errors import SeriesError
from therapeutic_alliance.model.immutable import as_tuples
from therapeutic_alliance.psychometrics.spread import mean, sd, variance

LEAST_CASES = 30
"""Cases with enough scores that a cohort must have."""
LEAST_SCORES = 3
"""Scores that a case must have to count: this library's convention, as the number of cases."""
LEAST_BETWEEN = 1e-6
"""Least variance between persons, as a fraction of the squared range."""


@frozen(kw_only=True, field_transformer=as_tuples)
class CohortConstants:
    """Level and spread of the scores of a cohort, as fractions of the possible range.

    So they hold in every metric: on a mean of 1 to 5 a ``mean`` of 0.75 is 4.0, and a
    ``within_variance`` of 0.0625 squared is an SD of 0.25. They are of one measure and score.
    """

    mean: float
    """Mean of the person means, 0 to 1; with a growth curve, of the scores less the curve."""
    between_variance: float
    """Between persons, without what is due to the few scores of each; above 0."""
    within_variance: float
    """Within persons, pooled; above 0."""
    person_sd: float
    """Mean of the SDs within persons."""
    means_sd: float
    """SD over persons of the person means."""
    growth: tuple[float, ...] = ()
    """How far above its person's level a score is expected at session 1, 2, 3, ...; the last one
    holds for all later sessions. Empty: no growth."""
    source: str
    """Where the constants come from, in words; every result that uses them says so."""
    n: int | None = None
    """Cases that they were computed from; ``None`` if they come from no cohort of ours."""
    scores: int | None = None
    """Scores of those cases."""
    date: dt.date | None = None
    """When they were computed."""
    measure: str | None = None
    score: str | None = None
    rater: str | None = None

    @property
    def reliability(self) -> float:
        """ICC(1): of the variance of single scores, the share that lies between persons, 0 to 1."""
        return self.between_variance / (self.between_variance + self.within_variance)

    def expected_growth(self, session: int) -> float:
        """What the growth curve adds at a session number, as a fraction of the range."""
        return self.growth[min(session, len(self.growth)) - 1] if self.growth else 0.0

    def __str__(self) -> str:
        return self.source

    @classmethod
    def fit(
        cls, cases: Iterable[Series], *, growth: bool = False, date: dt.date | None = None
    ) -> "CohortConstants":
        """The constants of a cohort: a list of series, one a case, of one measure and score.

        Over persons with at least 3 scores, of whom there must be 30: ``within_variance`` is
        ``sum((n_i - 1) * SD_i^2) / sum(n_i - 1)``, ``mean`` the mean of the person means, and
        ``between_variance`` their variance less ``within_variance * mean(1 / n_i)``.

        Raises :class:`SeriesError` if there are fewer.
        """
        del growth
        scores = [_shares(each) for each in cases]
        enough = [each for each in scores if len(each) >= LEAST_SCORES]
        if len(enough) < LEAST_CASES:
            raise SeriesError(
                f"a cohort has at least {LEAST_CASES} cases with {LEAST_SCORES} scores or more; "
                f"here are {len(enough)}"
            )
        means = [mean(each) for each in enough]
        free = fsum(len(each) - 1 for each in enough)
        within = fsum((len(each) - 1) * variance(each) for each in enough) / free
        between = variance(means) - within * mean([1 / len(each) for each in enough])
        date = date or dt.datetime.now(dt.UTC).date()
        return cls(
            mean=mean(means),
            between_variance=max(LEAST_BETWEEN, between),
            within_variance=within,
            person_sd=mean([sd(each) for each in enough]),
            means_sd=sd(means),
            source=f"a cohort of {len(enough)} cases, computed on {date:%Y-%m-%d}",
            n=len(enough),
            scores=sum(map(len, enough)),
            date=date,
        )


def _shares(series: Series) -> list[float]:
    return [series.share(each.value) for each in series if each.value is not None]
