"""Small deviations that add up over sessions: ``ewma`` and ``cusum`` of the z of ``eb-z``.

Neither is set back to 0 after a recovery. Whether a score recovered is said of an episode, with a
window that the caller chooses; a rule that had to know it would give other flags for another
window. CUSUM comes back to 0 by itself, EWMA forgets; and a flagged session is never a recovery.
"""

from attrs import frozen

from therapeutic_alliance.course.detectors.from_baseline import FromBaseline
from therapeutic_alliance.course.parameters import is_number, positive
from therapeutic_alliance.errors import AllianceError

CITATION = (
    "a standard {chart} chart of this library's empirical-Bayes deviation (a reconstruction; no "
    "published criterion; its numbers are this library's)"
)


@frozen(kw_only=True)
class Ewma(FromBaseline):
    """Flags if an exponentially weighted average of the deviations is ``threshold`` or more.

    ``e = weight * z + (1 - weight) * e`` from 0 on, with the ``z`` of :class:`EbZ`; a session
    without a score leaves it as it is. Not evaluable before two earlier observed scores, nor
    without constants. A reconstruction of this library.

    Raises :class:`AllianceError` for a parameter out of range.

    >>> import therapeutic_alliance as ta
    >>> rule = Ewma(cohort=ta.CohortConstants.illustrative())
    >>> rule.flags(ta.Series.of([4.2, 4.1, 3.0, 3.2], low=1, high=5)).sessions
    (3, 4)
    """

    weight: float = 0.4
    """Of the latest session, above 0, at most 1."""
    threshold: float = 1.0

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if not (is_number(self.weight) and 0 < self.weight <= 1):
            raise AllianceError(f"{self.id}: weight is a number above 0, at most 1")

    @property
    def id(self) -> str:
        """``ewma``."""
        return "ewma"

    @property
    def citation(self) -> str:
        """Where the rule comes from."""
        return CITATION.format(chart="EWMA")

    @property
    def named(self) -> str:
        """What the statistic is called."""
        return "moving average of z"

    def follow(self, before: float, z: float, _suspicion: float) -> float:
        """The exponentially weighted moving average."""
        return self.weight * z + (1 - self.weight) * before


@frozen(kw_only=True)
class Cusum(FromBaseline):
    """Flags if deviations beyond an allowance have added up to ``threshold`` or more.

    ``c = max(0, c + z - allowance)`` from 0 on, with the ``z`` of :class:`EbZ`; a session without
    a score leaves it as it is. Not evaluable before two earlier observed scores, nor without
    constants. A reconstruction of this library.

    Raises :class:`AllianceError` for a parameter out of range.

    >>> import therapeutic_alliance as ta
    >>> rule = Cusum(cohort=ta.CohortConstants.illustrative())
    >>> rule.flags(ta.Series.of([4.2, 4.1, 3.0, 4.2], low=1, high=5)).sessions
    (3, 4)
    """

    allowance: float = 0.75
    """The deviation that each session is allowed."""

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        positive(self.id, "allowance", self.allowance)

    @property
    def id(self) -> str:
        """``cusum``."""
        return "cusum"

    @property
    def citation(self) -> str:
        """Where the rule comes from."""
        return CITATION.format(chart="CUSUM")

    @property
    def named(self) -> str:
        """What the statistic is called."""
        return "sum of z beyond the allowance"

    def follow(self, before: float, z: float, _suspicion: float) -> float:
        """The one-sided cumulative sum."""
        return max(0.0, before + z - self.allowance)
