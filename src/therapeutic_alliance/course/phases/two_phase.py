"""The convention of two phases: an alliance forms, then it is challenged."""

from typing import Literal

from attrs import frozen

from therapeutic_alliance.course.parameters import whole
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.model.confidence import Confidence
from therapeutic_alliance.model.finding import Phase, Phases


@frozen(kw_only=True)
class TwoPhase:
    """The first sessions, in which an alliance forms, and those after in which it is challenged.

    ``formation`` up to session number ``boundary``, ``challenge`` after it. A convention, not a
    detection: no score is looked at, so that it says nothing about this alliance.

    >>> from therapeutic_alliance import Series
    >>> phases = TwoPhase().phases(Series.of([4.0] * 7, low=1, high=5))
    >>> [(phase.name, phase.first, phase.last) for phase in phases]
    [('formation', 1, 5), ('challenge', 6, 7)]
    """

    boundary: int = 5
    """The last session number of the formation."""

    def __attrs_post_init__(self) -> None:
        whole(self.id, "boundary", self.boundary, 1)

    @property
    def id(self) -> str:
        """``two-phase``."""
        return "two-phase"

    @property
    def mode(self) -> Literal["online"]:
        """The phase of a session depends on its number only."""
        return "online"

    @property
    def citation(self) -> str:
        """Where the model comes from."""
        return (
            "Ardito & Rabellino 2011, Front Psychol 2:270, after Horvath & Luborsky 1993 (the "
            "paper is verified, its content is general knowledge); the boundary is a convention"
        )

    @property
    def confidence(self) -> Confidence:
        """How sure each part is."""
        return (("paper", "V"), ("its content", "M+"), ("boundary as a rule", "R"))

    def phase_of(self, session: int) -> Literal["formation", "challenge"]:
        """The phase that a session number lies in.

        >>> TwoPhase().phase_of(6)
        'challenge'
        """
        return "formation" if session <= self.boundary else "challenge"

    def phases(self, series: Series) -> Phases:
        """At most two phases; one that no session of the series lies in is left out."""
        why_of = {
            "formation": f"up to session {self.boundary}",
            "challenge": f"after session {self.boundary}",
        }
        sessions: dict[str, list[int]] = {name: [] for name in why_of}
        for point in series:
            sessions[self.phase_of(point.session)].append(point.session)
        return Phases(
            model=self.id,
            mode=self.mode,
            phases=tuple(
                Phase(name=name, first=part[0], last=part[-1], why=f"{why}, by convention")
                for name, why in why_of.items()
                if (part := sessions[name])
            ),
            conventions=(f"boundary: session {self.boundary}, a convention and no detection",),
        )
