"""Puts rules side by side on the same series."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from therapeutic_alliance.course.compare.agreement import agreement
from therapeutic_alliance.course.compare.comparison import Comparison, Standing
from therapeutic_alliance.course.compare.rules import rules_of
from therapeutic_alliance.course.compare.verdicts import Compared, Verdict
from therapeutic_alliance.course.episodes import episodes
from therapeutic_alliance.course.parameters import whole
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.course.vet import vet
from therapeutic_alliance.errors import SeriesError
from therapeutic_alliance.model.contracts import Detector


def compare(
    series: Series | Iterable[Series],
    detectors: Iterable[Detector[Series]],
    *,
    onset_tolerance: int = 1,
) -> Comparison:
    """Rules side by side on one series or on several, plugins' rules like built-in ones.

    Of each pair: Cohen's kappa over the sessions that both can judge, and how many of the
    beginnings of possible ruptures they share. Two beginnings are the same if their session
    numbers differ by ``onset_tolerance`` or less, each used once. Beginnings are those of
    :func:`episodes`; one counts only if the other rule can judge that session, or one within the
    tolerance.

    Raises :class:`AllianceError` without a detector, for what is none, such as an id, for two that
    are the same, for one that observes no scores, or for a tolerance that is no whole number of 0
    or more; :class:`SeriesError` without a series, or if a detector refuses one;
    :class:`PluginError` if a detector does not keep its contract.

    >>> import therapeutic_alliance as ta
    >>> registry = ta.Registry()
    >>> rules = [registry.detector(id_) for id_ in ("drop-from-best", "rci-drop")]
    >>> found = ta.compare(ta.Series.of([4.2, 4.3, 3.4, 3.5, 4.3], low=1, high=5), rules)
    >>> [flags for session, flags in found.series[0].matrix]
    [(None, None), (False, False), (True, True), (True, False), (False, False)]
    >>> found.pairs[0].both, found.pairs[0].kappa, found.pairs[0].jaccard
    (4, 0.5, 1.0)
    """
    whole("compare", "onset_tolerance", onset_tolerance, 0)
    cases = [series] if isinstance(series, Series) else list(series)
    if not cases:
        raise SeriesError("at least one series is needed to compare")
    rules = rules_of(detectors)
    compared = [Compared(series=each, verdicts=tuple(_verdicts(each, rules))) for each in cases]
    return side_by_side(compared, onset_tolerance)


def _verdicts(series: Series, rules: Mapping[str, Detector[Series]]) -> Iterator[Verdict]:
    for name, detector in rules.items():
        flags = detector.flags(series)
        vet(detector, series, flags)
        yield Verdict.of(name, flags, episodes(series, flags))


def side_by_side(compared: Sequence[Compared], onset_tolerance: int = 1) -> Comparison:
    """What series with the verdicts of the same rules come to; there is at least one series."""
    rules = [
        Standing(
            detector=each.detector,
            mode=each.flags.mode,
            observed=sum(len(one.series.observed) for one in compared),
            evaluable=sum(one.verdicts[at].flags.evaluable for one in compared),
            flagged=sum(len(one.verdicts[at].flags.sessions) for one in compared),
            onsets=sum(len(one.verdicts[at].onsets) for one in compared),
        )
        for at, each in enumerate(compared[0].verdicts)
    ]
    pairs = [
        agreement(compared, first, second, onset_tolerance)
        for first, second in combinations(range(len(rules)), 2)
    ]
    return Comparison(
        series=tuple(compared),
        rules=tuple(rules),
        pairs=tuple(pairs),
        onset_tolerance=onset_tolerance,
    )
