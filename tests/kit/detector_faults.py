"""A sound detector and twins of it, each with one planted fault; see ``test_detector_faults.py``.

The docstring of a class is its fault."""

import random
from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean
from typing import Any, ClassVar, Literal

from attrs import evolve, field, frozen

import therapeutic_alliance as ta
from therapeutic_alliance.testing import (
    CohortDetectorContract,
    Contract,
    DetectorContract,
    WorkedCourse,
)

WORKED = (
    WorkedCourse(values=[4, 4.2, None, 3, 3.1], low=1, high=5, flagged=[4], not_evaluable=[1, 3]),
)


def values(series: ta.Series) -> list[float]:
    return [point.value for point in series if point.value is not None]


@frozen(kw_only=True)
class Sound:
    """A fall by a fraction of the possible range since the session observed before."""

    mode: ClassVar[Literal["online"]] = "online"
    id, citation = "planted", "invented for this test"
    fraction: float = 0.15

    def fall(self, series: ta.Series) -> float:
        """How large a fall counts."""
        return self.fraction * (series.spec.high - series.spec.low) - 1e-9

    def why(self, flag: bool | None) -> str:
        if flag is None:
            return "nothing to compare"
        return "a possible rupture" if flag else "no such fall"

    def before(self, series: ta.Series, index: int) -> float | None:
        """What a session is compared with."""
        seen = [point.value for point in series.points[:index] if point.value is not None]
        return seen[-1] if seen else None

    def falls(self, before: float, value: float, series: ta.Series) -> Any:
        return before - value >= self.fall(series)

    def flag(self, series: ta.Series, index: int) -> ta.Flag:
        point, before = series[index], self.before(series, index)
        if point.value is None or before is None:
            return ta.Flag(session=point.session, flag=None, why=self.why(None))
        flag = self.falls(before, point.value, series)
        return ta.Flag(
            session=point.session,
            flag=flag,
            why=self.why(flag),
            statistic=before - point.value,
            threshold=self.fall(series),
        )

    def flags(self, series: ta.Series) -> ta.Flags:
        return ta.Flags(
            detector=self.id,
            mode=self.mode,
            flags=tuple(self.flag(series, index) for index in range(len(series))),
            low_information=series.proportion_at_maximum >= 0.5,
        )

    def fit(self, cohort: Sequence[ta.Series]) -> "Sound":
        falls = [
            abs(one - two) / (series.spec.high - series.spec.low)
            for series in cohort
            for one, two in pairwise(values(series))
        ]
        return evolve(self, fraction=fmean(sorted(falls)))


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


_REMEMBERED: list[float] = []


@frozen(kw_only=True)
class RemembersInTheModule(Sound):
    """keeps the scores of all series in a list of the module"""

    def before(self, series: ta.Series, index: int) -> float | None:
        before = super().before(series, index)
        if before is not None:
            _REMEMBERED.append(before)
            return min(max(_REMEMBERED), series.spec.high)
        return None


@frozen(kw_only=True)
class RemembersInAField(Sound):
    """keeps what it has seen in a list in its own field"""

    seen: list[float] = field(factory=list, eq=False)

    def before(self, series: ta.Series, index: int) -> float | None:
        before = super().before(series, index)
        if before is not None:
            self.seen.append(before)
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
class IgnoresTheCeiling(Sound):
    """never says that half of the scores are at the maximum"""

    def flags(self, series: ta.Series) -> ta.Flags:
        return evolve(super().flags(series), low_information=False)


@frozen(kw_only=True)
class NamesAnother(Sound):
    """signs its flags with the id of another detector"""

    def flags(self, series: ta.Series) -> ta.Flags:
        return evolve(super().flags(series), detector="rci-drop")


@frozen(kw_only=True)
class FitsTheFirstCase(Sound):
    """takes its constant from the first case of the cohort"""

    def fit(self, cohort: Sequence[ta.Series]) -> Sound:
        return super().fit(cohort[:1])


@frozen(kw_only=True)
class FitsAnother(Sound):
    """gives the constants in place of a detector"""

    def fit(self, cohort: Sequence[ta.Series]) -> Any:
        return super().fit(cohort).fraction


@frozen(kw_only=True)
class FitsByCaseName(Sound):
    """drops cases by their names"""

    def fit(self, cohort: Sequence[ta.Series]) -> Sound:
        return super().fit([series for series in cohort if (series.case or "") < "p"] or cohort[:3])


@frozen(kw_only=True)
class SortsTheCohort(Sound):
    """sorts the caller's list of series"""

    def fit(self, cohort: Any) -> Sound:
        cohort.sort(key=len)
        return super().fit(cohort)


FAULTS: list[type[Sound]] = [
    each
    for each in vars().copy().values()
    if isinstance(each, type) and issubclass(each, Sound) and each is not Sound
]

TWINS: list[type[Sound]] = [Sound, *FAULTS]


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
            "worked": WORKED,
            "fit": lambda _self, cohort: detector.fit(cohort),
        },
    )


globals().update({f"Test{each.__name__}": _contract(each) for each in TWINS})
