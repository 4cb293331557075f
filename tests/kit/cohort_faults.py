"""Twins of a sound detector whose constant does not come from the cohort as it should.

The docstring of a class is its fault.
"""

from array import array
from collections.abc import Sequence
from math import nan
from statistics import fmean
from types import MappingProxyType
from typing import Any

from attrs import evolve, field, frozen

import therapeutic_alliance as ta
from tests.kit.detector_sound import Sound, WithConstants, values


@frozen(kw_only=True)
class FitsTheFirstCase(Sound):
    """takes its constant from the first case of the cohort"""

    def fit(self, cohort: Sequence[ta.Series]) -> Sound:
        return super().fit(cohort[:1])


@frozen(kw_only=True)
class HoldsTheFirst(Sound):
    """holds the first case's mean in a read-only mapping"""

    held: Any = field(default=None, eq=False)

    def hold(self, cohort: Sequence[ta.Series]) -> Any:
        """What there is to hold of a cohort."""
        return MappingProxyType({"first": fmean(values(cohort[0]))})

    def fit(self, cohort: Sequence[ta.Series]) -> Sound:
        return evolve(self, fraction=super().fit(cohort).fraction, held=self.hold(cohort))


@frozen(kw_only=True)
class HoldsTheCases(HoldsTheFirst):
    """holds the cases' ids in a frozenset"""

    def hold(self, cohort: Sequence[ta.Series]) -> Any:
        return frozenset(series.case for series in cohort)


@frozen(kw_only=True)
class HoldsAnArray(HoldsTheFirst):
    """holds the first case's scores in an array"""

    def hold(self, cohort: Sequence[ta.Series]) -> Any:
        return array("d", values(cohort[0]))


@frozen(kw_only=True)
class FitsRawUnits(Sound):
    """computes the constant in the unit of the scores"""

    def unit(self, _series: ta.Series) -> float:
        return 1

    def fit(self, cohort: Sequence[ta.Series]) -> Sound:
        return super().fit(cohort)


@frozen(kw_only=True)
class FitsNan(Sound):
    """has a constant that is NaN"""

    held: float = 0.0

    def fit(self, cohort: Sequence[ta.Series]) -> Sound:
        return evolve(self, fraction=super().fit(cohort).fraction, held=nan)


@frozen(kw_only=True)
class FitsOnlyMany(Sound):
    """does not ask whether a cohort has two scores to compare"""

    def fit(self, cohort: Sequence[ta.Series]) -> Sound:
        return evolve(self, fraction=fmean(self.fractions(cohort)))


@frozen(kw_only=True)
class FitsNothing(Sound):
    """computes the constant and returns the detector without it"""

    def fit(self, cohort: Sequence[ta.Series]) -> Sound:
        super().fit(cohort)
        return self


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


@frozen(kw_only=True)
class UsesOtherConstants(WithConstants):
    """uses constants of another measure, score or rater"""

    def misfit(self, _series: ta.Series) -> str:
        return ""


@frozen(kw_only=True)
class HidesItsConstants(WithConstants):
    """does not say which constants it used"""

    def flags(self, series: ta.Series) -> ta.Flags:
        return evolve(super().flags(series), conventions=())
