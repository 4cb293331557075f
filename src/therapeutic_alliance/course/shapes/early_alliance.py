"""The early alliance: one score for the time in which an alliance forms."""

from typing import Literal

from attrs import frozen

from therapeutic_alliance.course.series import Series
from therapeutic_alliance.model.immutable import as_tuples
from therapeutic_alliance.psychometrics.spread import mean

_RULES: tuple[tuple[Literal["session-3", "mean-3-5", "mean-2-5"], range], ...] = (
    ("session-3", range(3, 4)),
    ("mean-3-5", range(3, 6)),
    ("mean-2-5", range(2, 6)),
)
"""The first with an observed session holds."""


@frozen(kw_only=True, field_transformer=as_tuples)
class EarlyAlliance:
    """The score at session 3, or what stands in for it, and which of the rules gave it."""

    value: float | None
    """In the metric of the series; ``None`` if no session from 2 to 5 was observed."""
    rule: Literal["session-3", "mean-3-5", "mean-2-5"] | None
    sessions: tuple[int, ...]
    """Those that it is the score, or the mean, of."""
    why: str

    def __str__(self) -> str:
        return self.why


def early_alliance(series: Series) -> EarlyAlliance:
    """The early alliance of a series: its score at session 3.

    If session 3 was not observed: the mean of the observed sessions 3 to 5, and if there is none,
    of 2 to 5. A convention of this library, by session numbers; it says which rule was used.

    >>> print(early_alliance(Series.of([3.0, 3.5, None, 4.0, 4.2], low=1, high=5)))
    early alliance 4.1: mean of sessions 4, 5, because session 3 was not observed
    """
    scores = dict(series.session_scores)
    for rule, window in _RULES:
        sessions = [session for session in window if session in scores]
        if sessions:
            value = mean([scores[session] for session in sessions])
            why = f"early alliance {value:.4g}: {_said(sessions)}"
            return EarlyAlliance(value=value, rule=rule, sessions=tuple(sessions), why=why)
    why = "no early alliance: no session from 2 to 5 was observed"
    return EarlyAlliance(value=None, rule=None, sessions=(), why=why)


def _said(sessions: list[int]) -> str:
    if sessions == [3]:
        return "the score of session 3"
    named = ", ".join(map(str, sessions))
    of = f"mean of sessions {named}" if len(sessions) > 1 else f"the score of session {named}"
    return f"{of}, because session 3 was not observed"
