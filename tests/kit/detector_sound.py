"""A sound detector, whose constant can come from a cohort."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean
from typing import Any, ClassVar, Literal

from attrs import evolve, frozen

import therapeutic_alliance as ta
from therapeutic_alliance.testing import WorkedCourse

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
    worked: ClassVar[Any] = WORKED
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
            low_information=series.at_ceiling,
        )

    def unit(self, series: ta.Series, /) -> float:
        """In what a fall is counted when a cohort gives the constant."""
        return series.spec.high - series.spec.low

    def fractions(self, cohort: Sequence[ta.Series]) -> list[float]:
        """How far each score is from the one before it."""
        return sorted(
            abs(one - two) / self.unit(series)
            for series in cohort
            for one, two in pairwise(values(series))
        )

    def fit(self, cohort: Sequence[ta.Series]) -> "Sound":
        found = self.fractions(cohort)
        if not found:
            raise ta.AllianceError("a cohort needs a case with two scores")
        return evolve(self, fraction=fmean(found))


@frozen(kw_only=True)
class WithConstants(Sound):
    """Takes the constants of this library from a cohort."""

    cohort: ta.CohortConstants | None = None

    def fall(self, series: ta.Series) -> float:
        sd = self.cohort.person_sd if self.cohort else self.fraction
        return sd * (series.spec.high - series.spec.low) - 1e-9

    def misfit(self, series: ta.Series) -> str:
        return self.cohort.misfit_to(series) if self.cohort else ""

    def flags(self, series: ta.Series) -> ta.Flags:
        flags = evolve(super().flags(series), conventions=(f"constants used: {self.cohort}",))
        if not (why := self.misfit(series)):
            return flags
        return evolve(flags, flags=tuple(evolve(each, flag=None, why=why) for each in flags))

    def fit(self, cohort: Sequence[ta.Series]) -> Sound:
        return evolve(self, cohort=ta.CohortConstants.fit(cohort))
