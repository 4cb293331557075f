"""``srs-rules`` on whole columns."""

from therapeutic_alliance.course.detectors.srs_rules import SrsRules
from therapeutic_alliance.frames.rules.courses import Courses, Found
from therapeutic_alliance.frames.rules.since_last import since_last
from therapeutic_alliance.model.scored import ScoreSpec


def srs_rules(rule: SrsRules, spec: ScoreSpec, courses: Courses) -> Found:
    """A fall since the last total.

    Low totals and answers are concerns, not flags, and have no column; no answer is looked at.
    """
    rule.start(spec)  # refuses other scores
    return since_last(courses, rule.drop, rule.max_gap)
