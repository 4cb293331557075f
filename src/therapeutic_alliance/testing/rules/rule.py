"""What is asked of every rule that looks at a series: of detectors and of phase models."""

from abc import abstractmethod
from collections.abc import Sequence
from functools import partial
from itertools import cycle
from typing import Any, ClassVar

from attrs import asdict, evolve

from therapeutic_alliance.course.series import Series
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.testing.contract import Contract, tried
from therapeutic_alliance.testing.rules.everywhere import everywhere
from therapeutic_alliance.testing.rules.metrics import APART, METRICS, TIED, in_every_metric
from therapeutic_alliance.testing.rules.simulated import renamed, simulated
from therapeutic_alliance.testing.silence import unprinted, unwarned
from therapeutic_alliance.testing.value import check_value

IN_ONE_METRIC = "an sd is given: if it is one in the metric of the series, say so in deviates"


class SeriesRuleContract(Contract):
    """The tests that contracts of rules share; what subclasses define is how a rule is asked."""

    listing: ClassVar[str]
    """Name of the registry's listing that such rules stand in."""
    answer: ClassVar[str]
    """What a rule gives, in a word."""

    @property
    @abstractmethod
    def _rule(self) -> Any:
        """The rule to be tested."""

    @abstractmethod
    def _ask(self, rule: Any, series: Series) -> Any:
        """What a rule says of a series."""

    @abstractmethod
    def _marks(self, answer: Any) -> Any:
        """What of an answer is the same in every metric and for everybody."""

    @abstractmethod
    def _of(self, answer: Any, sessions: Sequence[int]) -> Any:
        """What an answer says of some sessions."""

    def test_the_same_series_gets_the_same_again(self) -> None:
        """Also after other series, and by a copy of the rule: nothing is remembered."""
        others = cycle(simulated(7))

        def law(series: Series) -> None:
            first = self._ask(self._rule, series)
            self._ask(self._rule, next(others))
            assert self._ask(self._rule, series) == first, (
                f"the same series gets other {self.answer} the second time"
            )
            assert self._ask(evolve(self._rule), series) == first, (
                f"a copy of the rule gives other {self.answer}"
            )

        everywhere(law)

    def test_series_stays_as_it_was(self) -> None:
        """A rule looks and does not touch."""

        def law(series: Series) -> None:
            before = asdict(series)
            self._ask(self._rule, series)
            assert asdict(series) == before, "the series is changed"

        everywhere(law)

    def test_later_sessions_change_nothing(self) -> None:
        """If it says ``online``: what is said of sessions 1 to t stands when others follow."""
        if self._rule.mode != "online":
            return

        def law(series: Series) -> None:
            whole = self._ask(self._rule, series)
            numbers = [point.session for point in series]
            for length in range(len(series)):
                part = self._ask(self._rule, evolve(series, points=series.points[:length]))
                known = numbers[:length]
                assert self._of(part, known) == self._of(whole, known), (
                    f"mode is online, yet {self.answer} change when later sessions arrive"
                )

        everywhere(law)

    def test_the_metric_does_not_matter(self) -> None:
        """The same scores as sum, mean and percent get the same answer."""
        self._same_in_every_metric(APART, "thresholds are to be fractions of the possible range")

    def test_ties_fall_alike_in_every_metric(self) -> None:
        """Scores that lie exactly on a threshold, too: compare with a tolerance, ``EPSILON``."""
        self._same_in_every_metric(TIED, "is a comparison without tolerance? 4.3 - 3.7 < 0.6")

    def _same_in_every_metric(self, measure: Measure, hint: str) -> None:
        if getattr(self._rule, "sd", None) is not None:
            hint = IN_ONE_METRIC
        for course in in_every_metric(measure):
            found = {
                metric: self._marks(tried(partial(self._ask, self._rule), course[metric]))
                for metric in METRICS
            }
            for metric in METRICS[1:]:
                assert found[metric] == found["sum"], (
                    f"other {self.answer} as {metric} than as sum: {hint}"
                )

    def test_labels_do_not_matter(self) -> None:
        """Whose series it is changes nothing."""

        def law(series: Series) -> None:
            first, second = (
                self._ask(self._rule, renamed(series, name)) for name in ("quokka", "numbat")
            )
            assert first == second, (
                f"another case or person with the same scores gets other {self.answer}"
            )
            assert self._marks(self._ask(self._rule, series)) == self._marks(first), (
                f"another rater with the same scores gets other {self.answer}"
            )

        everywhere(law)

    def test_odd_series_are_answered(self) -> None:
        """Short, empty, level, with gaps: an answer, no exception and no warning."""

        def law(series: Series) -> None:
            unwarned(partial(self._ask, self._rule, series))

        everywhere(law)

    def test_is_a_frozen_value(self) -> None:
        """As the registry needs it, hashable and equal to its copy."""
        check_value(self.listing, self._rule)

    def test_nothing_is_printed(self) -> None:
        """Neither to stdout nor to stderr."""

        def law(series: Series) -> None:
            unprinted(partial(self._ask, self._rule, series))

        everywhere(law)
