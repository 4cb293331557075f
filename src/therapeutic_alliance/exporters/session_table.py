"""One row a session: what a model of the alliance and the outcome is fitted to."""

from collections.abc import Iterable, Iterator
from typing import Any

from therapeutic_alliance.course.phases import TwoPhase
from therapeutic_alliance.exporters.course_cells import LEAD, Row, lead
from therapeutic_alliance.exporters.session_columns import (
    BASELINE,
    Places,
    check_ins,
    covariates,
    depths,
    event_columns,
    score_columns,
)
from therapeutic_alliance.model.course import Course
from therapeutic_alliance.model.scored import ScoreSheet

_OWN = (
    "session",
    "listed",
    "date",
    "days",
    "minutes",
    "two_phase",
    "check_ins",
    "disclosure_depth",
)
_EARLIER = "previous:"


class SessionTable:
    """Sessions with scores, those of the session before, counts of events, and covariates.

    ``course`` is one as it holds now. Before a colon stands what a column is; a colon stands in
    no id, so that no two columns have one name.
    """

    def __init__(self, course: Course, sheets: Iterable[ScoreSheet]) -> None:
        places = Places(course)
        self._course = course
        self._scores = score_columns(course, sheets)
        self._check_ins = check_ins(course, places)
        self._depths = depths(course, places)
        self._events = event_columns(course, places)
        self._covariates = covariates(course, places)

    @property
    def columns(self) -> tuple[str, ...]:
        """Names, in their order."""
        earlier = (_EARLIER + name for name in self._scores)
        return (*LEAD, *_OWN, *self._scores, *earlier, *self._events, *self._covariates)

    def rows(self) -> Iterator[Row]:
        """One for each session number of which anything is recorded, in rising order."""
        first, frame = lead(self._course), _Frame(self._course)
        known = {name: each.get(BASELINE) for name, each in self._covariates.items()}
        for number in self._numbers():
            known |= {
                name: each[number] for name, each in self._covariates.items() if number in each
            }
            yield {
                **first,
                **frame.of(number),
                "check_ins": self._check_ins.get(number, 0),
                "disclosure_depth": self._depths.get(number),
                **{name: each.get(number) for name, each in self._scores.items()},
                **{_EARLIER + name: each.get(number - 1) for name, each in self._scores.items()},
                **{name: each.get(number, 0) for name, each in self._events.items()},
                **known,
            }

    def _numbers(self) -> list[int]:
        recorded = {entry.record.order[0] for entry in self._course.entries()}
        scored = {number for each in self._scores.values() for number in each}
        return sorted((recorded | scored) - {BASELINE})


class _Frame:
    """When a session was, and for how long."""

    def __init__(self, course: Course) -> None:
        self._sessions = {each.number: each for each in course.sessions}
        self._begun = course.sessions[0].date if course.sessions else None

    def of(self, number: int) -> dict[str, Any]:
        """The columns of it; ``days`` since the first session that is listed."""
        session = self._sessions.get(number)
        on = session.date if session else None
        return {
            "session": number,
            "listed": int(session is not None),
            "date": on.isoformat() if on else None,
            "days": (on - self._begun).days if on and self._begun else None,
            "minutes": session.minutes if session else None,
            "two_phase": "formation" if number <= TwoPhase().boundary else "challenge",
        }
