"""What flags are of where scores were given at the ends of sessions."""

from therapeutic_alliance.course.series import Series
from therapeutic_alliance.model.finding import Sign

BETWEEN_ENDS = (
    "the scores are of the ends of sessions: a flag is a possible rupture between the ends of two "
    "sessions, and does not say whether the score fell within a session or between them"
)
"""After the decomposition of ``pre-post``: such falls say little of falls within sessions."""


def of_occasion(series: Series, sign: Sign) -> tuple[str, ...]:
    """The convention behind flags of possible ruptures in post-session scores.

    >>> of_occasion(Series.of([4], low=1, high=5), "rupture")
    ()
    """
    return (BETWEEN_ENDS,) if series.occasion == "post" and sign == "rupture" else ()
