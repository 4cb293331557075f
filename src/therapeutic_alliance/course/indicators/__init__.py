"""Numbers derived from a course: what was recorded, counted; one family a file."""

from therapeutic_alliance.course.indicators import (
    attendance,
    bond,
    check_ins,
    difficulties,
    disclosure,
    early,
    goals,
    observers,
    reflections,
    reports,
    talk,
    tasks,
    understandings,
)
from therapeutic_alliance.course.indicators.indicator import Definition, Indicator
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.model.course import Course

__all__ = [
    "DEFINITIONS",
    "Definition",
    "Indicator",
    "indicators",
]

DEFINITIONS: tuple[Definition, ...] = (
    *goals.DEFINITIONS,
    *tasks.DEFINITIONS,
    *understandings.DEFINITIONS,
    *bond.DEFINITIONS,
    *check_ins.DEFINITIONS,
    *attendance.DEFINITIONS,
    *disclosure.DEFINITIONS,
    *difficulties.DEFINITIONS,
    *talk.DEFINITIONS,
    *reflections.DEFINITIONS,
    *reports.DEFINITIONS,
    *observers.DEFINITIONS,
    *early.DEFINITIONS,
)
"""Every indicator of the library."""


def indicators(given: Course | Series) -> tuple[Indicator, ...]:
    """Every indicator of a course, or of a series of scores, in the order of the definitions.

    Where there is not enough data the value is ``None``, and ``why`` says what is missing. What
    was never recorded is not counted as zero. Corrections are applied first. The time needed
    grows with the number of records.

    >>> import therapeutic_alliance as ta
    >>> goal = ta.alliance.Goal(id="g1")
    >>> client = ta.alliance.Participant(id="c", role="client")
    >>> course = ta.Course(case="c1", participants=[client], goals=[goal])
    >>> agreement = indicators(course)[0]
    >>> agreement.id, agreement.value, agreement.why
    ('goal-agreement', None, 'not enough data: no goal was answered by two participants')
    """
    of = "course" if isinstance(given, Course) else "series"
    current = given.current() if isinstance(given, Course) else given
    return tuple(
        found
        for definition in DEFINITIONS
        if definition.of == of
        for found in definition.compute_current(current)
    )
