"""The scores of a course as a long table: one row a form and score."""

from collections.abc import Iterable, Iterator

from therapeutic_alliance.exporters.course_cells import LEAD, Row
from therapeutic_alliance.exporters.scores import score_rows
from therapeutic_alliance.exporters.session_columns import form_of, twice
from therapeutic_alliance.exporters.session_frame import Frame
from therapeutic_alliance.model.course import Course
from therapeutic_alliance.model.scored import Score, ScoreSheet
from therapeutic_alliance.scoring.metric import convert

SCORE_COLUMNS = (
    *LEAD,
    "session",
    "date",
    "days",
    "rater",
    "person",
    "occasion",
    "measure",
    "score",
    "metric",
    "value",
    "low",
    "high",
    "percent",
    "status",
    "previous_value",
    "answered",
    "of",
    "measure_version",
    "definition_sha256",
    "provider",
    "library_version",
)
_Strand = tuple[str, str, str, str, str]


_Found = dict[tuple[int, _Strand], ScoreSheet]


def score_table(course: Course, sheets: Iterable[ScoreSheet]) -> Iterator[Row]:
    """The rows, by session, measure, rater, person, occasion and edition of the measure.

    ``course`` is one as it holds now. The previous value is that of the same rater, person,
    occasion and edition in the session with the number before.
    """
    return _rows(Frame(course), _by_strand(course, sheets))


def _rows(frame: Frame, found: _Found) -> Iterator[Row]:
    for (session, strand), sheet in sorted(found.items(), key=lambda each: each[0]):
        on = sheet.form.date if sheet.form else None
        first = frame.lead.of(session) | frame.when(session, on)
        before = found.get((session - 1, strand))
        for row, score in zip(score_rows(sheet), sheet, strict=True):
            known = row | first
            known["percent"] = _percent(score)
            known["previous_value"] = before[score.id].value if before else None
            yield {name: known[name] for name in SCORE_COLUMNS}


def _by_strand(course: Course, sheets: Iterable[ScoreSheet]) -> _Found:
    found: _Found = {}
    for sheet in sheets:
        form, measure = form_of(course, sheet), sheet.measure
        who = measure.id, form.rater, form.person or "", form.occasion or ""
        key = form.session, (*who, measure.fingerprint)
        if key in found:
            raise twice(form)
        found[key] = sheet
    return found


def _percent(score: Score) -> float | None:
    """Of the possible range."""
    return None if score.value is None else convert(score.spec, score.value, "percent")
