"""What client, therapist and observer say of the same sessions, and what it comes to.

``ta.evidence.reports(course, by="c")`` makes observations that are no scores,
``ta.evidence.joined(...)`` sets the findings of all sources side by side,
``ta.evidence.pattern(...)`` says what a whole treatment shows, ``ta.evidence.returns(...)``
whether a score came back to the line of ``trend-residual``.

>>> import therapeutic_alliance as ta
>>> series = ta.Series.of([4.2, 4.3, 3.4, 4.1, 4.3], low=1, high=5)
>>> flags = ta.Registry().detector("drop-from-best").flags(series)
>>> ta.evidence.pattern(flags, ta.episodes(series, flags))
'recovered'
"""

from therapeutic_alliance.course.detectors.pre_post import Changes
from therapeutic_alliance.course.detectors.return_to_line import Return, returns
from therapeutic_alliance.course.evidence.dyad_codes import DyadCode, dyad_codes
from therapeutic_alliance.course.evidence.from_records import codes, reports
from therapeutic_alliance.course.evidence.from_series import pre_post
from therapeutic_alliance.course.evidence.joined import Evidence, JointEpisode, joined
from therapeutic_alliance.course.evidence.pattern import Pattern, pattern
from therapeutic_alliance.course.evidence.recorded import recorded
from therapeutic_alliance.course.evidence.reported import Reported
from therapeutic_alliance.course.observations import Observation, Observations, PrePost
from therapeutic_alliance.course.session_codes import SessionCodes
from therapeutic_alliance.model.vocabulary.coding import THREE_RS, CodingSystem

__all__ = [
    "THREE_RS",
    "Changes",
    "CodingSystem",
    "DyadCode",
    "Evidence",
    "JointEpisode",
    "Observation",
    "Observations",
    "Pattern",
    "PrePost",
    "Reported",
    "Return",
    "SessionCodes",
    "codes",
    "dyad_codes",
    "joined",
    "pattern",
    "pre_post",
    "recorded",
    "reports",
    "returns",
]
