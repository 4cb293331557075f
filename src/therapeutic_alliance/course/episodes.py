"""From flagged sessions to episodes: onset, nadir, recovery.

One set of rules for every detector. They are this library's conventions: a score counts as
recovered at the first observed, unflagged session that comes within the tolerance of the score
before the drop, if that is at most ``window`` observed sessions after the latest flag. A rule on
falls over several sessions looks for recovery to the end of the series (``Flags.to_the_end``).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from attrs import frozen

from therapeutic_alliance.course.sd_floor import sd_floor
from therapeutic_alliance.course.series import EPSILON, Series
from therapeutic_alliance.errors import SeriesError
from therapeutic_alliance.model.finding import Episode, Flag, Flags, Sign

Shape = Literal["v", "slide_sudden", "fall_gradual", "u", "plateau", "open"]
WINDOW = 5
"""Observed sessions after the latest flag in which recovery is looked for, by convention."""


@frozen
class _Seen:
    """One observed session with its flag."""

    session: int
    value: float
    flag: Flag


@frozen
class _Search:
    """How recovery is looked for."""

    window: int
    least: float
    """The tolerance of a rule that has none of its own."""
    to_the_end: bool
    sign: Sign


@frozen
class _Span:
    """Where an episode lies, as positions among the observed sessions."""

    onset: int
    end: int
    needed: float
    """The score that counts as recovered."""
    recovery: int | None
    repaired: bool | None


def episodes(series: Series, flags: Flags, *, window: int = WINDOW) -> tuple[Episode, ...]:
    """The possible ruptures of a series, each with its recovery.

    ``window`` counts observed sessions after the latest flag (5 by convention). An episode keeps
    the score before its first flag; later flags extend it. ``repaired`` is ``None`` while fewer
    sessions than the window have followed. Recovery is always seen in hindsight.

    Flags of ``pre-post`` go with the series of the ends of sessions. A drop within the first
    session has no end of a session before it: what it has to come back to is the score that the
    session began with.

    Raises :class:`SeriesError` if flags and series are not of the same sessions, and for what is no
    series of scores: :func:`joined` of ``ta.evidence`` sets reports and codes beside them.

    >>> import therapeutic_alliance as ta
    >>> series = ta.Series.of([4.2, 4.3, 3.4, 4.1, 4.3], low=1, high=5)
    >>> [episode] = ta.episodes(series, ta.Registry().detector("drop-from-best").flags(series))
    >>> episode.onset, episode.nadir, episode.repair_session, episode.shape
    (3, 3, 5, 'fall_gradual')
    """
    if not isinstance(series, Series):
        raise SeriesError(
            "episodes are of a series of scores; ta.evidence.joined joins reports, codes and pairs "
            "of scores, and flags of pairs have episodes in the series of occasion post"
        )
    if [flag.session for flag in flags] != [point.session for point in series]:
        raise SeriesError("the flags are of other sessions than the series")
    if type(window) is not int or window < 1:
        raise SeriesError("the window is a whole number of observed sessions, 1 or more")
    seen = [
        _Seen(point.session, point.value, flag)
        for point, flag in zip(series, flags, strict=True)
        if point.value is not None
    ]
    least = sd_floor(series.spec.low, series.spec.high) / 4
    positions = {each.session: position for position, each in enumerate(seen)}
    search = _Search(window=window, least=least, to_the_end=flags.to_the_end, sign=flags.sign)
    return tuple(_episode(seen, span, positions, search) for span in _spans(seen, search))


def _before(seen: Sequence[_Seen], onset: int) -> tuple[int, float]:
    """Session and score that an episode starts from: the last observed, or the rule's own."""
    before = seen[onset].flag.before
    if before is not None:
        return before
    if onset == 0:
        raise SeriesError(
            f"session {seen[0].session}: the first observed session cannot be flagged"
        )
    return seen[onset - 1].session, seen[onset - 1].value


def _spans(seen: Sequence[_Seen], search: _Search) -> Iterator[_Span]:
    position = 0
    while position < len(seen):
        if seen[position].flag.flag:
            span = _span(seen, position, search)
            yield span
            # a session that closed the window unrecovered may not be flagged, so go on after it
            position = span.end
        position += 1


def _span(seen: Sequence[_Seen], onset: int, search: _Search) -> _Span:
    tolerance = seen[onset].flag.tolerance
    needed = _before(seen, onset)[1] - (search.least if tolerance is None else tolerance)
    latest = onset
    for position in range(onset + 1, len(seen)):
        if seen[position].flag.flag:
            latest = position
        elif seen[position].value >= needed - EPSILON:
            return _Span(onset, position - 1, needed, position, repaired=True)
        elif position - latest >= search.window and not search.to_the_end:
            return _Span(onset, position, needed, None, repaired=False)
    last = len(seen) - 1
    return _Span(
        onset, last, needed, None, repaired=False if last - latest >= search.window else None
    )


def _episode(
    seen: Sequence[_Seen], span: _Span, positions: Mapping[int, int], search: _Search
) -> Episode:
    session, pre_score = _before(seen, span.onset)
    if session not in positions:
        onset = seen[span.onset].session
        raise SeriesError(f"session {onset}: its flag comes from session {session}, not observed")
    inside = seen[span.onset : span.end + 1]
    lowest = min(each.value for each in inside)
    lows = [
        position
        for position in range(span.onset, span.end + 1)
        if seen[position].value <= lowest + EPSILON
    ]
    start = positions[session]
    sd = seen[span.onset].flag.sd
    recovered = seen[span.recovery] if span.recovery is not None else None
    back = [each.session for each in inside if each.value >= span.needed - EPSILON]
    return Episode(
        onset=seen[span.onset].session,
        nadir=seen[lows[0]].session,
        end=seen[span.end].session,
        pre_score=pre_score,
        nadir_score=seen[lows[0]].value,
        recovery_score=span.needed,
        depth_std=(pre_score - seen[lows[0]].value) / sd if sd else None,
        length=len(inside),
        repaired=span.repaired,
        repair_session=recovered.session if recovered else None,
        latency=span.recovery - span.onset if span.recovery is not None else None,
        gain=recovered.value - pre_score if recovered else None,
        flagged_back=back[-1] if back else None,
        to_the_end=search.to_the_end,
        sign=search.sign,
        shape=_shape(lows, start, span.recovery),
    )


def _shape(lows: Sequence[int], start: int, recovery: int | None) -> Shape:
    if recovery is None:
        return "open"
    if any(low + 1 in lows for low in lows):
        return "plateau"
    down, up = lows[0] - start, recovery - lows[-1]
    # no step down lies before a low of the session in which the fall began
    if up == 1:
        return "v" if down <= 1 else "slide_sudden"
    return "fall_gradual" if down <= 1 else "u"
