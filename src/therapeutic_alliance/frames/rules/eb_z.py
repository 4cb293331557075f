"""``eb-z`` on whole columns."""

from collections.abc import Iterator

from therapeutic_alliance.course.detectors.eb_z import EbZ
from therapeutic_alliance.course.detectors.from_cohort import EARLIER
from therapeutic_alliance.course.expectation.baseline import Baseline
from therapeutic_alliance.frames.rules.baselines import Baselines
from therapeutic_alliance.frames.rules.beliefs import growth_at, shares
from therapeutic_alliance.frames.rules.courses import NONE, Courses, Floats, Found, flagged_from
from therapeutic_alliance.frames.rules.statistics import put_statistics
from therapeutic_alliance.model.scored import ScoreSpec


def eb_z(rule: EbZ, spec: ScoreSpec, courses: Courses) -> Found:
    """Each score against what was expected of it, which it then moves."""
    prior = rule.start(spec).belief
    if rule.cohort is None or not isinstance(prior, Baseline):
        return NONE
    level = shares(spec, courses.value)
    if rule.cohort.growth:
        level -= growth_at(rule.cohort.growth, courses.session)

    def z(waves: Iterator[Floats]) -> Iterator[Floats]:
        belief = Baselines.of(prior, 0)
        for seen, score in enumerate(waves):
            cases = len(score)
            belief = belief.of_first(cases) if seen else Baselines.of(prior, cases)
            yield (belief.mean - score) / belief.scale
            belief = belief.after(None, score)

    put_statistics(courses, level, z)
    found = flagged_from(rule.threshold, courses, level)
    for earlier in range(EARLIER):
        found.flag[courses.start[courses.lengths > earlier] + earlier] = -1
    return found
