"""The contract of detectors that observe something else than scores."""

from collections.abc import Callable, Mapping, Sequence
from itertools import cycle
from typing import Any, ClassVar

from attrs import asdict, evolve

from therapeutic_alliance.course.observations import WORDS, Observation, Observations
from therapeutic_alliance.course.observes import observes
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.errors import SeriesError
from therapeutic_alliance.testing.contract import fail, tried
from therapeutic_alliance.testing.rules.flags import FlagsContract
from therapeutic_alliance.testing.silence import unprinted
from therapeutic_alliance.testing.value import check_value

Observed = Observations[Any]


class ObservationDetectorContract(FlagsContract):
    """What is asked of a detector on reports, codes or pairs. Give ``detector`` and ``observed``.

    Each law is tried on the observations given, on their first sessions only, without their
    values, and on none. Which sessions are to be flagged is for tests of your own.

    >>> from therapeutic_alliance import Registry
    >>> from therapeutic_alliance.model.alliance import Report
    >>> report = Report(id="r1", session=2, by="c", rupture=True)
    >>> class TestDirectReport(ObservationDetectorContract):
    ...     detector = Registry().detector("direct-report")
    ...     observed = [Observations(kind="reports", points=[Observation(2, report)])]
    >>> TestDirectReport().test_something_is_flagged()
    """

    needs: ClassVar[Mapping[str, str]] = {
        "detector": "the detector to be tested, with its parameters",
        "observed": "what it is tried on, each a ta.evidence.Observations of invented sessions, at "
        "least one with a session that is to be flagged",
    }

    @property
    def _rule(self) -> Any:
        return self.needed("detector")

    def _given(self) -> list[Observed]:
        """Copies of what the author gave."""
        given: Sequence[Observed] = self.needed("observed")
        return [evolve(each) for each in given]

    def _everywhere(self, law: Callable[[Any], None]) -> None:
        for each in self._given():
            empty: tuple[Observation[Any], ...] = tuple(
                Observation(point.session, None) for point in each
            )
            for points in (each.points, each.points[: len(each) // 2], empty, ()):
                tried(law, evolve(each, points=tuple(evolve(point) for point in points)))

    def test_observed_is_of_its_kind(self) -> None:
        """The detector says what it observes, and that is what it is tried on."""
        kind = observes(self._rule)
        if kind not in WORDS:
            fail(f"observes: one of {', '.join(WORDS)}; for scores there is DetectorContract")
        if any(each.kind != kind for each in self._given()):
            fail(f"the detector observes {kind}, and observed holds something else")

    def test_something_is_flagged(self) -> None:
        """A rule that never flags keeps every other law."""
        if not any(self._rule.flags(each).sessions for each in self._given()):
            fail("no session of what is observed is flagged: a rule that never flags would pass")

    def test_what_was_not_observed_is_never_flagged(self) -> None:
        """Without a single observation every flag is ``None``; without a session there is none."""

        def law(series: Observed) -> None:
            flags = {flag.flag for flag in self._rule.flags(series)}
            assert series.observed or flags <= {None}, "nothing was observed, and it says something"

        self._everywhere(law)

    def test_what_comes_first_stands(self) -> None:
        """If it says ``online``: what is said of sessions 1 to t stands when others follow."""
        if self._rule.mode != "online":
            return

        def law(series: Observed) -> None:
            whole = tuple(self._rule.flags(series))
            for length in range(len(series)):
                part = tuple(self._rule.flags(evolve(series, points=series.points[:length])))
                assert part == whole[:length], (
                    "mode is online, yet flags change when later sessions arrive"
                )

        self._everywhere(law)

    def test_the_same_observations_get_the_same_again(self) -> None:
        """Also after others, and by a copy of the rule: nothing is remembered."""
        others = cycle(self._given())

        def law(series: Observed) -> None:
            first = self._rule.flags(series)
            self._rule.flags(next(others))
            assert self._rule.flags(series) == first, (
                "the same observations get other flags the second time"
            )
            assert evolve(self._rule).flags(series) == first, "a copy of the rule gives other flags"

        self._everywhere(law)

    def test_observations_stay_as_they_were(self) -> None:
        """A rule looks and does not touch."""

        def law(series: Observed) -> None:
            before = asdict(series)
            self._rule.flags(series)
            assert asdict(series) == before, "the observations are changed"

        self._everywhere(law)

    def test_labels_do_not_matter(self) -> None:
        """Whose observations they are changes nothing."""

        def law(series: Observed) -> None:
            first, second = (
                self._rule.flags(evolve(series, case=name, person=f"{name}-p", rater="therapist"))
                for name in ("quokka", "numbat")
            )
            assert first == second == self._rule.flags(series), (
                "the same observations of somebody else get other flags"
            )

        self._everywhere(law)

    def test_scores_are_refused(self) -> None:
        """A series of scores is a ``ta.SeriesError``."""
        try:
            self._rule.flags(Series.of([4.0, 3.0], low=1, high=5))
        except SeriesError:
            return
        fail("a series of scores is taken for what it observes: raise ta.SeriesError")

    def test_is_a_frozen_value(self) -> None:
        """As the registry needs it, hashable and equal to its copy."""
        check_value("detectors", self._rule)

    def test_nothing_is_printed(self) -> None:
        """Neither to stdout nor to stderr."""

        def law(series: Observed) -> None:
            unprinted(lambda: self._rule.flags(series))

        self._everywhere(law)
