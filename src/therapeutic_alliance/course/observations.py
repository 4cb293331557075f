"""What is observed of a session besides scores: reports, codes, pairs of before and after."""

from collections.abc import Iterator, Mapping
from typing import Generic, Literal, TypeVar

from attrs import field, frozen

from therapeutic_alliance.course.series import (
    AT_CEILING,
    Series,
    order_problems,
    proportion_at_maximum,
    refuse_spec,
    refuses,
)
from therapeutic_alliance.errors import Problem, SeriesError
from therapeutic_alliance.model.alliance.coding import Report, SegmentCodes
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

    Made by :func:`reports`, :func:`codes` and :func:`pre_post` of ``ta.evidence``. Session numbers
    start at 1 and increase. Raises :class:`SeriesError` for anything else, and for what is not of
    its kind.

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
        if self.spec is not None:
            refuse_spec(self.spec)
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


_HOLDS: Mapping[str, type] = {"reports": Report, "codes": tuple, "pre-post": PrePost}
NEITHER = PrePost(None, None)
"""Nothing was observed."""


def needed(rule: str, observed: object, kind: Kind) -> None:
    """Refuse to let a rule look at something else than it is made for."""
    if not isinstance(observed, Observations) or observed.kind != kind:
        raise SeriesError(f"{rule} looks at {WORDS[kind]}, made by ta.evidence.{_MADE[kind]}")


def scores_needed(rule: str, observed: object) -> None:
    """Refuse to let a rule on scores look at something else.

    >>> scores_needed("rci-drop", Observations(kind="reports", points=[]))
    Traceback (most recent call last):
    therapeutic_alliance.errors.SeriesError: rci-drop looks at scores; these are direct reports
    """
    if isinstance(observed, Series):
        return
    if isinstance(observed, Observations):
        raise SeriesError(f"{rule} looks at scores; these are {WORDS[observed.kind]}")
    raise SeriesError(f"{rule} looks at scores: a ta.Series")


WORDS: Mapping[str, str] = {
    "reports": "direct reports",
    "codes": "codes of observers",
    "pre-post": "pairs of scores before and after a session",
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
