"""``drop-sd`` on whole columns."""

from therapeutic_alliance.course.detectors.drop_sd import DropSd
from therapeutic_alliance.frames.rules.courses import NONE, Courses, Found
from therapeutic_alliance.frames.rules.since_last import since_last
from therapeutic_alliance.model.scored import ScoreSpec


def drop_sd(rule: DropSd, spec: ScoreSpec, courses: Courses) -> Found:
    """A drop of so many SDs from the observed session before."""
    sd = rule.start(spec).sd
    return NONE if sd is None else since_last(courses, rule.k * sd, rule.max_gap)
