"""Possible ruptures that are still open, of all cases at once."""

import numpy as np
from attrs import frozen

from therapeutic_alliance.course.episodes import WINDOW
from therapeutic_alliance.course.series import EPSILON
from therapeutic_alliance.frames.rules.courses import Floats, Ints, Truths


@frozen
class Alarms:
    """An :class:`Alarm` for each case."""

    before: Floats
    """The last observed score."""
    needed: Floats
    """From which score on it counts as recovered; ``NaN``: no alarm is open."""
    quiet: Ints
    """Observed sessions since the latest flag."""

    @classmethod
    def none(cls, cases: int) -> "Alarms":
        """Before the first session."""
        return cls(np.full(cases, np.nan), np.full(cases, np.nan), np.zeros(cases, np.int64))

    def of_first(self, cases: int) -> "Alarms":
        """Of the first cases only."""
        return Alarms(self.before[:cases], self.needed[:cases], self.quiet[:cases])

    def recovers(self, score: Floats) -> Truths:
        """Whether a score ends the alarm, if one is open."""
        return score >= self.needed - EPSILON

    def after(self, score: Floats, tolerance: float, flagged: Truths) -> "Alarms":
        """After a session that was flagged in some cases; none of them was in its first."""
        opens = flagged & np.isnan(self.needed)
        ends = ~flagged & (self.recovers(score) | (self.quiet + 1 >= WINDOW))
        needed = np.where(opens, self.before - tolerance, self.needed)
        return Alarms(
            score,
            np.where(ends, np.nan, needed),
            np.where(flagged | ends, 0, self.quiet + 1),
        )
