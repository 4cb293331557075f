"""One row a session: what a model of the alliance and the outcome is fitted to."""

from collections.abc import Iterable, Iterator

from therapeutic_alliance.course.timeline import Timeline, numbers
from therapeutic_alliance.exporters.course_cells import LEAD, Row
from therapeutic_alliance.exporters.session_columns import (
    check_ins,
    covariates,
    deepest_disclosures,
    event_columns,
    score_columns,
)
from therapeutic_alliance.exporters.session_frame import FRAME, Frame
from therapeutic_alliance.model.course import Course
from therapeutic_alliance.model.scored import ScoreSheet

_OWN = (*FRAME, "check_ins", "deepest_disclosure")
_EARLIER = "previous:"


class SessionTable:
    """Sessions with scores, those of the session before, counts of events, and covariates.

    ``course`` is one as it holds now. Before a colon stands what a column is; a colon stands in
    no id, so that no two columns have one name.
    """

    def __init__(self, course: Course, sheets: Iterable[ScoreSheet]) -> None:
        timeline = Timeline(course)
        self._course = course
        self._scores = score_columns(course, sheets)
        self._check_ins = check_ins(course, timeline)
        self._deepest = deepest_disclosures(course, timeline)
        self._events = event_columns(course, timeline)
        self._covariates = covariates(course, timeline)

    @property
    def columns(self) -> tuple[str, ...]:
        """Names, in their order."""
        earlier = (_EARLIER + name for name in self._scores)
        return (*LEAD, *_OWN, *self._scores, *earlier, *self._events, *self._covariates)

    def rows(self) -> Iterator[Row]:
        """One for each session number of which anything is recorded, in rising order.

        Before them one for what has a column and comes before the first session, or is of none.
        """
        frame = Frame(self._course)
        known = dict.fromkeys(self._covariates)
        for number in self._numbers():
            known |= {
                name: each[number] for name, each in self._covariates.items() if number in each
            }
            yield {
                **frame.of(number),
                "check_ins": self._check_ins.get(number, 0),
                "deepest_disclosure": self._deepest.get(number),
                **{name: each.get(number) for name, each in self._scores.items()},
                **{_EARLIER + name: each.get(number - 1) for name, each in self._scores.items()},
                **{name: each.get(number, 0) for name, each in self._events.items()},
                **known,
            }

    def _numbers(self) -> list[int]:
        """Of sessions, and of what has a column though there was no session, such as a no-show."""
        columns = (
            self._check_ins,
            *self._scores.values(),
            *self._events.values(),
            *self._covariates.values(),
        )
        return sorted(set(numbers(self._course)).union(*columns))
