"""When a session was, who was there, and who led it."""

from datetime import date

from therapeutic_alliance.course.phases.two_phase import TwoPhase
from therapeutic_alliance.exporters.course_cells import Lead, Row, joined
from therapeutic_alliance.model.course import Course

FRAME = ("session", "listed", "date", "days", "minutes", "attended", "two_phase")
"""What is known of a session as such."""
NONE = 0
"""In place of a session number: before the first session, or of no session."""


class Frame:
    """The sessions of a course as it holds now."""

    def __init__(self, course: Course) -> None:
        self.lead = Lead(course)
        self._sessions = {each.number: each for each in course.sessions}
        self._begun = course.sessions[0].date if course.sessions else None

    def when(self, number: int, on: date | None = None) -> Row:
        """A date, or else that of the session, and its days since the first listed session."""
        session = self._sessions.get(number)
        on = on or (session.date if session else None)
        return {
            "date": on.isoformat() if on else None,
            "days": (on - self._begun).days if on and self._begun else None,
        }

    def of(self, number: int) -> Row:
        """The columns of the lead and of :data:`FRAME`; but for the lead, of none all empty."""
        if number == NONE:
            return {**self.lead.of(number), **dict.fromkeys(FRAME), "listed": 0}
        session = self._sessions.get(number)
        return {
            **self.lead.of(number),
            "session": number,
            "listed": int(session is not None),
            **self.when(number),
            "minutes": session.minutes if session else None,
            "attended": joined(session.attended) if session else None,
            "two_phase": TwoPhase().phase_of(number),
        }
