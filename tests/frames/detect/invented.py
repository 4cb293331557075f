"""Detectors as a plugin would define them; executors of Spark import this module, too."""

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import frozen

import therapeutic_alliance as ta


@frozen
class Lowest(ta.RetrospectiveDetector):
    """Invented: flags the lowest score of a course."""

    id = "lowest"
    citation = "invented for this test"

    def judge(
        self, observed: Sequence[tuple[int, float]], _spec: ta.ScoreSpec
    ) -> Iterator[ta.Flag]:
        least = min(score for _, score in observed)
        for session, score in observed:
            drop = score - least
            yield ta.Flag(session=session, flag=not drop, why="lowest, or not", statistic=-drop)


@frozen
class Steps(ta.OnlineDetector[float | None]):
    """Invented: flags a fall by more than 1; counts unobserved sessions as such."""

    id = "steps"
    citation = "invented for this test"

    def start(self, _spec: ta.ScoreSpec) -> float | None:
        return None

    def step(self, state: float | None, point: ta.Point) -> tuple[float | None, ta.Flag]:
        if point.value is None or state is None:
            flag = ta.Flag(session=point.session, flag=None, why="no score, or the first")
            return (state if point.value is None else point.value), flag
        fall = state - point.value
        flag = ta.Flag(
            session=point.session, flag=fall > 1, why="by 1", statistic=fall, threshold=1.0
        )
        return point.value, flag


@frozen
class Fails(ta.RetrospectiveDetector):
    """Invented: raises what quotes a score."""

    id = "fails"
    citation = "invented for this test"

    def judge(
        self, observed: Sequence[tuple[int, float]], _spec: ta.ScoreSpec
    ) -> Iterator[ta.Flag]:
        raise ValueError(f"cannot judge {observed}")


@frozen
class Lies(ta.RetrospectiveDetector):
    """Invented: its flags have no threshold that they reach."""

    id = "lies"
    citation = "invented for this test"

    def judge(
        self, observed: Sequence[tuple[int, float]], _spec: ta.ScoreSpec
    ) -> Iterator[ta.Flag]:
        for session, _ in observed:
            yield ta.Flag(session=session, flag=True, why="", statistic=0.0, threshold=1.0)


@frozen
class Quotes(ta.RetrospectiveDetector):
    """Invented: raises an error of the library that quotes a score."""

    id = "quotes"
    citation = "invented for this test"

    def judge(
        self, observed: Sequence[tuple[int, float]], _spec: ta.ScoreSpec
    ) -> Iterator[ta.Flag]:
        raise ta.SeriesError(f"score {observed[0][1]} of somebody")


@frozen
class FailsAtOnce(ta.OnlineDetector[None]):
    """Invented: raises before the first session what it was made with."""

    fault: Exception

    id = "fails-at-once"
    citation = "invented for this test"

    def start(self, _spec: ta.ScoreSpec) -> None:
        raise self.fault

    def step(self, _state: None, point: ta.Point) -> tuple[None, ta.Flag]:
        return None, ta.Flag(session=point.session, flag=None, why="")


@frozen
class GivesBack:
    """Invented: no flags, but what it was made with."""

    given: Any

    id = "gives-back"
    citation = "invented for this test"
    mode = "retrospective"

    def flags(self, _series: ta.Series) -> Any:
        return self.given


@frozen
class RciDropOfMine(type(ta.Registry().detector("rci-drop"))):  # type: ignore[misc]
    """Invented: inherits from a rule of the library, and flags nothing."""

    def too_far(self, _reference: tuple[int, float], _session: int) -> str:
        return "never comparable"
