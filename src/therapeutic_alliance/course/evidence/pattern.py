"""What a whole treatment shows: no drop, recovered, not recovered."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Literal

from therapeutic_alliance.errors import SeriesError
from therapeutic_alliance.model.finding import Episode, Flags

Pattern = Literal["no drop", "recovered", "not recovered"]


def pattern(flags: Flags, episodes: Iterable[Episode]) -> Pattern | None:
    """The pattern of a treatment, of the flags of one detector and the episodes made of them.

    ``not recovered``: at least one episode did not recover. ``None``: none such, and at least one
    is still open. ``recovered``: all did. ``no drop``: there is none; if no session could be
    evaluated, that is not known either, and the pattern is ``None``. Only possible ruptures are
    counted, not a waning. The labels are this library's (after Larsson, Falkenstrom, Andersson &
    Holmqvist, whose numeric criterion is not verified).

    Raises :class:`SeriesError` for episodes that :func:`episodes` did not make of these flags, as
    far as can be seen: each begins at a flag, and each flag lies in one.

    >>> import therapeutic_alliance as ta
    >>> series = ta.Series.of([4.2, 4.3, 3.4, 3.5], low=1, high=5)
    >>> flags = ta.Registry().detector("drop-from-best").flags(series)
    >>> pattern(flags, ta.episodes(series, flags)) is None
    True
    """
    given = list(episodes)
    if not _made_of(flags, given):
        raise SeriesError(f"{flags.detector}: the episodes are not those of these flags")
    found = [each.repaired for each in given if each.sign == "rupture"]
    if False in found:
        return "not recovered"
    if None in found or not flags.evaluable:
        return None
    return "recovered" if found else "no drop"


def _made_of(flags: Flags, given: Sequence[Episode]) -> bool:
    """Whether each episode begins at a flag and ends at a session, and each flag lies in one."""
    flagged, sessions = flags.sessions, {flag.session for flag in flags}
    inside = [
        flagged[bisect_left(flagged, each.onset) : bisect_right(flagged, each.end)]
        for each in sorted(given, key=lambda each: each.onset)
    ]
    return (
        tuple(chain.from_iterable(inside)) == flagged
        and {each.onset for each in given} <= set(flagged)
        and {each.end for each in given} <= sessions
        and {each.sign for each in given} <= {flags.sign}
    )
