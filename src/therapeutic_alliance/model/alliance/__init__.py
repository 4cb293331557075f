"""The records of a course: goals, tasks, bond, and what happens along the way.

Names are the field's own. ``ta.alliance.Goal(...)`` makes a record; the modules beside hold one
idea each.
"""

from therapeutic_alliance.model.alliance.bond import Bond, Characteristic, Skill
from therapeutic_alliance.model.alliance.coding import Report, SegmentCodes
from therapeutic_alliance.model.alliance.dialogue import CheckIn, Event, Reflection
from therapeutic_alliance.model.alliance.goals import (
    Agreement,
    Goal,
    GoalReview,
    Preference,
    Task,
    TaskReview,
    Understanding,
)
from therapeutic_alliance.model.alliance.people import (
    FilledForm,
    Link,
    Participant,
    Retraction,
    Session,
    Termination,
)
from therapeutic_alliance.model.alliance.rating import Rating
from therapeutic_alliance.model.alliance.record import Record

__all__ = [
    "Agreement",
    "Bond",
    "Characteristic",
    "CheckIn",
    "Event",
    "FilledForm",
    "Goal",
    "GoalReview",
    "Link",
    "Participant",
    "Preference",
    "Rating",
    "Record",
    "Reflection",
    "Report",
    "Retraction",
    "SegmentCodes",
    "Session",
    "Skill",
    "Task",
    "TaskReview",
    "Termination",
    "Understanding",
]
