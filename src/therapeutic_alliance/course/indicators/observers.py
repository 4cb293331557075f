"""What coders saw in segments: markers of withdrawal and confrontation, and signs of the client."""

from collections import Counter
from collections.abc import Collection, Iterator

from therapeutic_alliance.course.indicators.arithmetic import share
from therapeutic_alliance.course.indicators.indicator import Definition, Found, missing
from therapeutic_alliance.model.alliance.coding import SegmentCodes
from therapeutic_alliance.model.course import Course
from therapeutic_alliance.model.vocabulary.terms import SIGNS

WITHDRAWAL = (
    "denial",
    "minimal-response",
    "abstract-communication",
    "avoidant-storytelling",
    "deferential",
    "content-affect-split",
    "self-criticism",
)
"""Codes of the system ``3rs`` that mark withdrawal."""

CONFRONTATION = (
    "complaint-therapist",
    "reject-intervention",
    "complaint-activities",
    "complaint-parameters",
    "complaint-progress",
    "defend-self",
    "control-pressure",
)
"""Codes of the system ``3rs`` that mark confrontation."""

_MARKERS = frozenset(WITHDRAWAL + CONFRONTATION)
_Segment = tuple[int, int, str]
_Coded = dict[tuple[str, ...], list[SegmentCodes]]


def _coded(course: Course, system: str) -> _Coded:
    """The codes of a system by their coder, if one is named."""
    found: _Coded = {}
    for each in course.codes:
        if each.system == system:
            found.setdefault((each.by,) if each.by else (), []).append(each)
    return dict(sorted(found.items()))


def _segment(record: SegmentCodes) -> _Segment:
    """Which segment it is; a record that does not say so is a segment of its own."""
    numbered = record.session and record.segment
    return record.session or 0, record.segment or 0, "" if numbered else record.id


def _codes(record: SegmentCodes) -> tuple[str, ...]:
    """What was seen; what shows the opposite was not."""
    return () if record.polarity == "-" else record.codes


def _counts(course: Course, family: Collection[str]) -> Iterator[Found]:
    coded = _coded(course, "3rs")
    if not coded:
        yield missing("no segment is coded by 3rs")
    for by, records in coded.items():
        codes = [code for record in records for code in _codes(record)]
        n = len({_segment(record) for record in records})
        yield Found(by, float(sum(code in family for code in codes)), n, _told(codes, n))


def _told(codes: list[str], segments: int) -> str:
    others = sorted({code for code in codes if code not in _MARKERS})
    aside = f"; in neither list, and not counted: {', '.join(others)}" if others else ""
    return f"in {segments} coded segments{aside}"


def _withdrawal(course: Course) -> Iterator[Found]:
    yield from _counts(course, WITHDRAWAL)


def _confrontation(course: Course) -> Iterator[Found]:
    yield from _counts(course, CONFRONTATION)


def _segments_with(coded: _Coded, codes: Collection[str], what: str) -> Iterator[Found]:
    for by, records in coded.items():
        seen = Counter[_Segment]()
        for record in records:
            seen[_segment(record)] += sum(code in codes for code in _codes(record))
        marked = sum(n > 0 for n in seen.values())
        yield share(marked, len(seen), *by, of=f"segments with a {what}", none="")


def _marked(course: Course) -> Iterator[Found]:
    coded = _coded(course, "3rs")
    if not coded:
        yield missing("no segment is coded by 3rs")
    yield from _segments_with(coded, _MARKERS, "marker")


def _signs(course: Course) -> Iterator[Found]:
    coded = _coded(course, "signs")
    if not coded:
        yield missing("no segment is coded for signs")
    yield from _segments_with(coded, SIGNS, "sign")


DEFINITIONS = (
    Definition(
        id="withdrawal-markers",
        words="For each coder: how many codes of the system 3rs mark withdrawal; n is the coded "
        "segments. A code in neither list is not counted, and named.",
        unit="markers",
        concepts=("B18",),
        values=_withdrawal,
    ),
    Definition(
        id="confrontation-markers",
        words="For each coder: how many codes of the system 3rs mark confrontation; n is the "
        "coded segments. A code in neither list is not counted, and named.",
        unit="markers",
        concepts=("B18",),
        values=_confrontation,
    ),
    Definition(
        id="segments-with-marker",
        words="For each coder: of the segments coded by 3rs, the share with at least one marker "
        "of withdrawal or confrontation, of whatever weight.",
        unit="share of segments, 0 to 1",
        concepts=("B18",),
        values=_marked,
    ),
    Definition(
        id="segments-with-sign",
        words="For each coder: of the segments coded for it, the share with a sign from the "
        f"client that a reflection was on track ({', '.join(SIGNS)}).",
        unit="share of segments, 0 to 1",
        concepts=("B37",),
        values=_signs,
    ),
)
