"""Of a series of scores: how the alliance forms, and how steady it is."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from math import fsum

from therapeutic_alliance.course.indicators.arithmetic import deviation, mean
from therapeutic_alliance.course.indicators.indicator import (
    Definition,
    Found,
    Indicator,
    missing,
)
from therapeutic_alliance.course.phases import TwoPhase
from therapeutic_alliance.course.series import EPSILON, Series

EARLY_SESSIONS = TwoPhase().boundary
"""Sessions in which an alliance forms: a convention of the model ``two-phase``, and its source."""

_Observed = list[tuple[int, float]]


def early_alliance(series: Series, early_sessions: int = EARLY_SESSIONS) -> tuple[Indicator, ...]:
    """Mean, slope and peak of the scores up to session number ``early_sessions``.

    Five by default, a convention whose source the phase model ``two-phase`` cites. In scores of the
    series; the slope per session. Whether a value is high or low is not said.

    >>> series = Series.of([3.0, 3.5, 4.0, 3.5, 3.5], low=1, high=5)
    >>> [(each.id, each.value) for each in early_alliance(series)]
    [('early-mean', 3.5), ('early-slope', 0.1), ('early-peak', 3.0)]
    """
    return tuple(
        found for definition in _early(early_sessions) for found in definition.compute(series)
    )


def stability(series: Series) -> tuple[Indicator, ...]:
    """How much the scores of one series go up and down.

    >>> series = Series.of([4.0, 3.0, 4.0, 3.0], low=1, high=5)
    >>> [(each.id, each.value) for each in stability(series)][1:]
    [('successive-differences', 1.0), ('reversals', 2.0)]
    """
    return tuple(found for definition in _STABILITY for found in definition.compute(series))


def _observed(series: Series, last: int | None = None) -> _Observed:
    """Session numbers and scores, up to a session."""
    return [
        (point.session, point.value)
        for point in series
        if point.value is not None and (last is None or point.session <= last)
    ]


def _too_few(observed: _Observed, needed: int) -> Found:
    n = len(observed)
    return missing(f"{n} observed, {needed} needed", n=n)


def _mean(last: int, series: Series) -> Iterator[Found]:
    early = _observed(series, last)
    if len(early) < 2:
        yield _too_few(early, 2)
    else:
        yield Found((), mean([score for _, score in early]), len(early), _sessions(early))


def _sessions(observed: _Observed) -> str:
    return "sessions " + ", ".join(str(session) for session, _ in observed)


def _slope(last: int, series: Series) -> Iterator[Found]:
    early = _observed(series, last)
    if len(early) < 3:
        yield _too_few(early, 3)
        return
    centre = mean([session for session, _ in early])
    spread = fsum((session - centre) ** 2 for session, _ in early)
    rise = fsum((session - centre) * score for session, score in early)
    yield Found((), rise / spread, len(early), _sessions(early))


def _peak(last: int, series: Series) -> Iterator[Found]:
    early = _observed(series, last)
    if len(early) < 3:
        yield _too_few(early, 3)
        return
    top = max(score for _, score in early)
    highest = [session for session, score in early if score >= top - EPSILON]
    falls = [session for session, score in early if score < top - EPSILON and session > highest[0]]
    if not falls:
        yield missing("no peak: no lower score follows the highest", n=len(early))
    else:
        said = ", ".join(map(str, highest))
        why = f"highest in session {said}" if len(highest) == 1 else f"tied: sessions {said}"
        yield Found((), float(highest[0]), len(early), why)


def _deviation(series: Series) -> Iterator[Found]:
    observed = _observed(series)
    if len(observed) < 2:
        yield _too_few(observed, 2)
    else:
        sd = deviation([score for _, score in observed])
        yield Found((), sd, len(observed), f"{len(observed)} observed scores")


def _successive(series: Series) -> Iterator[Found]:
    changes = [
        after - before
        for (one, before), (other, after) in pairwise(_observed(series))
        if other == one + 1
    ]
    n = len(changes)
    if not n:
        yield missing("no two neighbouring sessions are observed")
    else:
        value = mean([change**2 for change in changes])
        yield Found((), value, n, f"{n} pairs of neighbouring sessions")


def _reversals(series: Series) -> Iterator[Found]:
    observed = _observed(series)
    if len(observed) < 3:
        yield _too_few(observed, 3)
        return
    changes = [after - before for (_, before), (_, after) in pairwise(observed)]
    rises = [change > 0 for change in changes if abs(change) > EPSILON]
    turns = sum(before != after for before, after in pairwise(rises))
    yield Found((), float(turns), len(observed), f"{len(rises)} changes, {turns} reversals")


def _of_series(
    id_: str,
    words: str,
    unit: str,
    values: Callable[[Series], Iterator[Found]],
    concept: str,
    *claims: str,
) -> Definition:
    return Definition(
        id=id_,
        words=words,
        unit=unit,
        concepts=(concept,),
        claims=claims,
        of="series",
        values=values,
    )


def _early(last: int) -> tuple[Definition, ...]:
    window = f"Up to session {last}:"
    return (
        _of_series(
            "early-mean",
            f"{window} the mean of the observed scores; at least two.",
            "score",
            partial(_mean, last),
            "B07",
            "formed-early",
        ),
        _of_series(
            "early-slope",
            f"{window} the least-squares slope of the observed scores; at least three.",
            "score per session",
            partial(_slope, last),
            "B07",
            "formed-early",
        ),
        _of_series(
            "early-peak",
            f"{window} the session with the highest of at least three scores, the first if there "
            "is a tie. No peak if no lower score follows it.",
            "session number",
            partial(_peak, last),
            "B09",
            "peak-around-third",
        ),
    )


_STABILITY = (
    _of_series(
        "score-deviation",
        "The standard deviation of the observed scores (with n - 1); at least two.",
        "score",
        _deviation,
        "E26",
    ),
    _of_series(
        "successive-differences",
        "The mean squared difference between the scores of neighbouring sessions, both observed.",
        "squared score",
        _successive,
        "E26",
    ),
    _of_series(
        "reversals",
        "How often a rise is followed by a fall or a fall by a rise, among the observed scores; "
        "at least three. Equal scores are passed over.",
        "reversals",
        _reversals,
        "E26",
    ),
)

DEFINITIONS = (*_early(EARLY_SESSIONS), *_STABILITY)
