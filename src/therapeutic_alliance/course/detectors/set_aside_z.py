"""A score far below that expected from sessions outside suspected ruptures: ``set-aside-z``."""

from attrs import frozen

from therapeutic_alliance.course.cohort import CohortConstants
from therapeutic_alliance.course.detectors.from_cohort import FromCohort
from therapeutic_alliance.course.expectation.switching import Assumed, Switching
from therapeutic_alliance.course.parameters import is_number, not_negative, positive
from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.model.confidence import Confidence


@frozen(kw_only=True)
class SetAsideZ(FromCohort):
    """Flags a score far below that expected from this person's sessions outside suspected ruptures.

    As :class:`EbZ` it shrinks level and spread towards a cohort. It differs in three things: a
    session that looks like a rupture hardly moves the level; part of the last deviation is
    expected to persist; and a rupture suspected in the sessions before adds to the statistic,
    ``(expected - x) / scale + carried * suspicion``. Level and rupture are followed together, as
    an interacting multiple model; all of it is known before the score is seen.

    The statistic is there from session 1, the flag from two earlier observed scores on. A score
    is recovered within a quarter of the scale at the onset. Without constants every flag is
    ``None``. A reconstruction of this library: rule and defaults were chosen on simulated
    courses, and what they assume of ruptures is no finding.

    Raises :class:`AllianceError` for a parameter out of range.

    >>> import therapeutic_alliance as ta
    >>> rule = SetAsideZ(cohort=ta.CohortConstants.illustrative())
    >>> rule.flags(ta.Series.of([4.2, 4.1, 3.0, 4.2], low=1, high=5)).sessions
    (3,)
    """

    depth: float = 2.5
    """How deep a rupture is taken to be, in SDs within persons of the cohort."""
    entry: float = 0.02
    """Probability per session that a rupture begins."""
    exit: float = 0.25
    """Probability per session that one ends; with ``entry`` below 1."""
    persisting: float = 0.2
    """Share of a session's deviation that is expected in the next, 0 to below 1."""
    carried: float = 0.1
    """How much the suspicion of the sessions before adds, 0 or more."""

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        for name in ("depth", "entry", "exit"):
            positive(self.id, name, getattr(self, name))
        not_negative(self.id, "carried", self.carried)
        if self.entry + self.exit >= 1:
            raise AllianceError(f"{self.id}: entry and exit are together below 1")
        if not (is_number(self.persisting) and 0 <= self.persisting < 1):
            raise AllianceError(f"{self.id}: persisting is a number from 0 to below 1")

    @property
    def id(self) -> str:
        """``set-aside-z``."""
        return "set-aside-z"

    @property
    def citation(self) -> str:
        """Where the rule comes from."""
        return (
            "this library's deviation from a baseline that sets suspected ruptures aside (a "
            "reconstruction, chosen on simulated courses; no published criterion)"
        )

    @property
    def confidence(self) -> Confidence:
        """How sure each part is."""
        return (("rule", "R"),)

    @property
    def conventions(self) -> tuple[str, ...]:
        """The constants, and what is assumed of ruptures."""
        return (*super().conventions, self._assumed)

    @property
    def _assumed(self) -> str:
        return (
            f"assumed of ruptures: {self.depth:g} SDs deep, beginning with {self.entry:g} and "
            f"ending with {self.exit:g} a session; {self.persisting:g} of a deviation persists"
        )

    @property
    def named(self) -> str:
        """What the statistic is called."""
        return "z, with what the sessions before add,"

    def begin(self, cohort: CohortConstants) -> Switching:
        """The level of the cohort, and no rupture."""
        assumed = Assumed(
            depth=self.depth, entry=self.entry, exit=self.exit, persisting=self.persisting
        )
        return Switching.of(cohort, assumed)

    def follow(self, _before: float, z: float, suspicion: float) -> float:
        """``z``, and what the sessions before add."""
        return z + self.carried * suspicion

    def tolerance(self, expected_deviation: float) -> float:
        """A quarter of the deviation that is expected."""
        return expected_deviation / 4
