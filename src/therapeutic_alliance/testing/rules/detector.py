"""The contracts of detectors."""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

import pytest
from attrs import frozen

from therapeutic_alliance.course.episodes import episodes
from therapeutic_alliance.course.observes import observes
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.errors import SeriesError
from therapeutic_alliance.model.contracts import Detector
from therapeutic_alliance.model.finding import Flag, Flags
from therapeutic_alliance.testing.contract import fail, tried
from therapeutic_alliance.testing.rules.everywhere import everywhere
from therapeutic_alliance.testing.rules.flags import FlagsContract
from therapeutic_alliance.testing.rules.rule import SeriesRuleContract


@frozen(kw_only=True)
class WorkedCourse:
    """A course with the flags that the author worked out by hand.

    ``values`` are scores from ``low`` to ``high``, ``None`` where none was observed; ``sessions``
    are 1, 2, 3, ... unless given. ``flagged`` and ``not_evaluable`` are numbers of sessions; every
    other session is expected to get ``False``.

    >>> worked = WorkedCourse(values=[4, None, 2], low=1, high=5, flagged=[3], not_evaluable=[1, 2])
    >>> worked.expected
    ((1, None), (2, None), (3, True))
    """

    values: Sequence[float | None]
    low: float
    high: float
    flagged: Sequence[int]
    not_evaluable: Sequence[int] = ()
    sessions: Sequence[int] | None = None
    note: str = ""

    @property
    def series(self) -> Series:
        """The course as a series in the metric ``mean``."""
        return Series.of(self.values, low=self.low, high=self.high, sessions=self.sessions)

    @property
    def expected(self) -> tuple[tuple[int, bool | None], ...]:
        """Each session with its flag."""
        numbers = [point.session for point in self.series]
        return tuple((n, None if n in self.not_evaluable else n in self.flagged) for n in numbers)


def told(flags: Flags) -> tuple[tuple[int, bool | None], ...]:
    """Each session with its flag."""
    return tuple((flag.session, flag.flag) for flag in flags)


class DetectorContract(FlagsContract, SeriesRuleContract):
    """What is asked of every detector. Give ``detector`` and ``worked``.

    >>> from therapeutic_alliance import Registry
    >>> class TestRciDrop(DetectorContract):
    ...     detector = Registry().detector("rci-drop")
    ...     worked = [
    ...         WorkedCourse(
    ...             values=[4.3, 4.2, 3.4, None], low=1, high=5, flagged=[3], not_evaluable=[1, 4]
    ...         )
    ...     ]
    >>> TestRciDrop().test_worked_courses_give_their_flags()
    """

    needs: ClassVar[Mapping[str, str]] = {
        "detector": "the detector to be tested, with its parameters",
        "worked": "courses whose flags were worked out by hand, at least one with a flagged "
        "session, each a WorkedCourse; nothing else can show that the rule is the one meant",
    }

    listing = "detectors"
    answer = "flags"

    @property
    def _rule(self) -> Detector[Series]:
        detector: Detector[Series] = self.needed("detector")
        if why := _not_of_scores(detector):
            pytest.skip(why)
        return detector

    def _everywhere(self, law: Callable[[Series], None]) -> None:
        everywhere(law)

    def _ask(self, rule: Detector[Series], series: Series) -> Flags:
        return rule.flags(series)

    def _marks(self, answer: Flags) -> tuple[tuple[int, bool | None], ...]:
        return told(answer)

    def _of(self, answer: Flags, sessions: Sequence[int]) -> tuple[Flag, ...]:
        known = frozenset(sessions)
        return tuple(flag for flag in answer if flag.session in known)

    def test_everything_needed_is_given(self) -> None:
        """What the contract needs of its author is there; and the detector is one on scores."""
        super().test_everything_needed_is_given()
        if why := _not_of_scores(self.needed("detector")):
            fail(why)

    def test_worked_courses_give_their_flags(self) -> None:
        """Exactly the sessions that the author says."""
        worked: Sequence[WorkedCourse] = self.needed("worked")
        for number, each in enumerate(worked, 1):
            found = told(tried(self._rule.flags, each.series))
            wrong = [
                f"session {session} is {dict(found).get(session, 'left out')}, worked: {flag}"
                for session, flag in each.expected
                if (session, flag) not in found
            ]
            if wrong or len(found) != len(each.expected):
                note = f" ({each.note})" if each.note else ""
                fail(f"worked course {number}{note}: {'; '.join(wrong) or 'too many flags'}")
        if not any(each.flagged for each in worked):
            fail("no worked course has a flagged session: a rule that never flags would pass")

    def test_the_first_observed_session_is_not_evaluable(self) -> None:
        """There is nothing yet that its score could be compared with."""

        def law(series: Series) -> None:
            flags = dict(told(self._rule.flags(series)))
            for point in series.observed[:1]:
                flag = flags.get(point.session)
                assert flag is None, (
                    f"the first observed session is flagged {flag}; nothing was observed before "
                    "that it could be compared with: it is not evaluable, None"
                )

        everywhere(law)

    def test_episodes_follow_from_flags(self) -> None:
        """``ta.episodes`` takes them."""

        def law(series: Series) -> None:
            flags = self._rule.flags(series)
            try:
                episodes(series, flags)
            except SeriesError as error:
                refused = str(error)
            else:
                return
            raise AssertionError(f"no episodes can be made of its flags: {refused}")

        everywhere(law)

    def test_low_information_is_told(self) -> None:
        """Half or more of the observed scores at the maximum: drops cannot be told apart.

        A rule may have another reason; then each evaluable flag says so.
        """

        def law(series: Series) -> None:
            flags, ceiling = self._rule.flags(series), series.proportion_at_maximum >= 0.5
            said = all("low information" in each.why for each in flags if each.flag is not None)
            assert flags.low_information is ceiling or (flags.low_information is True and said), (
                "low_information: True if half or more of the observed scores are at the maximum, "
                'or if every flag that is True or False says "low information"'
            )

        everywhere(law)


def _not_of_scores(detector: object) -> str:
    """Why this contract is not for a detector; empty if it is."""
    kind = observes(detector)
    if kind == "scores":
        return ""
    return f"the detector observes {kind}, not scores: use ObservationDetectorContract"
