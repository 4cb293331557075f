"""Findings of detectors on a caseload, as a table and as data."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import frozen
from rich.console import Console

from therapeutic_alliance._version import __version__
from therapeutic_alliance.cli.foreign import Foreign
from therapeutic_alliance.cli.output import ASCII_MARKS, BLOCKS, Marks, fancy, printable, table
from therapeutic_alliance.cli.standing import standing_json
from therapeutic_alliance.course.episodes import episodes
from therapeutic_alliance.course.series import Point, Series
from therapeutic_alliance.course.vet import vet
from therapeutic_alliance.model.confidence import MARKS, Confidence, confidence_of
from therapeutic_alliance.model.contracts import Detector
from therapeutic_alliance.model.finding import Episode, Flags
from therapeutic_alliance.model.measure import Measure

OURS = "therapeutic-alliance"
"""The distribution of this library."""
MOST_BLANKS = 3
"""Longest run of unobserved sessions that a course shows one by one."""
OPTIONAL = ("person", "occasion", "note")


@frozen
class Finding:
    """What one detector says of one series."""

    series: Series
    flags: Flags
    episodes: tuple[Episode, ...]
    citation: str
    """Where the rule comes from."""
    confidence: Confidence
    """How sure each part of it is; empty if it does not say so."""
    provider: str
    """Distribution that the rule is from."""


def findings(series: Series, detector: Detector[Series], provider: str = OURS) -> Finding:
    """Flags and episodes of a series; ``provider`` is whose rule it is."""
    foreign = Foreign.of("detector", detector)
    citation = foreign.one(lambda: detector.citation, str)
    confidence = foreign.one(lambda: confidence_of(detector), tuple)
    flags = foreign.one(lambda: detector.flags(series), Flags)
    vet(detector, series, flags)
    return Finding(series, flags, episodes(series, flags), citation, confidence, provider)


def rules(found: Iterable[Finding]) -> list[str]:
    """A line for each rule; one that is not ours says whose it is and what it cites."""
    told: dict[str, None] = {}
    for each in found:
        parts = [each.flags.detector, *each.flags.conventions]
        if each.provider != OURS:
            parts[1:1] = [f"of {each.provider}", f"source: {each.citation}"]
        told[" ".join(f"Rule {'; '.join(parts)}".split()).rstrip(".") + "."] = None
    return list(told)


def course_line(series: Series, flags: Flags, marks: Marks) -> str:
    """One character a session number, height within the possible range; ``x`` if flagged.

    Blanks are sessions without a score; of more than three in a row a mark tells.

    >>> from therapeutic_alliance.sdk.registry import Registry
    >>> values, numbers = [4.2, 4.6, None, 3.0, 4.5, 4.5], [1, 2, 3, 5, 6, 20]
    >>> series = Series.of(values, sessions=numbers, low=1, high=5)
    >>> course_line(series, Registry().detector("drop-from-best").flags(series), ASCII_MARKS)
    '78  x8...8'
    """
    flagged, line, last = set(flags.sessions), "", 0
    for point in series.observed:
        line += gap(point.session - last - 1, marks.gap)
        line += "x" if point.session in flagged else _height(series, point, marks.heights)
        last = point.session
    return line + gap(series[-1].session - last, marks.gap)


def gap(sessions: int, mark: str) -> str:
    """Blanks for sessions without a score, or the mark for many."""
    return mark if sessions > MOST_BLANKS else " " * sessions


def _height(series: Series, point: Point, heights: str) -> str:
    assert point.value is not None
    return heights[min(len(heights) - 1, int(series.share(point.value) * len(heights)))]


def show_findings(console: Console, found: Sequence[Finding]) -> None:
    """Courses and episodes for a person."""
    marks = BLOCKS if fancy(console) else ASCII_MARKS
    detectors = list(dict.fromkeys(finding.flags.detector for finding in found))
    for detector in detectors:
        of_it = [finding for finding in found if finding.flags.detector == detector]
        _show_courses(console, detector, of_it, marks)
    unseen = f"{marks.gap}: more than {MOST_BLANKS} in a row"
    console.print(f"x: flagged; blank: no score; {unseen}\n", soft_wrap=True)
    for finding in found:
        for episode in finding.episodes:
            who = _who(finding.series, finding.flags.detector if detectors[1:] else None)
            console.print(f"{who}: {episode}", soft_wrap=True)
        if concerns := [flag.session for flag in finding.flags if flag.concerns]:
            who = _who(finding.series, finding.flags.detector if detectors[1:] else None)
            sessions = ", ".join(map(str, concerns))
            console.print(
                f"{who}: alliance concern, and no flag, in session {sessions}; --json tells which",
                soft_wrap=True,
            )
    judged = [finding for finding in found if finding.flags.evaluable]
    if judged and not any(finding.episodes for finding in judged):
        console.print(f"No possible {signs(judged)} by these rules.")
    for rule in rules(found):
        console.print(f"\n{printable(rule)}", soft_wrap=True)
    console.print("No flag is no sign of a good alliance.")


def _show_courses(console: Console, detector: str, found: Sequence[Finding], marks: Marks) -> None:
    """The table of one detector; columns that may be empty are left out if all of it is."""
    columns: dict[str, list[Any]] = {
        "case": [each.series.case for each in found],
        "measure": [each.series.measure for each in found],
        "rater": [each.series.rater for each in found],
        "person": [each.series.person for each in found],
        "occasion": [each.series.occasion for each in found],
        "course": [course_line(each.series, each.flags, marks) for each in found],
        "sessions": [_sessions(each) for each in found],
        "flagged": [_flagged(each.flags) for each in found],
        "note": [_note(each) for each in found],
    }
    shown = [name for name, cells in columns.items() if name not in OPTIONAL or any(cells)]
    rows = list(zip(*(columns[name] for name in shown), strict=True))
    table(console, f"Courses ({detector})", shown, rows, whole="course")


def _who(series: Series, detector: str | None) -> str:
    who = [series.case, series.measure, series.rater, series.person, series.occasion]
    rule = f"({detector})" if detector else None
    return " ".join(part for part in (*who, rule) if part)


def _sessions(finding: Finding) -> str:
    return f"{len(finding.series.observed)} of {finding.series[-1].session}"


def _flagged(flags: Flags) -> str:
    """Flagged of evaluable sessions: what cannot be evaluated is not unflagged."""
    return f"{len(flags.sessions)} of {flags.evaluable}" if flags.evaluable else "-"


def signs(found: Iterable[Finding]) -> str:
    """What the rules look for a possible sign of, in words."""
    return " or ".join(dict.fromkeys(each.flags.sign for each in found))


def few_sessions(finding: Finding) -> bool:
    """Whether there is little information for another reason than the ceiling."""
    return finding.flags.low_information and not finding.series.at_ceiling


def why_none(finding: Finding) -> str:
    """Why no session could be evaluated: the reason that all of them have, if there is one."""
    observed = {each.session for each in finding.series.observed}
    reasons = {flag.why for flag in finding.flags if flag.session in observed}
    one_for_all = len(observed) > 1 and len(reasons) == 1
    return reasons.pop() if one_for_all else "too few sessions"


def _note(finding: Finding) -> str:
    flags = finding.flags
    notes = [] if flags.evaluable else [why_none(finding)]
    if flags.low_information:
        where = "few sessions" if few_sessions(finding) else "at the ceiling"
        notes.append(f"{where}: little information")
    return "; ".join(notes)


def findings_json(
    found: Iterable[Finding], measures: Mapping[str, Measure]
) -> list[dict[str, Any]]:
    """Findings as plain data, with who provides the rule, and by what was scored."""
    return [
        {
            "case": finding.series.case,
            "measure": finding.series.measure,
            **standing_json(measures[finding.series.measure or ""]),
            "rater": finding.series.rater,
            "person": finding.series.person,
            "occasion": finding.series.occasion,
            "score": finding.series.spec.id,
            "metric": finding.series.spec.metric,
            "detector": finding.flags.detector,
            "detector_provider": finding.provider,
            "detector_citation": finding.citation,
            "detector_confidence": [
                {"part": part, "mark": mark, "words": MARKS[mark]}
                for part, mark in finding.confidence
            ],
            "detector_parameters": dict(finding.flags.parameters),
            "library_version": __version__,
            "mode": finding.flags.mode,
            "sign": finding.flags.sign,
            "evaluable": finding.flags.evaluable,
            "low_information": finding.flags.low_information,
            "conventions": list(finding.flags.conventions),
            "flags": [
                {
                    "session": flag.session,
                    "flag": flag.flag,
                    "statistic": flag.statistic,
                    "threshold": flag.threshold,
                    "why": flag.why,
                    "concerns": list(flag.concerns),
                }
                for flag in finding.flags
            ],
            "episodes": [_episode(episode) for episode in finding.episodes],
        }
        for finding in found
    ]


def _episode(episode: Episode) -> dict[str, Any]:
    return {
        "onset": episode.onset,
        "nadir": episode.nadir,
        "end": episode.end,
        "pre_score": episode.pre_score,
        "nadir_score": episode.nadir_score,
        "depth": episode.depth,
        "depth_std": episode.depth_std,
        "length": episode.length,
        "repaired": episode.repaired,
        "repair_session": episode.repair_session,
        "latency": episode.latency,
        "gain": episode.gain,
        "shape": episode.shape,
        "words": str(episode),
    }
