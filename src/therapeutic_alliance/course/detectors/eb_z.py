"""A score far below that expected from a cohort and the person's own past: ``eb-z``."""

from attrs import frozen

from therapeutic_alliance.course.detectors.from_baseline import FromBaseline
from therapeutic_alliance.model.confidence import Confidence


@frozen(kw_only=True)
class EbZ(FromBaseline):
    """Flags a score at least ``threshold`` expected deviations below the expected score.

    Empirical Bayes: the cohort is the prior, and each observed score moves it. With the mean
    ``mu``, the variances ``tau2`` between and ``s2`` within persons, and the growth ``g_t`` of
    the cohort: ``k = s2 / tau2``, ``a = prior_df / 2``, ``b = a * s2``, ``m = mu``; then at each
    observed session ``y = x_t - g_t``, ``sc = sqrt(b / a * (1 + 1 / k))``, ``z = (m - y) / sc``,
    and ``r = y - m``, held within ``2 * sc`` so that a drop does not drag the baseline, gives
    ``b += k * r^2 / (2 * (k + 1))``, ``m += r / (k + 1)``, ``k += 1``, ``a += 1 / 2``.

    The statistic is there from session 1, the flag from two earlier observed scores on. ``z``
    follows in theory a t distribution with ``prior_df`` + n degrees of freedom, n the earlier
    scores: 2 or more means about 4.6 % falling to 3 % of ordinary sessions, if the cohort is the
    right one and its spread is free of ruptures. A fitted spread contains them: of the sessions
    outside a rupture that this library simulated, 1.4 % had 2 or more (scenario ``base``), 2.1 %
    (``noisy``) and 1.6 % (``ceiling``), with constants fitted with growth. A score is recovered
    within a quarter of ``sc`` at the onset. Without constants every flag is ``None``. A
    reconstruction of this library; no published criterion.

    Raises :class:`AllianceError` for a parameter out of range.

    >>> import therapeutic_alliance as ta
    >>> rule = EbZ(cohort=ta.CohortConstants.illustrative())
    >>> flags = rule.flags(ta.Series.of([4.2, 4.1, 3.0, 4.2], low=1, high=5))
    >>> flags.sessions, round(flags[2].statistic, 2)
    ((3,), 4.3)
    """

    @property
    def id(self) -> str:
        """``eb-z``."""
        return "eb-z"

    @property
    def citation(self) -> str:
        """Where the rule comes from."""
        return (
            "this library's empirical-Bayes deviation from the expected score (a reconstruction; "
            "no published criterion)"
        )

    @property
    def confidence(self) -> Confidence:
        """How sure each part is."""
        return (("rule", "R"),)

    @property
    def named(self) -> str:
        """``z``."""
        return "z"

    def follow(self, _before: float, z: float, _suspicion: float) -> float:
        """``z`` itself."""
        return z

    def tolerance(self, expected_deviation: float) -> float:
        """A quarter of the deviation that is expected."""
        return expected_deviation / 4
