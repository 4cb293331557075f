"""Constants of other scores are seen to in one place, also for the rules of plugins."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from attrs import evolve, frozen

import therapeutic_alliance as ta

COHORT = evolve(ta.CohortConstants.illustrative(), measure="wai-sr", score="total", rater="client")
COURSE = ta.Series.of(
    [4.5, 4.4, None, 1.5, 4.5],
    measure=ta.Registry().measure("wai-sr"),
    metric="mean",
    rater="client",
)


@frozen(kw_only=True)
class Online(ta.OnlineDetector[bool]):
    """A plugin's rule that does not think of misfits."""

    cohort: ta.CohortConstants | None = None
    id, citation = "online", "invented for this test"

    def start(self, _spec: ta.ScoreSpec) -> bool:
        return False

    def step(self, begun: bool, point: ta.Point) -> tuple[bool, ta.Flag]:
        flag = point.value < 2 if point.value is not None and begun else None
        return True, ta.Flag(session=point.session, flag=flag, why="below 2, or not")


@frozen(kw_only=True)
class Retrospective(ta.RetrospectiveDetector):
    """Another one."""

    cohort: ta.CohortConstants | None = None
    id, citation = "retrospective", "invented for this test"

    def judge(
        self, observed: Sequence[tuple[int, float]], _spec: ta.ScoreSpec
    ) -> Iterator[ta.Flag]:
        for session, value in observed:
            yield ta.Flag(session=session, flag=value < 2, why="below 2, or not")


RULES = pytest.mark.parametrize("rule", [Online, Retrospective])


@RULES
@pytest.mark.parametrize("of", [{"measure": "srs"}, {"score": "bond"}, {"rater": "therapist"}])
def test_no_session_is_judged_by_constants_of_other_scores(rule: Any, of: Any) -> None:
    flags = rule(cohort=evolve(COHORT, **of)).flags(COURSE)
    [(what, value)] = of.items()
    other = f"the cohort constants are of another {what}, {value}"
    assert [flag.flag for flag in flags] == [None] * 5
    assert [flag.why for flag in flags] == [other, other, "no score was observed", other, other]


@RULES
@pytest.mark.parametrize("cohort", [None, COHORT, ta.CohortConstants.illustrative()])
def test_constants_that_fit_change_nothing(rule: Any, cohort: ta.CohortConstants | None) -> None:
    assert rule(cohort=cohort).flags(COURSE).sessions == (4,)


@RULES
def test_a_field_of_that_name_may_hold_anything(rule: Any) -> None:
    assert rule(cohort=0.6).flags(COURSE).sessions == (4,)
