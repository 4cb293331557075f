"""The contracts of detectors."""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import cycle
from math import isfinite
from typing import ClassVar

from attrs import asdict, evolve, frozen

from therapeutic_alliance.course.episodes import episodes
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.errors import SeriesError
from therapeutic_alliance.model.contracts import Detector
from therapeutic_alliance.model.finding import Flags
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.testing.contract import Contract, fail, holds
from therapeutic_alliance.testing.everywhere import everywhere
from therapeutic_alliance.testing.metrics import APART, METRICS, TIED, in_every_metric
from therapeutic_alliance.testing.odd import ODD
from therapeutic_alliance.testing.silence import unprinted, unwarned
from therapeutic_alliance.testing.simulated import renamed, simulated
from therapeutic_alliance.testing.strategies import series as drawn
from therapeutic_alliance.testing.value import check_value

_TOO_SURE = re.compile(r"rupture (was |is )?detected|\bis a rupture|\bno rupture")
_UNQUALIFIED = re.compile(r"(?<!possible )ruptur")


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


class DetectorContract(Contract):
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

    @property
    def _detector(self) -> Detector[Series]:
        detector: Detector[Series] = self.needed("detector")
        return detector

    def test_worked_courses_give_their_flags(self) -> None:
        """Exactly the sessions that the author says."""
        worked: Sequence[WorkedCourse] = self.needed("worked")
        for number, each in enumerate(worked, 1):
            found = told(self._detector.flags(each.series))
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
            numbers = [flag.session for flag in self._detector.flags(series)]
            assert numbers == [point.session for point in series], (
                "there is not one flag for each session of the series, in its order"
            )

        everywhere(law)

    def test_flags_name_the_detector(self) -> None:
        """Its id and mode, so that stored flags can be traced."""
        flags = self._detector.flags(ODD["two sessions"])
        assert isinstance(flags, Flags), "flags gives something else than ta.Flags"
        assert (flags.detector, flags.mode) == (self._detector.id, self._detector.mode), (
            "the id or mode of the flags is not the detector's"
        )

    def test_flags_are_true_false_or_none(self) -> None:
        """Of these types; a 1 or a bool of NumPy is not ``True``."""

        def law(series: Series) -> None:
            for flag in self._detector.flags(series):
                assert flag.flag is None or type(flag.flag) is bool, (
                    f"a flag is a {type(flag.flag).__name__}; only True, False and None are flags"
                )

        everywhere(law)

    def test_every_flag_says_why(self) -> None:
        """In words: a clinician reads them, whatever the flag."""

        def law(series: Series) -> None:
            for flag in self._detector.flags(series):
                assert isinstance(flag.why, str), "why is not a text"
                assert re.search(r"[^\W\d]{2}", flag.why), f"a flag {flag.flag} does not say why"

        everywhere(law)

    def test_unobserved_sessions_are_not_evaluable(self) -> None:
        """Nobody knows what a score was that nobody gave."""

        def law(series: Series) -> None:
            for point, flag in zip(series, self._detector.flags(series), strict=True):
                assert point.value is not None or flag.flag is None, (
                    f"an unobserved session is flagged {flag.flag}; it is not evaluable, None"
                )

        everywhere(law)

    def test_flags_are_the_same_again(self) -> None:
        """Also after other series, and by a copy of the detector: nothing is remembered."""
        others = cycle(simulated(7))

        def law(series: Series) -> None:
            first = self._detector.flags(series)
            self._detector.flags(next(others))
            assert self._detector.flags(series) == first, (
                "the same series gets other flags the second time"
            )
            assert evolve(self.needed("detector")).flags(series) == first, (
                "a copy of the detector gives other flags"
            )

        everywhere(law)

    def test_series_stays_as_it_was(self) -> None:
        """A detector looks and does not touch."""

        def law(series: Series) -> None:
            before = asdict(series)
            self._detector.flags(series)
            assert asdict(series) == before, "the series is changed"

        everywhere(law)

    def test_later_sessions_change_no_flag(self) -> None:
        """If it says ``online``: what is said of sessions 1 to t stands when others follow."""
        if self._detector.mode != "online":
            return

        def law(series: Series) -> None:
            whole = self._detector.flags(series)
            for length in range(len(series)):
                part = self._detector.flags(evolve(series, points=series.points[:length]))
                assert tuple(part) == tuple(whole)[:length], (
                    "mode is online, yet a flag changes when later sessions arrive"
                )

        everywhere(law)

    def test_the_metric_does_not_matter(self) -> None:
        """The same scores as sum, mean and percent get the same flags."""
        self._same_in_every_metric(APART, "thresholds are to be fractions of the possible range")

    def test_ties_fall_alike_in_every_metric(self) -> None:
        """Scores that lie exactly on a threshold, too: compare with a tolerance, as of 1e-9."""
        self._same_in_every_metric(TIED, "is a comparison without tolerance? 4.3 - 3.7 < 0.6")

    def _same_in_every_metric(self, measure: Measure, hint: str) -> None:
        for course in in_every_metric(measure):
            found = {metric: told(self._detector.flags(course[metric])) for metric in METRICS}
            for metric in METRICS[1:]:
                assert found[metric] == found["sum"], f"other flags as {metric} than as sum: {hint}"

    def test_labels_do_not_matter(self) -> None:
        """Whose series it is changes no flag."""

        def law(series: Series) -> None:
            first, second = renamed(series, "quokka"), renamed(series, "numbat")
            assert self._detector.flags(first) == self._detector.flags(second), (
                "another case, person or rater with the same scores gets other flags"
            )
            assert told(self._detector.flags(series)) == told(self._detector.flags(first)), (
                "another rater with the same scores gets other flags"
            )

        everywhere(law)

    def test_odd_series_are_answered(self) -> None:
        """Short, empty, level, with gaps: flags or ``None``, no exception and no warning."""
        for name, series in ODD.items():
            try:
                unwarned(partial(self._detector.flags, series))
            except Exception as error:  # noqa: BLE001 - whatever it is, it is told
                fail(f"{name}: {type(error).__name__}: {error}")

        def law(series: Series) -> None:
            unwarned(partial(self._detector.flags, series))

        holds(law, drawn())

    def test_detector_is_a_frozen_value(self) -> None:
        """As the registry needs it, hashable and equal to its copy."""
        check_value("detectors", self._detector)

    def test_episodes_follow_from_flags(self) -> None:
        """``ta.episodes`` takes them."""

        def law(series: Series) -> None:
            try:
                episodes(series, self._detector.flags(series))
            except SeriesError as error:
                refused = str(error)
            else:
                return
            raise AssertionError(f"no episodes can be made of its flags: {refused}")

        everywhere(law)

    def test_numbers_are_finite(self) -> None:
        """Statistic, threshold, tolerance and SD; ``None`` where there is none."""

        def law(series: Series) -> None:
            for flag in self._detector.flags(series):
                for name in ("statistic", "threshold", "tolerance", "sd"):
                    value = getattr(flag, name)
                    assert value is None or _is_number(value), (
                        f"{name} is neither a finite number nor None"
                    )

        everywhere(law)

    def test_nothing_is_printed(self) -> None:
        """Neither to stdout nor to stderr."""

        def law(series: Series) -> None:
            unprinted(partial(self._detector.flags, series))

        everywhere(law)

    def test_it_speaks_of_possible_ruptures(self) -> None:
        """A score can hint at a rupture and never show one."""

        def law(series: Series) -> None:
            for flag in self._detector.flags(series):
                why = " ".join(flag.why.lower().split())
                sure = _TOO_SURE.search(why) or (flag.flag and _UNQUALIFIED.search(why))
                assert not sure, 'a score shows no rupture for certain: write "possible rupture"'

        everywhere(law)

    def test_low_information_is_told(self) -> None:
        """Half or more of the observed scores at the maximum: drops cannot be told apart."""

        def law(series: Series) -> None:
            low = series.proportion_at_maximum >= 0.5
            assert self._detector.flags(series).low_information is low, (
                "low_information: True if half or more of the observed scores are at the maximum"
            )

        everywhere(law)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
