"""A simulated case: its scores, and what nobody knows of a real one."""

from attrs import frozen

from therapeutic_alliance.course.series import Series


@frozen(kw_only=True)
class TrueRupture:
    """A rupture as it was simulated."""

    onset: int
    last: int
    """Last session inside it, of those that took place."""
    shape: str
    """``v``, ``u``, ``slide`` or ``unrepaired``."""
    depth: float
    """How far the score is expected to fall at the nadir, in the units of the scale."""


@frozen(kw_only=True)
class TruePerson:
    """The parameters that a person was simulated with."""

    level: float
    """At session 2, the middle of the early rise, outside a rupture; may lie beyond the scale."""
    sd: float
    """SD from session to session, outside a rupture and without growth."""
    slope: float
    """Rise a session, from session 3 on."""
    early: float
    """Rise from session 1 to session 3."""
    straight_liner: bool

    def expected(self, session: int) -> float:
        """The level at a session outside a rupture.

        >>> person = TruePerson(level=4.0, sd=0.25, slope=0.01, early=0.2, straight_liner=False)
        >>> [round(person.expected(session), 3) for session in (1, 2, 3, 4)]
        [3.9, 4.0, 4.1, 4.11]
        """
        return (
            self.level + self.early * (min(session, 3) - 2) / 2 + self.slope * max(session - 3, 0)
        )


@frozen(kw_only=True)
class SimulatedCase:
    """One case: a series of scores, and the truth behind it."""

    series: Series
    ruptures: tuple[TrueRupture, ...]
    person: TruePerson

    @property
    def inside(self) -> tuple[bool, ...]:
        """Of each session of the series, whether it lies inside a rupture."""
        return tuple(self.rupture_at(point.session) is not None for point in self.series)

    def rupture_at(self, session: int) -> TrueRupture | None:
        """The rupture that a session lies in, if it lies in one."""
        return next((each for each in self.ruptures if each.onset <= session <= each.last), None)
