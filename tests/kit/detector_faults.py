"""Twins of a sound detector, each with one planted fault; see ``test_faults.py``.

The docstring of a class is its fault.
"""

import random
from statistics import fmean
from typing import Any, ClassVar

from attrs import evolve, field, frozen

import therapeutic_alliance as ta
from tests.kit import cohort_faults
from tests.kit.detector_sound import Sound, WithConstants, values
from therapeutic_alliance.testing import CohortDetectorContract, Contract, DetectorContract


@frozen(kw_only=True)
class LooksAhead(Sound):
    """says online and takes a fall back when the score recovers later"""

    def falls(self, before: float, value: float, series: ta.Series) -> bool:
        last = values(series)[-1]
        return before - value >= self.fall(series) and last < before + self.fall(series)


@frozen(kw_only=True)
class CentresOnTheWholeMean(Sound):
    """says online and compares with the mean of all sessions"""

    def falls(self, before: float, value: float, series: ta.Series) -> bool:
        mean = fmean(values(series))
        return mean - value >= self.fall(series) and before - value >= self.fall(series)


@frozen(kw_only=True)
class PointsOfTheScale(Sound):
    """threshold of 0.6 points whatever the range"""

    def fall(self, _series: ta.Series) -> float:
        return 0.6 - 1e-9


@frozen(kw_only=True)
class NoTolerance(Sound):
    """compares floating point numbers without tolerance"""

    def fall(self, series: ta.Series) -> float:
        return self.fraction * (series.spec.high - series.spec.low)


@frozen(kw_only=True)
class FractionOfTheTop(Sound):
    """threshold a fraction of the highest score, not of the range"""

    def fall(self, series: ta.Series) -> float:
        return 0.12 * series.spec.high - 1e-9


_HIGHEST = [float("-inf")]


@frozen(kw_only=True)
class RemembersInTheModule(Sound):
    """keeps the highest score of all series in a list of the module"""

    def before(self, series: ta.Series, index: int) -> float | None:
        before = super().before(series, index)
        if before is not None:
            _HIGHEST[0] = max(before, *_HIGHEST)
            return min(_HIGHEST[0], series.spec.high)
        return None


@frozen(kw_only=True)
class RemembersInAField(Sound):
    """keeps what it has seen in a list in its own field"""

    seen: list[float] = field(factory=list, eq=False)

    def before(self, series: ta.Series, index: int) -> float | None:
        before = super().before(series, index)
        if before is not None:
            self.seen[:] = [max([before, *self.seen])]
        return max(self.seen) if before is not None else None


@frozen(kw_only=True)
class OneForTrue(Sound):
    """gives 1 and 0 for True and False"""

    def falls(self, before: float, value: float, series: ta.Series) -> int:
        return int(super().falls(before, value, series))


@frozen(kw_only=True)
class DropsUnobserved(Sound):
    """leaves unobserved sessions out"""

    def flags(self, series: ta.Series) -> ta.Flags:
        flags = super().flags(series)
        seen = {point.session for point in series.observed}
        return evolve(flags, flags=tuple(flag for flag in flags if flag.session in seen))


@frozen(kw_only=True)
class UnobservedIsFalse(Sound):
    """gives an unobserved session False"""

    def flag(self, series: ta.Series, index: int) -> ta.Flag:
        flag = super().flag(series, index)
        observed = series[index].value is not None
        return flag if observed else evolve(flag, flag=False)


@frozen(kw_only=True)
class WrongOrder(Sound):
    """gives the flagged sessions first"""

    def flags(self, series: ta.Series) -> ta.Flags:
        flags = super().flags(series)
        return evolve(flags, flags=tuple(sorted(flags, key=lambda flag: flag.flag is not True)))


@frozen(kw_only=True)
class Positions(Sound):
    """numbers sessions by position, not by session number"""

    def flag(self, series: ta.Series, index: int) -> ta.Flag:
        return evolve(super().flag(series, index), session=index + 1)


@frozen(kw_only=True)
class Chance(Sound):
    """draws random numbers for its threshold"""

    def fall(self, series: ta.Series) -> float:
        return random.uniform(0.1, 0.2) * (series.spec.high - series.spec.low)  # noqa: S311


@frozen(kw_only=True)
class TooSure(Sound):
    """says 'rupture detected'"""

    def why(self, flag: bool | None) -> str:
        return "rupture detected" if flag else super().why(flag)


@frozen(kw_only=True)
class SaysNothing(Sound):
    """gives no reason where it cannot tell"""

    def why(self, flag: bool | None) -> str:
        return "" if flag is None else super().why(flag)


@frozen(kw_only=True)
class CrashesOnEmpty(Sound):
    """takes the first session without asking whether there is one"""

    def flags(self, series: ta.Series) -> ta.Flags:
        assert series[0].session
        return super().flags(series)


@frozen(kw_only=True)
class DividesByZero(Sound):
    """divides by the spread of the scores, which is 0 if all are equal"""

    def flag(self, series: ta.Series, index: int) -> ta.Flag:
        flag = super().flag(series, index)
        if flag.statistic is None:
            return flag
        seen = values(evolve(series, points=series.points[: index + 1]))
        return evolve(flag, statistic=flag.statistic / (max(seen) - min(seen)))


@frozen(kw_only=True)
class Infinite(Sound):
    """gives an infinite statistic for the first observed session"""

    def flag(self, series: ta.Series, index: int) -> ta.Flag:
        flag = super().flag(series, index)
        return evolve(flag, statistic=float("inf")) if flag.flag is None else flag


@frozen(kw_only=True, eq=False)
class HashesById(Sound):
    """is compared and hashed by identity"""

    __eq__, __hash__ = object.__eq__, object.__hash__


@frozen(kw_only=True)
class KnowsTheCase(Sound):
    """is more sensitive for some case ids"""

    def fall(self, series: ta.Series) -> float:
        return super().fall(series) * (0.5 if "q" in (series.case or "") else 1)


@frozen(kw_only=True)
class FirstSessionFlagged(Sound):
    """compares the first session with the middle of the scale"""

    def before(self, series: ta.Series, index: int) -> float | None:
        before = super().before(series, index)
        return (series.spec.low + series.spec.high) / 2 if before is None and index else before


@frozen(kw_only=True)
class Prints(Sound):
    """prints what it sees"""

    def flags(self, series: ta.Series) -> ta.Flags:
        print(series)
        return super().flags(series)


@frozen(kw_only=True)
class ChangesTheSeries(Sound):
    """fills unobserved sessions in the series it is given"""

    def flags(self, series: ta.Series) -> ta.Flags:
        flags = super().flags(series)
        for point in series:
            if point.value is None:
                object.__setattr__(point, "value", series.spec.low)
        return flags


@frozen(kw_only=True)
class Upwards(Sound):
    """flags rises"""

    def falls(self, before: float, value: float, series: ta.Series) -> bool:
        return value - before >= self.fall(series)


@frozen(kw_only=True)
class UpsideDown(Sound):
    """has the lower statistic, the more a session is like a rupture"""

    def flag(self, series: ta.Series, index: int) -> ta.Flag:
        flag = super().flag(series, index)
        return flag if flag.statistic is None else evolve(flag, statistic=-flag.statistic)


@frozen(kw_only=True)
class NoThreshold(Sound):
    """gives a statistic and does not say from which one on it flags"""

    def flag(self, series: ta.Series, index: int) -> ta.Flag:
        return evolve(super().flag(series, index), threshold=None)


@frozen(kw_only=True)
class IgnoresTheCeiling(Sound):
    """never says that half of the scores are at the maximum"""

    def flags(self, series: ta.Series) -> ta.Flags:
        return evolve(super().flags(series), low_information=False)


@frozen(kw_only=True)
class AlwaysLow(Sound):
    """calls every series one of low information, and no flag says why"""

    def flags(self, series: ta.Series) -> ta.Flags:
        return evolve(super().flags(series), low_information=True)


@frozen(kw_only=True)
class WaningAsRupture(Sound):
    """signs its flags as waning and speaks of ruptures"""

    def flags(self, series: ta.Series) -> ta.Flags:
        return evolve(super().flags(series), sign="waning")


@frozen(kw_only=True)
class NamesAnother(Sound):
    """signs its flags with the id of another detector"""

    def flags(self, series: ta.Series) -> ta.Flags:
        return evolve(super().flags(series), detector="rci-drop")


@frozen(kw_only=True)
class FirstSessionIsFalse(Sound):
    """gives the first observed session False"""

    def flag(self, series: ta.Series, index: int) -> ta.Flag:
        flag = super().flag(series, index)
        observed = series[index].value is not None
        return evolve(flag, flag=False) if observed and flag.flag is None else flag


@frozen(kw_only=True)
class Forgotten(Sound):
    """no course is worked"""

    worked: ClassVar[Any] = ()


SOUND: list[type[Sound]] = [Sound, WithConstants]

FAULTS: list[type[Sound]] = [
    each
    for each in (*vars().copy().values(), *vars(cohort_faults).values())
    if isinstance(each, type) and issubclass(each, Sound) and each not in SOUND
]

TWINS: list[type[Sound]] = [*SOUND, *FAULTS]


def _contract(planted: type[Sound]) -> type[Contract]:
    """The contract as an author would subclass it."""
    cohort = planted.fit is not Sound.fit or planted is Sound
    base: Any = CohortDetectorContract if cohort else DetectorContract
    detector = planted()
    return type(
        f"Test{planted.__name__}",
        (base,),
        {
            "__module__": __name__,
            "detector": detector,
            "worked": planted.worked,
            "fit": lambda _self, cohort: detector.fit(cohort),
        },
    )


globals().update({f"Test{each.__name__}": _contract(each) for each in TWINS})
