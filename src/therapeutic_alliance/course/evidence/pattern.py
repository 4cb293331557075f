"""What a whole treatment shows: no drop, recovered, not recovered."""

from collections.abc import Iterable
from typing import Literal

from therapeutic_alliance.model.finding import Episode, Flags

Pattern = Literal["no drop", "recovered", "not recovered"]


def pattern(flags: Flags, episodes: Iterable[Episode]) -> Pattern | None:
    """The pattern of a treatment, of the flags of one detector and the episodes made of them.

    ``not recovered``: at least one episode did not recover. ``None``: none such, and at least one
    is still open. ``recovered``: all did. ``no drop``: there is none; if no session could be
    evaluated, that is not known either, and the pattern is ``None``. Only possible ruptures are
    counted, not a waning. The labels are this library's (after Larsson, Falkenstrom, Andersson &
    Holmqvist, whose numeric criterion is not verified).

    >>> import therapeutic_alliance as ta
    >>> series = ta.Series.of([4.2, 4.3, 3.4, 3.5], low=1, high=5)
    >>> flags = ta.Registry().detector("drop-from-best").flags(series)
    >>> pattern(flags, ta.episodes(series, flags)) is None
    True
    """
    found = [each.repaired for each in episodes if each.sign == "rupture"]
    if False in found:
        return "not recovered"
    if None in found or not flags.evaluable:
        return None
    return "recovered" if found else "no drop"
