"""What coders saw in segments: markers of withdrawal and confrontation, and signs of the client."""

from collections.abc import Collection, Iterator

from therapeutic_alliance.course.coded import Segment, of_session, seen, segment
from therapeutic_alliance.course.indicators.arithmetic import number, share
from therapeutic_alliance.course.indicators.indicator import Definition, Found, missing
from therapeutic_alliance.course.timeline import Timeline
from therapeutic_alliance.model.course import Course
from therapeutic_alliance.model.vocabulary.coding import CONFRONTATION, MARKERS, SIGNS, WITHDRAWAL

_NOBODY = "not named"
"""In the place of a coder; no id has a space."""
_Coded = dict[tuple[str, ...], dict[Segment, list[str]]]
"""For each coder and whom they coded: what was seen in each segment."""


def _coded(course: Course, system: str) -> _Coded:
    """The codes of a system, by coder and whose behaviour it is."""
    timeline = Timeline(course)
    found: _Coded = {}
    blank: dict[str | None, list[Segment]] = {}
    named: dict[str | None, set[tuple[str, ...]]] = {}
    for each in course.codes:
        if each.system == system and not of_session(each):
            place = segment(each, timeline.session(each))
            if each.of is None and not each.codes:
                blank.setdefault(each.by, []).append(place)
                continue
            about = _about(each.by, each.of)
            named.setdefault(each.by, set()).add(about)
            found.setdefault(about, {}).setdefault(place, []).extend(seen(each))
    for by, places in blank.items():
        for about in named.get(by) or {_about(by, None)}:
            for place in places:
                found.setdefault(about, {}).setdefault(place, [])
    return dict(sorted(found.items()))


def _about(by: str | None, of: str | None) -> tuple[str, ...]:
    """Coder and whose behaviour it is; the first is told if only the second is named."""
    if of:
        return by or _NOBODY, of
    return (by,) if by else ()


def _counts(course: Course, family: Collection[str]) -> Iterator[Found]:
    coded = _coded(course, "3rs")
    if not coded:
        yield missing("no segment is coded by 3rs")
    for about, segments in coded.items():
        codes = [code for codes in segments.values() for code in codes]
        n = len(segments)
        yield Found(about, float(sum(code in family for code in codes)), n, _told(codes, n))


def _told(codes: list[str], segments: int) -> str:
    others = sorted({code for code in codes if code not in MARKERS})
    aside = f"; in neither list, and not counted: {', '.join(others)}" if others else ""
    return f"in {number(segments, 'coded segment')}{aside}"


def _withdrawal(course: Course) -> Iterator[Found]:
    yield from _counts(course, WITHDRAWAL)


def _confrontation(course: Course) -> Iterator[Found]:
    yield from _counts(course, CONFRONTATION)


def _segments_with(coded: _Coded, codes: Collection[str], what: str) -> Iterator[Found]:
    for about, segments in coded.items():
        marked = sum(any(code in codes for code in found) for found in segments.values())
        yield share(marked, len(segments), *about, of=f"segments with a {what}", none="")


def _marked(course: Course) -> Iterator[Found]:
    coded = _coded(course, "3rs")
    if not coded:
        yield missing("no segment is coded by 3rs")
    yield from _segments_with(coded, MARKERS, "marker")


def _signs(course: Course) -> Iterator[Found]:
    coded = _coded(course, "signs")
    if not coded:
        yield missing("no segment is coded for signs")
    yield from _segments_with(coded, SIGNS, "sign")


_EACH = (
    "For each coder, and whose behaviour is coded (a segment in which nothing was seen and nobody "
    "is named is one of everybody whom the coder coded): "
)

DEFINITIONS = (
    Definition(
        id="withdrawal-markers",
        words=_EACH + "how many codes of the system 3rs mark withdrawal; n is the coded segments. "
        "A code in neither list is not counted, and named.",
        unit="markers",
        concepts=("B18",),
        values=_withdrawal,
    ),
    Definition(
        id="confrontation-markers",
        words=_EACH
        + "how many codes of the system 3rs mark confrontation; n is the coded segments. "
        "A code in neither list is not counted, and named.",
        unit="markers",
        concepts=("B18",),
        values=_confrontation,
    ),
    Definition(
        id="segments-with-marker",
        words=_EACH
        + "of the segments coded by 3rs, the share with at least one marker of withdrawal "
        "or confrontation, of whatever weight.",
        unit="share of segments, 0 to 1",
        concepts=("B18",),
        values=_marked,
    ),
    Definition(
        id="segments-with-sign",
        words=_EACH + "of the segments coded for it, the share with a sign from the client that a "
        f"reflection was on track ({', '.join(SIGNS)}).",
        unit="share of segments, 0 to 1",
        concepts=("B37",),
        values=_signs,
    ),
)
