"""Of a series of scores: how the alliance forms, and how steady it is."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from math import fsum

from therapeutic_alliance.course.indicators.arithmetic import deviation, mean, number
from therapeutic_alliance.course.indicators.indicator import (
    Definition,
    Found,
    missing,
)
from therapeutic_alliance.course.phases.peak import LEAST, peak
from therapeutic_alliance.course.phases.two_phase import TwoPhase
from therapeutic_alliance.course.series import EPSILON, Series

EARLY_SESSIONS = TwoPhase().boundary
"""Sessions in which an alliance forms: a convention of the model ``two-phase``, and its source."""

_Observed = list[tuple[int, float]]


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


def _settled(value: float) -> float:
    """0 for what is no more than rounding."""
    return 0.0 if abs(value) < EPSILON else value


def _mean(series: Series) -> Iterator[Found]:
    early = _observed(series, EARLY_SESSIONS)
    if len(early) < 2:
        yield _too_few(early, 2)
    else:
        value = _settled(mean([score for _, score in early]))
        yield Found((), value, len(early), _sessions(early), _unit("score", series))


def _sessions(observed: _Observed) -> str:
    return "sessions " + ", ".join(str(session) for session, _ in observed)


def _unit(name: str, series: Series) -> str:
    """A unit with the possible range of the scores and their metric."""
    spec = series.spec
    return f"{name} ({spec.low:g} to {spec.high:g}, {spec.metric})"


def _slope(series: Series) -> Iterator[Found]:
    early = _observed(series, EARLY_SESSIONS)
    if len(early) < 3:
        yield _too_few(early, 3)
        return
    centre = mean([session for session, _ in early])
    spread = fsum((session - centre) ** 2 for session, _ in early)
    rise = fsum((session - centre) * score for session, score in early)
    unit = _unit("score per session", series)
    yield Found((), _settled(rise / spread), len(early), _sessions(early), unit)


def _peak(series: Series) -> Iterator[Found]:
    found = peak(series, last=EARLY_SESSIONS)
    n = found.observed
    if n < LEAST:
        yield missing(f"{n} observed, {LEAST} needed", n=n)
    elif found.session is None:
        why = f"no peak: no lower score follows the highest up to session {EARLY_SESSIONS}"
        yield Found((), None, n, why)
    else:
        said = ", ".join(map(str, found.highest))
        why = f"tied: sessions {said}" if len(found.highest) > 1 else f"highest in session {said}"
        yield Found((), float(found.session), n, why)


def _deviation(series: Series) -> Iterator[Found]:
    observed = _observed(series)
    if len(observed) < 2:
        yield _too_few(observed, 2)
    else:
        sd = _settled(deviation([score for _, score in observed]))
        why = number(len(observed), "observed score")
        yield Found((), sd, len(observed), why, _unit("score", series))


def _successive(series: Series) -> Iterator[Found]:
    changes = [
        _settled(after - before)
        for (one, before), (other, after) in pairwise(_observed(series))
        if other == one + 1
    ]
    n = len(changes)
    if not n:
        yield missing("no two neighbouring sessions are observed")
    else:
        value = mean([change**2 for change in changes])
        why = number(n, "pair") + " of neighbouring sessions"
        yield Found((), value, n, why, _unit("squared score", series))


def _reversals(series: Series) -> Iterator[Found]:
    observed = _observed(series)
    if len(observed) < 3:
        yield _too_few(observed, 3)
        return
    changes = [after - before for (_, before), (_, after) in pairwise(observed)]
    rises = [change > 0 for change in changes if abs(change) > EPSILON]
    turns = sum(before != after for before, after in pairwise(rises))
    why = f"{number(len(rises), 'change')}, {number(turns, 'reversal')}"
    yield Found((), float(turns), len(observed), why)


def _of_series(
    id_: str,
    words: str,
    unit: str,
    values: Callable[[Series], Iterator[Found]],
    concepts: tuple[str, ...],
    *claims: str,
) -> Definition:
    return Definition(
        id=id_,
        words=words,
        unit=unit,
        concepts=concepts,
        claims=claims,
        of="series",
        values=values,
    )


_WINDOW = f"Up to session {EARLY_SESSIONS}:"

DEFINITIONS = (
    _of_series(
        "early-mean",
        f"{_WINDOW} the mean of the observed scores; at least two.",
        "score",
        _mean,
        ("B07",),
        "formed-early",
    ),
    _of_series(
        "early-slope",
        f"{_WINDOW} the least-squares slope of the observed scores; at least three.",
        "score per session",
        _slope,
        ("B07",),
        "formed-early",
    ),
    _of_series(
        "early-peak",
        f"{_WINDOW} the session with the highest of at least three scores, the first if there "
        "is a tie. No peak if no lower score follows it in these sessions; later ones are not "
        "looked at.",
        "session number",
        _peak,
        ("B09",),
        "peak-around-third",
    ),
    _of_series(
        "score-deviation",
        "The standard deviation of the observed scores (with n - 1); at least two.",
        "score",
        _deviation,
        ("E26", "E27"),
    ),
    _of_series(
        "successive-differences",
        "The mean squared difference between the scores of neighbouring sessions, both observed.",
        "squared score",
        _successive,
        ("E26",),
    ),
    _of_series(
        "reversals",
        "How often a rise is followed by a fall or a fall by a rise, among the observed scores; "
        "at least three. Equal scores are passed over.",
        "reversals",
        _reversals,
        ("E26",),
    ),
)
