"""``set-aside-z`` on whole columns."""

from therapeutic_alliance.course.detectors.set_aside_z import SetAsideZ
from therapeutic_alliance.course.expectation.switching import Switching
from therapeutic_alliance.frames.rules.beliefs import from_cohort
from therapeutic_alliance.frames.rules.blocks import by_blocks
from therapeutic_alliance.frames.rules.courses import NONE, Courses, Found
from therapeutic_alliance.frames.rules.switchings import Switchings
from therapeutic_alliance.model.scored import ScoreSpec

CASES = 4096
"""At a time: their arrays fit in a processor's cache."""


def set_aside_z(rule: SetAsideZ, spec: ScoreSpec, courses: Courses) -> Found:
    """The filter of two states, of some cases at a time."""
    prior = rule.start(spec).belief
    if not isinstance(prior, Switching):
        return NONE
    steps = from_cohort(rule, spec, Switchings.of(prior, CASES), CASES, rule.follow)
    return by_blocks(courses, CASES, rule.threshold, steps)
