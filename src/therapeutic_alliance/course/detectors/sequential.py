"""Small deviations that add up over sessions: ``ewma`` and ``cusum`` of the z of ``eb-z``.

Both are set back to 0 when the score has recovered. An alarm opens at a flagged session, and closes
as an episode does with its usual window: when the score is back at the one before, within the
tolerance of a rule without its own, or after 5 observed sessions without a flag.
"""

from attrs import frozen

from therapeutic_alliance.course.detectors.from_baseline import FromBaseline
from therapeutic_alliance.course.parameters import is_number, positive
from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.model.confidence import Confidence

CITATION = (
    "a standard {chart} chart of this library's empirical-Bayes deviation (a reconstruction; no "
    "published criterion; its numbers are this library's)"
)


@frozen(kw_only=True)
class Chart(FromBaseline):
    """What both share: whether a recovery ends what was added up."""

    reset: bool = True
    """Whether the statistic is set back to 0 when the score has recovered. Without that a rule may
    go on flagging a score that is back."""

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if type(self.reset) is not bool:
            raise AllianceError(f"{self.id}: reset is True or False")

    @property
    def set_back(self) -> bool:
        """As ``reset`` says."""
        return self.reset

    @property
    def conventions(self) -> tuple[str, ...]:
        """The constants, and what a recovery does."""
        back = "set back to 0 when the score has recovered" if self.reset else "never set back"
        return (*super().conventions, f"the {self.named} is {back}")


@frozen(kw_only=True)
class Ewma(Chart):
    """Flags a session if a moving average of the deviations up to it is ``threshold`` or more.

    The average is exponentially weighted, so that the latest session counts most:
    ``e = weight * z + (1 - weight) * e``, starting from 0, with the ``z`` of :class:`EbZ`. A
    session without a score leaves it as it is, and a score that has recovered sets it back to 0
    (``reset``). Not evaluable before two earlier observed scores, nor without constants. A
    reconstruction of this library.

    Raises :class:`AllianceError` for a parameter out of range.

    >>> import therapeutic_alliance as ta
    >>> rule = Ewma(cohort=ta.CohortConstants.illustrative())
    >>> rule.flags(ta.Series.of([4.2, 4.1, 3.0, 3.2], low=1, high=5)).sessions
    (3, 4)
    """

    weight: float = 0.4
    """How much the latest session counts in the average: above 0, at most 1."""
    threshold: float = 1.0
    """From which average on a session is flagged."""

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
    def confidence(self) -> Confidence:
        """How sure each part is."""
        return (("rule", "R"),)

    @property
    def named(self) -> str:
        """What the statistic is called."""
        return "moving average of z"

    def follow(self, before: float, z: float, _suspicion: float) -> float:
        """The exponentially weighted moving average."""
        return self.weight * z + (1 - self.weight) * before


@frozen(kw_only=True)
class Cusum(Chart):
    """Flags a session if deviations beyond an allowance add up to ``threshold`` or more by then.

    ``c = max(0, c + z - allowance)``, starting from 0, with the ``z`` of :class:`EbZ`; a session
    without a score leaves it as it is, and a score that has recovered sets it back to 0
    (``reset``). Not evaluable before two earlier observed scores, nor without constants. A
    reconstruction of this library.

    Raises :class:`AllianceError` for a parameter out of range.

    >>> import therapeutic_alliance as ta
    >>> rule = Cusum(cohort=ta.CohortConstants.illustrative())
    >>> rule.flags(ta.Series.of([4.2, 4.1, 3.0, 4.2], low=1, high=5)).sessions
    (3,)
    """

    allowance: float = 0.75
    """The deviation that each session may have without adding to the sum."""

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
    def confidence(self) -> Confidence:
        """How sure each part is."""
        return (("rule", "R"),)

    @property
    def named(self) -> str:
        """What the statistic is called."""
        return "sum of z beyond the allowance"

    def follow(self, before: float, z: float, _suspicion: float) -> float:
        """The one-sided cumulative sum."""
        return max(0.0, before + z - self.allowance)
