"""Detectors that use past sessions only; the batch is the fold of the live rule."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Generic, Literal, TypeVar

from attrs import frozen

from therapeutic_alliance.course.detectors.ends_of_sessions import of_occasion
from therapeutic_alliance.course.detectors.live import Live
from therapeutic_alliance.course.detectors.misfit import misfit
from therapeutic_alliance.course.detectors.not_evaluable import none_evaluable
from therapeutic_alliance.course.observations import scores_needed
from therapeutic_alliance.course.parameters import parameters_of
from therapeutic_alliance.course.series import Point, Series
from therapeutic_alliance.model.finding import Flag, Flags, Sign
from therapeutic_alliance.model.scored import ScoreSpec

State = TypeVar("State")


@frozen
class OnlineDetector(ABC, Generic[State]):
    """Define :meth:`start` and :meth:`step`; :meth:`flags` folds them over a series.

    A live display takes :meth:`live`, which calls ``step`` once a session, at constant cost, so
    that live and batch cannot differ. Of a rule with a field ``cohort`` whose constants are of
    another measure, score or rater, both make every flag ``None`` by themselves.

    >>> from attrs import frozen
    >>> import therapeutic_alliance as ta
    >>> @frozen
    ... class Low(ta.OnlineDetector[bool]):
    ...     id, citation = "low", "invented for this example"
    ...     def start(self, spec):
    ...         return False  # no session was observed yet
    ...     def step(self, begun, point):
    ...         flag = None if point.value is None or not begun else point.value < 2
    ...         why = "no score, or the first" if flag is None else "below 2, or not"
    ...         begun = begun or point.value is not None
    ...         return begun, ta.Flag(session=point.session, flag=flag, why=why)
    >>> Low().flags(ta.Series.of([None, 1.5, 1.5, 4], low=1, high=5)).sessions
    (3,)
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
        """The state after a session, and its flag.

        It trusts the point: :meth:`flags` and :class:`Live` have looked at it, whoever calls
        ``step`` by hand has to.
        """

    @property
    def conventions(self) -> tuple[str, ...]:
        """The conventions or constants that stand behind the flags, in words."""
        return ()

    @property
    def sign(self) -> Sign:
        """What a flag is a possible sign of."""
        return "rupture"

    def live(self, course: Series | ScoreSpec) -> Live[State]:
        """Where a course stands after the points of a series, to go on from session by session.

        Also of a series without points, or of a score that nothing else is known of. Raises
        :class:`SeriesError` for anything else. See :class:`Live`.
        """
        series = Series(points=(), spec=course) if isinstance(course, ScoreSpec) else course
        scores_needed(self.id, series)
        state, lacking = self.start(series.spec), misfit(self, series)
        live = Live(detector=self, spec=series.spec, state=state, lacking=lacking)
        for point in series:
            live, _ = live.after(point.session, point.value, point.answers)
        return live

    def flags(self, series: Series) -> Flags:
        """One flag for each point of the series, in its order.

        Raises :class:`SeriesError` for anything but scores.
        """
        scores_needed(self.id, series)
        why = misfit(self, series)
        return Flags(
            detector=self.id,
            mode=self.mode,
            flags=tuple(none_evaluable(series, why) if why else _fold(self, series)),
            conventions=(*self.conventions, *of_occasion(series, self.sign)),
            parameters=parameters_of(self),
            low_information=series.at_ceiling,
            sign=self.sign,
        )


def _fold(rule: OnlineDetector[State], series: Series) -> Iterator[Flag]:
    state = rule.start(series.spec)
    for point in series:
        state, flag = rule.step(state, point)
        yield flag
