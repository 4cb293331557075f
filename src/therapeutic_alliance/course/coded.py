"""The records of coders: which segment each is of, and what was seen in it."""

from collections.abc import Iterator

from therapeutic_alliance.course.timeline import Timeline
from therapeutic_alliance.model.alliance.coding import SegmentCodes
from therapeutic_alliance.model.course import Course
from therapeutic_alliance.model.vocabulary.coding import THREE_RS

Segment = tuple[int, int, str]
"""Session, number of the segment, and the id of a record that does not say which segment."""


def segment(record: SegmentCodes, session: int) -> Segment:
    """Which segment it is; a record that does not say so is a segment of its own."""
    numbered = session and record.segment
    return session, record.segment or 0, "" if numbered else record.id


def seen(record: SegmentCodes) -> tuple[str, ...]:
    """What was seen; what shows the opposite was not."""
    return () if record.polarity == "-" else record.codes


def of_session(record: SegmentCodes, ratings: tuple[str, ...] = THREE_RS.ratings) -> bool:
    """Whether it rates a session as a whole, and is no segment."""
    return bool(record.codes) and record.segment is None and set(record.codes) <= set(ratings)


def coded_by_session(
    course: Course, system: str, *, by: str | None = None, of: str | None = None
) -> dict[int, tuple[SegmentCodes, ...]]:
    """The records of each known session by a coding system, all or those of a coder and person."""
    timeline = Timeline(course)
    found: dict[int, list[SegmentCodes]] = {}
    for each in _chosen(course, system, by, of):
        if session := timeline.session(each):
            found.setdefault(session, []).append(each)
    return {session: tuple(records) for session, records in found.items()}


def _chosen(course: Course, system: str, by: str | None, of: str | None) -> Iterator[SegmentCodes]:
    for each in course.codes:
        of_everybody = each.of is None and (not each.codes or of_session(each))
        if (
            each.system == system
            and by in (None, each.by)
            and (of in (None, each.of) or of_everybody)
        ):
            yield each
