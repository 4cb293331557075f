"""Findings of detectors on a caseload, as a table and as data."""

from collections.abc import Iterable, Sequence
from typing import Any

from attrs import frozen
from rich.console import Console

from therapeutic_alliance.cli.output import BLOCKS, DIGITS, fancy, table
from therapeutic_alliance.course.episodes import episodes
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.model.contracts import Detector
from therapeutic_alliance.model.finding import Episode, Flags


@frozen
class Finding:
    """What one detector says of one series."""

    series: Series
    flags: Flags
    episodes: tuple[Episode, ...]


def findings(series: Series, detector: Detector[Series]) -> Finding:
    """Flags and episodes of a series."""
    flags = detector.flags(series)
    return Finding(series, flags, episodes(series, flags))


def course_line(series: Series, flags: Flags, blocks: str) -> str:
    """The course as one character a session, height within the possible range; ``x`` if flagged.

    >>> from therapeutic_alliance.sdk.registry import Registry
    >>> series = Series.of([4.2, 4.6, None, 3.0, 4.5], low=1, high=5)
    >>> course_line(series, Registry().detector("drop-from-best").flags(series), "12345678")
    '78 x8'
    """
    low, high = series.spec.low, series.spec.high
    marks = []
    for point, flag in zip(series, flags, strict=True):
        if point.value is None:
            marks.append(" ")
        elif flag.flag:
            marks.append("x")
        else:
            share = (point.value - low) / (high - low)
            marks.append(blocks[min(len(blocks) - 1, int(share * len(blocks)))])
    return "".join(marks)


def show_findings(console: Console, found: Sequence[Finding]) -> None:
    """Courses and episodes for a person."""
    blocks = BLOCKS if fancy(console) else DIGITS
    rows = [
        [
            finding.series.case,
            finding.series.measure,
            finding.series.rater,
            finding.series.person,
            course_line(finding.series, finding.flags, blocks),
            _sessions(finding),
            len(finding.flags.sessions),
            _note(finding),
        ]
        for finding in found
    ]
    headings = ("case", "measure", "rater", "person", "course", "sessions", "flagged", "note")
    for detector in dict.fromkeys(finding.flags.detector for finding in found):
        chosen = [
            row for row, each in zip(rows, found, strict=True) if each.flags.detector == detector
        ]
        table(console, f"Courses ({detector}; x: flagged, blank: not observed)", headings, chosen)
    for finding in found:
        for episode in finding.episodes:
            console.print(f"{_who(finding)}: {episode}", soft_wrap=True)
    if not any(finding.episodes for finding in found):
        console.print("No possible rupture by these rules.")
    rules = dict.fromkeys((each.flags.detector, *each.flags.conventions) for each in found)
    for detector, *conventions in rules:
        console.print(f"\nRule {detector}; {'; '.join(conventions)}.", soft_wrap=True)
    console.print("No flag is no sign of a good alliance.")


def _who(finding: Finding) -> str:
    series = finding.series
    who = [series.case, series.measure, series.rater, series.person]
    return " ".join(part for part in who if part)


def _sessions(finding: Finding) -> str:
    return f"{len(finding.series.observed)} of {finding.series[-1].session}"


def _note(finding: Finding) -> str:
    return "at the ceiling: little information" if finding.flags.low_information else ""


def findings_json(found: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as plain data."""
    return [
        {
            "case": finding.series.case,
            "measure": finding.series.measure,
            "rater": finding.series.rater,
            "person": finding.series.person,
            "score": finding.series.spec.id,
            "metric": finding.series.spec.metric,
            "detector": finding.flags.detector,
            "mode": finding.flags.mode,
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
        "shape": episode.shape,
        "words": str(episode),
    }
