"""A possible rupture that is still open, seen from session to session."""

from attrs import evolve, frozen

from therapeutic_alliance.course.episodes import WINDOW
from therapeutic_alliance.course.series import EPSILON


@frozen
class Alarm:
    """Whether a possible rupture is open, as :func:`episodes` would say with its usual window."""

    before: float | None = None
    """The last observed score."""
    needed: float | None = None
    """From which score on it counts as recovered; ``None``: no alarm is open."""
    quiet: int = 0
    """Observed sessions since the latest flag."""

    def recovers(self, score: float) -> bool:
        """Whether a score ends the alarm, if one is open."""
        return self.needed is not None and score >= self.needed - EPSILON

    def after(self, score: float, tolerance: float, *, flagged: bool) -> "Alarm":
        """After a session; one that is flagged begins an alarm, or keeps it open.

        >>> alarm = Alarm().after(4.2, 0.04, flagged=False).after(3.4, 0.04, flagged=True)
        >>> alarm.recovers(4.1), alarm.recovers(4.17)
        (False, True)
        """
        if flagged and self.before is not None:
            needed = self.before - tolerance if self.needed is None else self.needed
            return Alarm(score, needed)
        if self.recovers(score) or self.quiet + 1 >= WINDOW:
            return Alarm(score)
        return evolve(self, before=score, quiet=self.quiet + 1)
