"""Episodes that several sources speak to: client, therapist, observer."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from attrs import field, frozen

from therapeutic_alliance.course.episodes import episodes
from therapeutic_alliance.course.observations import Observations
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.errors import SeriesError
from therapeutic_alliance.model.finding import Episode, Flags
from therapeutic_alliance.model.immutable import as_tuples

Observed = Series | Observations[Any]
Source = tuple[Observed, Flags]
"""What was observed, and the flags of a detector that looked at it."""
Span = tuple[int, int]
"""First and last session."""


@frozen(kw_only=True)
class Evidence:
    """What one source says of the sessions of an episode."""

    rater: str | None
    """The role of the source, such as ``client``."""
    person: str | None = field(repr=False)
    detector: str
    observes: str
    """``scores``, ``reports``, ``codes`` or ``pre-post``."""
    says: bool | None
    """``True``: at least one session is flagged. ``False``: every session that somebody observed
    was evaluated, and none is flagged; that is no sign of a good alliance. ``None``: neither."""
    sessions: tuple[int, ...]
    """The flagged sessions."""
    evaluated: int
    """How many sessions of the episode the source could evaluate."""
    of: int
    """How many sessions of the episode somebody observed."""
    episodes: tuple[Episode, ...] = ()
    """The episodes that are its own, of scores."""

    @property
    def words(self) -> str:
        """What it says, in words."""
        if self.says:
            noun = "session" if len(self.sessions) == 1 else "sessions"
            return f"flags {noun} {', '.join(map(str, self.sessions))}"
        if self.says is False:
            return f"flags none of {self.of}"
        return f"cannot say, {self.evaluated} of {self.of} evaluable"

    @property
    def role(self) -> str:
        """The role of the source, in words."""
        return self.rater or "rater not named"

    def __str__(self) -> str:
        return f"{self.role} ({self.detector}) {self.words}"


@frozen(kw_only=True, field_transformer=as_tuples)
class JointEpisode:
    """A stretch of sessions in which at least one source flags a possible rupture."""

    first: int
    last: int
    evidence: tuple[Evidence, ...]
    """What every source says, in the order in which they were given."""

    @property
    def says(self) -> tuple[bool | None, ...]:
        """``True``, ``False`` or ``None`` of each source."""
        return tuple(each.says for each in self.evidence)

    def __str__(self) -> str:
        when = f"session {self.first}"
        if self.last > self.first:
            when = f"sessions {self.first} to {self.last}"
        told = (f"{self._who(each)} ({each.detector}) {each.words}" for each in self.evidence)
        return f"possible rupture, {when}: {'; '.join(told)}"

    def _who(self, source: Evidence) -> str:
        """The role, and the person where several of that role are asked."""
        alike = {each.person for each in self.evidence if each.rater == source.rater}
        named = source.person if len(alike) > 1 else None
        return " ".join(filter(None, (source.role, named)))


def joined(
    sources: Iterable[Source], *, tolerance: int = 0, window: int = 5
) -> tuple[JointEpisode, ...]:
    """Episodes of all sources, merged where they overlap, each with what every source says of it.

    A source is what was observed (a :class:`Series`, or :class:`Observations`) with the flags of
    one detector that looked at it. Scores give their episodes, from onset to end (``window`` as in
    :func:`episodes`); of everything else each flagged session is one. Episodes are merged that
    share a session, or whose sessions are at most ``tolerance`` apart: with 1, sessions 6 and 7
    are one. No source outweighs another, and silence of one is no evidence against the others.

    The merging is a definition of this library. Raises :class:`SeriesError` if sources are of
    several cases, or if flags are of other sessions, or of a waning.

    >>> import therapeutic_alliance as ta
    >>> rule, scores = ta.Registry().detector("rci-drop"), {"low": 1, "high": 5}
    >>> client = ta.Series.of([4.2, 4.3, 3.4, 4.3], rater="client", **scores)
    >>> therapist = ta.Series.of([4.0, 4.1, 4.0, None], rater="therapist", **scores)
    >>> [found] = joined([(each, rule.flags(each)) for each in (client, therapist)])
    >>> for each in found.evidence:
    ...     print(each)
    client (rci-drop) flags session 3
    therapist (rci-drop) flags none of 1
    """
    given = list(sources)
    _refuse(given)
    if type(tolerance) is not int or tolerance < 0:
        raise SeriesError("the tolerance is a whole number of sessions, 0 or more")
    looked = [_Looked.at(observed, flags, window) for observed, flags in given]
    spans = sorted(span for each in looked for span in each.spans)
    seen = sorted({point.session for observed, _ in given for point in observed.observed})
    return tuple(
        JointEpisode(
            first=span[0],
            last=span[1],
            evidence=tuple(each.evidence(span, len(seen[_inside(seen, span)])) for each in looked),
        )
        for span in _merged(spans, tolerance)
    )


def _refuse(sources: Sequence[Source]) -> None:
    if len({observed.case for observed, _ in sources}) > 1:
        raise SeriesError("evidence is joined of one case")
    for observed, flags in sources:
        if [flag.session for flag in flags] != [point.session for point in observed]:
            raise SeriesError(f"{flags.detector}: the flags are of other sessions")
        if flags.sign != "rupture":
            raise SeriesError(f"{flags.detector} flags no possible ruptures: not joined")


def _merged(spans: Iterable[Span], tolerance: int) -> Iterator[Span]:
    """In order of their first sessions; each with what it overlaps."""
    open_: Span | None = None
    for first, last in spans:
        if open_ is None:
            open_ = first, last
        elif first <= open_[1] + tolerance:
            open_ = open_[0], max(open_[1], last)
        else:
            yield open_
            open_ = first, last
    if open_:
        yield open_


def _inside(sessions: Sequence[int], span: Span) -> slice:
    """Where the sessions of a span stand among ordered ones."""
    return slice(bisect_left(sessions, span[0]), bisect_right(sessions, span[1]))


@frozen
class _Looked:
    """One source, and where in it each session stands."""

    observed: Observed
    flags: Flags
    sessions: list[int]
    episodes: tuple[Episode, ...]
    onsets: list[int]

    @classmethod
    def at(cls, observed: Observed, flags: Flags, window: int) -> "_Looked":
        """Episodes are made of scores only."""
        found = episodes(observed, flags, window=window) if isinstance(observed, Series) else ()
        sessions = [flag.session for flag in flags]
        return cls(observed, flags, sessions, found, [each.onset for each in found])

    @property
    def spans(self) -> list[Span]:
        """Its episodes; of what is no score, its flagged sessions."""
        if isinstance(self.observed, Series):
            return [(each.onset, each.end) for each in self.episodes]
        return [(session, session) for session in self.flags.sessions]

    def evidence(self, span: Span, of: int) -> Evidence:
        """What it says of a span in which somebody observed ``of`` sessions."""
        inside = self.flags.flags[_inside(self.sessions, span)]
        evaluated = sum(flag.flag is not None for flag in inside)
        flagged = tuple(flag.session for flag in inside if flag.flag)
        return Evidence(
            rater=self.observed.rater,
            person=self.observed.person,
            detector=self.flags.detector,
            observes="scores" if isinstance(self.observed, Series) else self.observed.kind,
            says=True if flagged else False if evaluated == of else None,
            sessions=flagged,
            evaluated=evaluated,
            of=of,
            episodes=self.episodes[_inside(self.onsets, span)],
        )
