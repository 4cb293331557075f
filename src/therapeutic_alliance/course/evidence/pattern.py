"""What a whole treatment shows: no drop, recovered, not recovered."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
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

    A flag outside of all episodes, such as one of ``pre-post`` where nothing was observed at the
    end of the session, leaves the pattern unknown, too. Raises :class:`SeriesError` for episodes
    that :func:`episodes` cannot have made of these flags.

    >>> import therapeutic_alliance as ta
    >>> series = ta.Series.of([4.2, 4.3, 3.4, 3.5], low=1, high=5)
    >>> flags = ta.Registry().detector("drop-from-best").flags(series)
    >>> pattern(flags, ta.episodes(series, flags)) is None
    True
    """
    given = sorted(episodes, key=lambda each: each.onset)
    flagged = flags.sessions
    inside = tuple(
        chain.from_iterable(
            flagged[bisect_left(flagged, each.onset) : bisect_right(flagged, each.end)]
            for each in given
        )
    )
    sessions = {flag.session for flag in flags}
    if (
        {each.sign for each in given} - {flags.sign}
        or {each.onset for each in given} - set(flagged)
        or {each.end for each in given} - sessions
        or len(set(inside)) < len(inside)
        or (flagged and not given)
    ):
        raise SeriesError(f"{flags.detector}: the episodes are not those of these flags")
    found = [each.repaired for each in given if each.sign == "rupture"]
    if False in found:
        return "not recovered"
    if None in found or not flags.evaluable or inside != flagged:
        return None
    return "recovered" if found else "no drop"
