"""The contract of detectors whose constants come from a cohort."""

from collections.abc import Sequence
from math import isfinite
from random import Random
from typing import Any

from attrs import evolve
from hypothesis import strategies as st

from therapeutic_alliance.course.cohort import CohortConstants
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.errors import AllianceError
from therapeutic_alliance.model.contracts import Detector
from therapeutic_alliance.testing.contract import fail, holds, tried
from therapeutic_alliance.testing.rules.constants import alike, constants
from therapeutic_alliance.testing.rules.detector import DetectorContract, told
from therapeutic_alliance.testing.rules.metrics import APART, METRICS, in_every_metric
from therapeutic_alliance.testing.rules.simulated import cohort, steady
from therapeutic_alliance.testing.silence import unwarned
from therapeutic_alliance.testing.value import check_value

CASES = 60
"""Of a cohort in every metric: the longest courses."""


class CohortDetectorContract(DetectorContract):
    """What is asked also of a detector whose constants come from a cohort. Define ``fit``.

    A cohort is a list of series, one a case. It may be of any metric, and so may the series that
    are looked at afterwards: constants are best fractions of the possible range.
    """

    def fit(self, cohort: Sequence[Series]) -> Detector[Series]:
        """The detector with the constants of a cohort, which has a series for each case."""
        del cohort
        fail(f"{type(self).__name__} gives no fit: how the constants come from a cohort")

    def _fit(self, cases: Sequence[Series], what: str = "the cohort") -> Detector[Series]:
        """The detector of a cohort that has to be enough; whatever is raised is told."""
        fitted = self._fitted(cases, what)
        if isinstance(fitted, AllianceError):
            fail(f"fit refuses {what}, of {len(cases)} simulated cases: {fitted}")
        return fitted

    def _fitted(self, cases: Sequence[Series], what: str) -> Detector[Series] | AllianceError:
        """The detector of a cohort with finite constants, or a refusal."""
        try:
            fitted = unwarned(lambda: self.fit(cases))
        except AllianceError as error:
            return error
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told
            said = f"a {type(error).__name__}, where only an AllianceError may be raised: {error}"
        else:
            is_one = callable(getattr(fitted, "flags", None))
            assert is_one, f"fit gives a {type(fitted).__name__}, which is no detector"
            numbers = [each for each in constants(fitted) if isinstance(each, float)]
            assert all(map(isfinite, numbers)), f"fit, {what}: a constant is not a finite number"
            return fitted
        raise AssertionError(f"fit, {what}: {said}")

    def test_everything_needed_is_given(self) -> None:
        """``fit``, too."""
        super().test_everything_needed_is_given()
        self._fit(cohort())

    def test_fit_gives_a_detector(self) -> None:
        """With the id of the one that is tested."""
        fitted = self._fit(cohort())
        check_value("detectors", fitted)
        assert fitted.id == self._rule.id, "the detector that was fitted has another id"

    def test_results_name_the_constants(self) -> None:
        """``str(cohort)`` is one of the ``conventions``, or part of one: it says where from."""
        fitted = self._fit(cohort())
        known = getattr(fitted, "cohort", None)
        if not isinstance(known, CohortConstants):
            return
        for series in cohort():
            said = tried(fitted.flags, series).conventions
            assert any(str(known) in each for each in said), (
                "the conventions of its flags do not say which constants were used: put "
                'f"constants used: {self.cohort}" there'
            )

    def test_constants_of_other_scores_are_not_used(self) -> None:
        """Those of another measure, score or rater: no session is evaluable, and ``why`` tells."""
        fitted: Any = self._fit(cohort())
        if not isinstance(getattr(fitted, "cohort", None), CohortConstants):
            return
        series = evolve(in_every_metric(APART)[-1]["mean"], rater="client")
        own = {"measure": series.measure, "score": series.spec.id, "rater": series.rater}
        for what in own:
            constants_ = evolve(fitted.cohort, **{**own, what: "another"})
            flags = tried(evolve(fitted, cohort=constants_).flags, series)
            assert not flags.evaluable, (
                f"constants of another {what} are used: give None and the reason, "
                "cohort.misfit_to(series), for each session, as the flags of ta.OnlineDetector "
                "and ta.RetrospectiveDetector do by themselves"
            )
            assert any(constants_.misfit_to(series) in flag.why for flag in flags), (
                f"no flag says why: the constants are of another {what}"
            )

    def test_the_order_of_cases_does_not_matter(self) -> None:
        """Constants are the same, up to 1e-9, and so are flags."""
        first = self._fit(cohort())

        def law(seed: int) -> None:
            cases = cohort()
            Random(seed).shuffle(cases)  # noqa: S311 - any order will do
            _alike(first, self._fit(cases), "cases in another order")

        holds(law, st.integers(0, 999), examples=10)

    def test_short_cohorts_give_a_detector_or_an_alliance_error(self) -> None:
        """No case, one, cases without scores: no other exception, and no constant that is NaN."""
        one, two = cohort()[:2]
        unobserved = evolve(one, points=tuple(evolve(each, value=None) for each in one))
        short = {
            "no case": [],
            "one case": [one],
            "two cases": [one, two],
            "one case of one session": [evolve(one, points=one.observed[:1])],
            "one case without a score": [unobserved],
            "one case without a session": [evolve(one, points=())],
        }
        for what, cases in short.items():
            self._fitted(cases, what)

    def test_a_cohort_in_any_metric_gives_the_same_flags(self) -> None:
        """Fitted to sums, to means and to percent, it flags the same sessions of each."""
        cases = in_every_metric(APART)[-CASES:]
        found = {}
        for metric in METRICS:
            fitted = self._fit([each[metric] for each in cases], f"a cohort in {metric}")
            found[metric] = [told(tried(fitted.flags, each[metric])) for each in cases]
        for metric in METRICS[1:]:
            assert found[metric] == found["sum"], (
                f"fitted to a cohort in {metric}, it flags other sessions than fitted to the same "
                "cohort in sums: constants are to be fractions of the possible range, not of the "
                "unit that the scores happen to have"
            )

    def test_the_cohort_matters(self) -> None:
        """A clearly different one gives other constants or other flags."""
        one, other = self._fit(cohort()), self._fit(steady())
        assert not (alike(one, other) and _same(one, other)), (
            "a cohort that is clearly different gives the same constants and flags: are they "
            "computed from the cohort, and does fit return the detector that has them?"
        )

    def test_the_names_of_cases_do_not_matter(self) -> None:
        """Constants are the same, and so are flags; no constant holds a name."""
        cases = cohort()
        others = [
            evolve(series, case=f"numbat-{n * 7 % len(cases)}") for n, series in enumerate(cases)
        ]
        fitted = self._fit(others)
        held = any("numbat" in str(each) for each in constants(fitted))
        assert not held, "the constants hold the id of a case: whoever has them learns who it was"
        _alike(self._fit(cases), fitted, "cases with other names")

    def test_fitting_changes_nothing(self) -> None:
        """Neither the cohort nor its series nor the detector."""
        cases, detector = cohort(), self._rule
        flags = [detector.flags(series) for series in cases]
        self._fit(cases)
        assert cases == cohort(), "the cohort is changed by fitting"
        assert [detector.flags(series) for series in cases] == flags, (
            "the detector that is there already gives other flags after fitting"
        )


def _same(one: Detector[Series], two: Detector[Series]) -> bool:
    """Whether two detectors flag the same sessions."""
    return all(told(tried(one.flags, each)) == told(tried(two.flags, each)) for each in cohort())


def _alike(one: Detector[Series], two: Detector[Series], what: str) -> None:
    assert alike(one, two), f"{what} give other constants"
    assert _same(one, two), f"{what} give other flags"
