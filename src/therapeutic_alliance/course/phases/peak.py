"""The peak: the session with the highest score, if lower ones follow it."""

from typing import Literal

from attrs import field, frozen

from therapeutic_alliance.course.parameters import whole
from therapeutic_alliance.course.series import EPSILON, Series
from therapeutic_alliance.model.confidence import Confidence
from therapeutic_alliance.model.finding import Phase, Phases
from therapeutic_alliance.model.immutable import as_tuples

LEAST = 3
"""Observed sessions that a peak needs. A convention of this library."""
_NAMED = 10
"""Tied sessions that words name; the value holds them all."""
_DEFINITION = f"of {LEAST} or more observed scores the first highest that a lower one follows"


@frozen(kw_only=True, field_transformer=as_tuples)
class Peak:
    """The session with the highest score; or, as a finding too, none."""

    session: int | None
    """The first of the highest; ``None`` without a peak."""
    highest: tuple[int, ...]
    """All sessions that are tied for the highest score, also if there is no peak."""
    score: float | None = field(repr=False)
    """The highest score, in the metric of the series; ``None`` if none was observed."""
    observed: int
    """Sessions looked at that were observed."""
    why: str
    low_information: bool
    """Half or more of the scores are at the possible maximum."""

    def __str__(self) -> str:
        return self.why


def peak(series: Series, *, last: int | None = None) -> Peak:
    """The peak of a series up to session ``last``: 5 for the formation, ``None`` for all of it.

    The first session with the highest observed score, if a lower score follows it; scores within
    1e-9 of the highest are tied, and all of them are told. There is no peak if fewer than three
    sessions were observed, if all scores are equal, or if no lower score follows yet: a score
    that is still the highest at the last observed session may be passed. A definition of this
    library, without a source.

    >>> print(peak(Series.of([3.2, 4.1, 3.8, 4.1, 4.0], low=1, high=5)))
    peak 4.1 at session 2, tied: sessions 2, 4
    >>> print(peak(Series.of([3.2, 3.8, 4.1], low=1, high=5)))
    no peak: no lower score follows the highest, at session 3
    """
    if last is not None:
        whole("peak", "last", last, 1)
    scores = {
        session: score
        for session, score in series.session_scores
        if last is None or session <= last
    }
    top = max(scores.values(), default=None)
    highest = [
        session for session, score in scores.items() if top is not None and _tied(score, top)
    ]
    absent = _absent(scores, highest)
    tied = f", tied: {_named(highest)}" if len(highest) > 1 else ""
    return Peak(
        session=None if absent else highest[0],
        highest=tuple(highest),
        score=top,
        observed=len(scores),
        why=f"no peak: {absent}" if absent else f"peak {top:.4g} at session {highest[0]}{tied}",
        low_information=series.at_ceiling,
    )


def _tied(score: float, top: float) -> bool:
    return score >= top - EPSILON


def _absent(scores: dict[int, float], highest: list[int]) -> str:
    """Why there is no peak; empty if there is one."""
    if len(scores) < LEAST:
        return f"{len(scores)} observed, {LEAST} needed"
    if len(highest) == len(scores):
        return f"all {len(scores)} observed scores are equal"
    if highest == list(scores)[-len(highest) :]:
        return f"no lower score follows the highest, at {_named(highest)}"
    return ""


def _named(sessions: list[int]) -> str:
    noun = "session" if len(sessions) == 1 else "sessions"
    more = f" and {len(sessions) - _NAMED} more" if len(sessions) > _NAMED else ""
    return f"{noun} {', '.join(map(str, sessions[:_NAMED]))}{more}"


@frozen(kw_only=True)
class ByPeak:
    """The sessions up to the peak of a course, and those after it.

    ``up-to-peak`` and ``after-peak``; without a peak neither (see :func:`peak`). Where the peak
    lies is known in hindsight only.

    >>> phases = ByPeak().phases(Series.of([3.2, 4.1, 3.8, 4.0], low=1, high=5))
    >>> [(phase.name, phase.first, phase.last) for phase in phases]
    [('up-to-peak', 1, 2), ('after-peak', 3, 4)]
    """

    last: int | None = None
    """The last session number in which the peak may lie; ``None``: in the whole course."""

    def __attrs_post_init__(self) -> None:
        if self.last is not None:
            whole(self.id, "last", self.last, 1)

    @property
    def id(self) -> str:
        """``peak``."""
        return "peak"

    @property
    def mode(self) -> Literal["retrospective"]:
        """A later session may be higher."""
        return "retrospective"

    @property
    def citation(self) -> str:
        """Where the model comes from."""
        return (
            "this library's definition (a design choice; no published criterion); that the "
            "alliance peaks about session 3 is from Ardito & Rabellino 2011, Front Psychol 2:270 "
            "(the paper is verified, its content is general knowledge)"
        )

    @property
    def confidence(self) -> Confidence:
        """How sure each part is."""
        return (
            ("rule", "R"),
            ("a peak about session 3: paper", "V"),
            ("a peak about session 3: its content", "M+"),
        )

    def phases(self, series: Series) -> Phases:
        """Two phases that meet after the peak, or none; they hold the unobserved sessions, too."""
        found = peak(series, last=self.last)
        top = found.session
        parts = {
            "up-to-peak": [each.session for each in series if top and each.session <= top],
            "after-peak": [each.session for each in series if top and each.session > top],
        }
        within = "the whole course" if self.last is None else f"sessions up to {self.last}"
        return Phases(
            model=self.id,
            mode=self.mode,
            phases=tuple(
                Phase(name=name, first=part[0], last=part[-1], why=found.why)
                for name, part in parts.items()
                if part
            ),
            conventions=(f"peak: {_DEFINITION} in {within}; this library's definition",),
        )
