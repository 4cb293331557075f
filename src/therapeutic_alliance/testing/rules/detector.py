"""The contracts of detectors."""

import re
from collections.abc import Mapping, Sequence
from math import isfinite
from typing import ClassVar

from attrs import frozen

from therapeutic_alliance.course.episodes import episodes
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.course.vet import falls_short
from therapeutic_alliance.errors import SeriesError
from therapeutic_alliance.model.contracts import Detector
from therapeutic_alliance.model.finding import Flag, Flags
from therapeutic_alliance.testing.contract import fail, tried
from therapeutic_alliance.testing.rules.everywhere import everywhere
from therapeutic_alliance.testing.rules.odd import ODD
from therapeutic_alliance.testing.rules.rule import SeriesRuleContract

_TOO_SURE = re.compile(r"rupture (was |is )?detected|\bis a rupture|\bno rupture")
_UNQUALIFIED = {
    "rupture": re.compile(r"(?<!possible )ruptur"),
    "waning": re.compile(r"(?<!possible )\bwan(e|ing)|ruptur"),
}
"""What is too much to say of a flagged session, by what its flag is a possible sign of."""


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


class DetectorContract(SeriesRuleContract):
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
        return detector

    def _ask(self, rule: Detector[Series], series: Series) -> Flags:
        return rule.flags(series)

    def _marks(self, answer: Flags) -> tuple[tuple[int, bool | None], ...]:
        return told(answer)

    def _of(self, answer: Flags, sessions: Sequence[int]) -> tuple[Flag, ...]:
        known = frozenset(sessions)
        return tuple(flag for flag in answer if flag.session in known)

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

    def test_one_flag_for_each_session(self) -> None:
        """In the order of the series, unobserved sessions too."""

        def law(series: Series) -> None:
            numbers = [flag.session for flag in self._rule.flags(series)]
            assert numbers == [point.session for point in series], (
                "there is not one flag for each session of the series, in its order"
            )

        everywhere(law)

    def test_flags_name_the_detector(self) -> None:
        """Its id and mode, so that stored flags can be traced."""
        flags = tried(self._rule.flags, ODD["two sessions"])
        assert isinstance(flags, Flags), "flags gives something else than ta.Flags"
        assert (flags.detector, flags.mode) == (self._rule.id, self._rule.mode), (
            "the id or mode of the flags is not the detector's"
        )

    def test_flags_are_true_false_or_none(self) -> None:
        """Of these types; a 1 or a bool of NumPy is not ``True``."""

        def law(series: Series) -> None:
            for flag in self._rule.flags(series):
                assert flag.flag is None or type(flag.flag) is bool, (
                    f"a flag is a {type(flag.flag).__name__}; only True, False and None are flags"
                )

        everywhere(law)

    def test_every_flag_says_why(self) -> None:
        """In words: a clinician reads them, whatever the flag."""

        def law(series: Series) -> None:
            for flag in self._rule.flags(series):
                assert isinstance(flag.why, str), "why is not a text"
                assert re.search(r"[^\W\d]{2}", flag.why), f"a flag {flag.flag} does not say why"

        everywhere(law)

    def test_unobserved_sessions_are_not_evaluable(self) -> None:
        """Nobody knows what a score was that nobody gave."""

        def law(series: Series) -> None:
            for point, flag in zip(series, self._rule.flags(series), strict=True):
                assert point.value is not None or flag.flag is None, (
                    f"an unobserved session is flagged {flag.flag}; it is not evaluable, None"
                )

        everywhere(law)

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

    def test_numbers_are_finite(self) -> None:
        """Statistic, threshold, tolerance and SD; ``None`` where there is none."""

        def law(series: Series) -> None:
            for flag in self._rule.flags(series):
                for name in ("statistic", "threshold", "tolerance", "sd"):
                    value = getattr(flag, name)
                    assert value is None or _is_number(value), (
                        f"{name} is neither a finite number nor None"
                    )

        everywhere(law)

    def test_a_higher_statistic_is_more_like_a_rupture(self) -> None:
        """Studies rank sessions by it: a flagged one has the threshold or more, and tells it."""

        def law(series: Series) -> None:
            for flag in self._rule.flags(series):
                if flag.flag and flag.statistic is not None:
                    assert flag.threshold is not None, (
                        "a session is flagged with a statistic and without a threshold: tell from "
                        "which statistic on it is flagged, or leave the statistic out"
                    )
                    assert not falls_short(flag), (
                        "a session is flagged with a statistic below the threshold: let a higher "
                        "one be more like a rupture, such as the limit less the score, from 0 on"
                    )

        everywhere(law)

    def test_it_speaks_of_possible_ruptures(self) -> None:
        """A score can hint at a rupture and never show one; nor a waning, which is no rupture."""

        def law(series: Series) -> None:
            flags = self._rule.flags(series)
            assert flags.sign in _UNQUALIFIED, f"sign: one of {', '.join(_UNQUALIFIED)}"
            for flag in flags:
                why = " ".join(flag.why.lower().split())
                sure = _TOO_SURE.search(why) or (flag.flag and _UNQUALIFIED[flags.sign].search(why))
                assert not sure, (
                    f'a score shows no {flags.sign} for certain: write "possible {flags.sign}"'
                )

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


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
