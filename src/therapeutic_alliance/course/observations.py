"""What is observed of a session besides scores: reports, codes, pairs of before and after."""

from collections.abc import Iterator, Mapping
from typing import Generic, Literal, TypeVar

from attrs import field, frozen

from therapeutic_alliance.course.coded import coded_by_session
from therapeutic_alliance.course.indicators.reports import by_person
from therapeutic_alliance.course.roles import roles
from therapeutic_alliance.course.series import (
    AT_CEILING,
    Series,
    order_problems,
    proportion_at_maximum,
    refuses,
)
from therapeutic_alliance.course.timeline import numbers
from therapeutic_alliance.errors import Problem, SeriesError
from therapeutic_alliance.model.alliance.coding import Report, SegmentCodes
from therapeutic_alliance.model.course import Course
from therapeutic_alliance.model.immutable import as_tuples
from therapeutic_alliance.model.scored import ScoreSpec

T = TypeVar("T")
Kind = Literal["reports", "codes", "pre-post"]
"""What is observed, where it is no score."""
Codes = tuple[SegmentCodes, ...]
"""What was coded in one session, by one coder or several."""


@frozen
class Observation(Generic[T]):
    """One session: its number, and what was observed, or ``None`` if nothing was."""

    session: int
    value: T | None = field(repr=False)


@frozen
class PrePost:
    """Scores of one session, before and after it; ``None`` where not observed."""

    pre: float | None = field(repr=False)
    post: float | None = field(repr=False)


@frozen(kw_only=True, field_transformer=as_tuples)
class Observations(Generic[T]):
    """Observations of one kind over the sessions of a case, as :class:`Series` is for scores.

    Made by :func:`reports`, :func:`codes` and :func:`pre_post`. Session numbers start at 1 and
    increase. Raises :class:`SeriesError` for anything else, and for what is not of its kind.

    >>> asked = Observations(kind="reports", points=[Observation(1, None), Observation(3, None)])
    >>> len(asked), [point.session for point in asked], asked.observed
    (2, [1, 3], ())
    """

    kind: Kind
    points: tuple[Observation[T], ...]
    rater: str | None = None
    """The role of who observes."""
    person: str | None = field(default=None, repr=False)
    case: str | None = field(default=None, repr=False)
    spec: ScoreSpec | None = None
    """Of pairs of scores: score, metric and possible range."""

    def __attrs_post_init__(self) -> None:
        if self.kind not in _HOLDS:
            raise SeriesError(f"kind: one of {', '.join(_HOLDS)}")
        problems = list(order_problems([point.session for point in self.points]))
        problems += [
            Problem(path=f"session {point.session}", rule=rule)
            for point in self.observed
            if (rule := self._refuses(point.value))
        ]
        if problems:
            raise SeriesError(problems)

    def _refuses(self, value: object) -> str:
        """Why that is no observation of this kind; empty if it is one."""
        if not isinstance(value, _HOLDS[self.kind]):
            return f"not of the kind {self.kind}"
        if not isinstance(value, PrePost):
            return ""
        if self.spec is None:
            return "scores need their metric and possible range"
        scores = [each for each in (value.pre, value.post) if each is not None]
        return next(filter(None, (refuses(each, self.spec) for each in scores)), "")

    def __len__(self) -> int:
        return len(self.points)

    def __iter__(self) -> Iterator[Observation[T]]:
        return iter(self.points)

    def __getitem__(self, index: int) -> Observation[T]:
        return self.points[index]

    @property
    def observed(self) -> tuple[Observation[T], ...]:
        """The sessions of which something was observed."""
        return tuple(point for point in self.points if point.value is not None)


def reports(course: Course, *, by: str) -> Observations[Report]:
    """What one participant says when asked directly about ruptures, session by session.

    ``by`` is the id of the participant. Sessions are those that the course lists or names; of two
    reports on one session the latest holds, and reports on an unknown session are left out.
    Raises :class:`SeriesError` for an unknown participant.

    >>> import therapeutic_alliance as ta
    >>> course = ta.Course(
    ...     case="c1",
    ...     participants=[ta.alliance.Participant(id="c", role="client")],
    ...     sessions=[ta.alliance.Session(id="s1", number=1)],
    ...     reports=[ta.alliance.Report(id="r1", session=2, by="c", rupture=True)],
    ... )
    >>> [point.value is not None for point in reports(course, by="c")]
    [False, True]
    """
    current = course.current()
    return _of_sessions("reports", current, by_person(current).get(by, {}), by)


def codes(
    course: Course, *, by: str | None = None, of: str | None = None, system: str = "3rs"
) -> Observations[Codes]:
    """What coders saw in the segments of each session, by one coding system.

    ``by`` is the id of one coder (default: all of them), ``of`` that of the participant whose
    behaviour is looked at (default: everybody's). A segment in which nothing was seen and nobody
    is named is one of everybody. Raises :class:`SeriesError` for an unknown participant.

    >>> import therapeutic_alliance as ta
    >>> seen = ta.alliance.SegmentCodes(id="k1", session=6, system="3rs", codes=["denial"])
    >>> [(point.session, len(point.value)) for point in codes(ta.Course(case="c1", codes=[seen]))]
    [(6, 1)]
    """
    current = course.current()
    if of is not None and of not in roles(current):
        raise SeriesError("no participant of the course has that id")
    found = coded_by_session(current, system, by=by, of=of)
    return _of_sessions("codes", current, found, by)


def _of_sessions(
    kind: Kind, current: Course, found: Mapping[int, T], by: str | None
) -> Observations[T]:
    role_of = roles(current)
    if by is not None and by not in role_of:
        raise SeriesError("no participant of the course has that id")
    return Observations(
        kind=kind,
        points=tuple(Observation(number, found.get(number)) for number in numbers(current)),
        rater=role_of[by] if by is not None else "observer" if kind == "codes" else None,
        person=by,
        case=current.case,
    )


def pre_post(pre: Series, post: Series) -> Observations[PrePost]:
    """Scores before and after each session, from the series of the two occasions.

    Both are of one rater, measure, score and metric. Raises :class:`SeriesError` if they are not,
    or if one is of the other occasion.

    >>> pre, post = (Series.of(scores, low=1, high=5) for scores in ([4.0, 4.1], [4.2, None]))
    >>> [(point.value.pre, point.value.post) for point in pre_post(pre, post)]
    [(4.0, 4.2), (4.1, None)]
    """
    for series, occasion in ((pre, "pre"), (post, "post")):
        if series.occasion not in (None, occasion):
            raise SeriesError(f"the scores of occasion {occasion} are of another occasion")
    for name in ("spec", "measure", "rater", "person", "case"):
        if getattr(pre, name) != getattr(post, name):
            raise SeriesError(f"scores before and after sessions are of one {_NAMED[name]}")
    before, after = ({point.session: point.value for point in each} for each in (pre, post))
    pairs = [
        (session, PrePost(before.get(session), after.get(session)))
        for session in sorted(before.keys() | after.keys())
    ]
    return Observations(
        kind="pre-post",
        points=tuple(
            Observation(session, None if pair == _NEITHER else pair) for session, pair in pairs
        ),
        rater=pre.rater,
        person=pre.person,
        case=pre.case,
        spec=pre.spec,
    )


_HOLDS: Mapping[str, type] = {"reports": Report, "codes": tuple, "pre-post": PrePost}
_NEITHER = PrePost(None, None)
_NAMED = {
    "spec": "score, metric and possible range",
    "measure": "measure",
    "rater": "rater",
    "person": "person",
    "case": "case",
}


def needed(rule: str, observed: object, kind: Kind) -> None:
    """Refuse to let a rule look at something else than it is made for."""
    if not isinstance(observed, Observations) or observed.kind != kind:
        raise SeriesError(f"{rule} looks at {WORDS[kind]}, made by ta.evidence.{_MADE[kind]}")


WORDS: Mapping[str, str] = {
    "reports": "direct reports",
    "codes": "codes of observers",
    "pre-post": "scores before and after sessions",
}
"""The kinds of observations, in words."""
_MADE = {"reports": "reports", "codes": "codes", "pre-post": "pre_post"}


def at_ceiling(pairs: Observations[PrePost]) -> bool:
    """Whether half or more of the observed scores are at the possible maximum."""
    assert pairs.spec
    scores = [
        score
        for point in pairs.observed
        if point.value
        for score in (point.value.pre, point.value.post)
        if score is not None
    ]
    return proportion_at_maximum(scores, pairs.spec) >= AT_CEILING
