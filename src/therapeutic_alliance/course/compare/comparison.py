"""Rules on the same series: what each says of a session, and how far they agree."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from attrs import frozen

from therapeutic_alliance.course.compare.names import named
from therapeutic_alliance.course.episodes import episodes
from therapeutic_alliance.course.parameters import whole
from therapeutic_alliance.course.series import Series
from therapeutic_alliance.course.vet import scores_only, vet
from therapeutic_alliance.errors import SeriesError
from therapeutic_alliance.model.contracts import Detector
from therapeutic_alliance.model.finding import Flags
from therapeutic_alliance.model.immutable import as_tuples
from therapeutic_alliance.psychometrics.agreement import kappa, matched


@frozen(kw_only=True, field_transformer=as_tuples)
class Verdict:
    """What one rule says of one series."""

    detector: str
    """Its name in the comparison."""
    flags: Flags
    onsets: tuple[int, ...]
    """Sessions at which a possible rupture begins."""


@frozen(kw_only=True, field_transformer=as_tuples)
class Compared:
    """One series, and what each rule says of it, in the order of the rules."""

    series: Series
    verdicts: tuple[Verdict, ...]

    @property
    def matrix(self) -> tuple[tuple[int, tuple[bool | None, ...]], ...]:
        """Of each session its number, and the flags: ``True``, ``False`` or ``None``."""
        columns = [[flag.flag for flag in each.flags] for each in self.verdicts]
        sessions = [point.session for point in self.series]
        return tuple(zip(sessions, zip(*columns, strict=True), strict=True))


@frozen(kw_only=True)
class Standing:
    """One rule over all series."""

    detector: str
    mode: str
    observed: int
    """Sessions with a score."""
    evaluable: int
    """Sessions that it can judge; the others are neither flagged nor unflagged."""
    flagged: int
    onsets: int


@frozen(kw_only=True)
class Agreement:
    """How far two rules agree, over all series."""

    first: str
    second: str
    both: int
    """Sessions that both can judge."""
    kappa: float | None
    """Cohen's kappa over those, -1 to 1; ``None`` if both say the same one thing throughout."""
    onsets: tuple[int, int]
    """How many beginnings each one sees."""
    same: int
    """Beginnings of the one that are also the other's, within the tolerance."""

    @property
    def jaccard(self) -> float | None:
        """Common beginnings, of all that one or both see; 0 to 1, or ``None`` if there is none."""
        either = sum(self.onsets) - self.same
        return self.same / either if either else None


@frozen(kw_only=True, field_transformer=as_tuples)
class Comparison:
    """Rules side by side. How far they agree does not tell which one is right.

    ``str()`` is words, ``to_dict()`` plain data.

    >>> import therapeutic_alliance as ta
    >>> rules = [ta.Registry().detector(id_) for id_ in ("drop-from-best", "rci-drop")]
    >>> found = ta.compare(ta.Series.of([4.2, 4.3, 3.4, 3.5, 4.3], low=1, high=5), rules)
    >>> found.detectors, [rule.flagged for rule in found.rules]
    (('drop-from-best', 'rci-drop'), [2, 1])
    """

    series: tuple[Compared, ...]
    rules: tuple[Standing, ...]
    pairs: tuple[Agreement, ...]
    """Each pair once, in the order of the rules."""
    onset_tolerance: int
    """Beginnings so many session numbers apart count as the same."""

    @property
    def detectors(self) -> tuple[str, ...]:
        """Names of the rules."""
        return tuple(each.detector for each in self.rules)

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        count = len(self.series)
        yield f"{len(self.rules)} rules on {count} series"
        for rule in self.rules:
            hindsight = ", in hindsight" if rule.mode == "retrospective" else ""
            yield (
                f"{rule.detector}{hindsight}: {rule.flagged} of {rule.evaluable} evaluable "
                f"sessions flagged ({rule.observed} observed), {rule.onsets} beginnings"
            )
        for pair in self.pairs:
            yield (
                f"{pair.first} and {pair.second}: kappa {_told(pair.kappa)} over {pair.both} "
                f"sessions that both can judge; beginnings in common {_told(pair.jaccard)} "
                f"(Jaccard; session numbers at most {self.onset_tolerance} apart)"
            )
        yield "Agreement does not tell which rule is right. No flag is no sign of a good alliance."

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain data: lists, mappings, numbers, texts, ``None``."""
        return {
            "onset_tolerance": self.onset_tolerance,
            "rules": [
                {
                    "detector": each.detector,
                    "mode": each.mode,
                    "observed": each.observed,
                    "evaluable": each.evaluable,
                    "flagged": each.flagged,
                    "onsets": each.onsets,
                }
                for each in self.rules
            ],
            "pairs": [
                {
                    "first": each.first,
                    "second": each.second,
                    "both_evaluable": each.both,
                    "kappa": each.kappa,
                    "onsets": list(each.onsets),
                    "same_onsets": each.same,
                    "jaccard": each.jaccard,
                }
                for each in self.pairs
            ],
            "series": [_plain(each, self.detectors) for each in self.series],
        }


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
    :func:`episodes`.

    Raises :class:`AllianceError` without a detector, for two that are the same, for one that
    observes no scores, or for a tolerance that is no whole number of 0 or more;
    :class:`SeriesError` without a series, or if a detector refuses one; :class:`PluginError` if a
    detector does not keep its contract.

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
    rules = named(list(detectors))
    for each in rules.values():
        scores_only(each)
    compared = [Compared(series=each, verdicts=tuple(_verdicts(each, rules))) for each in cases]
    return side_by_side(compared, onset_tolerance)


def _verdicts(series: Series, rules: Mapping[str, Detector[Series]]) -> Iterator[Verdict]:
    for name, detector in rules.items():
        flags = detector.flags(series)
        vet(detector, series, flags)
        yield verdict(name, series, flags)


def verdict(name: str, series: Series, flags: Flags) -> Verdict:
    """What a rule says of a series, by its flags."""
    onsets = [each.onset for each in episodes(series, flags)]
    return Verdict(detector=name, flags=flags, onsets=tuple(onsets))


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
        _agreement(compared, first, second, onset_tolerance)
        for first, second in combinations(range(len(rules)), 2)
    ]
    return Comparison(
        series=tuple(compared),
        rules=tuple(rules),
        pairs=tuple(pairs),
        onset_tolerance=onset_tolerance,
    )


def _agreement(compared: Sequence[Compared], first: int, second: int, tolerance: int) -> Agreement:
    both = [
        (one.flag, other.flag)
        for each in compared
        for one, other in zip(each.verdicts[first].flags, each.verdicts[second].flags, strict=True)
        if one.flag is not None and other.flag is not None
    ]
    onsets = [(each.verdicts[first].onsets, each.verdicts[second].onsets) for each in compared]
    names = compared[0].verdicts
    return Agreement(
        first=names[first].detector,
        second=names[second].detector,
        both=len(both),
        kappa=kappa(both),
        onsets=(sum(len(one) for one, _ in onsets), sum(len(other) for _, other in onsets)),
        same=sum(matched(one, other, tolerance) for one, other in onsets),
    )


def _plain(compared: Compared, detectors: Sequence[str]) -> dict[str, Any]:
    series = compared.series
    return {
        "case": series.case,
        "measure": series.measure,
        "rater": series.rater,
        "person": series.person,
        "occasion": series.occasion,
        "sessions": [
            {"session": session, "flags": dict(zip(detectors, flags, strict=True))}
            for session, flags in compared.matrix
        ],
        "onsets": {each.detector: list(each.onsets) for each in compared.verdicts},
    }


def _told(number: float | None) -> str:
    return "undefined" if number is None else f"{number:.2f}"
