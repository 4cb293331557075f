"""What the tables of a course share: the columns that begin each row, and records as cells."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from therapeutic_alliance.model.alliance.fields import Field, fields_of
from therapeutic_alliance.model.alliance.people import Participant
from therapeutic_alliance.model.alliance.plain import thawed
from therapeutic_alliance.model.alliance.rating import Rating
from therapeutic_alliance.model.alliance.record import Record
from therapeutic_alliance.model.course import Course

Row = dict[str, Any]

SEPARATOR = "|"
"""Between ids or terms in one cell; it stands in none of them."""
LEAD = ("case", "system", "therapist", "agency")
"""What every row begins with: a dyad is case and therapist, within an agency."""
_RATING = ("value", "low", "high")
_LED = {"case": "linked_case", "system": "coding_system", "agency": "own_agency"}
"""Fields of records that are called as a column of the lead is."""


class Lead:
    """The columns of :data:`LEAD`; in a supervision the supervisor stands for the therapist."""

    def __init__(self, course: Course) -> None:
        role = "supervisor" if course.system == "supervision" else "therapist"
        leading = [each for each in course.participants if each.role == role]
        self._always = _led(course, leading)
        self._of = {
            session.number: _led(course, there)
            for session in course.sessions
            if (there := [each for each in leading if each.id in session.attended])
        }

    def of(self, session: int) -> Row:
        """Of those who attended a session, as far as that is recorded; else of all."""
        return self._of.get(session, self._always)


def _led(course: Course, leading: Sequence[Participant]) -> Row:
    agencies = sorted({each.agency for each in leading if each.agency})
    values = (course.case, course.system, joined([each.id for each in leading]), joined(agencies))
    return dict(zip(LEAD, values, strict=True))


def joined(words: Sequence[str]) -> str | None:
    """Ids or terms as one cell; ``None`` for none.

    >>> joined(["goals", "bond"])
    'goals|bond'
    """
    return SEPARATOR.join(words) or None


def field_columns(record: type[Record], text: bool) -> Iterator[str]:
    """The columns of a class of records."""
    for each in _told(record, text):
        name = _LED.get(each.name, each.name)
        yield from (f"{name}_{part}" for part in _RATING) if each.type is Rating else (name,)


def cells(record: Record, text: bool) -> Row:
    """A record as the cells of :func:`field_columns`."""
    row: Row = {}
    for each in _told(type(record), text):
        name, value = _LED.get(each.name, each.name), getattr(record, each.name)
        if each.type is Rating:
            row |= {f"{name}_{part}": getattr(value, part, None) for part in _RATING}
        else:
            row[name] = _cell(each, value)
    return row


def _told(record: type[Record], text: bool) -> Iterator[Field]:
    """The fields that are columns: answers have a table of their own, and nothing is amended."""
    for each in fields_of(record):
        if each.name not in ("amends", "answers") and (text or not each.sensitive):
            yield each


def _cell(field: Field, value: Any) -> Any:
    """One cell: flags are 1 and 0, which every statistics program reads; texts in lists JSON."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping) or (field.many and field.sensitive):
        return json.dumps(thawed(value), ensure_ascii=False) if value else None
    return joined(value) if field.many else value
