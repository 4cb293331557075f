"""A course as tables: one for each kind of record, answers, scores, and one row a session."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from therapeutic_alliance.course.timeline import Timeline
from therapeutic_alliance.errors import UnknownIdError
from therapeutic_alliance.exporters.course_cells import LEAD, Lead, Row, cells, field_columns
from therapeutic_alliance.exporters.course_scores import SCORE_COLUMNS, score_table
from therapeutic_alliance.exporters.session_table import SessionTable
from therapeutic_alliance.model.alliance.record import Dated
from therapeutic_alliance.model.course import SECTIONS, Course
from therapeutic_alliance.model.record import WHO_AND_WHEN, who_and_when
from therapeutic_alliance.model.scored import ScoreSheet

ANSWERS = "answers"
SCORES = "scores"
WIDE = "sessions-wide"
SCORED = (SCORES, WIDE)
"""The tables that need the scored forms of the course."""
_SECTION: Mapping[str, str] = MappingProxyType(
    # what was retracted is left out of every table, and so are the retractions
    {name.replace("_", "-"): name for name in SECTIONS if name != "retractions"}
)
TABLES: tuple[str, ...] = (*_SECTION, ANSWERS, SCORES, WIDE)
"""The names of the tables."""
_FORM = ("form", *WHO_AND_WHEN[1:], "measure", "measure_version", "item", "answer")
_PLACE = "counted_in"
"""The session in whose row of ``sessions-wide`` a record stands."""


def columns(
    course: Course, name: str, sheets: Sequence[ScoreSheet] = (), *, text: bool = False
) -> tuple[str, ...]:
    """The columns of a table, in their order; arguments and errors are those of :func:`rows`.

    >>> import therapeutic_alliance as ta
    >>> columns(ta.Course(case="c1"), "links")
    ('case', 'system', 'therapist', 'agency', 'id', 'kind', 'linked_case')
    """
    if name == WIDE:
        return SessionTable(course.current(), sheets).columns
    if name == SCORES:
        return SCORE_COLUMNS
    if name == ANSWERS:
        return (*LEAD, *_FORM)
    record = SECTIONS[_section(name)]
    place = (_PLACE,) if issubclass(record, Dated) else ()
    return (*LEAD, *place, *field_columns(record, text))


def rows(
    course: Course, name: str, sheets: Sequence[ScoreSheet] = (), *, text: bool = False
) -> Iterator[Row]:
    """The rows of a table of :data:`TABLES`, keyed by its :func:`columns`; ``None`` is empty.

    Rows are in the order of the course as it holds now: by session, date and id. ``sheets`` are
    the scored forms of the course, for ``scores`` and ``sessions-wide``. Free text and extensions
    are left out unless ``text``. Raises :class:`UnknownIdError` for another name, and
    :class:`SeriesError` for sheets of another case, without a form, or with two values for one
    cell.

    >>> import therapeutic_alliance as ta
    >>> goal = ta.alliance.Goal(id="g1", session=2, text="to sleep")
    >>> [row["id"] for row in rows(ta.Course(case="c1", goals=[goal]), "goals")]
    ['g1']
    """
    current = course.current()
    if name == WIDE:
        return SessionTable(current, sheets).rows()
    if name == SCORES:
        return score_table(current, sheets)
    if name == ANSWERS:
        return _answers(current)
    return _records(current, _section(name), text)


def _section(name: str) -> str:
    if name not in _SECTION:
        raise UnknownIdError("no such table of a course; there are: " + ", ".join(TABLES))
    return _SECTION[name]


def _records(course: Course, section: str, text: bool) -> Iterator[Row]:
    lead, timeline = Lead(course), Timeline(course)
    for record in getattr(course, section):
        if isinstance(record, Dated):
            session = timeline.session(record)
            yield lead.of(session) | {_PLACE: session or None} | cells(record, text)
        else:
            yield lead.of(record.order[0]) | cells(record, text)


def _answers(course: Course) -> Iterator[Row]:
    """One row an answer, as a long table has it; a form without answers has no row."""
    lead = Lead(course)
    for form in course.administrations:
        of = {
            **lead.of(form.session),
            "form": form.id,
            **who_and_when(form.administration(course.case)),
            "measure": form.measure,
            "measure_version": form.measure_version,
        }
        for item, answer in form.answers.items():
            yield of | {"item": item, "answer": answer}
