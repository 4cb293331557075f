"""One rater's ordered observations of one score."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import isfinite
from typing import Any, get_args

from attrs import field, frozen

from therapeutic_alliance.course.parameters import is_number
from therapeutic_alliance.errors import Problem, SeriesError
from therapeutic_alliance.model.immutable import as_tuples
from therapeutic_alliance.model.measure import Measure
from therapeutic_alliance.model.scored import Metric, ScoreSpec
from therapeutic_alliance.scoring.key import as_number, compile_key, no_measure
from therapeutic_alliance.scoring.metric import restate

EPSILON = 1e-9
"""Tolerance of every comparison of scores: 4.3 - 4.0 counts as 0.3."""
AT_CEILING = 0.5
"""Share of the scores at the possible maximum from which on they tell little."""
FARTHEST = 1e100
"""How far from 0 a possible range may reach, so that no arithmetic on scores overflows."""
NO_SESSION = "a session number is a whole number from 1"


SessionScore = tuple[int, float]
"""Number and score of an observed session."""


@frozen
class Point:
    """One session: its number, and the score or ``None`` if not observed."""

    session: int
    value: float | None = field(repr=False)
    answers: tuple[float | None, ...] | None = field(default=None, repr=False)
    """The answers of its form, if known: all items in their order, as given, before reversal."""


@frozen(kw_only=True, field_transformer=as_tuples)
class Series:
    """One rater, one measure, one score, one metric; sessions in order, higher is better.

    Session numbers start at 1 and increase; gaps are sessions that were not observed.
    Raises :class:`SeriesError` for anything else, for a score outside the possible range, or for a
    range whose ends are no numbers up to 1e+100 in size.
    An outcome measure makes no series of the alliance and is refused.

    >>> series = Series.of([4.2, 4.1, None, 3.0], low=1, high=5)
    >>> len(series), [point.session for point in series.observed]
    (4, [1, 2, 4])
    """

    points: tuple[Point, ...]
    spec: ScoreSpec
    """Score, metric and possible range."""
    measure: str | None = None
    rater: str | None = None
    case: str | None = field(default=None, repr=False)
    person: str | None = field(default=None, repr=False)
    occasion: str | None = field(default=None, repr=False)
    definition_sha256: str | None = field(default=None, repr=False)
    """Fingerprint of the definition of the measure, if it is known."""

    def __attrs_post_init__(self) -> None:
        refuse_spec(self.spec)
        problems = list(order_problems([point.session for point in self.points]))
        problems += [
            Problem(path=f"session {point.session}", rule=rule)
            for point in self.points
            if point.value is not None and (rule := refuses(point.value, self.spec))
        ]
        if problems:
            raise SeriesError(problems)

    def __len__(self) -> int:
        return len(self.points)

    def __iter__(self) -> Iterator[Point]:
        return iter(self.points)

    def __getitem__(self, index: int) -> Point:
        return self.points[index]

    @property
    def observed(self) -> tuple[Point, ...]:
        """The points with a score."""
        return tuple(point for point in self.points if point.value is not None)

    def share(self, value: float) -> float:
        """Where a value lies in the possible range: 0 at its lower end, 1 at its upper end.

        >>> Series.of([4.0], low=1, high=5).share(4.0)
        0.75
        """
        return self.spec.share(value)

    @property
    def session_scores(self) -> tuple[SessionScore, ...]:
        """Number and score of each observed session, in order.

        >>> Series.of([4.2, None, 3.0], low=1, high=5).session_scores
        ((1, 4.2), (3, 3.0))
        """
        return tuple(
            (point.session, point.value) for point in self.points if point.value is not None
        )

    @property
    def session_shares(self) -> tuple[SessionScore, ...]:
        """The same, with where each score lies in the possible range, 0 to 1."""
        return tuple((session, self.share(score)) for session, score in self.session_scores)

    @property
    def proportion_at_maximum(self) -> float:
        """Share of observed scores at the possible maximum, 0 to 1; 0 if none is observed."""
        return proportion_at_maximum([score for _, score in self.session_scores], self.spec)

    @property
    def at_ceiling(self) -> bool:
        """Whether half or more of the observed scores are at the possible maximum.

        They tell little then: no rise can be seen, and few falls.
        """
        return self.proportion_at_maximum >= AT_CEILING

    @classmethod
    def of(
        cls,
        values: Iterable[float | None],
        *,
        measure: Measure | None = None,
        score: str = "total",
        metric: Metric | None = None,
        sessions: Sequence[int] | None = None,
        rater: str | None = None,
        low: float | None = None,
        high: float | None = None,
    ) -> "Series":
        """A series of plain numbers, in ``metric`` (default: the definition's own).

        ``sessions`` are 1, 2, 3, ... unless given. The possible range comes from ``measure``, or
        is given as ``low`` and ``high``, never both. Numbers of NumPy are kept as Python's own;
        a session that was not observed is ``None``, and ``NaN`` is refused.
        """
        if isinstance(values, Mapping):
            raise SeriesError("scores, not a mapping: give its values, and sessions= for its keys")
        values = list(values)
        sessions = range(1, len(values) + 1) if sessions is None else sessions
        if len(sessions) != len(values):
            raise SeriesError("as many sessions as values are needed")
        points = tuple(map(Point, map(plain, sessions), map(plain, values)))
        if measure is None:
            if low is None or high is None:
                raise SeriesError("a possible range is needed: give measure, or low and high")
            spec = ScoreSpec(score, metric or "mean", plain(low), plain(high), 0)
            return cls(points=points, spec=spec, rater=rater)
        if (low, high) != (None, None):
            raise SeriesError("a possible range: give measure, or low and high, not both")
        refuse_outcome(measure)
        spec = compile_key(measure).spec(score)
        refuse_metric(metric or spec.metric)
        return cls(
            points=points,
            spec=restate(spec, metric or spec.metric),
            measure=measure.id,
            rater=rater,
            definition_sha256=measure.fingerprint,
        )


def plain(value: Any) -> Any:
    """A number as Python's own ``int`` or ``float``; anything else as it is, to be refused."""
    if value is None or type(value) in (float, int):
        return value
    number = as_number(value)
    if number is None:
        return value
    return float(number) if isinstance(number, float) else int(number)


def proportion_at_maximum(scores: Sequence[float], spec: ScoreSpec) -> float:
    """Share of scores at the possible maximum, 0 to 1; 0 without a score."""
    top = sum(score >= spec.high - EPSILON for score in scores)
    return top / len(scores) if scores else 0.0


def refuse_outcome(measure: Measure) -> None:
    """Rupture rules are about the alliance; symptoms and well-being follow other laws."""
    if not isinstance(measure, Measure):
        raise no_measure()
    if measure.construct == "outcome":
        raise SeriesError(
            f"{measure.id} measures outcome, not the alliance: no rupture rule applies"
        )


def refuse_spec(spec: ScoreSpec) -> None:
    """Refuse what no arithmetic could be done with: the metric, and the ends of the range."""
    if not isinstance(spec, ScoreSpec):
        raise SeriesError("score, metric and possible range are a ScoreSpec")
    if not all(is_number(end) and abs(end) <= FARTHEST for end in (spec.low, spec.high)):
        raise SeriesError(
            f"the possible range: low and high are numbers up to {FARTHEST:g} in size"
        )
    if not spec.low < spec.high:
        raise SeriesError("the possible range: low is not below high")
    refuse_metric(spec.metric)


def refuse_metric(metric: Metric) -> None:
    """Refuse what is the name of no metric."""
    if metric not in get_args(Metric):
        raise SeriesError(f"metric: one of {', '.join(get_args(Metric))}")


def order_problems(sessions: Sequence[int]) -> Iterator[Problem]:
    """What is wrong with session numbers that are to begin at 1 or later, and to increase."""
    for position, session in enumerate(sessions, 1):
        if not _is_session(session):
            yield Problem(path=f"point {position}", rule=NO_SESSION)
            return
    for before, after in pairwise(sessions):
        yield from _misplaced(before, after)


def next_problems(before: int | None, point: Point, spec: ScoreSpec) -> Iterator[Problem]:
    """What is wrong with a point that is to follow session ``before``, by the same rules."""
    known = _is_session(point.session)
    where = f"session {point.session}" if known else "the session"
    if not known:
        yield Problem(path=where, rule=NO_SESSION)
    elif before is not None:
        yield from _misplaced(before, point.session)
    if point.value is not None and (rule := refuses(point.value, spec)):
        yield Problem(path=where, rule=rule)


def _is_session(number: object) -> bool:
    return type(number) is int and number >= 1


def _misplaced(before: int, after: int) -> Iterator[Problem]:
    """What is wrong with a session number that follows another one."""
    if after == before:
        yield Problem(path=f"session {after}", rule="stands there twice")
    elif after < before:
        yield Problem(path=f"session {after}", rule=f"stands after session {before}")


def refuses(value: object, spec: ScoreSpec) -> str:
    """Why a value is no score in this metric and range; empty if it is one."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "not a number"
    if isinstance(value, float) and not isfinite(value):
        return "not a finite number"
    if not spec.low - EPSILON <= value <= spec.high + EPSILON:
        return f"outside the possible range, {spec.low:g} to {spec.high:g}"
    return ""
