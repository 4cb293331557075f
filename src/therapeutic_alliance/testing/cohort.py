"""The contract of detectors whose constants come from a cohort."""

from collections.abc import Sequence
from math import isclose
from random import Random
from typing import Any

from attrs import asdict, evolve
from hypothesis import strategies as st

from therapeutic_alliance.course.series import Series
from therapeutic_alliance.model.contracts import Detector
from therapeutic_alliance.testing.contract import fail, holds
from therapeutic_alliance.testing.detector import DetectorContract, told
from therapeutic_alliance.testing.simulated import cohort
from therapeutic_alliance.testing.value import check_value


class CohortDetectorContract(DetectorContract):
    """What is asked also of a detector whose constants come from a cohort. Define ``fit``."""

    def fit(self, cohort: Sequence[Series]) -> Detector[Series]:
        """The detector with the constants of a cohort, which has a series for each case."""
        del cohort
        fail(f"{type(self).__name__} gives no fit: how the constants come from a cohort")

    def test_fit_gives_a_detector(self) -> None:
        """With the id of the one that is tested."""
        fitted = self.fit(cohort())
        check_value("detectors", fitted)
        assert fitted.id == self._rule.id, "the detector that was fitted has another id"

    def test_the_order_of_cases_does_not_matter(self) -> None:
        """Constants are the same, up to 1e-9, and so are flags."""
        first = self.fit(cohort())

        def law(seed: int) -> None:
            cases = cohort()
            Random(seed).shuffle(cases)  # noqa: S311 - any order will do
            _alike(first, self.fit(cases), "cases in another order")

        holds(law, st.integers(0, 999), examples=10)

    def test_the_names_of_cases_do_not_matter(self) -> None:
        """Constants are the same, and so are flags."""
        cases = cohort()
        others = [
            evolve(series, case=f"numbat-{n * 7 % len(cases)}") for n, series in enumerate(cases)
        ]
        _alike(self.fit(cases), self.fit(others), "cases with other names")

    def test_fitting_changes_nothing(self) -> None:
        """Neither the cohort nor its series nor the detector."""
        cases, detector = cohort(), self._rule
        flags = [detector.flags(series) for series in cases]
        self.fit(cases)
        assert cases == cohort(), "the cohort is changed by fitting"
        assert [detector.flags(series) for series in cases] == flags, (
            "the detector that is there already gives other flags after fitting"
        )


def _alike(one: Detector[Series], two: Detector[Series], what: str) -> None:
    constants, others = list(_plain(one)), list(_plain(two))
    same = len(constants) == len(others) and all(map(_close, constants, others))
    assert same, f"{what} give other constants"
    for series in cohort():
        assert told(one.flags(series)) == told(two.flags(series)), f"{what} give other flags"


def _plain(value: Any) -> Any:
    """The constants in a value, one after the other."""
    if hasattr(type(value), "__attrs_attrs__"):
        yield from _plain(asdict(value))
    elif isinstance(value, dict):
        yield from _plain([value[key] for key in sorted(value)])
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _plain(each)
    elif isinstance(value, str | int | float) or value is None:
        yield value


def _close(one: object, two: object) -> bool:
    if isinstance(one, float) and isinstance(two, float):
        return isclose(one, two, rel_tol=1e-9, abs_tol=1e-9)
    return one == two
