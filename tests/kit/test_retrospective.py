"""A detector of an author who subclasses the public base classes keeps the contract."""

from collections.abc import Iterator, Sequence
from math import fsum
from typing import ClassVar

import pytest
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


@frozen
class Says(ta.RetrospectiveDetector):
    """Flags for the sessions that it is told to flag, whatever was observed."""

    sessions: tuple[int, ...]
    id, citation = "says", "invented for this test"

    def judge(
        self, _observed: Sequence[tuple[int, float]], _spec: ta.ScoreSpec
    ) -> Iterator[ta.Flag]:
        return (ta.Flag(session=each, flag=False, why="told so") for each in self.sessions)


COURSE = ta.Series.of([4, 4, None, 3], low=1, high=5)


@pytest.mark.parametrize("sessions", [(1, 2, 4), (2, 4), (4, 2)], ids=str)
def test_the_first_may_be_left_out_and_the_order_is_free(sessions: tuple[int, ...]) -> None:
    flags = Says(sessions).flags(COURSE)
    assert [flag.session for flag in flags] == [1, 2, 3, 4]
    assert [flag.flag for flag in flags] == [None, False, None, False]


@pytest.mark.parametrize(
    ("sessions", "told"),
    [
        ((4,), "says: judge gave no flag for session 2"),
        ((), "says: judge gave no flag for session 2"),
        ((2, 4, 4), "says: judge gave two flags for session 4"),
        ((2, 3, 4), "says: judge gave a flag for session 3, not observed"),
        ((2, 4, 9), "says: judge gave a flag for session 9, not observed"),
    ],
    ids=str,
)
def test_what_judge_gives_is_one_flag_for_each_observed_session(
    sessions: tuple[int, ...], told: str
) -> None:
    with pytest.raises(ta.PluginError) as refused:
        Says(sessions).flags(COURSE)
    assert str(refused.value) == told
