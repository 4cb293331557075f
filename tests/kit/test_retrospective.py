"""A detector of an author who subclasses the public base classes keeps the contract."""

from collections.abc import Iterator, Sequence
from math import fsum
from typing import ClassVar

from attrs import frozen

import therapeutic_alliance as ta
from therapeutic_alliance.testing import DetectorContract, WorkedCourse


@frozen(kw_only=True)
class BelowMean(ta.ByReliableChange, ta.RetrospectiveDetector):
    """Flags a score a reliable change or more below the mean of all."""

    @property
    def id(self) -> str:
        return "below-mean"

    @property
    def citation(self) -> str:
        return "invented for this test; not validated"

    @property
    def conventions(self) -> tuple[str, ...]:
        return (f"threshold: {self.change}",)

    def judge(self, observed: Sequence[tuple[int, float]], spec: ta.ScoreSpec) -> Iterator[ta.Flag]:
        mean = fsum(score for _, score in observed) / len(observed)
        threshold = self.change.size(spec.low, spec.high)
        for session, score in observed[1:]:
            flag = mean - score >= threshold - ta.EPSILON
            said = ": possible rupture" if flag else ""
            yield ta.Flag(
                session=session,
                flag=flag,
                why=f"{score:.4g}, the mean is {mean:.4g}{said}; threshold {threshold:.4g}",
                statistic=mean - score,
                threshold=threshold,
            )


class TestBelowMean(DetectorContract):
    detector = BelowMean()
    worked: ClassVar = [
        WorkedCourse(values=[4, 4, None, 3, 4], low=1, high=5, flagged=[4], not_evaluable=[1, 3])
    ]


def test_the_base_class_sees_to_what_is_not_observed_and_to_the_first() -> None:
    first, _, unobserved, *_ = BelowMean().flags(ta.Series.of([4, 4, None, 3, 4], low=1, high=5))
    assert (first.flag, first.why) == (None, "no session was observed before it")
    assert (unobserved.flag, unobserved.why) == (None, "no score was observed")
