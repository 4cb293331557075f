"""Detectors that use past sessions only; the batch is the fold of the live rule."""

from abc import ABC, abstractmethod
from typing import Generic, Literal, TypeVar

from attrs import frozen

from therapeutic_alliance.course.series import Point, Series
from therapeutic_alliance.model.finding import Flag, Flags
from therapeutic_alliance.model.scored import ScoreSpec

State = TypeVar("State")


@frozen
class OnlineDetector(ABC, Generic[State]):
    """Define :meth:`start` and :meth:`step`; :meth:`flags` folds them over a series.

    A live display keeps the state and calls ``step`` once a session, at constant cost, so that
    live and batch cannot differ.

    >>> from attrs import frozen
    >>> import therapeutic_alliance as ta
    >>> @frozen
    ... class Low(ta.OnlineDetector[None]):
    ...     id, citation = "low", "invented for this example"
    ...     def start(self, spec):
    ...         return None
    ...     def step(self, state, point):
    ...         flag = None if point.value is None or point.session == 1 else point.value < 2
    ...         return state, ta.Flag(session=point.session, flag=flag, why="below 2, or not")
    >>> Low().flags(ta.Series.of([3, 1.5, None, 4], low=1, high=5)).sessions
    (2,)
    """

    @property
    def mode(self) -> Literal["online"]:
        """A flag uses sessions up to its own only."""
        return "online"

    @property
    @abstractmethod
    def id(self) -> str:
        """Kebab-case id."""

    @abstractmethod
    def start(self, spec: ScoreSpec) -> State:
        """The state before the first session of a score with this metric and range."""

    @abstractmethod
    def step(self, state: State, point: Point) -> tuple[State, Flag]:
        """The state after a session, and its flag."""

    @property
    def conventions(self) -> tuple[str, ...]:
        """The conventions or constants that stand behind the flags, in words."""
        return ()

    def flags(self, series: Series) -> Flags:
        """One flag for each point of the series, in its order."""
        state = self.start(series.spec)
        flags = []
        for point in series:
            state, flag = self.step(state, point)
            flags.append(flag)
        return Flags(
            detector=self.id,
            mode=self.mode,
            flags=tuple(flags),
            conventions=self.conventions,
            low_information=series.at_ceiling,
        )
