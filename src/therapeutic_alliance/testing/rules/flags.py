"""What is asked of flags, whatever a detector observes."""

import re
from abc import abstractmethod
from collections.abc import Callable
from math import isfinite
from typing import Any

from therapeutic_alliance.course.vet import falls_short
from therapeutic_alliance.model.finding import Flags
from therapeutic_alliance.testing.contract import Contract

_TOO_SURE = re.compile(r"rupture (was |is )?detected|\bis a rupture|\bno rupture")
_UNQUALIFIED = {
    "rupture": re.compile(r"(?<!possible )ruptur"),
    "waning": re.compile(r"(?<!possible )\bwan(e|ing)|ruptur"),
}
"""What is too much to say of a flagged session, by what its flag is a possible sign of."""


class FlagsContract(Contract):
    """The tests that contracts of detectors share; subclasses say what they are tried on."""

    @property
    @abstractmethod
    def _rule(self) -> Any:
        """The detector to be tested."""

    @abstractmethod
    def _everywhere(self, law: Callable[[Any], None]) -> None:
        """Try a law on all that the detector is to be tried on."""

    def test_one_flag_for_each_session(self) -> None:
        """In the order of the series, unobserved sessions too."""

        def law(series: Any) -> None:
            numbers = [flag.session for flag in self._rule.flags(series)]
            assert numbers == [point.session for point in series], (
                "there is not one flag for each session of the series, in its order"
            )

        self._everywhere(law)

    def test_flags_name_the_detector(self) -> None:
        """Its id and mode, so that stored flags can be traced."""

        def law(series: Any) -> None:
            flags = self._rule.flags(series)
            assert isinstance(flags, Flags), "flags gives something else than ta.Flags"
            assert (flags.detector, flags.mode) == (self._rule.id, self._rule.mode), (
                "the id or mode of the flags is not the detector's"
            )

        self._everywhere(law)

    def test_flags_are_true_false_or_none(self) -> None:
        """Of these types; a 1 or a bool of NumPy is not ``True``."""

        def law(series: Any) -> None:
            for flag in self._rule.flags(series):
                assert flag.flag is None or type(flag.flag) is bool, (
                    f"a flag is a {type(flag.flag).__name__}; only True, False and None are flags"
                )

        self._everywhere(law)

    def test_every_flag_says_why(self) -> None:
        """In words: a clinician reads them, whatever the flag."""

        def law(series: Any) -> None:
            for flag in self._rule.flags(series):
                assert isinstance(flag.why, str), "why is not a text"
                assert re.search(r"[^\W\d]{2}", flag.why), f"a flag {flag.flag} does not say why"

        self._everywhere(law)

    def test_unobserved_sessions_are_not_evaluable(self) -> None:
        """Nobody knows what a score was that nobody gave."""

        def law(series: Any) -> None:
            for point, flag in zip(series, self._rule.flags(series), strict=True):
                assert point.value is not None or flag.flag is None, (
                    f"an unobserved session is flagged {flag.flag}; it is not evaluable, None"
                )

        self._everywhere(law)

    def test_numbers_are_finite(self) -> None:
        """Statistic, threshold, tolerance and SD; ``None`` where there is none."""

        def law(series: Any) -> None:
            for flag in self._rule.flags(series):
                for name in ("statistic", "threshold", "tolerance", "sd"):
                    value = getattr(flag, name)
                    assert value is None or _is_number(value), (
                        f"{name} is neither a finite number nor None"
                    )

        self._everywhere(law)

    def test_a_higher_statistic_is_more_like_a_rupture(self) -> None:
        """Studies rank sessions by it: a flagged one has the threshold or more, and tells it."""

        def law(series: Any) -> None:
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

        self._everywhere(law)

    def test_it_speaks_of_possible_ruptures(self) -> None:
        """A score can hint at a rupture and never show one; nor a waning, which is no rupture."""

        def law(series: Any) -> None:
            flags = self._rule.flags(series)
            assert flags.sign in _UNQUALIFIED, f"sign: one of {', '.join(_UNQUALIFIED)}"
            for flag in flags:
                why = " ".join(flag.why.lower().split())
                sure = _TOO_SURE.search(why) or (flag.flag and _UNQUALIFIED[flags.sign].search(why))
                assert not sure, (
                    f'a score shows no {flags.sign} for certain: write "possible {flags.sign}"'
                )

        self._everywhere(law)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
