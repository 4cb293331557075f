"""Reflections on the work with one other, and ratings of skills over time."""

from collections.abc import Iterator

from therapeutic_alliance.course.indicators.arithmetic import scale, share
from therapeutic_alliance.course.indicators.indicator import Definition, Found, missing
from therapeutic_alliance.course.timeline import Timeline
from therapeutic_alliance.model.alliance.bond import Skill
from therapeutic_alliance.model.course import Course
from therapeutic_alliance.model.vocabulary.terms import PROMPTS

_NONE = "no reflection is recorded"


def _prompts(course: Course) -> dict[tuple[str, str], list[str]]:
    """The prompts of the reflections of each participant on the work with each other."""
    found: dict[tuple[str, str], list[str]] = {}
    for each in course.reflections:
        found.setdefault((each.by, each.toward), []).append(each.prompt)
    return dict(sorted(found.items()))


def _reflections(course: Course) -> Iterator[Found]:
    dyads = _prompts(course)
    if not dyads:
        yield missing(_NONE)
    for dyad, prompts in dyads.items():
        n = len(prompts)
        yield Found(dyad, float(n), n, f"on {len(set(prompts))} prompts")


def _coverage(course: Course) -> Iterator[Found]:
    dyads = _prompts(course)
    if not dyads:
        yield missing(_NONE)
    for dyad, prompts in dyads.items():
        used = len(PROMPTS.keys() & set(prompts))
        yield share(used, len(PROMPTS), *dyad, of="prompts used", none=_NONE)


def _skills(course: Course) -> Iterator[Found]:
    timeline = Timeline(course)
    ratings: dict[tuple[str, ...], list[Skill]] = {}
    for each in sorted(course.skills, key=timeline.place):
        key = (each.of, each.skill, each.part or "", each.by or each.of)
        ratings.setdefault(key, []).append(each)
    if not ratings:
        yield missing("no skill was rated")
    for rated, found in sorted(ratings.items()):
        about = tuple(filter(None, rated))
        first, last = found[0], found[-1]
        sessions = timeline.session(first), timeline.session(last)
        if not 0 < sessions[0] < sessions[1]:
            yield missing("no ratings in two sessions", *about, n=len(found))
        elif first.rating.scale != last.rating.scale:
            yield missing("two scales are not compared", *about, n=len(found))
        else:
            change = last.rating.share - first.rating.share
            why = (
                f"session {sessions[0]}: {first.rating.value:g}, session {sessions[1]}: "
                f"{last.rating.value:g}, on the scale {scale(last.rating)}"
            )
            yield Found(about, change, len(found), why)


DEFINITIONS = (
    Definition(
        id="reflections",
        words="For each participant and other: how often the one reflected on the work with the "
        "other.",
        unit="reflections",
        concepts=("A38", "B30"),
        values=_reflections,
    ),
    Definition(
        id="reflection-coverage",
        words="For each participant and other: of the prompts of this library, the share that "
        "the one used for the other at least once.",
        unit="share of prompts, 0 to 1",
        concepts=("B30", "B32", "B36", "B37", "B42", "B43", "B46", "B47", "B53"),
        values=_coverage,
    ),
    Definition(
        id="skill-change",
        words="For each participant, skill (and part of it) and rater: the latest rating minus "
        "the first, as shares of their one scale. Of one participant over time, never of one "
        "beside another.",
        unit="difference of shares of the scale, -1 to 1",
        concepts=("A21", "A42"),
        values=_skills,
    ),
)
