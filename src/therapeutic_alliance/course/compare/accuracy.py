"""How well the statistic of a rule finds simulated ruptures, at a matched false-alarm rate."""

from collections.abc import Iterator, Mapping, Sequence
from math import inf
from types import MappingProxyType

from attrs import frozen

from therapeutic_alliance.course.simulate.case import SimulatedCase
from therapeutic_alliance.psychometrics.auc import auc

FIRST_SCORED = 4
"""Earlier sessions are not scored: rules know too little of a person there."""
ONE_IN = 20
"""One in so many scored sessions outside a rupture raises an alarm, for every rule alike."""
IN_TIME = 3
"""Observed sessions of an episode, its beginning included, within which it counts as caught."""
DECIMALS = 9
"""That statistics are rounded to, so that ties are ties."""

MEASURES: Mapping[str, str] = MappingProxyType(
    {
        "state": "AUC state",
        "onset": "AUC onset",
        "sensitivity": "sensitivity",
        "f1": "F1",
        "episodes": "episodes",
        "delay": "delay",
    }
)
"""The fields of :class:`Accuracy`, as headings of a table."""

Statistics = Sequence[float]
"""Of each session of a case; ``-inf`` where the rule cannot say."""


@frozen(kw_only=True)
class Accuracy:
    """What one rule finds in one simulated cohort. All shares lie between 0 and 1."""

    state: float | None
    """AUC of sessions inside a rupture against those outside."""
    onset: float | None
    """AUC of the first observed session of each rupture against the sessions outside."""
    sensitivity: float | None
    """Share of the sessions inside that raise an alarm, at 5 % false alarms."""
    f1: float | None
    """Of those alarms: harmonic mean of sensitivity and share of alarms that are right."""
    episodes: float | None
    """Share of the ruptures with an alarm in one of their first three observed sessions."""
    delay: float | None
    """Observed sessions from the first one of a rupture to the alarm, mean over those caught."""


@frozen
class _Cohort:
    """Statistics of scored sessions, sorted by the truth."""

    outside: list[float]
    ruptures: list[list[float]]
    """Of each rupture, its observed sessions in their order."""


@frozen
class _Alarm:
    """Alarms above a level, and a share of those at it: so the false-alarm rate is met exactly."""

    level: float
    share: float

    def chance(self, statistic: float) -> float:
        """Whether a statistic raises an alarm, 0 to 1. Where a rule cannot say it raises none."""
        if statistic == -inf:
            return 0.0
        return self.share if statistic == self.level else float(statistic > self.level)


def accuracy(cases: Sequence[SimulatedCase], statistics: Sequence[Statistics]) -> Accuracy:
    """Compare the statistics of a rule, one for each session of each case, with the truth.

    Sessions before the fourth are not scored. The level of alarm is set on the sessions outside a
    rupture of these very cases; of sessions that tie at it as large a share raises an alarm as is
    needed. Measures are ``None`` where there is nothing to compare.

    >>> from therapeutic_alliance.course.simulate import BASE, simulate
    >>> cases = simulate(BASE, 40, seed=1)
    >>> truth = accuracy(cases, [[float(inside) for inside in case.inside] for case in cases])
    >>> truth.state, truth.onset, truth.episodes, truth.delay
    (1.0, 1.0, 1.0, 0.0)
    """
    cohort = _sorted(cases, statistics)
    inside = [each for rupture in cohort.ruptures for each in rupture]
    onsets = [rupture[0] for rupture in cohort.ruptures]
    alarm = _matched(cohort.outside)
    hits = sum(map(alarm.chance, inside))
    false = sum(map(alarm.chance, cohort.outside))
    caught = [_caught([alarm.chance(each) for each in rupture]) for rupture in cohort.ruptures]
    found = sum(chance for chance, _ in caught)
    return Accuracy(
        state=auc(inside, cohort.outside),
        onset=auc(onsets, cohort.outside),
        sensitivity=_share(hits, len(inside)),
        f1=_share(2 * hits, hits + false + len(inside)),
        episodes=_share(found, len(caught)),
        delay=_share(sum(waited for _, waited in caught), found),
    )


def _sorted(cases: Sequence[SimulatedCase], statistics: Sequence[Statistics]) -> _Cohort:
    outside: list[float] = []
    ruptures: list[list[float]] = []
    for case, found in zip(cases, statistics, strict=True):
        of: dict[int, list[float]] = {each.onset: [] for each in case.ruptures}
        for session, statistic in _scored(case, found):
            rupture = case.rupture_at(session)
            (of[rupture.onset] if rupture else outside).append(statistic)
        ruptures += [each for each in of.values() if each]
    return _Cohort(outside, ruptures)


def _scored(case: SimulatedCase, statistics: Statistics) -> Iterator[tuple[int, float]]:
    for point, statistic in zip(case.series, statistics, strict=True):
        if point.value is not None and point.session >= FIRST_SCORED:
            yield point.session, round(statistic, DECIMALS)


def _matched(outside: Sequence[float]) -> _Alarm:
    """The alarm that sessions outside raise at the matched rate; at less if few can be judged."""
    left = len(outside) / ONE_IN
    judged = sorted((each for each in outside if each > -inf), reverse=True)
    if len(judged) <= left:
        return _Alarm(-inf, 0.0)
    level = judged[int(left)]
    above = sum(each > level for each in judged)
    return _Alarm(level, (left - above) / judged.count(level))


def _caught(chances: Sequence[float]) -> tuple[float, float]:
    """Chance that one of the first sessions raises an alarm, and that times how late the first."""
    missed, waited = 1.0, 0.0
    for late, chance in enumerate(chances[:IN_TIME]):
        waited += late * missed * chance
        missed *= 1 - chance
    return 1 - missed, waited


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None
