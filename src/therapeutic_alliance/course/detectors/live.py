"""A course that goes on: its flags one session at a time."""

from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from attrs import evolve, field, frozen

from therapeutic_alliance.course.detectors.not_evaluable import unless_observed
from therapeutic_alliance.course.series import Point, next_problems, plain
from therapeutic_alliance.errors import SeriesError
from therapeutic_alliance.model.finding import Flag
from therapeutic_alliance.model.scored import ScoreSpec

State = TypeVar("State")


class Steps(Protocol[State]):
    """What goes from session to session, such as :class:`OnlineDetector`."""

    __slots__ = ()

    def step(self, state: State, point: Point) -> tuple[State, Flag]:
        """The state after a session, and its flag."""


@frozen(kw_only=True)
class Live(Generic[State]):
    """Where the course of one person stands, for an online rule; made by ``detector.live``.

    A value in memory that never changes and can be pickled: :meth:`after` gives the next one.
    What it says of a session is what ``flags`` of the whole series says.

    >>> import therapeutic_alliance as ta
    >>> scores = ta.Series.of([4.2, 4.1], low=1, high=5)
    >>> live = ta.Registry().detector("rci-drop").live(scores)
    >>> live, flag = live.after(3, 3.2)
    >>> flag.flag, live.session
    (True, 3)
    >>> live.after(3, 4.0)
    Traceback (most recent call last):
    therapeutic_alliance.errors.SeriesError: session 3: stands there twice
    """

    detector: Steps[State]
    spec: ScoreSpec
    """Score, metric and possible range."""
    state: State = field(repr=False)
    session: int | None = None
    """Number of the last session; ``None`` before the first."""
    lacking: str = ""
    """Why no session can be judged; empty if they can."""

    def after(
        self, session: int, value: float | None, answers: Sequence[float | None] | None = None
    ) -> tuple["Live[State]", Flag]:
        """Where the course stands after one more session, and the flag of that.

        ``value`` is its score, ``None`` if none was observed; ``answers`` are those of its form,
        as in :class:`Point`. Raises :class:`SeriesError`, as :class:`Series` would, for a number
        that is none or does not come after the last, and for what is no score in the possible
        range.
        """
        told = None if answers is None else tuple(answers)
        point = Point(plain(session), plain(value), told)
        if problems := list(next_problems(self.session, point, self.spec)):
            raise SeriesError(problems)
        if self.lacking:
            state, flag = self.state, unless_observed(point, self.lacking)
        else:
            state, flag = self.detector.step(self.state, point)
        return evolve(self, state=state, session=point.session), flag
